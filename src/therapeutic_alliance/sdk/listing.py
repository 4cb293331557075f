"""One kind of thing by id, from all providers."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import field, frozen

from therapeutic_alliance.errors import AmbiguousIdError, UnknownIdError
from therapeutic_alliance.model.measure import Measure

T = TypeVar("T")


@frozen(eq=False, repr=False)
class Listing(Mapping[str, T]):
    """A read-only listing by id, over what each provider holds.

    Looking an id up raises :class:`AmbiguousIdError` if providers define it differently and
    ``prefer`` does not say whose definition is meant, and :class:`UnknownIdError` if the one that
    it names has none. Listing ids, and ``in``, never do. Measures can be looked up by an alias
    too, as if by each id that it stands for; a built-in id is nobody's alias.
    """

    parts: tuple[tuple[str, Mapping[str, T]], ...]
    """Provider and what it holds; the built-in ones come first."""
    prefer: Mapping[str, str]
    """Provider by id or alias."""
    _aliases: Callable[[], Mapping[str, set[str]]] = field(init=False, repr=False)

    @_aliases.default
    def _remembered(self) -> Callable[[], Mapping[str, set[str]]]:
        return cache(self._ids_by_alias)

    def _ids_by_alias(self) -> Mapping[str, set[str]]:
        """Ids that each alias stands for; only measures have any."""
        return {}

    def __getitem__(self, id_: str) -> T:
        return self.of(id_)

    def of(self, name: str, provider: str | None = None) -> T:
        """The thing with this id or alias: of a provider, of the preferred one, or as all agree."""
        claims = self._claims(name)
        if not claims:
            raise KeyError(name)
        whose = {id_: self._whose(name, id_, provider) for _, id_, _ in claims}
        meant = [claim for claim in claims if whose[claim[1]] in (None, claim[0])]
        if not meant:
            wanted = ", ".join(sorted({each for each in whose.values() if each}))
            raise UnknownIdError(f"{name} is to be that of {wanted}, which does not give it")
        value = meant[0][2]
        if any(_differ(other, value) for _, _, other in meant[1:]):
            owners = ", ".join(o if id_ == name else f"{o} (for {id_})" for o, id_, _ in meant)
            raise AmbiguousIdError(
                f"{name} is defined differently by {owners}: say whose is meant, by "
                f"prefer={{{name!r}: ...}}, or --prefer {name}=... on the command line"
            )
        return value

    def _claims(self, name: str) -> list[tuple[str, str, T]]:
        """Who gives what by this name: provider, id and thing."""
        ids = {name}
        if not (self.parts and name in self.parts[0][1]):
            ids |= self._aliases().get(name, set())
        return [
            (owner, id_, part[id_])
            for owner, part in self.parts
            for id_ in sorted(ids)
            if id_ in part
        ]

    def _whose(self, name: str, id_: str, provider: str | None) -> str | None:
        whose = provider or self.prefer.get(name) or self.prefer.get(id_)
        return _normalised(whose) if whose else None

    def provider(self, name: str) -> str:
        """Who gives the thing that looking up this id or alias gives."""
        value = self[name]
        return next(owner for owner, _, each in self._claims(name) if each is value)

    def gives(self, provider: str, name: str) -> bool:
        """Whether a provider, by its normalised name, gives something by this id or alias."""
        return any(owner == provider for owner, _, _ in self._claims(name))

    @property
    def ambiguous(self) -> Mapping[str, tuple[str, ...]]:
        """Ids and aliases that cannot be looked up, with the providers that claim them."""
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted({*self, *self._aliases()}):
            try:
                self[name]
            except AmbiguousIdError:
                owners = [owner for owner, _, _ in self._claims(name)]
                found[name] = tuple(dict.fromkeys(owners))
            except UnknownIdError:
                continue
        return MappingProxyType(found)

    @property
    def agreed(self) -> tuple[T, ...]:
        """All things whose id can be looked up, in order of their ids."""
        ambiguous = self.ambiguous
        return tuple(self[id_] for id_ in self if id_ not in ambiguous)

    def __contains__(self, id_: object) -> bool:
        return any(id_ in part for _, part in self.parts)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({id_ for _, part in self.parts for id_ in part}))

    def __len__(self) -> int:
        return len(set().union(*(part for _, part in self.parts)))


class MeasureListing(Listing[Measure]):
    """A listing of measures, which have aliases."""

    __slots__ = ()

    def _ids_by_alias(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for _, part in self.parts:
            for measure in part.values():
                for alias in measure.aliases:
                    found.setdefault(alias, set()).add(measure.id)
        return found


def _normalised(name: str) -> str:
    # needed by plugins only
    from therapeutic_alliance.sdk.names import normalised

    return normalised(name)


def _differ(value: Any, other: Any) -> bool:
    """Measures by what decides a number, everything else as values."""
    return bool(getattr(value, "fingerprint", value) != getattr(other, "fingerprint", other))
