"""Nothing that can be reached from a registry can be changed; what tries to, changes nothing."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field, frozen

import therapeutic_alliance as ta
from tests.plugins.distributions import Environment
from tests.plugins.good import GOOD
from tests.plugins.reach import OTHER, found_open
from tests.plugins.told import SOME, assert_works, probed
from therapeutic_alliance.sdk.kinds import KINDS

HERE = Path(__file__).parents[2]


def test_nothing_reachable_of_what_is_built_in_can_be_changed() -> None:
    registry = ta.Registry()
    assert len(registry.measure("wai-sr").items) == 12
    assert found_open(registry) == []


@define
class Loose:
    limit: int = 1


@frozen
class Tight:
    limits: list[int] = field(factory=lambda: [1])
    inner: tuple[Loose, ...] = (Loose(),)


@frozen
class Calls:
    limits: Any = field(factory=lambda: [1])

    def __call__(self) -> None:
        """Does nothing."""


@frozen(slots=False)
class Slotless:
    limit: int = 1


def test_the_walk_finds_what_is_open() -> None:
    places = found_open(Tight())
    assert "registry.limits: has append()" in places
    assert "registry.inner[0]: limit can be assigned" in places
    assert "registry.__dict__: an item can be assigned" in found_open(Slotless())
    for held in (Calls(), partial(print, Calls()), Calls().__call__):
        assert any("limits: has append()" in place for place in found_open((held,)))


def test_the_walk_writes_other_values() -> None:
    loose, slotless = Loose(), Slotless()
    found_open((loose, slotless))
    assert {str(loose.limit), str(slotless.limit)} == {OTHER}


def test_a_registry_that_was_walked_is_as_it_was() -> None:
    registry = ta.Registry()
    before = _state(registry)
    assert _state(registry) == before
    found_open(registry)
    assert _state(registry) == before
    assert before == _state(ta.Registry())


def _state(registry: ta.Registry) -> dict[str, str]:
    """Everything that is written of each thing."""
    return {
        f"{kind} {id_}": repr(thing)
        for kind in KINDS
        for id_, thing in getattr(registry, kind).items()
    }


@pytest.mark.slow
def test_nothing_reachable_of_plugins_can_be_changed(everything: Environment) -> None:
    ran = everything.program(
        """
        import sys
        import therapeutic_alliance as ta
        sys.path.append(sys.argv[1])
        from tests.plugins.reach import found_open
        registry = ta.Registry.discover(allow=sys.argv[2:], strict=True)
        places = found_open(registry) + found_open(registry.report())
        print(*places, sep="\\n", end="")
        """,
        str(HERE),
        *(dist.name for dist in GOOD),
    )
    assert ran.code == 0, ran.err
    assert ran.out == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["odd-changes-import", "odd-changes-hook"])
def test_a_plugin_that_tries_changes_nothing(name: str, everything: Environment) -> None:
    told = probed(everything, [name, *SOME], PYTHONPATH=str(HERE))
    assert told["report"][name]["stage"] == "loaded", told["report"][name]
    assert told["used"] == probed(everything, SOME)["used"]
    assert_works(told, SOME)
