"""Plugins on the command line: which are used, and what becomes of their faults."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import therapeutic_alliance as ta
from tests.cli.commands import Run
from therapeutic_alliance.cli import plugged
from therapeutic_alliance.cli.foreign import Foreign, Handed
from therapeutic_alliance.cli.plugins import slow_ones

Make = Callable[..., Path]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    def say(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv(plugged.ENVIRONMENT, raising=False)
        else:
            monkeypatch.setenv(plugged.ENVIRONMENT, value)

    return say


def test_what_the_environment_names_and_is_missing_is_told(
    alliance: Run, make: Make, environment: Callable[[str | None], None]
) -> None:
    environment("no-such-thing, nor_this")
    ran = alliance("score", make(), "--measure", "arm-5")
    assert ran.code == 0
    assert "plugin left out: no-such-thing (missing: not installed)" in ran.err
    assert "plugin left out: nor-this (missing: not installed)" in ran.err


def test_a_plugin_that_was_asked_for_must_be_there(alliance: Run, make: Make) -> None:
    ran = alliance("score", make(), "--measure", "arm-5", "--plugin", "no-such-thing")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "alliance: plugin no-such-thing (missing: not installed)\n"


def test_the_list_of_plugins(alliance: Run, environment: Callable[[str | None], None]) -> None:
    environment("no-such-thing")
    ran = alliance("plugins", "--json")
    assert ran.code == 1
    [missing] = [each for each in ran.json if each["distribution"] == "no-such-thing"]
    assert missing["stage"] == "missing"
    assert {each["stage"] for each in ran.json} <= {"missing", "not-allowed"}
    assert "no-such-thing" in alliance("plugins").out
    environment("")
    assert alliance("plugins").code == 0


def test_a_table_is_read_by_the_importer_of_tables(alliance: Run, make: Make) -> None:
    table = make("case,session,rater,measure,1,2,3,4,5\nc1,1,client,arm-5,6,7,1,6,5\n")
    assert alliance("score", table, "--from", "table").out == alliance("score", table).out
    twice = make("case,session,rater,measure,1,2,3,4,5\n" + 2 * "c1,1,client,arm-5,6,7,1,6,5\n")
    assert alliance("score", twice, "--from", "table").code == 1


def test_an_importer_is_not_mixed_with_the_options_of_tables(alliance: Run, make: Make) -> None:
    ran = alliance("score", make(), "--from", "table", "--measure", "arm-5", "--decimal", ",")
    assert ran.code == 2
    assert "--from" in ran.err
    assert "not together with --measure, --decimal" in ran.err


@pytest.mark.parametrize("kind", ["from", "to"])
def test_an_unknown_id_is_told_once(alliance: Run, make: Make, kind: str) -> None:
    command = ("score", make(), "--from", "tabel") if kind == "from" else (
        "export", make(), "--measure", "arm-5", "--to", "scores-cvs"
    )  # fmt: skip
    ran = alliance(*command)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean" in ran.err


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json"])
def test_an_export_is_what_score_writes(alliance: Run, make: Make, suffix: str) -> None:
    table = make("case,session,rater,1,2,3,4,5\nc1,1,client,6,7,1,6,5\n")
    out, other = table.with_name(f"a.{suffix}"), table.with_name(f"b.{suffix}")
    reading = (table, "--measure", "arm-5", "-o")
    assert alliance("export", *reading, out, "--to", f"scores-{suffix}").code == 0
    assert alliance("score", *reading, other).code == 0
    assert out.read_bytes() == other.read_bytes()
    printed = alliance("export", table, "--measure", "arm-5", "--to", f"scores-{suffix}")
    assert printed.out.encode() == out.read_bytes()
    told = alliance("export", *reading, out, "--to", f"scores-{suffix}", "--json").json
    assert told["bytes"] == out.stat().st_size


def test_nothing_is_exported_of_a_bad_table(alliance: Run, make: Make) -> None:
    table = make("case,session,rater,1,2,3,4,5\nc1,1,client,6,7,1,6,5\nc2,1,client,6,7,1,6,55\n")
    out = table.with_name("out.csv")
    ran = alliance("export", table, "--measure", "arm-5", "--to", "scores-csv", "-o", out)
    assert (ran.code, ran.out) == (1, "")
    assert "row 3, item 5" in ran.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("-o",), "two different files"),
        (("--json",), "--json goes with -o"),
    ],
)
def test_wrong_usage_of_export(
    alliance: Run, make: Make, option: tuple[str, ...], why: str
) -> None:
    table = make()
    more = (*option, table) if option == ("-o",) else option
    ran = alliance("export", table, "--measure", "arm-5", "--to", "scores-csv", *more)
    assert ran.code == 2
    assert why in ran.err


@frozen
class Careless:
    """An importer that tells what it read when it fails."""

    fault: BaseException
    id = "careless"
    reads = "nothing"

    def forms(self, _path: Path, _measure_of: object) -> Iterator[ta.Administration]:
        yield ta.Administration("arm-5", "c1", 1, "client", dict.fromkeys("12345", 5))
        print("Jane Doe")
        raise self.fault


def _forms(fault: BaseException) -> Iterator[ta.Administration]:
    importer = Careless(fault)
    foreign = Foreign.of("importer", importer)
    return foreign.each(lambda: importer.forms(Path("x"), None), ta.Administration)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (ValueError("Jane Doe answered 7"), "ValueError"),
        (OSError(5, "Jane Doe answered 7"), "OSError, Input/output error"),
        (SystemExit("Jane Doe answered 7"), "SystemExit"),
        (GeneratorExit("Jane Doe answered 7"), "GeneratorExit"),
        (ta.AllianceError("Jane Doe answered 7"), "AllianceError"),
        (ta.SeriesError("Jane Doe answered 7"), "SeriesError"),
    ],
)
def test_the_words_of_a_foreign_fault_are_not_told(
    fault: BaseException, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = _forms(fault)
    assert next(forms).case == "c1"
    with pytest.raises(ta.PluginError) as refused:
        next(forms)
    place = f"(test_plugged.py, line {_line_of('raise self.fault')})"
    assert str(refused.value) == f"importer careless of tests failed: {told} {place}"
    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None
    assert capsys.readouterr() == ("", "Jane Doe\n"), "stdout is for results"


def _line_of(code: str) -> int:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip() == code)


def test_what_an_importer_says_of_a_bad_record_is_told() -> None:
    """Its contract is that these two hold nothing of the file."""
    foreign = Foreign.of("importer", Careless(ValueError()), readable=(ta.TableError,))

    def fail() -> Iterator[object]:
        raise ta.TableError(ta.Problem(file="x.xml", row=3, rule="no rater"))

    with pytest.raises(ta.TableError, match=r"^x.xml, row 3: importer careless: no rater$"):
        list(foreign.each(fail, object))


def test_an_interrupt_passes() -> None:
    forms = _forms(KeyboardInterrupt())
    next(forms)
    with pytest.raises(KeyboardInterrupt):
        next(forms)


@pytest.mark.parametrize("swallows", [True, False])
def test_what_is_wrong_with_the_table_is_not_the_exporters_fault(swallows: bool) -> None:
    def sheets() -> Iterator[int]:
        yield 1
        raise ta.TableError("row 3: no rater")

    handed = Handed(sheets())
    foreign = Foreign.of("exporter", Careless(ValueError()), handed=handed)

    def export() -> Iterator[bytes]:
        try:
            for _ in handed:
                yield b"x"
        except ta.TableError as error:
            if not swallows:
                raise ValueError("wrapped") from error

    def exported() -> list[bytes]:
        pieces = list(foreign.each(export, bytes))
        handed.finish()
        return pieces

    with pytest.raises(ta.TableError, match=r"^row 3: no rater$"):
        exported()


@pytest.mark.parametrize("given", [None, 5, [{"case": "c1"}], "text", [b"x", "x"]])
def test_another_type_than_was_asked_for_is_told(given: Any) -> None:
    foreign = Foreign.of("exporter", Careless(ValueError()))
    with pytest.raises(ta.PluginError, match="exporter careless of tests gave a "):
        list(foreign.each(lambda: given, bytes))
    with pytest.raises(ta.PluginError, match="exporter careless of tests gave a "):
        foreign.one(lambda: given, ta.Flags)


@pytest.mark.parametrize("given", ["pulse", "=x", "pulse="])
def test_a_preference_is_a_pair(alliance: Run, given: str) -> None:
    ran = alliance("measures", "--prefer", given)
    assert ran.code == 2
    assert "ID=DIST" in ran.err


def test_a_preference_is_heeded(alliance: Run) -> None:
    ran = alliance("measures", "arm-5", "--prefer", "arm-5=no-such-thing")
    assert ran.code == 2
    assert "no-such-thing" in ran.err


def test_a_fault_of_ours_is_told_without_its_words(
    alliance: Run, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("Jane Doe answered 7")

    monkeypatch.setattr("therapeutic_alliance.cli.score.score_rows", broken)
    ran = alliance("score", make(), "--measure", "arm-5")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("alliance: a fault of this program, please report it: RuntimeError")
    assert "Jane" not in ran.err


def test_a_slow_plugin_is_told() -> None:
    slow = ta.PluginStatus(distribution="slow", version="1", stage="loaded", seconds=1.25)
    quick = ta.PluginStatus(distribution="quick", version="1", stage="loaded", seconds=0.9)
    assert slow_ones((quick, slow)) == ["slow takes 1.2 s to load, at each start"]
