"""Plugins at work on a patient's data: their faults are told without their words."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError, PluginError, TableError
from therapeutic_alliance.sdk.faults import place

OURS = "therapeutic_alliance"
T = TypeVar("T")


class Handed(Generic[T]):
    """Things of ours that a plugin takes. What is wrong with them is not its fault, and counts."""

    def __init__(self, things: Iterator[T]) -> None:
        self._things = things
        self.fault: AllianceError | None = None

    def __iter__(self) -> Iterator[T]:
        try:
            yield from self._things
        except AllianceError as error:
            self.fault = error
            raise

    def finish(self) -> None:
        """Look at what was left aside, too; raise what was wrong, also if nobody passed it on."""
        deque(self._things, maxlen=0)
        if self.fault:
            raise self.fault


@frozen
class Foreign:
    """Something that may be a plugin's. What it prints goes to stderr, as results go to stdout.

    The words of a fault may quote an answer, so that only its kind and place are told; but for
    what an importer says of a bad record, which is for its user to read, and for what we say of
    the plugin ourselves.
    """

    what: str
    """Its kind and id, such as ``importer acme``."""
    package: str
    """Top-level package that it comes from."""
    readable: tuple[type[AllianceError], ...] = ()
    """Errors whose words are meant for the user."""
    handed: Handed[Any] | None = None
    """What it takes from us."""

    @classmethod
    def of(cls, kind: str, thing: object, **more: Any) -> "Foreign":
        """An importer, detector or exporter."""
        id_ = getattr(thing, "id", "?")
        return cls(f"{kind} {id_}", type(thing).__module__.partition(".")[0], **more)

    def one(self, work: Callable[[], object], wanted: type[T]) -> T:
        """What ``work`` gives; :class:`PluginError` if it fails, or gives another type."""
        return self._checked(self._called(work), wanted)

    def each(self, work: Callable[[], Iterable[object]], wanted: type[T]) -> Iterator[T]:
        """What it gives one by one, each of the type that is wanted."""
        whole = self._called(work)
        if isinstance(whole, str | bytes | Mapping) or not isinstance(whole, Iterable):
            kind = type(whole).__name__
            raise PluginError(f"{self._named} gave a {kind}, not an iterable of {wanted.__name__}")
        given = self._called(lambda: iter(whole))
        while (found := self._called(lambda: next(given, _END))) is not _END:
            yield self._checked(found, wanted)

    def _called(self, work: Callable[[], T]) -> T:
        try:
            with redirect_stdout(sys.stderr):
                return work()
        except KeyboardInterrupt:
            raise
        except BaseException as fault:
            if self.package == OURS and isinstance(fault, AllianceError):
                raise
            error = self._error(fault)
        raise error

    def _error(self, fault: BaseException) -> AllianceError:
        if self.handed and self.handed.fault:
            return self.handed.fault
        if isinstance(fault, self.readable):
            return TableError(
                evolve(each, rule=f"{self.what}: {each.rule}") for each in fault.problems
            )
        if isinstance(fault, PluginError) and _raised_by(fault) == OURS:
            return PluginError(f"{self._named}: {fault}")
        where = place(fault, {self.package})
        return PluginError(f"{self._named} failed: {_kind(fault)}{where}")

    @property
    def _named(self) -> str:
        return f"{self.what} of {self.package}"

    def _checked(self, found: object, wanted: type[T]) -> T:
        if isinstance(found, wanted):
            return found
        raise PluginError(f"{self._named} gave a {type(found).__name__}, not {wanted.__name__}")


_END = object()


def _raised_by(fault: BaseException) -> str:
    """The top-level package whose code raised it."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] if trace else ""


def _kind(fault: BaseException) -> str:
    """Its class, and for a fault of the system the system's own words."""
    kind = type(fault).__name__
    number = fault.errno if isinstance(fault, OSError) else None
    return kind if number is None else f"{kind}, {os.strerror(number)}"
