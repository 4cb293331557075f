"""What one provider gives, by kind and id."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pluggy
from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.folder import MeasureFolder
from therapeutic_alliance.sdk.kinds import KINDS

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector, Exporter, Importer, PhaseModel

MOST = 10_000
"""Things that one hook may give: one that never ends does not fill the memory."""


@frozen(eq=False, slots=False)  # cached properties cost a slotted class much at import
class Contribution:
    """What one provider gives. Each hook is called once, when its kind is first asked for.

    Raises :class:`AllianceError` if a hook gives what it should not; what the hook itself raises
    passes.
    """

    provider: str
    """Name of the distribution; ``caller`` for a folder that was given by its path."""
    manager: pluggy.PluginManager | None = None
    """Holds the hooks of this provider and of no other."""
    folders: tuple[MeasureFolder, ...] = ()

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Measures by id; those of a single folder are read when looked up."""
        given = [*self.folders, *self._given("measures")]
        if len(given) == 1 and isinstance(given[0], MeasureFolder):
            return evolve(given[0], provider=self.provider)
        every = [
            evolve(measure, provider=self.provider)
            for each in given
            for measure in (each.read() if isinstance(each, MeasureFolder) else (each,))
        ]
        return _by_id("measures", every)

    @cached_property
    def detectors(self) -> "Mapping[str, Detector[Series]]":
        """Detectors by id."""
        return _by_id("detectors", self._given("detectors"))

    @cached_property
    def phase_models(self) -> "Mapping[str, PhaseModel[Series]]":
        """Phase models by id."""
        return _by_id("phase_models", self._given("phase_models"))

    @cached_property
    def importers(self) -> "Mapping[str, Importer]":
        """Importers by id."""
        return _by_id("importers", self._given("importers"))

    @cached_property
    def exporters(self) -> "Mapping[str, Exporter]":
        """Exporters by id."""
        return _by_id("exporters", self._given("exporters"))

    def everything(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all that it gives, by kind; each definition is read and each hook called."""
        found: dict[str, tuple[str, ...]] = {}
        for kind in KINDS:
            things = getattr(self, kind)
            if isinstance(things, MeasureFolder):
                things.read()
            found[kind] = tuple(sorted(things))
        return MappingProxyType(found)

    def _given(self, kind: str) -> tuple[Any, ...]:
        hook = f"alliance_{kind}"
        if self.manager is None:
            return ()
        call = getattr(self.manager.hook, hook)
        answers = call()
        if len(answers) < len(call.get_hookimpls()):  # pluggy leaves out what is None
            raise AllianceError(f"{hook} gave None, not an iterable")
        return tuple(thing for answer in answers for thing in _checked(kind, hook, answer))


def _checked(kind: str, hook: str, answer: object) -> Iterator[Any]:
    if not isinstance(answer, Iterable):
        raise AllianceError(f"{hook} gave a {type(answer).__name__}, not an iterable")
    things = list(islice(answer, MOST + 1))
    if len(things) > MOST:
        raise AllianceError(f"{hook} gave more than {MOST} things")
    for thing in things:
        if not (kind == "measures" and isinstance(thing, MeasureFolder)):
            fault = KINDS[kind].fault(thing)
            if fault:
                raise AllianceError(f"{hook} {fault}")
        yield thing


def _by_id(kind: str, things: Iterable[Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for thing in things:
        if found.setdefault(thing.id, thing) is not thing:
            raise AllianceError(f"alliance_{kind}: {thing.id} is given twice")
    return MappingProxyType(found)
