"""What a detector looks at: scores, or something else."""

from typing import Any

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Detector


def observes(detector: object) -> str:
    """What a detector looks at: its property ``observes``, or scores if it has none."""
    return str(getattr(detector, "observes", "scores"))


def scores_only(detector: Detector[Any]) -> None:
    """Refuse a detector that looks at something else than scores.

    >>> from therapeutic_alliance import Registry
    >>> scores_only(Registry().detector("direct-report"))
    Traceback (most recent call last):
    therapeutic_alliance.errors.AllianceError: direct-report observes reports, not scores
    """
    if (found := observes(detector)) != "scores":
        raise AllianceError(f"{detector.id} observes {found}, not scores")
