"""Courses as plain data; every fault of every record is told at once.

No cattrs here: it would stop at the first kind of fault in a record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import evolve

from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.errors import AllianceError, DocumentError, Problem
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.plain import thawed
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.coherence import Entry, Reference, faults, references
from therapeutic_alliance.model.course import SECTIONS, Course, by_section

Plain = dict[str, Any]
T = TypeVar("T")
_HEAD = tuple(each for each in fields_of(Course) if each.name not in SECTIONS)


def course(data: Plain) -> Course:
    """A course from plain data. Raises :class:`DocumentError` with every fault and its path."""
    reading = _Reading()
    head = reading.values("$", data, _HEAD, also=SECTIONS)
    reading.check("$", _HEAD, head)
    entries = [
        entry
        for section, given in data.items()
        if section in SECTIONS
        for entry in reading.section(section, given)
    ]
    if reading.problems:
        coherence = faults(entries, reading.malformed, reading.loose)
        raise DocumentError([*reading.problems, *coherence])
    return Course(**head, **by_section(entries))


class _Reading:
    """What was found wrong so far; of malformed records id and place, and what they refer to."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.malformed: dict[str, str] = {}
        self.loose: list[Reference] = []

    def section(self, section: str, given: Any) -> Iterator[Entry]:
        """The well-made records of a section, with their places."""
        if type(given) is not list:
            self.problems.append(Problem(path=f"$.{section}", rule="not a list"))
            return
        for index, raw in enumerate(given):
            place = f"$.{section}[{index}]"
            record = self.made(SECTIONS[section], raw, place)
            if record is not None:
                yield Entry(section, place, record)
            elif type(raw) is dict:
                self._keep_names(section, raw, place)

    def _keep_names(self, section: str, raw: Plain, place: str) -> None:
        if type(id_ := raw.get("id")) is str:
            before = self.malformed.setdefault(id_, place)
            if before is not place:
                self.problems.append(
                    Problem(path=f"{place}.id", rule=f"is the id of {before}, too")
                )
        known = fields_of(SECTIONS[section])
        values = {each.name: _read(each, raw[each.name]) for each in known if each.name in raw}
        self.loose += references(section, place, known, values)

    def made(self, class_: type[T], raw: Any, place: str) -> T | None:
        """A record or rating; ``None`` if it is malformed."""
        if type(raw) is not dict:
            self.problems.append(Problem(path=place, rule="not an object"))
            return None
        before = len(self.problems)
        known = fields_of(class_)
        values = self.values(place, raw, known)
        if len(self.problems) > before:
            self.check(place, known, values)
            return _without_what_is_wrong(class_, raw, values)
        try:
            return class_(**values)
        except AllianceError as error:
            self._add(place, error.problems)
        return _without_what_is_wrong(class_, raw, values)

    def values(
        self, place: str, raw: Plain, known: Sequence[Field], also: Iterable[str] = ()
    ) -> Plain:
        """The values of fields; names that are unknown or missing are told of."""
        found: Plain = {}
        for each in known:
            if each.name not in raw:
                if each.required:
                    self.problems.append(Problem(path=f"{place}.{each.name}", rule="missing"))
            elif each.type is Rating and type(raw[each.name]) is dict:
                rating = self.made(Rating, raw[each.name], f"{place}.{each.name}")
                found |= {each.name: rating} if rating else {}
            else:
                found[each.name] = _read(each, raw[each.name])
        if len(found) < len(raw):
            self._unknown(place, raw, [*(each.name for each in known), *also])
        return found

    def _unknown(self, place: str, raw: Plain, names: Sequence[str]) -> None:
        for n, name in enumerate(raw, 1):
            if name not in names:
                rule = f"field {n} is not one of " + ", ".join(sorted(names))
                self.problems.append(Problem(path=place, rule=rule))

    def check(self, place: str, known: Sequence[Field], values: Plain) -> None:
        """Tell what is wrong with values that no class was made of."""
        for each in known:
            if each.name in values:
                self._add(place, each.problems(values[each.name]))

    def _add(self, place: str, problems: Iterable[Problem]) -> None:
        """Problems of a record, whose paths begin with it."""
        self.problems += [evolve(each, path=place + each.path[1:]) for each in problems]


def _without_what_is_wrong(class_: type[T], raw: Plain, values: Plain) -> T | None:
    """What a malformed record is without its wrong fields, so that other rules can look at it.

    ``None`` if it cannot do without them: they are required, or say which record it is.
    """
    left = dict(values)
    for each in fields_of(class_):
        if each.name in raw and _is_wrong(each, values):
            if each.required or each.refers or each.name in _TELL_APART:
                return None
            left.pop(each.name, None)
    try:
        return class_(**left)
    except (AllianceError, TypeError):  # fields that contradict one another, or are missing
        return None


_TELL_APART = ("occasion",)
"""Fields without which two records could seem one."""


def _is_wrong(field: Field, values: Plain) -> bool:
    return field.name not in values or any(True for _ in field.problems(values[field.name]))


def _read(field: Field, raw: Any) -> Any:
    """A value from plain data; what cannot be one is left as it is, to be refused."""
    if field.type is date and type(raw) is str:
        return _date(raw) or raw
    return tuple(raw) if field.many and type(raw) is list else raw


def _date(text: str) -> date | None:
    """A date that is written as it would be written back."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        return None
    return read if read.isoformat() == text else None


def course_data(course: Course) -> Plain:
    """Plain data of a course; what is not known is left out, and extensions come last."""
    return {"schema": SCHEMA, **_plain(course)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record | Course | Rating):
        return dict(_said(value))
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _said(record: Record | Course | Rating) -> Iterator[tuple[str, Any]]:
    for each in fields_of(type(record)):
        value = getattr(record, each.name)
        if each.name != "extensions" and (each.required or value != each.default):
            yield each.name, thawed(value) if isinstance(value, Mapping) else _plain(value)
    if not isinstance(record, Rating) and record.extensions:
        yield "extensions", thawed(record.extensions)
