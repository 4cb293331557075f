"""Faults of plugins that work on a patient's data: told by kind and place, never by their words."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar, cast

from therapeutic_alliance.errors import AllianceError, PluginError

T = TypeVar("T")


def called(what: str, work: Callable[[], T]) -> T:
    """What ``work`` gives; :class:`PluginError` in place of any fault but our own.

    The words of a foreign fault may quote an answer, so that they are left out.
    """
    try:
        return work()
    except (AllianceError, OSError):
        raise
    except Exception as fault:  # noqa: BLE001, a plugin may raise anything
        place = extract_tb(fault.__traceback__)[-1]
        told = f"{type(fault).__name__} ({Path(place.filename).name}, line {place.lineno})"
    raise PluginError(f"{what} failed: {told}")


def guarded(what: str, things: Iterable[T]) -> Iterator[T]:
    """What a plugin gives one by one, each :func:`called`."""
    given = called(what, lambda: iter(things))
    while (found := called(what, lambda: next(given, _END))) is not _END:
        yield cast("T", found)


_END = object()
