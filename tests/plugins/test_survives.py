"""One broken distribution, really installed: its fault is told, and stays its own."""

from typing import Any

import pytest

from tests.plugins.bad import BAD, Bad
from tests.plugins.distributions import Environment
from tests.plugins.told import SOME, assert_works, probed


@pytest.fixture(scope="session")
def alone(everything: Environment) -> dict[str, Any]:
    """What there is without any bad one."""
    return probed(everything, SOME)


@pytest.mark.slow
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.dist.name)
def test_its_fault_is_told_and_stays_its_own(
    bad: Bad, everything: Environment, alone: dict[str, Any]
) -> None:
    name = bad.dist.name
    told = probed(everything, [name, *SOME])
    status = told["report"][name]
    assert status["stage"] == bad.stage, status
    assert status["version"] == "1.0"
    assert status["adds"] == {}
    for words in bad.says:
        assert words in status["problem"]
    assert "\n" not in status["problem"]
    assert_works(told, SOME)
    assert told["used"] == alone["used"]
    [[kind, message, cause]] = told["strict"]
    assert kind == "PluginError"
    assert message == f"{name} 1.0 ({bad.stage}: {status['problem']})"
    assert cause == bad.cause


@pytest.mark.slow
def test_all_that_is_broken_at_once(everything: Environment, alone: dict[str, Any]) -> None:
    names = [bad.dist.name for bad in BAD]
    told = probed(everything, [*names, *SOME])
    assert {name: told["report"][name]["stage"] for name in names} == {
        bad.dist.name: bad.stage for bad in BAD
    }
    assert_works(told, SOME)
    assert told["used"] == alone["used"]
    assert len(told["strict"]) == len(BAD)
