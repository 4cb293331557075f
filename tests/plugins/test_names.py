"""Which distributions are allowed: by name, by version, or all."""

import json
import os
from pathlib import Path

import pytest

from tests.plugins.bad import BAD
from tests.plugins.distributions import CODE, Environment
from tests.plugins.good import ADDS, DETECTOR
from tests.plugins.told import assert_works, probed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["odd-name-here", "Odd_Name.Here", "ODD--name_here"])
def test_a_name_is_compared_as_installers_do(name: str, everything: Environment) -> None:
    told = probed(everything, [name])
    assert told["report"]["odd-name-here"]["adds"] == {"detectors": ["named"]}


@pytest.mark.parametrize("pin", ["2.1.3", None])
def test_the_version_that_is_allowed_is_loaded(pin: str | None, everything: Environment) -> None:
    told = probed(everything, {"Odd-Second_Version": pin})
    status = told["report"]["odd-second-version"]
    assert (status["stage"], status["version"]) == ("loaded", "2.1.3")


def test_another_version_is_not_even_imported(everything: Environment) -> None:
    told = probed(everything, {"odd-second-version": "2.1", "good-detector": "1.0"})
    status = told["report"]["odd-second-version"]
    assert status["stage"] == "missing"
    assert status["version"] == "2.1.3"
    assert status["problem"] == "version 2.1 is allowed, 2.1.3 is installed"
    assert "odd_second_version" not in told["brought"]
    assert_works(told, ["good-detector"])
    [[kind, message, _]] = told["strict"]
    assert (kind, "2.1.3 is installed" in message) == ("PluginError", True)


def test_what_is_not_installed_is_told(everything: Environment) -> None:
    told = probed(everything, ["never-heard-of", "good-detector"])
    assert told["report"]["never-heard-of"]["stage"] == "missing"
    assert told["report"]["never-heard-of"]["problem"] == "not installed"
    assert told["report"]["never-heard-of"]["version"] is None
    assert_works(told, ["good-detector"])
    assert [kind for kind, _, _ in told["strict"]] == ["PluginError"]


def test_what_has_no_entry_point_is_told(everything: Environment) -> None:
    told = probed(everything, ["odd-rules"])
    assert told["report"]["odd-rules"]["stage"] == "import"
    assert f"has no entry point in {CODE}" in told["report"]["odd-rules"]["problem"]


def test_nothing_of_what_is_not_allowed_is_imported(everything: Environment) -> None:
    allowed = {"good-detector", "good-pack", "good-both"}
    told = probed(everything, sorted(allowed))
    assert set(told["report"]) == allowed
    foreign = {name for name in told["brought"] if name.startswith(("good_", "bad_", "odd_"))}
    assert foreign == {"good_detector", "good_both"}


def test_one_name_is_no_collection(everything: Environment) -> None:
    ran = everything.program(
        "import therapeutic_alliance as ta\n"
        "try:\n"
        "    ta.Registry.discover(allow='good-detector')\n"
        "except ta.AllianceError as error:\n"
        "    print(error)\n"
    )
    assert ran.out == 'allow is "all", a collection of distribution names, or a mapping\n'


def half_installed(folder: Path) -> None:
    """What broken installations leave behind, in a folder that comes first on the path."""
    points = f"[{CODE}]\nit = half_there\n"
    whole = "Metadata-Version: 2.1\nName: {}\nVersion: 1.0\n"
    for name, metadata, entry_points in (
        ("without_metadata", None, points),
        ("without_name", "Metadata-Version: 2.1\nVersion: 1.0\n", points),
        ("empty_name", whole.format(""), points),
        ("without_version", "Metadata-Version: 2.1\nName: without-version\n", points),
        ("malformed_points", whole.format("malformed-points"), f"[{CODE}]\nno sense\n"),
        ("strange_points", whole.format("strange-points"), f"{points}# \xe9"),
        ("strange_metadata", whole.format("strange-metadata") + "Summary: \xe9\n", points),
        ("nothing", None, None),
    ):
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir()
        for file, text in (("METADATA", metadata), ("entry_points.txt", entry_points)):
            if text is not None:
                (info / file).write_text(text, encoding="latin-1")


SCANNED = """
import json, sys
import therapeutic_alliance as ta
for registry in (ta.Registry.discover(allow=json.loads(sys.argv[1])), None):
    found = registry.report() if registry else ta.installed_plugins()
    print(json.dumps({each.distribution: [each.stage, each.problem] for each in found}))
"""


def test_half_an_installation_stops_no_scan(tmp_path: Path) -> None:
    half_installed(tmp_path)
    few = Environment.made(tmp_path / "environment")
    ran = few.run("-c", SCANNED, json.dumps("all"), PYTHONPATH=str(tmp_path))
    report, installed = map(json.loads, ran.out.splitlines())
    assert set(report) == set(installed)
    assert "" not in report
    assert report["without-version"][0] == "import"
    assert report["malformed-points"] == ["import", "its entry_points.txt cannot be read"]
    assert all(stage == "not-allowed" for stage, _ in installed.values())


@pytest.mark.parametrize("first", [True, False])
def test_of_two_with_one_name_the_first_counts_for_all(first: bool, tmp_path: Path) -> None:
    with_plugin, without = tmp_path / "with", tmp_path / "without"
    for folder, points in ((with_plugin, f"[{CODE}]\nit = twice_there\n"), (without, "")):
        info = folder / "twice_there-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: twice-there\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(points)
    (with_plugin / "twice_there.py").write_text(DETECTOR.format(id="twice", limit=1.0))
    few = Environment.made(tmp_path / "environment")
    path = [with_plugin, without] if first else [without, with_plugin]
    reports = []
    for allow in ("all", ["twice-there"]):
        ran = few.run("-c", SCANNED, json.dumps(allow), PYTHONPATH=os.pathsep.join(map(str, path)))
        reports.append([json.loads(line) for line in ran.out.splitlines()])
    [scanned, listed], [by_name, _] = reports
    assert scanned.get("twice-there") == (["loaded", ""] if first else None)
    assert ("twice-there" in listed) is first
    assert (by_name["twice-there"][0] == "loaded") is first


def test_half_an_installation_is_told_by_name(everything: Environment, tmp_path: Path) -> None:
    half_installed(tmp_path)
    names = ["malformed-points", "strange-points", "without-metadata", "empty-name", "nothing"]
    allow = json.dumps([*names, "good-detector"])
    ran = everything.run("-c", SCANNED, allow, PYTHONPATH=str(tmp_path))
    assert ran.code == 0, ran.err
    report = json.loads(ran.out.splitlines()[0])
    assert report["good-detector"] == ["loaded", ""]
    for name in names[:2]:
        assert report[name] == ["import", "its entry_points.txt cannot be read"]
    for name in names[2:]:
        assert report[name][0] in ("import", "missing")


def test_all_that_is_installed_is_listed_and_not_imported(everything: Environment) -> None:
    ran = everything.program(
        "import sys\n"
        "import therapeutic_alliance as ta\n"
        "print(*(each.distribution for each in ta.installed_plugins()))\n"
        "print(*sys.modules)\n"
    )
    names, modules = (set(line.split()) for line in ran.out.splitlines())
    assert {bad.dist.name for bad in BAD} | set(ADDS) <= names
    assert "therapeutic-alliance" not in names
    assert "odd-rules" not in names
    assert not any(name.startswith(("good_", "bad_", "odd_")) for name in modules)
