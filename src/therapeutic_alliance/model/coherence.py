"""What is wrong with the records of a course together; each fault with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.entry import ANY, Dated, Record
from therapeutic_alliance.model.alliance.goals import Agreement, GoalReview, TaskReview
from therapeutic_alliance.model.alliance.kinds import fields_of
from therapeutic_alliance.model.alliance.people import (
    FilledForm,
    Participant,
    Retraction,
    Session,
)
from therapeutic_alliance.model.amendments import Amendments


class Entry(NamedTuple):
    """A record, the section that it is in, and where it stands, such as ``$.goals[3]``."""

    section: str
    place: str
    record: Record


def faults(entries: Sequence[Entry], excused: AbstractSet[str] = frozenset()) -> Iterator[Problem]:
    """Every fault of a whole course.

    ``excused`` are ids of records that are malformed, and told of elsewhere: who refers to them
    refers to something.
    """
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.record.id, entry)
        if before is not entry:
            yield Problem(path=f"{entry.place}.id", rule=f"is the id of {before.place}, too")
    for entry in entries:
        yield from _references(entry, first, excused)
    amendments = Amendments(entry.record for entry in first.values())
    for id_ in sorted(amendments.circle):
        yield Problem(path=f"{first[id_].place}.amends", rule="amendments run in a circle")
    for one, other in amendments.forks:
        rule = f"{first[one.id].place} corrects the same record: amend one of the two, or retract"
        yield Problem(path=f"{first[other.id].place}.amends", rule=rule)
    if not amendments.circle:
        yield from _contradictions(amendments, first)


def _references(
    entry: Entry, known: Mapping[str, Entry], excused: AbstractSet[str]
) -> Iterator[Problem]:
    for field in fields_of(type(entry.record)):
        if not field.refers:
            continue
        value = getattr(entry.record, field.name)
        ids = value if field.many else (value,)
        for index, id_ in enumerate(ids):
            if id_ is None or id_ in excused:
                continue
            path = f"{entry.place}.{field.name}" + (f"[{index}]" if field.many else "")
            if field.refers == ANY:
                yield from _amended(entry, path, known.get(id_))
            elif id_ not in known or known[id_].section not in field.refers:
                yield Problem(path=path, rule=_no_such(field.refers))


def _no_such(sections: Sequence[str]) -> str:
    kinds = " or ".join(section.removesuffix("s") for section in sections)
    return f"no {kinds} of this course has this id"


def _amended(entry: Entry, path: str, amended: Entry | None) -> Iterator[Problem]:
    if amended is None:
        yield Problem(path=path, rule="no record of this course has this id")
    elif amended.section != entry.section and not isinstance(entry.record, Retraction):
        yield Problem(path=path, rule="a record is amended by one of its own kind")


def _contradictions(amendments: Amendments, first: Mapping[str, Entry]) -> Iterator[Problem]:
    """What cannot all be true of the records that hold."""
    held = [first[record.id] for record in amendments.holding.values()]
    versions = {id_: amendments.holding.get(of) for id_, of in amendments.first_version.items()}
    yield from _sessions([entry for entry in held if isinstance(entry.record, Session)])
    yield from _forms([entry for entry in held if isinstance(entry.record, FilledForm)], versions)
    for entry in held:
        if isinstance(entry.record, Agreement | GoalReview | TaskReview):
            yield from _too_early(entry, versions)


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
        key = (form.session, form.measure, form.rater, form.person, form.occasion)
        before = keys.setdefault(key, place)
        if before is not place:
            rule = f"has the session, measure, rater, person and occasion of {before}, too"
            yield Problem(path=place, rule=rule)
        person = versions.get(form.person or "")
        if isinstance(person, Participant) and person.role != form.rater:
            yield Problem(path=f"{place}.person", rule="is no participant in the rater's role")


def _too_early(entry: Entry, versions: Mapping[str, Record | None]) -> Iterator[Problem]:
    """An answer to something comes not before it: by date if both have one, else by session."""
    record = entry.record
    assert isinstance(record, Agreement | GoalReview | TaskReview)
    name = {Agreement: "about", GoalReview: "goal", TaskReview: "task"}[type(record)]
    of = versions.get(getattr(record, name))
    if not isinstance(of, Dated):
        return
    if record.date and of.date:
        if record.date < of.date:
            yield Problem(path=f"{entry.place}.date", rule=f"before that of its {name}")
    elif record.session and of.session and record.session < of.session:
        yield Problem(path=f"{entry.place}.session", rule=f"before that of its {name}")
