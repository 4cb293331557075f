"""One kind of thing by id, from all providers."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import frozen

from therapeutic_alliance.errors import AmbiguousIdError, UnknownIdError

T = TypeVar("T")


@frozen(eq=False, repr=False)
class Listing(Mapping[str, T]):
    """A read-only listing by id, over what each provider holds.

    Looking an id up raises :class:`AmbiguousIdError` if providers define it differently and
    ``prefer`` does not say whose definition is meant, and :class:`UnknownIdError` if the one that
    it names has none. Listing ids never does.
    """

    parts: tuple[tuple[str, Mapping[str, T]], ...]
    """Provider and what it holds; the built-in ones come first."""
    prefer: Mapping[str, str]
    """Provider by id."""

    def __getitem__(self, id_: str) -> T:
        return self.of(id_, self.prefer.get(id_))

    def of(self, id_: str, provider: str | None) -> T:
        """The thing with this id from a provider, or from any if they agree."""
        found = [
            (name, part[id_])
            for name, part in self.parts
            if provider in (None, name) and id_ in part
        ]
        if not found and provider and id_ in self:
            raise UnknownIdError(f"{id_} is to be that of {provider}, which does not give it")
        if not found:
            raise KeyError(id_)
        if any(_differ(value, found[0][1]) for _, value in found[1:]):
            providers = ", ".join(name for name, _ in found)
            raise AmbiguousIdError(
                f"{id_} is defined differently by {providers}: say whose is meant, by "
                f"prefer={{{id_!r}: ...}}"
            )
        return found[0][1]

    @property
    def ambiguous(self) -> Mapping[str, tuple[str, ...]]:
        """Ids that cannot be looked up, with the providers that define them differently."""
        found: dict[str, tuple[str, ...]] = {}
        for id_ in self:
            try:
                self[id_]
            except AmbiguousIdError:
                found[id_] = tuple(name for name, part in self.parts if id_ in part)
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


def _differ(value: Any, other: Any) -> bool:
    """Measures by what decides a number, everything else as values."""
    return bool(getattr(value, "fingerprint", value) != getattr(other, "fingerprint", other))
