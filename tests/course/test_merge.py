"""Merging: parts of a course give the whole in any order; conflicts are told all together."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.codec.examples import told
from therapeutic_alliance import alliance
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing import whole_courses

make: Callable[..., ta.Course] = ta.Course  # of lists, too
OTHER = "one id with different content: see "


def _closed(course: ta.Course, ids: set[str]) -> set[str]:
    """The ids, and whatever those records name or are amended by."""
    records = {entry.record.id: entry.record for entry in course.entries()}
    amending: dict[str | None, list[str]] = {}
    for record in records.values():
        amending.setdefault(record.amends, []).append(record.id)
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        if (id_ := waiting.pop()) not in found:
            found.add(id_)
            waiting += [*_named(records[id_]), *amending.get(id_, ())]
    return found


def _named(record: Record) -> list[str]:
    values = [getattr(record, each.name) for each in fields_of(type(record)) if each.refers]
    return [
        id_ for value in values for id_ in (value if isinstance(value, tuple) else [value]) if id_
    ]


def _part(course: ta.Course, ids: set[str], names: set[str], *, system: bool) -> ta.Course:
    sections: dict[str, Any] = {
        section: [each for each in getattr(course, section) if each.id in ids]
        for section in SECTIONS
    }
    return make(
        case=course.case,
        system=course.system if system else None,
        extensions={name: course.extensions[name] for name in names},
        **sections,
    )


@st.composite
def parts(draw: st.DrawFn) -> tuple[ta.Course, list[ta.Course]]:
    """A course, and three parts of it that overlap and hold all of it together."""
    course = draw(whole_courses())
    ids = [entry.record.id for entry in course.entries()]
    which = st.sets(st.integers(0, 2), min_size=1)
    of_records = draw(st.lists(which, min_size=len(ids), max_size=len(ids)))
    of_names = draw(
        st.lists(which, min_size=len(course.extensions), max_size=len(course.extensions))
    )
    of_system = draw(which)
    return course, [
        _part(
            course,
            _closed(course, {id_ for id_, sets in zip(ids, of_records, strict=True) if n in sets}),
            {name for name, sets in zip(course.extensions, of_names, strict=True) if n in sets},
            system=n in of_system,
        )
        for n in range(3)
    ]


def _text(course: ta.Course) -> str:
    """All that it says, 1 and true apart; names in extensions have no order."""
    return json.dumps(json.loads(ta.dumps(course)), sort_keys=True)


@given(parts())
def test_parts_give_the_whole(given_: tuple[ta.Course, list[ta.Course]]) -> None:
    whole, (one, two, three) = given_
    assert ta.merge(one, two, three) == whole
    assert _text(ta.merge(one, two, three)) == _text(whole)


@given(parts())
def test_the_laws_of_merging(given_: tuple[ta.Course, list[ta.Course]]) -> None:
    _, (one, two, three) = given_
    empty = make(case=one.case)
    assert _text(ta.merge(one, two)) == _text(ta.merge(two, one))
    left, right = ta.merge(ta.merge(one, two), three), ta.merge(one, ta.merge(two, three))
    assert _text(left) == _text(right)
    assert ta.merge(one, one) == ta.merge(one) == one
    assert ta.merge(one, empty) == ta.merge(empty, one) == one


@given(parts())
def test_merging_changes_nothing_given(given_: tuple[ta.Course, list[ta.Course]]) -> None:
    before = [ta.dumps(each) for each in given_[1]]
    ta.merge(*given_[1])
    assert [ta.dumps(each) for each in given_[1]] == before


def _changed(course: ta.Course, ids: set[str]) -> ta.Course:
    """The course with something else in the extensions of these records."""
    sections: dict[str, Any] = {
        section: [
            evolve(each, extensions={**each.extensions, "planted": 1}) if each.id in ids else each
            for each in getattr(course, section)
        ]
        for section in SECTIONS
    }
    return evolve(course, **sections)


@given(whole_courses(), st.data())
def test_every_conflict_is_told_once_whatever_the_order(
    course: ta.Course, data: st.DataObject
) -> None:
    places = {entry.record.id: entry.place for entry in course.entries()}
    ids = data.draw(st.sets(st.sampled_from(sorted(places)), min_size=1))
    other = _changed(course, ids)
    expected = {(f"course 2, {places[id_]}", f"{OTHER}course 1, {places[id_]}") for id_ in ids}
    for one, two in ((course, other), (other, course)):
        problems = told(lambda one=one, two=two: ta.merge(one, two))  # type: ignore[misc]
        assert len(problems) == len(ids)
        assert set(problems) == expected
    assert len(told(lambda: ta.merge(course, course, other, other))) == 2 * len(ids)


@pytest.mark.parametrize(
    "values", [(1, True), (0.0, False), ([1], [True]), ({"a": 0}, {"a": False}), (None, 0)]
)
def test_one_and_true_differ(values: tuple[Any, Any]) -> None:
    heads = [make(case="x", extensions={"a": value}) for value in values]
    [(path, _)] = told(lambda: ta.merge(*heads))
    assert path == "course 2, $.extensions, entry 1"
    goals = [alliance.Goal(id="g", extensions={"a": value}) for value in values]
    courses = [make(case="x", goals=[goal]) for goal in goals]
    assert told(lambda: ta.merge(*courses)) == [
        ("course 2, $.goals[0]", f"{OTHER}course 1, $.goals[0]")
    ]


@pytest.mark.parametrize("values", [(1, 1.0), (0, -0.0), (2**53, 2.0**53)])
def test_one_number_written_in_two_ways_is_no_conflict(values: tuple[float, float]) -> None:
    """Some programs write 1.0 for 1. Which of the two stands, no order decides."""

    def course(number: float, extension: float) -> ta.Course:
        form = alliance.FilledForm(
            id="f", measure="m", session=1, rater="client", answers={"1": number}
        )
        return make(case="x", administrations=[form], extensions={"a": [extension]})

    one, two = course(*values), course(*values[::-1])
    mixed = course(values[0], values[0])
    texts = {ta.dumps(ta.merge(*each)) for each in permutations([one, two, mixed])}
    texts |= {ta.dumps(ta.merge(ta.merge(a, b), c)) for a, b, c in permutations([one, two, mixed])}
    assert len(texts) == 1


def test_everything_that_differs_is_told_together() -> None:
    one = make(
        case="x",
        system="couple",
        participants=[alliance.Participant(id="p", role="client")],
        sessions=[alliance.Session(id="s", number=1)],
        goals=[alliance.Goal(id="g"), alliance.Goal(id="g1", amends="g")],
        extensions={"a": 1},
    )
    two = make(
        case="y",
        system="family",
        sessions=[alliance.Session(id="other", number=1)],
        goals=[alliance.Goal(id="g"), alliance.Goal(id="g2", amends="g"), alliance.Goal(id="p")],
        extensions={"a": 2},
    )
    fork = "amends the same record: retract one of the two"
    assert sorted(told(lambda: ta.merge(one, two))) == sorted([
        ("course 2, $.case", "another case than that of course 1"),
        ("course 2, $.system", "another system than that said before"),
        ("course 2, $.extensions, entry 1", "one name with different content in another course"),
        ("course 2, $.goals[2]", f"{OTHER}course 1, $.participants[0]"),
        ("course 2, $.goals[1].amends", f"course 1, $.goals[1] {fork}"),
        ("course 2, $.sessions[0].number", "is the number of course 1, $.sessions[0], too"),
    ])  # fmt: skip


def test_a_third_course_may_settle_what_two_disagree_about() -> None:
    """Nothing is settled two by two: the retraction of one correction lies in another file."""
    goal, one, two = (
        alliance.Goal(id=id_, amends=amended)
        for id_, amended in [("g", None), ("h", "g"), ("i", "g")]
    )
    courses = [
        make(case="x", goals=[goal, one]),
        make(case="x", goals=[goal, two]),
        make(case="x", goals=[goal, two], retractions=[alliance.Retraction(id="r", amends="i")]),
    ]
    assert len(told(lambda: ta.merge(*courses[:2]))) == 1
    assert [each.id for each in ta.merge(*courses).current().goals] == ["g"]
