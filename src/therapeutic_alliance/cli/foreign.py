"""Plugins at work on a patient's data: their faults are told without their words."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from typing import TypeVar

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, PluginError
from therapeutic_alliance.sdk.faults import place

T = TypeVar("T")


@frozen
class Foreign:
    """Something that may be a plugin's. What it prints goes to stderr, as results go to stdout.

    The words of a fault may quote an answer, so that only its kind and place are told.
    """

    what: str
    """Its kind and id, such as ``importer acme``."""
    package: str
    """Top-level package that it comes from."""

    @classmethod
    def of(cls, kind: str, thing: object) -> "Foreign":
        """An importer, detector or exporter."""
        id_ = getattr(thing, "id", "?")
        return cls(f"{kind} {id_}", type(thing).__module__.partition(".")[0])

    def one(self, work: Callable[[], object], wanted: type[T]) -> T:
        """What ``work`` gives; :class:`PluginError` if it fails, or gives another type."""
        return self._checked(self._called(work), wanted)

    def each(self, work: Callable[[], Iterable[object]], wanted: type[T]) -> Iterator[T]:
        """What it gives one by one, each of the type that is wanted."""
        given = self._called(lambda: iter(work()))
        while (found := self._called(lambda: next(given, _END))) is not _END:
            yield self._checked(found, wanted)

    def _called(self, work: Callable[[], T]) -> T:
        try:
            with redirect_stdout(sys.stderr):
                return work()
        except (AllianceError, KeyboardInterrupt):
            raise
        except BaseException as fault:  # noqa: BLE001, SystemExit would end the command unseen
            told = f"{_kind(fault)}{place(fault, {self.package})}"
        raise PluginError(f"{self.what} failed: {told}")

    def _checked(self, found: object, wanted: type[T]) -> T:
        if isinstance(found, wanted):
            return found
        raise PluginError(f"{self.what} gave a {type(found).__name__}, not {wanted.__name__}")


_END = object()


def _kind(fault: BaseException) -> str:
    """Its class, and for a fault of the system the system's own words."""
    kind = type(fault).__name__
    number = fault.errno if isinstance(fault, OSError) else None
    return kind if number is None else f"{kind}, {os.strerror(number)}"
