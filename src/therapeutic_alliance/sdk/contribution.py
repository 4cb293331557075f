"""What one provider gives, by kind and id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any

import pluggy
from attrs import evolve, field, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.folder import MeasureFolder

MOST = 10_000
"""Things that one hook may give: one that never ends does not fill the memory."""

Answers = Callable[[str], tuple[object, ...]]
"""What the hook of this name gives, once for each implementation."""


def answers_of(manager: pluggy.PluginManager) -> Answers:
    """The answers of the hooks of a manager, which itself stays out of reach: it can be changed."""

    def answers(hook: str) -> tuple[object, ...]:
        call = getattr(manager.hook, hook)
        given = tuple(call())
        if len(given) < len(call.get_hookimpls()):  # pluggy leaves out what is None
            raise AllianceError(f"{hook} gave None, not an iterable")
        return given

    return answers


@frozen(eq=False, repr=False)
class Contribution:
    """What one provider gives. Each hook is called once, when its kind is first asked for.

    Raises :class:`AllianceError` if a hook gives what it should not; what the hook itself raises
    passes.
    """

    provider: str
    """Name of the distribution; ``caller`` for a folder that was given by its path."""
    answers: Answers | None = None
    """Those of the hooks of this provider and of no other."""
    folders: tuple[MeasureFolder, ...] = ()
    _once: Callable[[str], Mapping[str, Any]] = field(init=False, repr=False)

    @_once.default
    def _remembered(self) -> Callable[[str], Mapping[str, Any]]:
        return cache(self._read)

    def of(self, kind: str) -> Mapping[str, Any]:
        """Things of a kind by id; measures of a single folder are read when looked up."""
        return self._once(kind)

    def everything(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all that it gives, by kind; each definition is read and each hook called."""
        from therapeutic_alliance.sdk.kinds import KINDS

        found: dict[str, tuple[str, ...]] = {}
        for kind in KINDS:
            things = self.of(kind)
            if isinstance(things, MeasureFolder):
                things.read()
            found[kind] = tuple(sorted(things))
        return found

    def _read(self, kind: str) -> Mapping[str, Any]:
        given = [*(self.folders if kind == "measures" else ()), *self._given(kind)]
        if len(given) == 1 and isinstance(given[0], MeasureFolder):
            return evolve(given[0], provider=self.provider)
        return _by_id(kind, [thing for each in given for thing in self._things(each)])

    def _things(self, given: Any) -> tuple[Any, ...]:
        if isinstance(given, MeasureFolder):
            return evolve(given, provider=self.provider).read()
        return (evolve(given, provider=self.provider) if isinstance(given, Measure) else given,)

    def _given(self, kind: str) -> tuple[Any, ...]:
        if self.answers is None:
            return ()
        hook = f"alliance_{kind}"
        return tuple(thing for each in self.answers(hook) for thing in _checked(kind, hook, each))


def _checked(kind: str, hook: str, answer: object) -> Iterator[Any]:
    if isinstance(answer, str | bytes | Mapping) or not isinstance(answer, Iterable):
        raise AllianceError(f"{hook} gave a {type(answer).__name__}, not an iterable of values")
    things = list(islice(answer, MOST + 1))
    if len(things) > MOST:
        raise AllianceError(f"{hook} gave more than {MOST} things")
    for thing in things:
        fault = _fault(kind, thing)
        if fault:
            raise AllianceError(f"{hook} {fault}")
        yield thing


def _fault(kind: str, thing: object) -> str:
    if kind == "measures" and type(thing) is MeasureFolder:
        return ""
    # a built-in measure can be had without it
    from therapeutic_alliance.sdk.kinds import KINDS

    return KINDS[kind].fault(thing)


def _by_id(kind: str, things: Iterable[Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for thing in things:
        if found.setdefault(thing.id, thing) is not thing:
            raise AllianceError(f"alliance_{kind}: {thing.id} is given twice")
    return MappingProxyType(found)
