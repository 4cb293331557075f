"""What every record of a course has: an id, what it corrects, and what others added to it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, get_origin

from attrs import Attribute, Converter, field, fields, frozen

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.alliance.fields import problems_of
from therapeutic_alliance.model.alliance.kinds import Extensions, Id, RefersTo, SessionNumber
from therapeutic_alliance.model.alliance.plain import frozen_json, thawed

ANY = ("*",)
"""In place of sections: a record of any of them."""
OWN = ("=",)
"""In place of sections: a record of the same one."""


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_AS_LISTED: "Converter[Any, Any]" = Converter(_listed)
_AS_JSON: "Converter[Any, Any]" = Converter(frozen_json)


def read_only(_class: type, found: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """A ``field_transformer``: a list becomes a tuple, an object a read-only mapping."""
    return [
        each.evolve(converter=_AS_JSON if _is_mapping(each.type) else _AS_LISTED) for each in found
    ]


def _is_mapping(type_: Any) -> bool:
    """Whether a type is that of an object of JSON, as the kinds declare it."""
    return get_origin(getattr(type_, "__origin__", None)) is Mapping


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Record:
    """One record of a course. It is never edited: a later record ``amends`` it.

    Raises :class:`DocumentError` with every problem, its path and rule, never what was held.
    ``repr`` tells nothing but the class, so that logs do not fill with what was recorded.
    """

    id: Id
    """Unique in the course, whatever the kind of record."""
    amends: Annotated[Id, RefersTo(OWN)] | None = None
    """Id of the record of the same kind that this one corrects, and takes the place of."""
    extensions: Extensions = field(factory=lambda: MappingProxyType({}), hash=False)
    """What other programs added, by names of their own; kept as it is."""

    def __attrs_post_init__(self) -> None:
        problems = problems_of(self) or self._contradictions()
        if problems:
            raise DocumentError(problems)

    def _contradictions(self) -> list[Problem]:
        """What is wrong with fields together, each of them being well made."""
        return []

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __reduce__(self) -> "tuple[Callable[..., Record], tuple[object, ...]]":
        # a read-only view does not pickle, the dict beneath it does
        values = {each.name: getattr(self, each.name) for each in fields(type(self))}
        mappings = {name: thawed(each) for name, each in values.items() if _is_view(each)}
        return _made, (type(self), {**values, **mappings})

    @property
    def order(self) -> tuple[int, str, str]:
        """Where it stands among the records of its kind: by session, date, id."""
        return 0, "", self.id


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Dated(Record):
    """A record of something that belongs to a session, a date, or both."""

    session: SessionNumber | None = None
    """Session number. It need not be listed among the sessions."""
    date: "date | None" = None
    """Calendar day."""

    @property
    def order(self) -> tuple[int, str, str]:
        """By session, date, id."""
        return self.session or 0, self.date.isoformat() if self.date else "", self.id


def _made(record: type[Record], values: dict[str, Any]) -> Record:
    return record(**values)


def _is_view(value: object) -> bool:
    return isinstance(value, MappingProxyType)
