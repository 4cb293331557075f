"""What is wrong with the records of a course together; each fault with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.bond import Bond
from therapeutic_alliance.model.alliance.dialogue import Reflection
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.goals import Agreement, GoalReview, TaskReview
from therapeutic_alliance.model.alliance.people import (
    FilledForm,
    Participant,
    Session,
)
from therapeutic_alliance.model.alliance.record import ANY, OWN, Dated, Record
from therapeutic_alliance.model.amendments import Amendments

NOTHING: Mapping[str, str] = MappingProxyType({})
_OF_OTHERS = ("observer", "therapist", "supervisor")
"""Roles that may fill in a form about each of several persons."""


class Entry(NamedTuple):
    """A record, the section that it is in, and where it stands, such as ``$.goals[3]``."""

    section: str
    place: str
    record: Record


class Reference(NamedTuple):
    """Where an id of another record stands, and of which sections that record may be."""

    path: str
    sections: tuple[str, ...]
    id: str


def references(
    section: str, place: str, known: Iterable[Field], values: Mapping[str, Any]
) -> Iterator[Reference]:
    """The ids of other records in values of fields."""
    for field in known:
        value = values.get(field.name) if field.refers else None
        if isinstance(value, tuple) != field.many:
            continue
        given = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, id_ in given:
            if id_ is not None and field.kind.holds(id_):
                path = f"{place}.{field.name}" + ("" if index is None else f"[{index}]")
                sections = (section,) if field.refers == OWN else field.refers
                yield Reference(path, sections, id_)


def faults(
    entries: Sequence[Entry],
    malformed: Mapping[str, str] = NOTHING,
    loose: Iterable[Reference] = (),
) -> Iterator[Problem]:
    """Every fault of a whole course.

    ``malformed`` are the ids and places of records that are told of elsewhere: who refers to
    them refers to something. ``loose`` are the references of such records.
    """
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.record.id, entry)
        place = malformed.get(entry.record.id, before.place)
        if place is not entry.place:
            yield Problem(path=f"{entry.place}.id", rule=f"is the id of {place}, too")
    for each in chain(chain.from_iterable(map(_of_entry, entries)), loose):
        if each.id not in malformed:
            yield from _unknown(each, first)
    amendments = Amendments(entry.record for entry in first.values())
    for id_ in sorted(amendments.circle):
        yield Problem(path=f"{first[id_].place}.amends", rule="amendments run in a circle")
    for one, other in amendments.forks:
        rule = f"{first[one.id].place} amends the same record: retract one of the two"
        yield Problem(path=f"{first[other.id].place}.amends", rule=rule)
    yield from _contradictions(amendments, first)


def _of_entry(entry: Entry) -> Iterator[Reference]:
    record = entry.record
    known = fields_of(type(record))
    values = {each.name: getattr(record, each.name) for each in known if each.refers}
    return references(entry.section, entry.place, known, values)


def _unknown(reference: Reference, known: Mapping[str, Entry]) -> Iterator[Problem]:
    path, sections, id_ = reference
    if sections == ANY:
        if id_ not in known:
            yield Problem(path=path, rule="no record of this course has this id")
    elif id_ not in known or known[id_].section not in sections:
        kinds = " or ".join(section.removesuffix("s").replace("_", " ") for section in sections)
        yield Problem(path=path, rule=f"no {kinds} of this course has this id")


def _contradictions(amendments: Amendments, first: Mapping[str, Entry]) -> Iterator[Problem]:
    """What cannot all be true of the records that hold."""
    holding = amendments.holding
    held = [first[record.id] for record in holding.values()]
    versions = {id_: holding.get(of) for id_, of in amendments.first_version.items()}
    sessions = [entry for entry in held if isinstance(entry.record, Session)]
    days = {each.number: each.date for _, _, each in sessions if isinstance(each, Session)}
    yield from _sessions(sessions)
    yield from _forms([entry for entry in held if isinstance(entry.record, FilledForm)], versions)
    for entry in held:
        if isinstance(entry.record, Agreement | GoalReview | TaskReview):
            yield from _too_early(entry, versions, days)
        elif isinstance(entry.record, Bond | Reflection):
            yield from _toward_oneself(entry, amendments.first_version)


def _sessions(entries: Iterable[Entry]) -> Iterator[Problem]:
    numbers: dict[int, str] = {}
    dated: list[tuple[int, date, str]] = []
    for _, place, session in entries:
        assert isinstance(session, Session)
        before = numbers.setdefault(session.number, place)
        if before is not place:
            yield Problem(path=f"{place}.number", rule=f"is the number of {before}, too")
        elif session.date:
            dated.append((session.number, session.date, place))
    for earlier, later in pairwise(sorted(dated)):
        if later[1] < earlier[1]:
            yield Problem(path=f"{later[2]}.date", rule=f"before that of session {earlier[0]}")


def _forms(entries: Iterable[Entry], versions: Mapping[str, Record | None]) -> Iterator[Problem]:
    keys: dict[tuple[object, ...], str] = {}
    for _, place, form in entries:
        assert isinstance(form, FilledForm)
        person = versions.get(form.person or "")
        who = person.id if person else form.person
        key = (form.session, form.measure, form.rater, who, form.occasion)
        before = keys.setdefault(key, place)
        if before is not place:
            rule = f"has the session, measure, rater, person and occasion of {before}, too"
            yield Problem(path=place, rule=rule)
        own = isinstance(person, Participant) and person.role == form.rater
        if person and not own and form.rater not in _OF_OTHERS:
            yield Problem(path=f"{place}.person", rule="is no participant in the rater's role")


def _too_early(
    entry: Entry, versions: Mapping[str, Record | None], days: Mapping[int, date | None]
) -> Iterator[Problem]:
    """An answer to something comes not before it: by date where both are known, or by session."""
    record = entry.record
    assert isinstance(record, Agreement | GoalReview | TaskReview)
    name = {Agreement: "about", GoalReview: "goal", TaskReview: "task"}[type(record)]
    of = versions.get(getattr(record, name))
    if not isinstance(of, Dated):
        return
    day, day_of = _day(record, days), _day(of, days)
    if day and day_of:
        early, field = day < day_of, "date" if record.date else "session"
    else:
        early, field = 0 < (record.session or 0) < (of.session or 0), "session"
    if early:
        yield Problem(path=f"{entry.place}.{field}", rule="before what it is about")


def _day(record: Dated, days: Mapping[int, date | None]) -> date | None:
    """The date of a record, or that of its session."""
    return record.date or days.get(record.session or 0)


def _toward_oneself(entry: Entry, first_version: Mapping[str, str]) -> Iterator[Problem]:
    """Two ids may be versions of one participant."""
    record = entry.record
    assert isinstance(record, Bond | Reflection)
    of = record.of if isinstance(record, Bond) else record.by
    if record.toward and of != record.toward:
        one, other = first_version.get(of), first_version.get(record.toward)
        if one is not None and one == other:
            yield Problem(path=f"{entry.place}.toward", rule="is the same participant")
