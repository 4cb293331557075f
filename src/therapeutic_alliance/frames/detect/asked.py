"""Detectors, who may be a plugin's, and what is told of the errors that they raise."""

from collections.abc import Callable
from typing import Any, TypeVar

from therapeutic_alliance.errors import AllianceError, PluginError, Problem
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.validity import LONGEST, is_name

LIBRARY = __name__.partition(".")[0]
Answer = TypeVar("Answer")


def is_ours(detector: Detector[Any]) -> bool:
    """Whether a detector is one of the library, whose errors never quote a score or a case."""
    return type(detector).__module__.partition(".")[0] == LIBRARY


def refuse_none(detector: Detector[Any]) -> None:
    """Raise :class:`AllianceError` for what is no detector, or has no id to call columns by."""
    if isinstance(detector, type) or not hasattr(detector, "flags"):
        raise AllianceError("a detector is needed, such as registry.detector(id)")
    id_ = getattr(detector, "id", None)
    if not (isinstance(id_, str) and is_name(id_)):
        raise AllianceError(
            "the id of the detector is not made of lower-case words joined by '-', up to "
            f"{LONGEST} characters"
        )


def asked(
    detector: Detector[Any],
    question: Callable[[], Answer],
    where: str,
    *,
    lets_by: tuple[type[Exception], ...],
    row: int | None = None,
) -> Answer:
    """What a detector says; :class:`PluginError` with no more than the class of what it raises.

    The words of a plugin's error may quote a score or a case. ``lets_by`` are errors that do not.
    """
    try:
        return question()
    except lets_by:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 - whatever a plugin raises, SystemExit too
        kind = type(fault).__name__
    raise PluginError(Problem(row=row, rule=f"detector {detector.id} raised {kind} {where}"))
