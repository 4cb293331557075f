"""Twenty distributions in one environment, six of them broken in different ways."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.bad import BAD
from tests.plugins.distributions import Environment
from tests.plugins.good import ADDS, GOOD
from tests.plugins.told import assert_works, probed

BROKEN = {
    "bad-dependency": ("import", "No module named 'no_such_dependency'"),
    "bad-exit": ("import", "SystemExit: 3"),
    "bad-newer": ("import", "asks for therapeutic_alliance.v2"),
    "bad-misspelt": ("register", "did you mean 'alliance_detectors'?"),
    "bad-raises": ("contribute", "ZeroDivisionError"),
    "bad-toml": ("contribute", "own.toml"),
}
COMMAND = ("-m", "therapeutic_alliance.cli", "plugins")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def twenty(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Environment:
    environment = Environment.made(tmp_path_factory.mktemp("twenty"))
    environment.install(*(built[name] for name in (*ADDS, *BROKEN)))
    return environment


@pytest.fixture(scope="module")
def told(twenty: Environment) -> dict[str, Any]:
    """What is told where all are allowed."""
    return probed(twenty, "all")


def test_there_are_twenty_of_which_six_are_broken(told: dict[str, Any]) -> None:
    ways = {bad.dist.name: bad.stage for bad in BAD}
    assert (len(GOOD), len(BROKEN)) == (14, 6)
    assert {name: stage for name, (stage, _) in BROKEN.items()} == {
        name: ways[name] for name in BROKEN
    }
    assert set(told["report"]) == set(ADDS) | set(BROKEN)


def test_the_other_fourteen_work(told: dict[str, Any]) -> None:
    assert_works(told, list(ADDS))


def test_stage_and_reason_of_each_are_told(told: dict[str, Any]) -> None:
    for name, (stage, reason) in BROKEN.items():
        status = told["report"][name]
        assert status["stage"] == stage
        assert reason in status["problem"]
        assert status["seconds"] > 0
    assert {message.split()[0] for _, message, _ in told["strict"]} == set(BROKEN)


def test_what_is_not_allowed_is_in_no_module(twenty: Environment) -> None:
    allowed = ["good-detector", "good-pack", "good-measure"]
    found = probed(twenty, allowed)
    assert_works(found, allowed)
    foreign = {name for name in found["brought"] if name.startswith(("good_", "bad_"))}
    assert foreign == {"good_detector", "good_measure"}


def test_the_command_tells_each_and_exits_1(twenty: Environment) -> None:
    ran = twenty.run(*COMMAND)
    assert ran.code == 1, ran.err
    for name in ADDS:
        assert name in ran.out
    for name, (stage, reason) in BROKEN.items():
        [line] = [line for line in ran.out.splitlines() if name in line]
        assert stage in line
        for word in reason.split():  # the table breaks its lines
            assert word in ran.out


def test_the_command_gives_each_as_data(twenty: Environment) -> None:
    ran = twenty.run(*COMMAND, "--json")
    assert ran.code == 1, ran.err
    every = {each["distribution"]: each for each in json.loads(ran.out)}
    assert set(every) == set(ADDS) | set(BROKEN)
    for name, each in every.items():
        names = "distribution version stage problem adds ambiguous seconds"
        assert set(each) == set(names.split())
        assert (each["version"], each["ambiguous"]) == ("1.0", [])
        if name in ADDS:
            assert (each["stage"], each["problem"]) == ("loaded", "")
            assert {kind: ids for kind, ids in each["adds"].items() if ids} == ADDS[name]
        else:
            assert each["stage"] == BROKEN[name][0]
            assert BROKEN[name][1] in each["problem"]


def test_the_command_exits_0_where_all_that_is_allowed_loads(twenty: Environment) -> None:
    ran = twenty.run(*COMMAND, "--json", ALLIANCE_PLUGINS="good-detector,good-pack")
    assert ran.code == 0, ran.err
    stages = {each["distribution"]: each["stage"] for each in json.loads(ran.out)}
    assert {name for name, stage in stages.items() if stage == "loaded"} == {
        "good-detector",
        "good-pack",
    }
    assert set(stages.values()) == {"loaded", "not-allowed"}
    assert len(stages) == 20


def test_the_command_allows_none_where_the_variable_is_empty(twenty: Environment) -> None:
    ran = twenty.run(*COMMAND, "--json", ALLIANCE_PLUGINS="")
    assert ran.code == 0, ran.err
    assert {each["stage"] for each in json.loads(ran.out)} == {"not-allowed"}
