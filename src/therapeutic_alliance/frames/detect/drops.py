"""Rules that measure a drop from an earlier score: what an engine can compute itself."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from attrs import frozen

from therapeutic_alliance.course.detectors.drop_sd import DropSd
from therapeutic_alliance.course.detectors.misfit import misfit
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop
from therapeutic_alliance.course.detectors.srs_rules import SrsRules
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.model.scored import ScoreSpec


@frozen(kw_only=True)
class Drop:
    """``reference - x >= threshold``."""

    reference: Literal["previous", "running-max", "session-3"] = "previous"
    """Which score a drop is measured from, see :class:`RciDrop`."""
    threshold: float | None
    """``None``: no session is evaluable."""
    max_gap: int | None = None
    """Most unobserved sessions since the reference; ``None``: a gap does not matter."""


def drop_of(task: Task) -> Drop | None:
    """The rule as a drop from an earlier score; ``None`` if it is something else.

    >>> import therapeutic_alliance as ta
    >>> course = ta.Series.of([], low=1, high=5)
    >>> rule = ta.Registry().detector("rci-drop")
    >>> drop_of(Task(detector=rule, by=("case",), order="session", score="score", course=course))
    Drop(reference='previous', threshold=0.6, max_gap=2)
    """
    make = _DROPS.get(type(task.detector))
    if make is None:
        return None
    if misfit(task.detector, task.course):
        return Drop(threshold=None)
    return make(task.detector, task.course.spec)


def _from_best(rule: DropFromBest, spec: ScoreSpec) -> Drop:
    return Drop(reference="running-max", threshold=rule.start(spec).threshold)


def _reliable(rule: RciDrop, spec: ScoreSpec) -> Drop:
    gap = rule.max_gap if rule.reference == "previous" else None
    return Drop(reference=rule.reference, threshold=rule.start(spec).threshold, max_gap=gap)


def _in_sd(rule: DropSd, spec: ScoreSpec) -> Drop:
    sd = rule.start(spec).sd
    return Drop(threshold=None if sd is None else rule.k * sd, max_gap=rule.max_gap)


def _srs(rule: SrsRules, spec: ScoreSpec) -> Drop:
    rule.start(spec)  # refuses other scores
    return Drop(threshold=rule.drop, max_gap=rule.max_gap)


_DROPS: Mapping[type, Callable[[Any, ScoreSpec], Drop]] = MappingProxyType(
    {DropFromBest: _from_best, RciDrop: _reliable, DropSd: _in_sd, SrsRules: _srs}
)
"""By the very class of a detector: what inherits from one may do something else."""
