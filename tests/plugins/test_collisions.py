"""Ids and aliases that several distributions claim."""

import pytest

from tests.plugins.distributions import Environment
from tests.plugins.told import SOME, assert_works, probed

TOLD = """
import sys
import therapeutic_alliance as ta

def tell(*values):
    print(*values, sep="; ")

def tried(job):
    try:
        return job()
    except ta.AllianceError as error:
        return f"{type(error).__name__}: {error}"

def discover(*allow, **prefer):
    prefer = {name.replace("_", "-"): provider for name, provider in prefer.items()}
    return ta.Registry.discover(allow=allow, prefer=prefer, strict=True)
"""

pytestmark = pytest.mark.slow


def told(environment: Environment, program: str) -> list[str]:
    ran = environment.program(TOLD + program)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def test_one_definition_from_two_is_fine(everything: Environment) -> None:
    lines = told(
        everything,
        """
registry = discover("odd-twin-a", "odd-twin-b", "odd-sharing-a", "odd-sharing-b")
tell(registry.measure("twin").id, registry.detector("shared-rule").id)
tell(registry.measure("twin", provider="odd-twin-b").provider)
tell(dict(registry.measures.ambiguous), dict(registry.detectors.ambiguous))
""",
    )
    assert lines == ["twin; shared-rule", "odd-twin-b", "{}; {}"]


def test_two_definitions_of_a_measure_are_told_when_one_is_looked_up(
    everything: Environment,
) -> None:
    lines = told(
        everything,
        """
plugins = ("odd-twin-a", "odd-twin-c", "good-pack")
registry = discover(*plugins)
tell(tried(lambda: registry.measure("twin")))
tell(tried(lambda: registry.measures["twin"]))
tell(registry.measures.ambiguous["twin"])
tell(registry.measure("twin", provider="odd-twin-c").scale.high, registry.measure("pulse-a").id)
tell(discover(*plugins, twin="Odd_Twin.C").measure("twin").scale.high)
""",
    )
    assert lines[0] == lines[1]
    assert lines[0].startswith(
        "AmbiguousIdError: twin is defined differently by odd-twin-a, odd-twin-c"
    )
    assert "prefer={'twin': ...}" in lines[0]
    assert lines[2:] == ["('odd-twin-a', 'odd-twin-c')", "9; pulse-a", "9"]


def test_two_detectors_of_one_id_are_told_when_one_is_looked_up(everything: Environment) -> None:
    lines = told(
        everything,
        """
plugins = ("odd-sharing-a", "odd-other-shared", "good-detector")
registry = discover(*plugins)
tell(tried(lambda: registry.detector("shared-rule")))
tell(tried(lambda: registry.detector("shared-rule", limit=1.0)))
tell(registry.detectors.ambiguous["shared-rule"], registry.detector("below").id)
for name in plugins[:2]:
    tell(type(discover(*plugins, shared_rule=name).detector("shared-rule")).__name__)
""",
    )
    both = "AmbiguousIdError: shared-rule is defined differently by odd-other-shared, odd-sharing-a"
    assert lines[0].startswith(both)
    assert lines[1].startswith(both)
    assert lines[2:] == ["('odd-other-shared', 'odd-sharing-a'); below", "Shared", "Below"]


def test_nobody_replaces_what_is_built_in(everything: Environment) -> None:
    lines = told(
        everything,
        """
plugins = ("odd-replaces", "odd-replaces-detector")
registry = discover(*plugins)
tell(tried(lambda: registry.measure("wai-sr")))
tell(tried(lambda: registry.detector("rci-drop")))
tell(registry.measure("wai").id, registry.detector("drop-from-best").id)
ours = discover(*plugins, wai_sr="therapeutic-alliance", rci_drop="therapeutic-alliance")
tell(ours.measure("wai-sr") == ta.Registry().measure("wai-sr"))
tell(ours.detector("rci-drop") == ta.Registry().detector("rci-drop"))
theirs = discover(*plugins, wai_sr="odd-replaces", rci_drop="odd-replaces-detector")
tell(theirs.measure("wai-sr").provider, type(theirs.detector("rci-drop")).__name__)
""",
    )
    assert "wai-sr is defined differently by therapeutic-alliance, odd-replaces:" in lines[0]
    assert "rci-drop is defined differently by therapeutic-alliance, odd-replaces-det" in lines[1]
    assert lines[2:] == ["wai; drop-from-best", "True", "True", "odd-replaces; Below"]


def test_an_alias_that_two_claim_is_told(everything: Environment) -> None:
    lines = told(
        everything,
        """
registry = discover("odd-alias-a", "odd-alias-b", "odd-alias-builtin")
tell(tried(lambda: registry.measure("claimed")))
tell(registry.measure("claimed", provider="odd-alias-b").id, registry.measure("alias-a").id)
tell(registry.measure("wai-sr").provider)
tell(tried(lambda: registry.measure("bai")))
tell(*registry.measures.ambiguous.items())
""",
    )
    assert "by odd-alias-a (for alias-a), odd-alias-b (for alias-b): say whose" in lines[0]
    assert lines[1:3] == ["alias-b; alias-a", "therapeutic-alliance"]
    assert lines[3].startswith("AmbiguousIdError")
    assert "odd-alias-builtin (for alias-c)" in lines[3]
    assert lines[4] == (
        "('bai', ('therapeutic-alliance', 'odd-alias-builtin')); "
        "('claimed', ('odd-alias-a', 'odd-alias-b'))"
    )


def test_an_id_that_is_a_built_in_alias_is_told(everything: Environment) -> None:
    lines = told(
        everything,
        """
registry = discover("odd-takes-alias")
for look_up in (registry.measure, registry.measures.get):
    tell(tried(lambda: look_up("bai")))
tell(dict(registry.measures.ambiguous), registry.measure("br-wai").provider)
for name in ("odd-takes-alias", "therapeutic-alliance"):
    settled = discover("odd-takes-alias", bai=name)
    tell(settled.measure("bai").id, settled.measures["bai"].id, dict(settled.measures.ambiguous))
""",
    )
    told_ = "AmbiguousIdError: bai is defined differently by therapeutic-alliance (for br-wai), odd"
    assert lines[0] == lines[1]
    assert lines[0].startswith(told_)
    assert lines[2:] == [
        "{'bai': ('therapeutic-alliance', 'odd-takes-alias')}; therapeutic-alliance",
        "bai; bai; {}",
        "br-wai; br-wai; {}",
    ]


def test_preferring_an_id_settles_its_alias(everything: Environment) -> None:
    lines = told(
        everything,
        """
plugins = ("odd-mood-a", "odd-mood-b")
registry = discover(*plugins)
tell(*registry.measures.ambiguous, tried(lambda: registry.measure("moo")))
settled = discover(*plugins, mood="odd-mood-b")
tell(settled.measure("moo").provider, settled.measures["moo"].provider)
tell(dict(settled.measures.ambiguous))
""",
    )
    assert lines[0].startswith("moo; mood; AmbiguousIdError: moo is defined differently by odd-mo")
    assert lines[1:] == ["odd-mood-b; odd-mood-b", "{}"]


def test_everything_else_works_beside_a_collision(everything: Environment) -> None:
    odd = ["odd-twin-a", "odd-twin-c", "odd-replaces", "odd-alias-a", "odd-alias-b"]
    found = probed(everything, [*odd, *SOME])
    assert_works(found, SOME)
    alone = probed(everything, SOME)
    for id_, value in alone["used"]["measures"].items():
        if id_ != "wai-sr":
            assert found["used"]["measures"][id_] == value
