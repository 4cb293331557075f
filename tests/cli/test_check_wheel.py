"""``alliance check`` on a built wheel: each thing that can be wrong with it, one at a time."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.commands import Run
from tests.cli.test_check_folder import OWN
from tests.cli.wheels import CODE, DATA, FILES, INFO, METADATA, NAME, PLACE, wheel
from therapeutic_alliance.packaging import wheels

POINTS, META = f"{INFO}/entry_points.txt", f"{INFO}/METADATA"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {POINTS: CODE},
        {POINTS: DATA + CODE},
        {POINTS: CODE.replace("plugin", "sub"), "own_pack/sub/__init__.py": ""},
        {POINTS: CODE, "own_pack/plugin.py": None, "own_pack/plugin.cpython-311.so": b"\0"},
        {PLACE: None, f"own_pack-1.0.data/purelib/{PLACE}": FILES[PLACE]},
        {META: METADATA.replace("License-Expression: Apache-2.0", "License: own")},
        {META: METADATA.replace("<0.2,>=0.1", " (~=0.1)")},
    ],
)
def test_a_good_one(alliance: Run, tmp_path: Path, changes: Mapping[str, str | None]) -> None:
    path = wheel(tmp_path, changes)
    ran = alliance("check", path)
    assert (ran.code, ran.out, ran.err) == (0, f"{NAME}: good\n", "")
    assert alliance("check", path, "--json").json == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {POINTS: None},
            f"{NAME}: no entry point in therapeutic_alliance.v1 (a module with hooks)",
        ),
        ({POINTS: CODE.replace("v1", "v2")}, "it has some in therapeutic_alliance.v2"),
        ({POINTS: CODE, "own_pack/plugin.py": None}, "the module own_pack.plugin, which is not in"),
        ({POINTS: CODE.replace("plugin", "plugin:Own")}, "names an object, own_pack.plugin:Own"),
        ({POINTS: CODE.replace(".plugin", ":plugin")}, "own_pack:plugin: name a module, join by"),
        ({POINTS: CODE.replace("own_pack.plugin", "!")}, "entry point own names no module"),
        ({PLACE: None}, '[tool.setuptools.package-data] "own_pack" = ["measures/*.toml"]'),
        ({PLACE: "id ="}, f"{NAME}/{PLACE}: not TOML"),
        ({PLACE: OWN.format(id="own-b", aliases="")}, f"{PLACE}, $.id: differs from the name"),
        ({PLACE: str(FILES[PLACE]).replace('"sum"', '"mean"') + "x = 1"}, f"{PLACE}, $"),
        ({PLACE: OWN.format(id="own-a", aliases='"bai"')}, f"{NAME}: id or alias is taken: bai"),
        ({PLACE: b"#" * (1 << 21)}, f"{PLACE}: longer than 1048576 bytes"),
        ({PLACE.replace("own-a", "Own A"): ""}, "Own A.toml: its name is no id"),
        ({META: METADATA.replace(",>=0.1", "")}, "without a lower bound"),
        ({META: METADATA.replace("<0.2,", "")}, "without an upper bound"),
        ({META: METADATA.replace("<0.2,>=0.1", "")}, "without any bound"),
        ({META: METADATA.replace("alliance<0.2", "alliances<0.2")}, "it does not require"),
        (
            {META: METADATA.replace("<0.2,>=0.1", "<1,>0; (extra == 'a') and os_name != 'or'")},
            "it does not require",
        ),
        (
            {META: METADATA.replace("<0.2,>=0.1", "<1; extra == 'a' or python_version > '3'")},
            "without a lower bound",
        ),
        (
            {META: METADATA.replace("License-Expression: Apache-2.0\n", "")},
            "no licence is declared",
        ),
        ({"tests/__init__.py": ""}, "a package tests at the top"),
    ],
)
def test_a_problem(
    alliance: Run, tmp_path: Path, changes: Mapping[str, str | None], told: str
) -> None:
    path = wheel(tmp_path, changes)
    ran = alliance("check", path)
    assert (ran.code, ran.err) == (1, "")
    [line] = ran.out.splitlines()
    assert line.startswith(NAME)
    assert told in line
    [problem] = alliance("check", path, "--json").json
    assert problem["file"].startswith(NAME)
    assert problem["rule"] in line


PLUGIN = "own_pack/plugin.py"
OWN_INIT = "own_pack/__init__.py"
RULES = "own_pack.rules"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({PLUGIN: "from own_pack.rules import own"}, RULES),
        ({PLUGIN: "from own_pack.rules import *"}, RULES),
        ({PLUGIN: "import own_pack.rules.own as own"}, RULES),
        ({PLUGIN: "from .rules.own import drop"}, RULES),
        ({PLUGIN: "from . import rules"}, RULES),
        ({PLUGIN: "def later():\n    from own_pack import rules"}, RULES),
        ({PLUGIN: "if True:\n    import own_pack.rules\nelse:\n    import own_pack.rules"}, RULES),
        ({OWN_INIT: "from . import rules\n__all__ = ['rules']"}, RULES),
        ({PLUGIN: "if TYPE_CHECKING:\n    pass\nelse:\n    import own_pack.rules"}, RULES),
        ({PLUGIN: "x = '\\d'  # Python warns of it\nimport own_pack.rules"}, RULES),
        ({OWN_INIT: "from .rules import *"}, RULES),
        (
            {"own_pack/rules/__init__.py": "", "own_pack/rules/a.py": "from .b import x"},
            f"{RULES}.b",
        ),
        (
            {"own_pack/rules/__init__.py": "", "own_pack/rules/a.py": "from .. import late"},
            "own_pack.late",
        ),
    ],
)
def test_an_import_of_what_was_left_out(
    alliance: Run, tmp_path: Path, changes: dict[str, str], missing: str
) -> None:
    ran = alliance("check", wheel(tmp_path, changes))
    *_, place = changes
    told = f"{NAME}/{place}: imports {missing}, which is not in it: was it packaged?\n"
    assert (ran.code, ran.out) == (1, told)


@pytest.mark.parametrize(
    "changes",
    [
        {PLUGIN: "from own_pack.rules import own", "own_pack/rules/__init__.py": "own = 1"},
        {PLUGIN: "from own_pack.rules import own", "own_pack/rules/own.py": ""},
        {PLUGIN: "from own_pack.rules import own", "own_pack/rules.cpython-311.so": b""},
        {PLUGIN: "from own_pack import rules", OWN_INIT: "rules = 1"},
        {PLUGIN: "from own_pack import rules", OWN_INIT: "from os import path as rules"},
        {PLUGIN: "from own_pack import rules", OWN_INIT: "from os import *"},
        {PLUGIN: "from own_pack import rules", OWN_INIT: "def __getattr__(name): ..."},
        {PLUGIN: "from own_pack import rules", OWN_INIT: "class rules: ..."},
        {PLUGIN: "from own_pack.other import a", OWN_INIT: "__path__ = []"},
        {PLUGIN: "from own_pack.other import a", OWN_INIT: None},
        {PLUGIN: "try:\n    import own_pack.fast\nexcept ImportError:\n    pass"},
        {PLUGIN: "if TYPE_CHECKING:\n    from own_pack.kinds import Own"},
        {PLUGIN: "from own_pack import plugin\nfrom own_packs.a import b\nimport os.path.x"},
        {PLUGIN: "from ..... import rules"},
        {PLUGIN: "not Python"},
        {PLUGIN: "import own_pack.rules\n" + "#" * (1 << 20)},
        {PLUGIN: "(" * 100_000},
        {PLUGIN: "-" * 100_000 + "1"},
        {PLUGIN: b"\0"},
        {"own_pack/from-template.py": "import own_pack.rules"},
    ],
)
def test_imports_that_are_good_or_cannot_be_told(
    alliance: Run, tmp_path: Path, changes: dict[str, str | bytes | None]
) -> None:
    ran = alliance("check", wheel(tmp_path, changes))
    assert (ran.code, ran.out) == (0, f"{NAME}: good\n")


def test_ids_of_two_packs_in_one_wheel(alliance: Run, tmp_path: Path) -> None:
    second = PLACE.replace("measures", "more")
    points = f"{DATA}more = own_pack.more\n"
    ran = alliance("check", wheel(tmp_path, {second: FILES[PLACE], POINTS: points}))
    assert ran.out == f"{NAME}/{second}: a second file with the id of {PLACE}\n"


def test_every_problem_is_told(alliance: Run, tmp_path: Path) -> None:
    changes = {POINTS: None, META: "Name: own-pack\nVersion: 1.0\n", "test/__init__.py": ""}
    ran = alliance("check", wheel(tmp_path, changes))
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 4


def test_it_is_read_without_being_run_or_unpacked(
    alliance: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    wheel(tmp_path, {"../climbed.toml": "", POINTS: DATA + CODE})
    before = sorted(tmp_path.rglob("*"))
    assert alliance("check", tmp_path / NAME).code == 0
    assert sorted(tmp_path.rglob("*")) == before
    assert not {name for name in sys.modules if name.startswith("own_pack")}


def _whole(folder: Path) -> bytes:
    return wheel(folder).read_bytes()


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.95, 0.999])
def test_one_that_was_cut(alliance: Run, tmp_path: Path, share: float) -> None:
    content = _whole(tmp_path)
    (tmp_path / NAME).write_bytes(content[: int(share * len(content))])
    ran = alliance("check", tmp_path / NAME)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == f"{NAME}: not a wheel that can be read: is the file whole?\n"


def test_damaged_ones(alliance: Run, tmp_path: Path) -> None:
    """Whatever byte is wrong: a line or several, or good, and never a traceback."""
    content = _whole(tmp_path)
    for place in range(0, len(content), 7):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        (tmp_path / NAME).write_bytes(damaged)
        ran = alliance("check", tmp_path / NAME)
        assert ran.code in (0, 1)
        assert ran.err == ""


@pytest.mark.parametrize(
    "points",
    ["own = own_pack.plugin", "[therapeutic_alliance.v1]\nown", "[", "\xff", "[x]\n= = ="],
)
def test_entry_points_that_are_none(alliance: Run, tmp_path: Path, points: str) -> None:
    ran = alliance("check", wheel(tmp_path, {POINTS: points.encode("latin-1")}))
    assert (ran.code, ran.err) == (1, "")
    assert len(ran.out.splitlines()) == 1


def test_an_archive_that_is_no_wheel(alliance: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / NAME, "w") as archive:
        archive.writestr("a.txt", "a")
    ran = alliance("check", tmp_path / NAME)
    assert (ran.code, ran.out) == (
        1,
        f"{NAME}: not a wheel: it has no .dist-info/METADATA, or several\n",
    )


def test_one_that_is_too_large(
    alliance: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wheel(tmp_path)
    monkeypatch.setattr(wheels, "LARGEST", 100)
    assert f"{NAME}: larger than 100 bytes" in alliance("check", path).out


def test_measures_that_unpack_to_too_much(
    alliance: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {PLACE.replace("own-a", f"own-{n}"): "#" * 100_000 for n in range(9)}
    path = wheel(tmp_path, many)
    monkeypatch.setattr(wheels, "LARGEST", path.stat().st_size + 1)
    assert "measure files of more than" in alliance("check", path).out


@pytest.mark.parametrize(
    ("modules", "told"),
    [
        (("acme/__init__.py", "acme/pulse/__init__.py"), '"acme.pulse" = ["measures/*.toml"]'),
        (("acme/pulse/measures/__init__.py",), '"acme.pulse.measures" = ["*.toml"]'),
        (("acme/__init__.py",), '"acme" = ["pulse/measures/*.toml"]'),
        ((), '"acme" = ["pulse/measures/*.toml"]'),
    ],
)
def test_the_package_that_setuptools_is_told_of(
    alliance: Run, tmp_path: Path, modules: tuple[str, ...], told: str
) -> None:
    points = DATA.replace("own_pack", "acme.pulse")
    ran = alliance("check", wheel(tmp_path, {POINTS: points, **dict.fromkeys(modules, "")}))
    assert told in ran.out


@pytest.mark.slow
def test_toml_that_setuptools_leaves_out(alliance: Run, tmp_path: Path) -> None:
    """The trap for real; with the line that is told, the wheel is good."""
    project = tmp_path / "project"
    files = {
        "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\n'
        'build-backend = "setuptools.build_meta"\n[project]\nname = "own-pack"\nversion = "1.0"\n'
        'license = "Apache-2.0"\ndependencies = ["therapeutic-alliance>=0.1,<0.2"]\n'
        '[project.entry-points."therapeutic_alliance.measures.v1"]\nown = "own_pack.measures"\n'
        '[tool.setuptools.packages.find]\nwhere = ["src"]\n',
        "src/own_pack/__init__.py": "",
        f"src/{PLACE}": str(FILES[PLACE]),
    }
    for place, text in files.items():
        (project / place).parent.mkdir(parents=True, exist_ok=True)
        (project / place).write_text(text, encoding="utf-8")

    ran = alliance("check", _built(project))
    assert ran.code == 1
    [line] = ran.out.splitlines()
    told = line.partition("add to pyproject.toml: ")[2]
    table, _, entry = told.partition(" ")
    assert alliance("check", project).out.splitlines() == [
        line,
        f"{NAME}/{PLACE}: stands in the sources, not in the wheel",
    ]
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f"{table}\n{entry}\n")
    assert alliance("check", _built(project)).out == f"{NAME}: good\n"
    assert alliance("check", project).out == f"{NAME}: good\n"


def _built(project: Path) -> Path:
    program = "import setuptools.build_meta as backend; backend.build_wheel('dist')"
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        cwd=project,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    return project / "dist" / NAME
