"""``alliance check`` on a project: its newest wheel against its sources, or these alone."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.commands import Run
from tests.cli.test_check_folder import OWN
from tests.cli.wheels import FILES, INFO, NAME, PLACE, wheel

PYPROJECT = """\
[project]
name = "own.pack"
license = "Apache-2.0"
dependencies = ["attrs", "therapeutic-alliance>=0.1,<0.2"]
[project.entry-points."therapeutic_alliance.measures.v1"]
own = "own_pack.measures"
"""
SECOND = PLACE.replace("own-a", "own-b")


def project(folder: Path, *, home: str = "src/", **more: str) -> Path:
    sources = {place: text for place, text in FILES.items() if not place.startswith(INFO)}
    texts = {"pyproject.toml": PYPROJECT, **{f"{home}{place}": sources[place] for place in sources}}
    for place, text in {**texts, **more}.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(str(text), encoding="utf-8")
    return folder


def built(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    (folder / "dist").mkdir(exist_ok=True)
    return wheel(folder / "dist", changes)


@pytest.mark.parametrize("home", ["src/", "", "python/"])
def test_sources_alone(alliance: Run, tmp_path: Path, home: str) -> None:
    ran = alliance("check", project(tmp_path, home=home))
    assert (ran.code, ran.out) == (0, "pyproject.toml: good\n")
    assert ran.err == "no wheel of it in dist/: only its sources were checked\n"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pyproject.toml": "[project"}, "pyproject.toml: not TOML"),
        (
            {"pyproject.toml": PYPROJECT.replace("own_pack.m", "own_pack.n")},
            "in src/own_pack/neasures/",
        ),
        ({"pyproject.toml": PYPROJECT.replace("own_pack.m", ".m")}, "names no folder"),
        ({"pyproject.toml": PYPROJECT.replace("own_pack.m", "/own_pack.m")}, "names no folder"),
        ({"pyproject.toml": PYPROJECT.replace("measures.v1", "v1")}, "module own_pack.measures"),
        ({"pyproject.toml": PYPROJECT.replace("own =", "own.x =")}, "no entry point"),
        ({"pyproject.toml": PYPROJECT.replace(",<0.2", "")}, "without an upper bound"),
        ({"pyproject.toml": PYPROJECT.replace('license = "Apache-2.0"', "")}, "no licence"),
        ({f"src/{PLACE}": "id ="}, f"src/{PLACE}: not TOML"),
    ],
)
def test_a_problem_of_the_sources(
    alliance: Run, tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    ran = alliance("check", project(tmp_path, **changes))
    assert ran.code == 1
    [line] = ran.out.splitlines()
    assert told in line


def test_nothing_outside_the_project_is_looked_at(alliance: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text("", encoding="utf-8")
    text = PYPROJECT.replace("own_pack.measures", str(outside))
    ran = alliance("check", project(tmp_path / "inside", **{"pyproject.toml": text}))
    assert (ran.code, len(ran.out.splitlines())) == (1, 1)
    assert "secret" not in ran.out


def test_a_module_that_stands_alone(alliance: Run, tmp_path: Path) -> None:
    code = PYPROJECT.replace("measures.v1", "v1").replace("own_pack.measures", "alone")
    ran = alliance("check", project(tmp_path, **{"pyproject.toml": code, "alone.py": ""}))
    assert (ran.code, ran.out) == (0, "pyproject.toml: good\n")


@pytest.mark.parametrize("text", ["project = 1", "[project]\nname = 1\nentry-points = []\n"])
def test_a_project_that_tells_nothing(alliance: Run, tmp_path: Path, text: str) -> None:
    ran = alliance("check", project(tmp_path, **{"pyproject.toml": text}))
    assert ran.code == 1
    assert "pyproject.toml: no entry point in" in ran.out


def test_a_wheel_that_holds_all(alliance: Run, tmp_path: Path) -> None:
    built(project(tmp_path))
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, f"{NAME}: good\n", "")


def test_a_wheel_that_lacks_some(alliance: Run, tmp_path: Path) -> None:
    built(project(tmp_path, **{f"src/{SECOND}": OWN.format(id="own-b", aliases="")}))
    ran = alliance("check", tmp_path)
    assert ran.code == 1
    assert ran.out == f"{NAME}/{SECOND}: stands in the sources, not in the wheel\n"


DYNAMIC = """\
[project]
name = "own-pack"
dynamic = ["version", "dependencies", "entry-points", "classifiers"]
"""


@pytest.mark.parametrize("text", [DYNAMIC, "", "[build-system]\nrequires = ['setuptools']\n"])
def test_what_only_a_wheel_tells(alliance: Run, tmp_path: Path, text: str) -> None:
    project(tmp_path, **{"pyproject.toml": text})
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out) == (0, "pyproject.toml: good\n")
    assert ran.err.endswith("build a wheel first: what is dynamic shows in it only\n")
    built(tmp_path)
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, f"{NAME}: good\n", "")


def test_what_is_told_counts_beside_what_is_dynamic(alliance: Run, tmp_path: Path) -> None:
    text = PYPROJECT.replace(",<0.2", "").replace("license", 'dynamic = ["license", "x"]\n#')
    ran = alliance("check", project(tmp_path, **{"pyproject.toml": text}))
    assert ran.code == 1
    assert "without an upper bound" in ran.out
    assert "what is dynamic" in ran.err


def test_a_dynamic_version_says_nothing(alliance: Run, tmp_path: Path) -> None:
    text = PYPROJECT.replace("license", 'dynamic = ["version"]\nlicense')
    ran = alliance("check", project(tmp_path, **{"pyproject.toml": text}))
    assert (ran.code, ran.err) == (0, "no wheel of it in dist/: only its sources were checked\n")


@pytest.mark.parametrize("told", ["setup.cfg", "setup.py"])
def test_a_project_without_pyproject(alliance: Run, tmp_path: Path, told: str) -> None:
    project(tmp_path, **{told: ""})
    (tmp_path / "pyproject.toml").unlink()
    ran = alliance("check", tmp_path)
    assert (ran.code, ran.out) == (0, f"{told}: good\n")
    broken = built(tmp_path, {f"{INFO}/entry_points.txt": None})
    assert "no entry point" in alliance("check", tmp_path).out
    broken.with_name("own_pack-2.0-py3-none-any.whl").write_bytes(b"broken")
    assert "no wheel of it" in alliance("check", tmp_path).err


@pytest.mark.parametrize("licence", ['"UNKNOWN"', '""', "{}", "{ text = ' ' }"])
def test_a_licence_that_is_none(alliance: Run, tmp_path: Path, licence: str) -> None:
    text = PYPROJECT.replace('"Apache-2.0"', licence)
    ran = alliance("check", project(tmp_path, **{"pyproject.toml": text}))
    assert "no licence is declared" in ran.out


def test_every_file_of_the_sources_counts(alliance: Run, tmp_path: Path) -> None:
    more = ("rules/__init__.py", "rules/own.py", "py.typed", "plugin.py")
    left = ("__pycache__/a.pyc", "fast.so", ".hidden", ".cache/a.py")
    built(project(tmp_path, **{f"src/own_pack/{each}": "x = 1" for each in (*more, *left)}))
    ran = alliance("check", tmp_path)
    assert ran.code == 1
    absent = "stands in the sources, not in the wheel"
    assert ran.out.splitlines() == [
        f"{NAME}/own_pack/py.typed: {absent}",
        f"{NAME}/own_pack/rules/__init__.py: {absent}",
        f"{NAME}/own_pack/rules/own.py: {absent}",
        f"{NAME}/own_pack/plugin.py: differs from the sources: build the wheel again",
    ]


@pytest.mark.parametrize(("tail", "code"), [("", 1), ("#" * (1 << 20), 0)])
def test_imports_of_the_sources(alliance: Run, tmp_path: Path, tail: str, code: int) -> None:
    module = f"import own_pack.rules\n{tail}"
    ran = alliance("check", project(tmp_path, **{"src/own_pack/plugin.py": module}))
    assert ran.code == code
    assert ("src/own_pack/plugin.py: imports own_pack.rules" in ran.out) == bool(code)


def test_a_wheel_of_older_sources(alliance: Run, tmp_path: Path) -> None:
    built(project(tmp_path, **{f"src/{PLACE}": f"{FILES[PLACE]!s}# a change\n"}))
    ran = alliance("check", tmp_path)
    assert ran.out == f"{NAME}/{PLACE}: differs from the sources: build the wheel again\n"


def test_a_wheel_without_an_entry_point_of_the_sources(alliance: Run, tmp_path: Path) -> None:
    more = f'{PYPROJECT}more = "own_pack.measures"\n'
    built(project(tmp_path, **{"pyproject.toml": more}))
    ran = alliance("check", tmp_path)
    assert ran.out == f"{NAME}: entry point more of pyproject.toml is not in it: build it again\n"


def test_the_newest_wheel_of_this_project_counts(alliance: Run, tmp_path: Path) -> None:
    new = built(project(tmp_path))
    old = new.with_name(NAME.replace("1.0", "2.0"))
    other = new.with_name("other-9.9-py3-none-any.whl")
    for path, when in ((old, 1_000), (other, 3_000)):
        path.write_bytes(b"broken")
        os.utime(path, (when, when))
    os.utime(new, (2_000, 2_000))
    assert alliance("check", tmp_path).out == f"{NAME}: good\n"


def test_a_wheel_that_is_broken(alliance: Run, tmp_path: Path) -> None:
    built(project(tmp_path)).write_bytes(b"broken")
    ran = alliance("check", tmp_path, "--json")
    assert (ran.code, ran.json[0]["file"]) == (1, NAME)
