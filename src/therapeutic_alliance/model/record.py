"""What was filled in: one administration of one measure."""

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple

from attrs import field, frozen

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.validity import ID, ROLES

MAX_SESSION = 999_999_999
Answer = object
"""A number, or ``None`` for not answered; whether it fits is for the measure to say."""


class FormKey(NamedTuple):
    """What tells one form from another; a second form with the same key is an error."""

    case: str
    session: int
    measure: str
    rater: str
    person: str | None
    occasion: str | None


def _read_only(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    if not isinstance(answers, Mapping):
        raise DocumentError(Problem(path="$.answers", rule="not a mapping by item id"))
    return MappingProxyType(dict(answers))


@frozen
class Administration:
    """One filled form.

    Raises :class:`DocumentError` that names the field and rule, never what it held.
    Case, person, date and answers stay out of ``repr``, so that logs do not fill with them.

    >>> form = Administration("wai-sr", "c1", 1, "client", {"1": 5, "2": None})
    >>> form
    Administration(measure='wai-sr', rater='client')
    """

    measure: str
    """Id (or alias) of the measure."""
    case: str = field(repr=False)
    """Pseudonym of the client, couple or family: ``[A-Za-z0-9._-]{1,64}``."""
    session: int = field(repr=False)
    """Session number, 1 or more."""
    rater: str
    """Role: client, therapist, observer, parent, ..."""
    answers: Mapping[str, Answer] = field(repr=False, converter=_read_only, hash=False)
    """Answer by item id; an absent id or ``None`` is not answered. Read-only."""
    date: "date | None" = field(default=None, repr=False)
    measure_version: str | None = field(default=None, repr=False)
    person: str | None = field(default=None, repr=False)
    """Who among several in that role, as a pseudonym."""
    occasion: Literal["pre", "post"] | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        # the usual form in one look; the rules below say the same, each with its words
        if not (
            _is_id(self.measure)
            and _is_id(self.case)
            and _is_session(self.session)
            and self.rater in ROLES
            and _OPTIONAL_FIELDS(self) == _NOTHING_MORE
        ):
            self._check_each()

    def _check_each(self) -> None:
        given = [rule for rule in _OPTIONAL_RULES if getattr(self, rule[0]) is not None]
        problems = [
            Problem(path=f"$.{name}", rule=rule)
            for name, rule, holds in (*_RULES, *given)
            if not holds(getattr(self, name))
        ]
        if problems:
            raise DocumentError(problems)

    def __reduce__(self) -> "tuple[Callable[..., Administration], tuple[object, ...]]":
        # a read-only view does not pickle, the dict beneath it does
        parts = (self.measure, self.case, self.session, self.rater, dict(self.answers))
        return Administration, (*parts, self.date, self.measure_version, self.person, self.occasion)

    @property
    def key(self) -> FormKey:
        """The key of the form."""
        return FormKey(
            self.case, self.session, self.measure, self.rater, self.person, self.occasion
        )


WHO_AND_WHEN = ("case", "session", "date", "rater", "person", "occasion")


def who_and_when(form: Administration | None) -> dict[str, str | int | None]:
    """The key of a form and its date as plain data; all ``None`` where no form is known."""
    if form is None:
        return dict.fromkeys(WHO_AND_WHEN)
    on = form.date.isoformat() if form.date else None
    values = (form.case, form.session, on, form.rater, form.person, form.occasion)
    return dict(zip(WHO_AND_WHEN, values, strict=True))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _is_session(value: object) -> bool:
    return type(value) is int and 0 < value <= MAX_SESSION


_ID_RULE = "not an id: letters, digits, '.', '_', '-', up to 64"
_RULES: tuple[tuple[str, str, Callable[[object], bool]], ...] = (
    ("measure", _ID_RULE, _is_id),
    ("case", _ID_RULE, _is_id),
    ("session", f"not a whole number from 1 to {MAX_SESSION}", _is_session),
    ("rater", "not a rater role: " + ", ".join(ROLES), ROLES.__contains__),
)
_OPTIONAL_RULES: tuple[tuple[str, str, Callable[[object], bool]], ...] = (
    ("date", "not a datetime.date", lambda value: type(value) is date),
    ("measure_version", "not a text", lambda value: isinstance(value, str)),
    ("person", _ID_RULE, _is_id),
    ("occasion", "neither pre nor post", ("pre", "post").__contains__),
)
_OPTIONAL_FIELDS = attrgetter(*(name for name, _, _ in _OPTIONAL_RULES))
_NOTHING_MORE = (None,) * len(_OPTIONAL_RULES)
