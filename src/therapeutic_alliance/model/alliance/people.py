"""Who meets whom and when: participants, sessions, filled forms, links, how it ended."""

from datetime import date
from typing import Annotated, Literal

from attrs import field, frozen

from therapeutic_alliance.model.alliance.kinds import (
    Answers,
    FreeText,
    Id,
    Person,
    Positive,
    RefersTo,
    Role,
    SessionNumber,
    Term,
)
from therapeutic_alliance.model.alliance.record import ANY, Dated, Record, read_only
from therapeutic_alliance.model.record import Administration


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Participant(Record):
    """Someone who takes part, under a pseudonym, which is the record's id.

    >>> Participant(id="c", role="client")
    Participant()
    """

    role: Role
    """As a rater has one: client, therapist, observer, parent, family-member, ..."""
    relation: Term | None = None
    """Place in the couple, family or group, such as ``mother``."""
    agency: Id | None = None
    """Pseudonym of the practice or clinic, of a therapist or supervisor."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Session(Record):
    """A session that took place. One that did not is an :class:`Event`, such as ``missed``."""

    number: SessionNumber
    """From 1; no two sessions of a course have the same."""
    date: "date | None" = None
    """Later sessions have no earlier date."""
    minutes: Positive | None = None
    """How long it was."""
    attended: tuple[Person, ...] = ()
    """Who was there; empty if not recorded."""

    @property
    def order(self) -> tuple[int, str, str]:
        """By number."""
        return self.number, "", self.id


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class FilledForm(Record):
    """An administration as a course keeps it: the case is that of the course.

    >>> form = FilledForm(id="f1", measure="arm-5", session=1, rater="client", answers={"1": 6})
    >>> form.administration("c1")
    Administration(measure='arm-5', rater='client')
    """

    measure: Id
    """Id or alias of the measure."""
    session: SessionNumber
    """Session number."""
    rater: Role
    """Whose view it is."""
    answers: Answers = field(hash=False)
    """Answer by item id; an absent id or ``None`` is not answered."""
    date: "date | None" = None
    """Calendar day."""
    measure_version: Id | None = None
    """If given, the version of the definition that it must be scored by."""
    person: Person | None = None
    """Who among several in that role; or, by an observer, therapist or supervisor: about whom."""
    occasion: Literal["pre", "post"] | None = None
    """Whether it was filled before the session or after it."""

    @property
    def order(self) -> tuple[int, str, str]:
        """By session, date, id."""
        return self.session, self.date.isoformat() if self.date else "", self.id

    def administration(self, case: str) -> Administration:
        """The form as it is scored."""
        return Administration(
            measure=self.measure,
            case=case,
            session=self.session,
            rater=self.rater,
            answers=self.answers,
            date=self.date,
            measure_version=self.measure_version,
            person=self.person,
            occasion=self.occasion,
        )


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Link(Record):
    """Another course that belongs to this one: it is linked, and never merged into it."""

    kind: Term
    """Such as ``supervision``, ``same-family``, ``same-group``, ``earlier-course``."""
    case: Id
    """The other course's case."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Termination(Dated):
    """How the course ended."""

    kind: Literal["planned", "premature"] | None = None
    """``None``: not known."""
    by: tuple[Person, ...] = ()
    """Who ended it."""
    reason: FreeText | None = None
    """Why, in words."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Retraction(Dated):
    """Says that a record, of whatever kind, was entered in error; nothing takes its place."""

    amends: Annotated[Id, RefersTo(ANY)]
    """Id of the record that no longer holds; what names it as its own goes with it."""
    by: Person | None = None
    """Who takes it back."""
    reason: FreeText | None = None
    """Why, in words."""
