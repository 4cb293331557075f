"""What ``alliance new`` writes, looked at without installing it."""

import ast
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Run, runner
from therapeutic_alliance import lint, read_measure
from therapeutic_alliance.scaffold.folder import make_folder
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.scaffold.names import name_of
from therapeutic_alliance.scaffold.project import project

TEMPLATES = Path(project.__code__.co_filename).parent / "templates"
NAME = "acme-alliance-pulse"


@pytest.fixture
def alliance(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_files_are_whole(alliance: Run, tmp_path: Path, kind: str) -> None:
    ran = alliance("new", kind, NAME, tmp_path / "made", "--json")
    assert (ran.code, ran.err) == (0, "")
    files = [file for file in everything(tmp_path / "made") if file.is_file()]
    assert ran.json == {
        "name": NAME,
        "kind": kind,
        "files": [file.relative_to(tmp_path / "made").as_posix() for file in files],
    }
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "$" not in text
        assert not text or text.endswith("\n")
        if file.suffix == ".py":
            assert ast.get_docstring(ast.parse(text))
        if file.suffix == ".toml":
            tomllib.loads(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_project_names_what_is_there(kind: str) -> None:
    files = project(KINDS[kind], name_of(NAME))
    told = tomllib.loads(files["pyproject.toml"])["project"]
    [(group, points)] = told["entry-points"].items()
    assert group == ("therapeutic_alliance." + ("measures.v1" if kind == "measure-pack" else "v1"))
    [(_, value)] = points.items()
    place = f"src/{value.replace('.', '/')}"
    assert any(each.startswith((f"{place}/", f"{place}.py")) for each in files)
    assert told["dependencies"][0] == "therapeutic-alliance>=0.1,<0.2"
    assert told["optional-dependencies"] == {"test": ["therapeutic-alliance[testing]"]}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_its_sources_are_good(alliance: Run, tmp_path: Path, kind: str) -> None:
    alliance("new", kind, NAME, tmp_path / "made")
    ran = alliance("check", tmp_path / "made")
    assert (ran.code, ran.out) == (0, "pyproject.toml: good\n")
    assert "no wheel" in ran.err


def test_the_measure_is_honest(tmp_path: Path) -> None:
    make_folder(tmp_path / "made", project(KINDS["measure-pack"], name_of(NAME)))
    [file] = tmp_path.glob("made/src/*/measures/*.toml")
    measure = read_measure(file)
    assert (file.stem, lint(measure)) == (measure.id, ())
    assert measure.status == "stated"
    assert {fact.grade for fact in measure.evidence} == {"stated"}
    assert not measure.wording


def test_every_template_is_used() -> None:
    used = {f"{template}.template" for kind in KINDS.values() for template in kind.files.values()}
    assert used == {file.name for file in TEMPLATES.iterdir()}


@pytest.mark.parametrize(
    ("folder", "home"),
    [("made", "./made"), ("my own", "'./my own'"), ("-e", "./-e"), ("/my own", "'{}/my own'")],
)
def test_what_to_type_next(
    alliance: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, home: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = f"{tmp_path}{folder}" if folder.startswith("/") else folder
    ran = alliance("new", "detector", "Acme_Pulse", "--", asked)
    assert ran.out.startswith("acme-pulse (detector)")
    home = home.format(tmp_path)
    inner = home.strip("'")
    tested, dist = shlex.quote(f"{inner}[test]"), shlex.quote(f"{inner}/dist")
    assert [line.strip() for line in ran.out.partition("type next:\n")[2].splitlines()[::2]] == [
        f"python -m pip install -e {tested}",
        f"python -m pytest {home}",
        f"python -m pip wheel --no-deps -w {dist} {home}",
        f"alliance check {home}",
    ]


def test_an_empty_folder_is_filled(alliance: Run, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    assert alliance("new", "detector", NAME, tmp_path / "made").code == 0
    assert (tmp_path / "made" / "pyproject.toml").is_file()
    assert (tmp_path / "made").stat().st_mode & 0o777 == (
        tmp_path / "made/src"
    ).stat().st_mode & 0o777
    assert list(tmp_path.iterdir()) == [tmp_path / "made"]


def test_a_folder_that_holds_something_stays(alliance: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine", encoding="utf-8")
    ran = alliance("new", "detector", NAME, tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "alliance: DIR exists, and is not empty: nothing is overwritten\n"
    assert everything(tmp_path) == [tmp_path / "own.txt"]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("own.txt", "is no folder"),
        ("link", "is no folder"),
        ("not/there", "does not exist"),
        (".", "current folder"),
    ],
)
def test_a_place_that_cannot_be_taken(
    alliance: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, told: str
) -> None:
    (tmp_path / "own.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here" if target == "." else tmp_path)
    before = everything(tmp_path)
    ran = alliance("new", "detector", NAME, target)
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("robot", NAME), "'robot' is not one of"),
        (("detector", "2 words"), "NAME is letters"),
        (("measure-pack", "wai-sr"), "which is built in"),
    ],
)
def test_nothing_is_made_of_wrong_words(
    alliance: Run, tmp_path: Path, arguments: tuple[str, str], told: str
) -> None:
    ran = alliance("new", *arguments, tmp_path / "made")
    assert ran.code == 2
    assert told in ran.err
    assert everything(tmp_path) == []


def test_nothing_is_left_of_what_fails_halfway(tmp_path: Path) -> None:
    files = {"a.txt": "first", "a.txt/b.txt": "cannot be written: a.txt is no folder"}
    with pytest.raises(Exception, match="DIR cannot be written"):
        make_folder(tmp_path / "made", files)
    assert everything(tmp_path) == []


def test_nothing_is_left_when_the_place_is_taken_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "made"

    class Slow(dict[str, str]):
        """Somebody else writes to the folder while ours is being written."""

        def items(self) -> Any:
            yield from super().items()
            target.mkdir()
            (target / "theirs.txt").write_text("theirs", encoding="utf-8")

    with pytest.raises(Exception, match="DIR cannot be written"):
        make_folder(target, Slow({"ours.txt": "ours"}))
    assert everything(tmp_path) == [target, target / "theirs.txt"]
