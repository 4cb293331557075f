"""Which detectors a comparison uses if nobody names them."""

from collections.abc import Iterable, Sequence

from therapeutic_alliance.cli.findings import OURS
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError, SeriesError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.sdk.registry import Registry


def score_detectors(registry: Registry) -> tuple[str, ...]:
    """Ids of the built-in detectors that look at scores."""
    return tuple(
        id_
        for id_ in registry.detectors
        if registry.detectors.provider(id_) == OURS and observes(registry.detector(id_)) == "scores"
    )


def usable(
    detectors: Iterable[Detector[Series]], courses: Sequence[Series]
) -> tuple[list[Detector[Series]], tuple[str, ...]]:
    """Those that can judge a session of the courses; and of the others, why they are left out.

    Signs of something else than a rupture are left out, too.
    """
    used: list[Detector[Series]] = []
    left = []
    for detector in detectors:
        if why := _why_not(detector, courses):
            left.append(f"{detector.id} is left out: {why}")
        else:
            used.append(detector)
    if not used:
        raise SeriesError("no detector can judge a session of these courses")
    return used, tuple(left)


def _why_not(detector: Detector[Series], courses: Sequence[Series]) -> str:
    try:
        judged = [detector.flags(series) for series in courses]
    except AllianceError as error:
        return error.problems[0].rule
    if any(flags.sign != "rupture" for flags in judged):
        return f"it looks for a {judged[0].sign}"
    if not any(flags.evaluable for flags in judged):
        whys = [flag.why for flags in judged for flag in flags]
        return f"it can judge no session ({whys[-1]})" if whys else "there is no session"
    return ""
