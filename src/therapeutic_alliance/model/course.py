"""A whole course of therapy as one value."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args, get_type_hints

from attrs import evolve, field, fields, frozen

from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.model.alliance.bond import Bond, Characteristic, Skill
from therapeutic_alliance.model.alliance.coding import Report, SegmentCodes
from therapeutic_alliance.model.alliance.dialogue import CheckIn, Event, Reflection
from therapeutic_alliance.model.alliance.fields import Field, fields_of, problems_of
from therapeutic_alliance.model.alliance.goals import (
    Agreement,
    Goal,
    GoalReview,
    Preference,
    Task,
    TaskReview,
    Understanding,
)
from therapeutic_alliance.model.alliance.kinds import Extensions, Id
from therapeutic_alliance.model.alliance.people import (
    FilledForm,
    Link,
    Participant,
    Retraction,
    Session,
    Termination,
)
from therapeutic_alliance.model.alliance.plain import thawed
from therapeutic_alliance.model.alliance.record import Record, read_only
from therapeutic_alliance.model.amendments import Amendments
from therapeutic_alliance.model.coherence import Entry, faults

System = Literal["individual", "couple", "family", "group", "supervision"]


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Course:
    """Everything recorded of one case, in the order of sessions, dates and ids.

    Sections may be empty. Whatever a record refers to is in the course. Raises
    :class:`DocumentError` with every problem, its path and rule, and never what a record holds.

    >>> from therapeutic_alliance.model.alliance import Participant
    >>> course = Course(case="c1", participants=[Participant(id="t", role="therapist")])
    >>> course
    Course(records=1)
    """

    case: Id
    """Pseudonym of the client, couple, family, group or supervision."""
    system: System | None = None
    """What kind of case it is."""
    participants: tuple[Participant, ...] = ()
    links: tuple[Link, ...] = ()
    sessions: tuple[Session, ...] = ()
    administrations: tuple[FilledForm, ...] = ()
    goals: tuple[Goal, ...] = ()
    goal_reviews: tuple[GoalReview, ...] = ()
    tasks: tuple[Task, ...] = ()
    task_reviews: tuple[TaskReview, ...] = ()
    understandings: tuple[Understanding, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    preferences: tuple[Preference, ...] = ()
    bonds: tuple[Bond, ...] = ()
    skills: tuple[Skill, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    events: tuple[Event, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    reports: tuple[Report, ...] = ()
    codes: tuple[SegmentCodes, ...] = ()
    terminations: tuple[Termination, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    extensions: Extensions = field(factory=lambda: MappingProxyType({}), hash=False)
    """What other programs added, by names of their own; kept as it is."""

    def __attrs_post_init__(self) -> None:
        problems = problems_of(self) or list(faults(list(self.entries())))
        if problems:
            raise DocumentError(problems)
        for section in SECTIONS:
            ordered = tuple(sorted(getattr(self, section), key=lambda record: record.order))
            object.__setattr__(self, section, ordered)

    def __repr__(self) -> str:
        return f"Course(records={sum(1 for _ in self.entries())})"

    def __reduce__(self) -> "tuple[Callable[..., Course], tuple[object, ...]]":
        values = {each.name: getattr(self, each.name) for each in fields(Course)}
        return _made, ({**values, "extensions": thawed(self.extensions)},)

    def entries(self) -> Iterator[Entry]:
        """Each record with its section and place."""
        for section in SECTIONS:
            for index, record in enumerate(getattr(self, section)):
                yield Entry(section, f"$.{section}[{index}]", record)

    def current(self) -> "Course":
        """The course as it holds now: corrections in the place of what they amend.

        Each record has the id of its first version, and amends nothing. What was retracted is
        left out, and so is what names it as its own, such as a bond of a retracted participant;
        from lists of ids it is taken away. Two corrections of one record are refused already.
        """
        if not any(entry.record.amends for entry in self.entries()):
            return self
        amendments = Amendments(entry.record for entry in self.entries())
        holding = amendments.holding
        first = {id_: of for id_, of in amendments.first_version.items() if of in holding}
        sections: dict[str, Any] = {section: [] for section in SECTIONS}
        for section, _, record in self.entries():
            of = first.get(record.id)
            if of is not None and holding[of] is record and _rests_on_what_holds(record, first):
                sections[section].append(_renamed(record, first))
        return Course(case=self.case, system=self.system, extensions=self.extensions, **sections)

    def without_free_text(self) -> "Course":
        """The course without free text and extensions: what is exported unless more is asked."""
        sections: dict[str, Any] = {
            section: [_silent(record) for record in getattr(self, section)] for section in SECTIONS
        }
        return Course(case=self.case, system=self.system, **sections)


def _made(values: dict[str, Any]) -> Course:
    return Course(**values)


def _references(record: Record) -> Iterator[tuple[Field, Any]]:
    """The fields that name other records, but for what is amended."""
    for each in fields_of(type(record)):
        if each.refers and each.name != "amends":
            yield each, getattr(record, each.name)


def _rests_on_what_holds(record: Record, first: Mapping[str, str]) -> bool:
    return all(
        value is None or value in first for each, value in _references(record) if not each.many
    )


def _renamed(record: Record, first: Mapping[str, str]) -> Record:
    """The record under the id of its first version, and with those of what it names."""
    changes: dict[str, Any] = {"id": first[record.id], "amends": None}
    for each, value in _references(record):
        if each.many:
            named = [first[id_] for id_ in value if id_ in first]
            changes[each.name] = tuple(dict.fromkeys(named))
        elif value is not None:
            changes[each.name] = first[value]
    return evolve(record, **changes)


def _silent(record: Record) -> Record:
    said = [each for each in fields_of(type(record)) if each.sensitive]
    if not any(getattr(record, each.name) for each in said):
        return record
    nothing: dict[str, Any] = {each.name: () if each.many else None for each in said}
    return evolve(record, **{**nothing, "extensions": {}})


def _sections() -> dict[str, type[Record]]:
    found = {}
    for name, type_ in get_type_hints(Course).items():
        record = (get_args(type_) or (None,))[0]
        if isinstance(record, type) and issubclass(record, Record):
            found[name] = record
    return found


SECTIONS: Mapping[str, type[Record]] = MappingProxyType(_sections())
"""The lists of a course, and the class of record in each."""


def by_section(entries: Iterable[Entry]) -> dict[str, Any]:
    """The records of entries as the lists that a course is made of."""
    sections: dict[str, Any] = {section: [] for section in SECTIONS}
    for entry in entries:
        sections[entry.section].append(entry.record)
    return sections
