"""Where measures and detectors are looked up."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy
from attrs import evolve, fields_dict, frozen

from therapeutic_alliance.errors import AllianceError, DefinitionError, UnknownIdError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk import hooks
from therapeutic_alliance.sdk.folder import MeasureFolder

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector

BUILTIN = "therapeutic_alliance.builtin"

T = TypeVar("T")


@frozen(eq=False)
class Listing(Mapping[str, T]):
    """A read-only listing by id, chained from what each contribution holds."""

    parts: tuple[Mapping[str, T], ...]

    def __getitem__(self, id_: str) -> T:
        for part in self.parts:
            if id_ in part:
                return part[id_]
        raise KeyError(id_)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({id_ for part in self.parts for id_ in part}))

    def __len__(self) -> int:
        return len(set().union(*self.parts))


@frozen(eq=False, slots=False)  # cached properties cost a slotted class much at import
class Registry:
    """Measures and detectors by id. ``Registry()`` holds the built-in ones and scans nothing.

    >>> registry = Registry()
    >>> registry.measure("wai-sr").short
    'WAI-SR'
    >>> registry.measure("waisr")
    Traceback (most recent call last):
    therapeutic_alliance.errors.UnknownIdError: no such measure; did you mean 'wai-sr'?
    """

    paths: tuple[Path, ...] = ()
    """Folders of measure files, besides what is contributed by hooks."""

    @cached_property
    def _manager(self) -> pluggy.PluginManager:
        manager = pluggy.PluginManager(hooks.PROJECT)
        manager.add_hookspecs(hooks)
        manager.register(import_module(BUILTIN))
        manager.check_pending()
        return manager

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by id; listing reads no definition, looking one up reads that one."""
        contributed = [each for part in self._manager.hook.alliance_measures() for each in part]
        return Listing(
            (
                *(MeasureFolder(path) for path in self.paths),
                *(
                    each if isinstance(each, MeasureFolder) else MappingProxyType({each.id: each})
                    for each in contributed
                ),
            )
        )

    @cached_property
    def detectors(self) -> "Mapping[str, Detector[Series]]":
        """Every detector by id, with its default parameters."""
        found = [each for part in self._manager.hook.alliance_detectors() for each in part]
        return Listing((MappingProxyType({detector.id: detector for detector in found}),))

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id or alias.

        Raises :class:`UnknownIdError` that suggests the nearest id, and :class:`DefinitionError`
        if several measures claim the alias.
        """
        if measure_id in self.measures:
            return self.measures[measure_id]
        found = [each for each in self.measures.values() if measure_id in each.aliases]
        if len(found) > 1:
            claimants = ", ".join(measure.id for measure in found)
            raise DefinitionError(f"several measures have this alias: {claimants}")
        if found:
            return found[0]
        raise UnknownIdError(_unknown("measure", measure_id, self.measures))

    def detector(self, detector_id: str, **parameters: Any) -> "Detector[Series]":
        """The detector with this id, with the given parameters in place of its defaults.

        Raises :class:`UnknownIdError` for an unknown detector or parameter.

        >>> Registry().detector("rci-drop", max_gap=1).max_gap
        1
        """
        if detector_id not in self.detectors:
            raise UnknownIdError(_unknown("detector", detector_id, self.detectors))
        detector = self.detectors[detector_id]
        if not parameters:
            return detector
        value: Any = detector
        known = [name for name, each in fields_dict(type(value)).items() if each.init]
        for name in parameters:
            if name not in known:
                rule = f"{detector_id} has no parameter {name!r}; it has: {', '.join(known)}"
                raise UnknownIdError(rule)
        changed: Detector[Series] = evolve(value, **parameters)
        return changed

    def with_path(self, path: str | Path) -> "Registry":
        """A new registry that also holds the measure files of a folder.

        Raises :class:`AllianceError` if there is no such folder, and :class:`DefinitionError` if
        one of its ids or aliases is taken by another definition: nothing is replaced silently.
        """
        if not Path(path).is_dir():
            raise AllianceError("no such folder of measure files")
        claimed = {name: each for each in self.measures.values() for name in _names(each)}
        taken = [
            name
            for measure in MeasureFolder(Path(path)).values()
            for name in _names(measure)
            if claimed.setdefault(name, measure) != measure
        ]
        if taken:
            raise DefinitionError(f"id or alias is taken: {', '.join(sorted(taken))}")
        return Registry((*self.paths, Path(path)))


def _names(measure: Measure) -> tuple[str, ...]:
    return measure.id, *measure.aliases


def _unknown(kind: str, id_: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    ids = sorted(known)
    near = get_close_matches(id_, ids, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(ids)}"
    return f"no such {kind}; {hint}"
