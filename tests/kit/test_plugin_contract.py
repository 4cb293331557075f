"""Each fault planted in a plugin that is really installed is caught by the contract."""

import os
from pathlib import Path, PurePosixPath

import pytest

from tests.kit import plugin_faults
from tests.kit.kills import Kill
from tests.kit.run import Outcomes, caught_by, outcomes
from tests.kit.wheels import edit, install
from therapeutic_alliance.testing import PluginContract
from therapeutic_alliance.testing.plugins.probe import top_level

CONTRACTS = {
    name: each
    for name, each in vars(plugin_faults).items()
    if isinstance(each, type) and issubclass(each, plugin_faults.Installed) and each.__test__
}
SOUND = [name for name in CONTRACTS if name.startswith("Sound")]
FAULTS = [name for name in CONTRACTS if name not in SOUND]
TESTS = {name for name in dir(PluginContract) if name.startswith("test_")}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    folder = tmp_path_factory.mktemp("ran")
    wheels = [each.wheel for each in CONTRACTS.values() if each.wheel and each.beside is None]
    site = folder / "site"
    install(wheels, folder, site)
    edited = [each for each in CONTRACTS.values() if each.beside is not None]
    projects = [edit(each.wheel, each.beside, folder, site) for each in edited]
    within = [each / "lib" / "site-packages" for each in projects]
    path = os.pathsep.join(map(str, [site, *projects, *within]))
    return outcomes(Path(plugin_faults.__file__), folder, env={"PYTHONPATH": path})


@pytest.mark.parametrize("name", SOUND)
def test_sound_plugins_pass(ran: Outcomes, name: str) -> None:
    assert {test: each.result for test, each in ran[name].items()} == dict.fromkeys(TESTS, "passed")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(ran: Outcomes, kills: list[Kill], name: str) -> None:
    kills.append(Kill("plugin", (CONTRACTS[name].__doc__ or "").strip(), caught_by(ran[name])))
    assert caught_by(ran[name])


def test_every_test_catches_some_fault(ran: Outcomes) -> None:
    assert {test for name in FAULTS for test in caught_by(ran[name])} == TESTS


def test_nothing_is_skipped_and_nothing_breaks(ran: Outcomes) -> None:
    assert {each.result for tests in ran.values() for each in tests.values()} == {
        "passed",
        "failed",
    }


LOADS = "test_loads_alone_and_strictly"


@pytest.mark.parametrize(
    ("name", "test", "words"),
    [
        ("NotInstalled", LOADS, "no-such-plugin is not installed: install it first"),
        ("Forgotten", LOADS, "Forgotten gives no distribution: the name of the distribution"),
        ("FailsAtImport", LOADS, "(import: RuntimeError: no licence key ("),
        ("ExitsAtImport", LOADS, "exits-at-import 0.1 (import: SystemExit"),
        ("EndsTheInterpreter", LOADS, "ended the interpreter, exit code 7"),
        ("MisspeltHook", LOADS, "(register: unknown hook 'alliance_detecters': did you mean"),
        ("GivesNothing", "test_contributes_something", "none of its hooks gives anything"),
        ("TakenMeasure", "test_ids_are_not_taken", "built-in things: wai-sr; choose your own"),
        ("TakenAlias", "test_ids_are_not_taken", "built-in things: wai-sr; choose your own"),
        ("Prints", "test_prints_nothing", "prints while it is loaded, beginning with: 'welcome'"),
        ("ImportsMore", "test_imports_nothing_else", "also imports iniconfig: import them where"),
        ("PatchesAClass", "test_built_ins_stay_as_they_are", "RciDrop.flags"),
        ("ChangesADefinition", "test_built_ins_stay_as_they_are", "measure arm-5"),
        ("ToGo", "test_uses_nothing_that_is_to_go", "uses what is to go: alliance_detectors"),
        ("SharedList", "test_contributions_cannot_be_changed", "changed: never.seen; use a tuple"),
        (
            "NoUpperBound",
            "test_requires_this_library_within_bounds",
            "write therapeutic-allia",
        ),
        ("NoLicence", "test_names_its_licence", "names no licence in its metadata"),
    ],
)
def test_the_sentence(ran: Outcomes, name: str, test: str, words: str) -> None:
    assert words in " ".join(ran[name][test].message.split())


def test_a_distribution_owns_its_compiled_modules() -> None:
    files = ["pulse/__init__.py", "_fast.cpython-311-x86_64-linux-gnu.so", "_old.pyc", "x.dist/R"]
    assert list(top_level(map(PurePosixPath, files))) == ["pulse", "_fast", "_old"]
