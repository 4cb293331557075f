"""Small courses for the tests of indicators, and a look at what is found in them."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.course.indicators import Indicator
from therapeutic_alliance.errors import DocumentError

a = ta.alliance

ROLES = {"c": "client", "m": "family-member", "t": "therapist"}
PEOPLE = tuple(a.Participant(id=id_, role=role) for id_, role in ROLES.items())
FIRST_DAY = date(2026, 1, 5)

_IDS = count(1)


def new(class_: type[Any], **values: Any) -> Any:
    """A record with an id of its own."""
    return class_(id=f"r{next(_IDS):06}", **values)


def session(number: int, days: int | None = None) -> Any:
    """A session, dated some days after the first day."""
    day = None if days is None else on(days)
    return a.Session(id=f"s{number}", number=number, date=day)


def on(days: int) -> date:
    return FIRST_DAY + timedelta(days=days)


def course(**sections: Any) -> ta.Course:
    return ta.Course(**{"case": "case-1", "participants": PEOPLE, **sections})


def found(given: ta.Course | ta.Series, id_: str) -> Mapping[tuple[str, ...], Indicator]:
    """The indicators of one definition, by what they are about."""
    return {each.about: each for each in ta.indicators(given) if each.id == id_}


def values(given: ta.Course | ta.Series, id_: str) -> Mapping[tuple[str, ...], float | None]:
    return {about: each.value for about, each in found(given, id_).items()}


def only(given: ta.Course | ta.Series, id_: str) -> Indicator:
    """The one indicator of a definition."""
    [indicator] = found(given, id_).values()
    return indicator


_people = st.sampled_from(sorted(ROLES))
_sessions = st.one_of(st.none(), st.integers(1, 6))
_days = st.one_of(st.none(), st.integers(0, 60).map(on))
_when = {"session": _sessions, "date": _days}
_who = st.lists(_people, unique=True, max_size=2).map(tuple)
_maybe = st.one_of(st.none(), st.booleans())
_goals = st.sampled_from(["g1", "g2", "g3"])
_tasks = st.sampled_from(["t1", "t2"])
_rated = st.one_of(
    st.builds(a.Rating, st.integers(1, 5), st.just(1), st.just(5)),
    st.builds(a.Rating, st.integers(0, 10), st.just(0), st.just(10)),
)
_ratings = st.one_of(st.none(), _rated)
_EVENTS = (
    "disclosure", "misunderstanding", "problem", "negative-feeling", "missed", "cancelled",
    "late", "follow-up", "here-and-now", "therapist-disclosure", "withdrawal", "confrontation",
)  # fmt: skip
_FIELDS: Mapping[str, tuple[type[Any], Mapping[str, st.SearchStrategy[Any]]]] = {
    "agreements": (
        a.Agreement,
        {"about": st.one_of(_goals, _tasks), "by": _people, "agrees": st.booleans(), **_when},
    ),
    "goal_reviews": (
        a.GoalReview,
        {
            "goal": _goals,
            "by": st.one_of(st.none(), _people),
            "status": st.sampled_from([None, "active", "attained"]),
            "clarity": _ratings,
            "attainment": _ratings,
            **_when,
        },
    ),
    "task_reviews": (
        a.TaskReview,
        {
            "task": _tasks,
            "by": st.one_of(st.none(), _people),
            "done": st.sampled_from(["yes", "partly", "no"]),
            **_when,
        },
    ),
    "preferences": (
        a.Preference,
        {"of": _people, "about": st.just("pace"), "met": _maybe, **_when},
    ),
    "bonds": (
        a.Bond,
        {
            "of": _people,
            "toward": st.one_of(st.none(), _people),
            "by": st.sampled_from([None, None, None, "c", "t"]),
            "facet": st.sampled_from(["trust", "heard", "engagement", "withholding"]),
            "rating": _rated,
            **_when,
        },
    ),
    "skills": (
        a.Skill,
        {"of": st.just("t"), "skill": st.just("empathy"), "rating": _rated, **_when},
    ),
    "events": (
        a.Event,
        {
            "kind": st.sampled_from(_EVENTS),
            "by": _who,
            "noticed_by": _who,
            "depth": st.sampled_from([None, "factual", "personal", "vulnerable"]),
            "addressed": st.one_of(st.none(), st.integers(6, 8)),
            "minutes": st.one_of(st.none(), st.integers(1, 20)),
            "helpful": _maybe,
            **_when,
        },
    ),
    "check_ins": (
        a.CheckIn,
        {
            "begun_by": st.one_of(st.none(), _people),
            "explicit": _maybe,
            "answered": _maybe,
            "moment": st.sampled_from([None, "start", "end"]),
            "cadence": st.one_of(st.none(), st.integers(1, 4)),
            **_when,
        },
    ),
    "reports": (a.Report, {"by": _people, "rupture": st.booleans(), **_when}),
    "codes": (
        a.SegmentCodes,
        {
            "system": st.sampled_from(["3rs", "signs"]),
            "codes": st.lists(st.sampled_from(["denial", "nod", "defend-self"]), unique=True),
            "by": st.sampled_from([None, "t", "m"]),
            "of": st.sampled_from([None, "c", "m"]),
            "segment": st.one_of(st.none(), st.integers(1, 3)),
            **_when,
        },
    ),
}


def _made(class_: type[Any], fields: Mapping[str, Any]) -> Any:
    try:
        return new(class_, **fields)
    except DocumentError:  # such as a bond to oneself
        return None


def _records(section: str) -> st.SearchStrategy[list[Any]]:
    class_, fields = _FIELDS[section]
    record = st.fixed_dictionaries(dict(fields)).map(lambda drawn: _made(class_, drawn))
    return st.lists(record, max_size=8).map(lambda drawn: [each for each in drawn if each])


def bonds() -> st.SearchStrategy[list[Any]]:
    """Ratings of few facets between few people."""
    return _records("bonds")


@st.composite
def dense(draw: st.DrawFn) -> ta.Course:
    """Few people, goals and sessions with many records, so that these meet."""
    drawn = {section: draw(_records(section)) for section in _FIELDS}
    numbers = sorted(draw(st.sets(st.integers(1, 8), max_size=6)))
    days = sorted(draw(st.lists(st.integers(0, 60), min_size=len(numbers), max_size=len(numbers))))
    return course(
        goals=[a.Goal(id=f"g{n}", proposed_by=draw(_who)) for n in (1, 2, 3)],
        tasks=[
            a.Task(id="t1", kind="homework", serves=("g1",)),
            a.Task(id="t2", kind="homework"),
        ],
        sessions=[session(number, day) for number, day in zip(numbers, days, strict=True)],
        **drawn,
    )
