"""Where measures, detectors and all else that is contributed are looked up."""

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy
from attrs import evolve, field, fields, frozen

from therapeutic_alliance.errors import (
    AllianceError,
    DefinitionError,
    UnknownIdError,
)
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk import hooks
from therapeutic_alliance.sdk.contribution import Contribution, answers_of
from therapeutic_alliance.sdk.folder import MeasureFolder
from therapeutic_alliance.sdk.listing import Listing, MeasureListing

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector, Exporter, Importer, PhaseModel
    from therapeutic_alliance.sdk.status import PluginStatus

BUILTIN = "therapeutic_alliance.builtin"
OURS = "therapeutic-alliance"
"""Our distribution, the provider of what is built in."""

T = TypeVar("T")


def _built_in() -> tuple[Contribution, ...]:
    """What we contribute ourselves: by the hooks, as any plugin, but read when needed."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(import_module(BUILTIN))
    return (Contribution(OURS, answers_of(manager)),)


def _read_only(mapping: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(mapping))


@frozen(eq=False, repr=False)
class Registry:
    """All that is contributed, by id. ``Registry()`` holds what is built in and scans nothing.

    >>> registry = Registry()
    >>> registry.measure("wai-sr").short
    'WAI-SR'
    >>> registry.measure("waisr")
    Traceback (most recent call last):
    therapeutic_alliance.errors.UnknownIdError: no such measure; did you mean 'wai-sr'?
    """

    _contributions: tuple[Contribution, ...] = field(factory=_built_in, kw_only=True)
    """What each provider gives; the built-in one first, then plugins by name, then folders."""
    prefer: Mapping[str, str] = field(factory=dict, converter=_read_only, kw_only=True)
    """The provider whose definition of an id or alias counts, where several differ."""
    _statuses: "tuple[PluginStatus, ...]" = field(default=(), kw_only=True)

    @classmethod
    def discover(
        cls,
        *,
        allow: Collection[str] | Mapping[str, str | None],
        prefer: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> "Registry":
        """A registry that also holds what the allowed plugins contribute.

        ``allow``: names of distributions, or a mapping of them to the exact version that each
        must have (``None``: any); nothing else is looked at, much less imported. ``"all"`` scans
        every installed distribution. A plugin is loaded as a whole or not at all; what became of
        each is in :meth:`report`, and with ``strict`` an ``ExceptionGroup`` of
        :class:`PluginError` is raised if any did not load. ``prefer`` is the provider by id or
        alias, for those that several define differently; with ``strict`` it is also a fault if
        that provider does not give it. Nothing is read from the environment.

        This is no sandbox: an allowed code plugin may do whatever your program may. A data pack
        runs no code.

        >>> registry = Registry.discover(allow={"no-such-plugin"})
        >>> print(*registry.report())
        no-such-plugin (missing: not installed)
        """
        from therapeutic_alliance.sdk.discovery import attempts, preferred, raise_faults

        wanted = preferred(prefer or {})
        made = attempts(allow)
        loaded = tuple(each.contribution for each in made if each.contribution)
        registry = cls(
            contributions=(*_built_in(), *loaded),
            prefer=wanted,
            statuses=tuple(each.status for each in made),
        )
        if strict:
            raise_faults(made, registry.unmet)
        return registry

    def report(self) -> "tuple[PluginStatus, ...]":
        """What became of each plugin that was allowed, by name; nothing of any other."""
        return self._statuses

    @property
    def unmet(self) -> tuple[str, ...]:
        """Preferences whose provider does not give what it should, in words."""
        from therapeutic_alliance.sdk.kinds import KINDS

        return tuple(
            f"prefer: {name} is to be that of {provider}, which does not give it"
            for name, provider in self.prefer.items()
            if not any(getattr(self, kind).gives(provider, name) for kind in KINDS)
        )

    @property
    def measures(self) -> "Listing[Measure]":
        """Every measure by id; listing reads no definition, looking one up reads that one.

        Looking up what is no built-in id reads all of them, since it may be an alias.
        """
        return MeasureListing(self._parts("measures"), self.prefer)

    @property
    def detectors(self) -> "Listing[Detector[Series]]":
        """Every detector by id, with its default parameters."""
        return Listing(self._parts("detectors"), self.prefer)

    @property
    def phase_models(self) -> "Listing[PhaseModel[Series]]":
        """Every phase model by id, with its default parameters."""
        return Listing(self._parts("phase_models"), self.prefer)

    @property
    def importers(self) -> "Listing[Importer]":
        """Every importer by id, with its default parameters."""
        return Listing(self._parts("importers"), self.prefer)

    @property
    def exporters(self) -> "Listing[Exporter]":
        """Every exporter by id, with its default parameters."""
        return Listing(self._parts("exporters"), self.prefer)

    def measure(self, measure_id: str, *, provider: str | None = None) -> Measure:
        """The measure with this id or alias; of ``provider`` only, if one is named.

        Raises :class:`UnknownIdError` that suggests the nearest id and names the plugins that did
        not load, and :class:`AmbiguousIdError` if several definitions claim the name. A built-in
        id is that measure, though a plugin has it as an alias.
        """
        return self._found("measure", measure_id, self.measures, provider)

    def detector(self, detector_id: str, **parameters: Any) -> "Detector[Series]":
        """The detector with this id, with the given parameters in place of its defaults.

        Raises :class:`UnknownIdError` for an unknown detector or parameter, and
        :class:`AmbiguousIdError` as :meth:`measure` does.

        >>> Registry().detector("rci-drop", max_gap=1).max_gap
        1
        """
        return self._with(parameters, "detector", detector_id, self.detectors)

    def phase_model(self, model_id: str, **parameters: Any) -> "PhaseModel[Series]":
        """The phase model with this id; parameters and errors as of :meth:`detector`.

        >>> Registry().phase_model("two-phase", boundary=4).boundary
        4
        """
        return self._with(parameters, "phase model", model_id, self.phase_models)

    def importer(self, importer_id: str, **parameters: Any) -> "Importer":
        """The importer with this id; parameters and errors as of :meth:`detector`.

        >>> Registry().importer("table", rater="client").reads
        'CSV and TSV tables, wide or long'
        """
        return self._with(parameters, "importer", importer_id, self.importers)

    def exporter(self, exporter_id: str, **parameters: Any) -> "Exporter":
        """The exporter with this id; parameters and errors as of :meth:`detector`.

        >>> Registry().exporter("scores-json").media_type
        'application/json'
        """
        return self._with(parameters, "exporter", exporter_id, self.exporters)

    def with_path(self, path: str | Path) -> "Registry":
        """A new registry that also holds the measure files of a folder.

        Raises :class:`AllianceError` if there is no such folder, and :class:`DefinitionError` if
        one of its ids or aliases is taken by another definition: nothing is replaced silently.
        """
        folder = MeasureFolder(Path(path))
        if not folder.path.is_dir():
            raise AllianceError("no such folder of measure files")
        claimed = {
            name: each
            for _, part in self.measures.parts
            for each in part.values()
            for name in _names(each)
        }
        taken = [
            name
            for measure in folder.values()
            for name in _names(measure)
            if claimed.setdefault(name, measure).fingerprint != measure.fingerprint
        ]
        if taken:
            raise DefinitionError(f"id or alias is taken: {', '.join(sorted(taken))}")
        own = Contribution(folder.provider, folders=(folder,))
        return evolve(self, contributions=(*self._contributions, own))

    def _parts(self, kind: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        return tuple((each.provider, each.of(kind)) for each in self._contributions)

    def _found(self, kind: str, name: str, listing: Listing[T], provider: str | None = None) -> T:
        try:
            return listing.of(name, provider)
        except UnknownIdError as error:
            problem = str(error)
        except KeyError:
            problem = self._unknown(kind, name, listing)
        raise UnknownIdError(f"{problem}{self._absent()}")

    def _with(self, parameters: Mapping[str, Any], kind: str, id_: str, listing: Listing[T]) -> T:
        """A thing of a listing, with parameters in place of its defaults."""
        value: Any = self._found(kind, id_, listing)
        if not parameters:
            thing: T = value
            return thing
        known = [each.alias for each in fields(type(value)) if each.init]
        for name in parameters:
            if name not in known:
                there = ", ".join(known) or "none"
                raise UnknownIdError(f"{id_} has no parameter {name!r}; it has: {there}")
        changed: T = evolve(value, **parameters)
        return changed

    def _unknown(self, kind: str, id_: str, known: Iterable[str]) -> str:
        from difflib import get_close_matches

        ids = sorted(known)
        near = get_close_matches(id_, ids, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(ids)}"
        return f"no such {kind}; {hint}"

    def _absent(self) -> str:
        """The plugins that an unknown id may have been looked for in."""
        failed = [each for each in self._statuses if not each.loaded]
        named = ", ".join(f"{each.distribution} ({each.stage})" for each in failed)
        return f"; plugins that did not load: {named}" if failed else ""


def _names(measure: Measure) -> tuple[str, ...]:
    return measure.id, *measure.aliases
