"""What a detector looks at: scores, or something else."""

from typing import Any

from therapeutic_alliance.course.observations import WORDS
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Detector


def observes(detector: object) -> str:
    """What a detector looks at: its property ``observes``, or scores if it has none."""
    return str(getattr(detector, "observes", "scores"))


def scores_only(detector: Detector[Any]) -> None:
    """Refuse a detector that looks at something else than scores, see :func:`looks_elsewhere`.

    >>> from therapeutic_alliance import Registry
    >>> scores_only(Registry().detector("direct-report"))
    Traceback (most recent call last):
    therapeutic_alliance.errors.AllianceError: direct-report looks at direct reports, not at scores
    """
    if why := looks_elsewhere(detector):
        raise AllianceError(why)


def looks_elsewhere(detector: Detector[Any]) -> str:
    """What a detector looks at in place of scores, in words; empty if it looks at scores."""
    found = observes(detector)
    if found == "scores":
        return ""
    # of a plugin it may be anything
    return f"{detector.id} looks at {WORDS.get(found, found)}, not at scores"
