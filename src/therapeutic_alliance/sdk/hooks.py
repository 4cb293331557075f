"""The hooks by which measures and detectors come in, ours as well.

Hooks take no arguments and return values, so that the order of plugins cannot matter.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.folder import MeasureFolder

if TYPE_CHECKING:  # whoever asks for a measure need not load the detectors' modules
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector

PROJECT = "therapeutic_alliance"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of a hook."""


@hookspec
def alliance_measures() -> Iterable[Measure | MeasureFolder]:  # type: ignore[empty-body]
    """Contribute measures: definitions, or a folder of them that is read on demand.

    Called once for each registry, when a measure is first asked for.
    """


@hookspec
def alliance_detectors() -> Iterable["Detector[Series]"]:  # type: ignore[empty-body]
    """Contribute detectors of possible ruptures, as frozen values with their default parameters.

    Called once for each registry, when a detector is first asked for.
    """
