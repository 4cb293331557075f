"""``alliance measures`` and ``alliance check``."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import Run
from therapeutic_alliance.exporters.card import card

Make = Callable[..., Path]
BUILT_IN = Path(ta.__file__).parent / "measures"
REGISTRY = ta.Registry()
SUMMARY = {
    "id", "name", "aliases", "family", "construct", "raters", "items", "answers", "scores",
    "open", "status", "status_reason", "version", "definition_sha256", "provider",
    "licence_terms",
}  # fmt: skip


def test_the_list_names_every_measure(alliance: Run) -> None:
    ran = alliance("measures")
    assert (ran.code, ran.err) == (0, "")
    assert all(f" {each} " in ran.out for each in REGISTRY.measures)


def test_the_list_as_data(alliance: Run) -> None:
    found = alliance("measures", "--json").json
    assert [each["id"] for each in found] == list(REGISTRY.measures)
    assert all(set(each) == SUMMARY for each in found)


@pytest.mark.parametrize("measure_id", ["wai-sr", "srs", "sai", "star-p", "softa-o"])
def test_one_measure(alliance: Run, measure_id: str) -> None:
    ran = alliance("measures", measure_id)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == card(REGISTRY.measure(measure_id))
    for heading in (
        "## Items and answers",
        "## Scores",
        "## Evidence",
        "## Cut-offs",
        "## Licence",
    ):
        assert heading in ran.out


@pytest.mark.parametrize("measure_id", list(REGISTRY.measures))
def test_one_measure_as_data_is_its_definition(alliance: Run, measure_id: str) -> None:
    ran = alliance("measures", measure_id, "--json")
    assert ta.loads("measure", ran.out).fingerprint == REGISTRY.measure(measure_id).fingerprint


def test_an_unknown_measure(alliance: Run) -> None:
    ran = alliance("measures", "wai-sx")
    assert (ran.code, ran.out) == (2, "")
    assert "no such measure; did you mean 'wai-s" in ran.err


@pytest.mark.parametrize("measure_id", list(REGISTRY.measures))
def test_the_built_in_files_are_good(alliance: Run, measure_id: str) -> None:
    ran = alliance("check", BUILT_IN / f"{measure_id}.toml")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{measure_id}.toml: good\n"


def test_a_folder(alliance: Run, tmp_path: Path) -> None:
    shutil.copy(BUILT_IN / "care.toml", tmp_path / "care.toml")
    (tmp_path / "arm-5.json").write_text(ta.dumps(REGISTRY.measure("arm-5")))
    (tmp_path / "notes.txt").write_text("not looked at")
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out) == (0, "arm-5.json: good\ncare.toml: good\n")
    assert alliance("check", tmp_path, "--json").json == []
    (tmp_path / "bad.toml").write_text('id = "Bad Id"\n')
    ran = alliance("check", tmp_path, "--json")
    assert ran.code == 1
    assert {(each["file"], tuple(each)) for each in ran.json} == {
        ("bad.toml", ("file", "path", "rule"))
    }


def test_an_empty_folder_is_wrong_usage(alliance: Run, tmp_path: Path) -> None:
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert alliance("check", tmp_path / "nowhere.toml").code == 2


CARE = (BUILT_IN / "care.toml").read_text()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "bad.toml, $"),
        ("x", "bad.toml: not TOML"),
        ("[" * 100_000, "bad.toml: nested deeper than 32 levels"),
        ("[" + "a." * 100_000 + "a]", "bad.toml: nested deeper than 32 levels"),
        ("x = " + "{a=" * 100_000, "bad.toml: nested deeper than 32 levels"),
        ("".join(f"[{'.'.join('a' * n)}]\n" for n in range(1, 1_000)), "nested deeper than 32"),
        ("[[" + "a]]\n[[a." * 50_000 + "b]]", "bad.toml, $.a: "),
        ("#" * (1 << 21), "bad.toml: longer than 1048576 bytes"),
        (
            "schema = 2\n" + CARE.replace("schema = 1\n", ""),
            "bad.toml, $.schema: a later schema of a measure",
        ),
        (CARE + "\n[quokka]\nx = 1\n", "bad.toml, $.quokka: unknown field"),
        (CARE.replace("items = 10", 'items = "10"'), "bad.toml, $.items"),
        (CARE.replace("items = 10", "items = 1001"), "bad.toml, $.items"),
    ],
    ids=range(12),
)
def test_a_bad_measure_file(alliance: Run, make: Make, content: str, told: str) -> None:
    assert content != CARE
    ran = alliance("check", make(content, "bad.toml"))
    assert ran.code == 1
    assert told in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00" * 99, b"PK\x03\x04", b"{" * 99_999])
@pytest.mark.parametrize("name", ["bad.toml", "bad.json", "bad.whl", "bad"])
def test_what_is_no_text(alliance: Run, make: Make, content: bytes, name: str) -> None:
    ran = alliance("check", make(content, name))
    assert ran.code == 1
    assert ran.out.startswith(f"{name}")
    assert ran.out.count("\n") == 1
