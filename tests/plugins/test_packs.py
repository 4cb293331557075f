"""Data packs as pip installs them: editable and not, by two back ends, with links and without."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.distributions import CODE, DATA, HATCHLING, SETUPTOOLS, Dist, Environment
from tests.plugins.good import DETECTOR, pack, pulse
from tests.plugins.told import probed

FINDER = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[tool.setuptools]
packages = ["{package}"]
package-dir = { "{package}" = "src/{package}" }
package-data = { "*" = ["*.toml", "*/*.toml"] }
"""
"""Its editable form is an import hook, not a folder on the path."""

pytestmark = pytest.mark.slow


def own(name: str, backend: str) -> Dist:
    return pack(name, {f"{name}.toml": pulse(name)}, backend=backend)


EDITABLE = (
    own("edit-hatchling", HATCHLING),
    own("edit-setuptools", SETUPTOOLS),
    own("edit-finder", FINDER),
    own("link-file", HATCHLING),
    own("link-folder", HATCHLING),
    own("link-inside", HATCHLING),
    own("link-broken", HATCHLING),
)
BUILT = (
    own("wheel-hatchling", HATCHLING),
    own("wheel-setuptools", SETUPTOOLS),
    own("left-out", SETUPTOOLS.replace('"*" = ', '"other" = ')),
)
BOTH = Dist(
    "edit-both",
    {"plugin.py": DETECTOR.format(id="edited", limit=1.0)},
    {CODE: "edit_both.plugin"},
)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("projects")


@pytest.fixture(scope="module")
def environment(projects: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """All of them, installed by one pip from their projects."""
    made = Environment.made(tmp_path_factory.mktemp("environment"))
    arguments: list[str | Path] = []
    for dist in (*EDITABLE, BOTH):
        arguments += ["-e", dist.written(projects)]
    made.install(*arguments, *(dist.written(projects) for dist in BUILT))
    outside = projects / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text(pulse("stray"), encoding="utf-8")
    (outside / "stray.toml").write_text(pulse("stray"), encoding="utf-8")
    for name, change in LINKS.items():
        change(projects / name / "src" / name.replace("-", "_") / "measures", outside)
    return made


def _link_folder(measures: Path, outside: Path) -> None:
    measures.rename(measures.with_name("aside"))
    measures.symlink_to(outside)


def _link_inside(measures: Path, _: Path) -> None:
    (measures / "inside.txt").write_text(pulse("inside"), encoding="utf-8")
    (measures / "inside.toml").symlink_to("inside.txt")


LINKS: dict[str, Callable[[Path, Path], object]] = {
    "link-file": lambda own, out: (own / "stray.toml").symlink_to(out / "stray.toml"),
    "link-folder": _link_folder,
    "link-inside": _link_inside,
    "link-broken": lambda own, _: (own / "gone.toml").symlink_to(own / "absent.toml"),
}


@pytest.mark.parametrize(
    "name",
    ["edit-hatchling", "edit-setuptools", "edit-finder", "wheel-hatchling", "wheel-setuptools"],
)
def test_a_pack_is_read_however_it_was_installed(name: str, environment: Environment) -> None:
    told = probed(environment, [name])
    assert told["report"][name]["problem"] == ""
    assert told["report"][name]["adds"] == {"measures": [name]}
    assert told["used"]["measures"][name] == {"total": 0.0}
    assert name.replace("-", "_") not in told["brought"]
    assert told["strict"] == []


def test_code_is_loaded_from_an_editable_installation(environment: Environment) -> None:
    told = probed(environment, ["edit-both"])
    assert told["used"]["detectors"]["edited"] == [3]


def test_files_that_the_wheel_left_out_are_missed(environment: Environment) -> None:
    status = probed(environment, ["left-out"])["report"]["left-out"]
    assert status["stage"] == "register"
    assert "left_out.measures" in status["problem"]


@pytest.mark.parametrize(
    ("name", "stage", "says"),
    [
        ("link-file", "register", "stray.toml: is a link that leads out of its folder"),
        ("link-folder", "register", "no folder link_folder.measures in a package"),
        ("link-broken", "contribute", "gone.toml: cannot be read: No such file or directory"),
    ],
)
def test_no_link_leads_out_of_its_folder(
    name: str, stage: str, says: str, environment: Environment
) -> None:
    told = probed(environment, [name, "edit-hatchling"])
    status: dict[str, Any] = told["report"][name]
    assert status["stage"] == stage
    assert says in status["problem"]
    assert status["adds"] == {}
    assert "stray" not in told["used"]["measures"]
    assert told["report"]["edit-hatchling"]["stage"] == "loaded"


def test_a_link_inside_its_folder_is_followed(environment: Environment) -> None:
    status = probed(environment, ["link-inside"])["report"]["link-inside"]
    assert status["adds"] == {"measures": ["inside", "link-inside"]}


SHARED = """
import json, sys
import therapeutic_alliance as ta
registry = ta.Registry.discover(allow=sys.argv[1:])
print(json.dumps({each.distribution: [each.adds.get("measures"), each.problem]
                  for each in registry.report()}))
"""


def part(folder: Path, name: str, *, recorded: bool) -> Path:
    """A part of the package ``acme_ns``, installed by hand in a folder of its own."""
    home = folder / name
    file = f"acme_ns/measures/{name}.toml"
    info = home / f"{name.replace('-', '_')}-1.0.dist-info"
    for written in (info, home / "acme_ns" / "measures"):
        written.mkdir(parents=True)
    (home / file).write_text(pulse(name), encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{DATA}]\nit = acme_ns.measures\n")
    (info / "RECORD").write_text(f"{file},,\n" if recorded else "own.pth,,\n")
    return home


def test_packs_that_share_a_package_get_their_own_folders(
    environment: Environment, tmp_path: Path
) -> None:
    names = ["acme-one", "acme-two"]
    homes = [part(tmp_path, name, recorded=True) for name in names]
    ran = environment.run("-c", SHARED, *names, PYTHONPATH=os.pathsep.join(map(str, homes)))
    assert ran.json == {name: [[name], ""] for name in names}


def test_a_pack_whose_folder_is_not_recorded_does_not_get_a_strangers(
    environment: Environment, tmp_path: Path
) -> None:
    names = {"acme-one": True, "acme-two": False}
    homes = [part(tmp_path, name, recorded=recorded) for name, recorded in names.items()]
    ran = environment.run("-c", SHARED, *names, PYTHONPATH=os.pathsep.join(map(str, homes)))
    told = ran.json
    assert told["acme-one"] == [["acme-one"], ""]
    assert told["acme-two"] == [
        None,
        "acme_ns.measures is in several places: rename its top-level package",
    ]
