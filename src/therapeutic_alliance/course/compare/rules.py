"""The rules of a comparison, looked at before anything is computed."""

from collections.abc import Iterable, Mapping
from typing import Any

from therapeutic_alliance.course.compare.names import named
from therapeutic_alliance.course.observes import scores_only
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Detector


def rules_of(detectors: object) -> Mapping[str, Detector[Series]]:
    """The detectors by what they are called beside one another, see :func:`named`.

    Raises :class:`AllianceError` for what is no list of detectors on scores.

    >>> rules_of(["rci-drop"])
    Traceback (most recent call last):
    therapeutic_alliance.errors.AllianceError: detectors, not ids: registry.detector(...)
    """
    if not not_detector(detectors):
        raise AllianceError("detectors: a list of them, also of one")
    if isinstance(detectors, str) or not isinstance(detectors, Iterable):
        raise _needed(detectors)
    rules = named([_detector(each) for each in detectors])
    for each in rules.values():
        scores_only(each)
    return rules


def not_detector(value: object) -> str:
    """What a value is that is no detector; empty if it is one.

    >>> not_detector(3)
    'a int'
    """
    if isinstance(value, type):
        return f"the class {value.__name__}"
    known = all(isinstance(getattr(value, name, None), str) for name in ("id", "mode"))
    if known and callable(getattr(value, "flags", None)):
        return ""
    return f"a {type(value).__name__}"


def _detector(value: Any) -> Detector[Series]:
    if not_detector(value):
        raise _needed(value)
    detector: Detector[Series] = value
    return detector


def _needed(value: object) -> AllianceError:
    what = "ids" if isinstance(value, str) else not_detector(value)
    return AllianceError(f"detectors, not {what}: registry.detector(...)")
