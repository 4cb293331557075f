"""What the probe says of one environment, and what must hold of it whatever else is there."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tests.plugins.distributions import Environment
from tests.plugins.good import ADDS

PROBE = Path(__file__).with_name("probe.py")
SOME = ("good-detector", "good-pack", "good-exporter")
"""Good ones that are loaded beside a bad one."""


def probed(
    environment: Environment,
    allow: str | Collection[str] | Mapping[str, str | None],
    **variables: str,
) -> dict[str, Any]:
    """What the probe found; it fails if anything but its own was written to stdout."""
    given = allow if isinstance(allow, str | dict) else list(allow)
    told: dict[str, Any] = environment.run(PROBE, json.dumps(given), **variables).json
    return told


def assert_works(told: Mapping[str, Any], names: Collection[str]) -> None:
    """Each of the good ones is loaded, has all its things, and they do what they are for."""
    for name in names:
        assert told["report"][name]["stage"] == "loaded", told["report"][name]
        assert told["report"][name]["adds"] == ADDS[name]
        for kind, ids in ADDS[name].items():
            for id_ in ids:
                assert told["used"][kind][id_] in DOES[kind], id_


DOES: Mapping[str, tuple[Any, ...]] = {
    "measures": ({"total": 0.0},),
    "detectors": ([3], [3, 5]),
    "phase_models": (["whole"],),
    "importers": (1,),
    "exporters": (len("task 16.0\nbond 16.0\ngoal 16.0\ntotal 48.0\n"),),
}
"""What the good ones do to the forms of the probe."""
