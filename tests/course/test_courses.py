"""A course as a value: made, in order, read-only, pickled, without free text."""

import copy
import pickle
import random
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve, frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.codec.examples import told
from therapeutic_alliance import alliance
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.kinds import Extensions
from therapeutic_alliance.model.alliance.record import read_only
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing import whole_courses

make: Callable[..., ta.Course] = ta.Course  # of lists, too
C = alliance.Participant(id="c", role="client")


def _given(course: ta.Course) -> dict[str, Any]:
    return {each.name: getattr(course, each.name) for each in fields_of(ta.Course)}


@given(whole_courses(), st.randoms(use_true_random=False))
def test_the_order_that_records_are_given_in_does_not_matter(
    course: ta.Course, order: random.Random
) -> None:
    sections = {section: list(getattr(course, section)) for section in SECTIONS}
    for records in sections.values():
        order.shuffle(records)
    again = ta.Course(**{**_given(course), **sections})
    assert again == course
    assert hash(again) == hash(course)
    assert ta.dumps(again) == ta.dumps(course)


def test_records_stand_by_session_date_and_id() -> None:
    goals = [
        alliance.Goal(id=id_, session=session, date=day)
        for id_, session, day in [
            ("d", 2, None), ("c", 2, None), ("e", None, None), ("b", 10, None),
            ("a", 2, date(2026, 3, 2)), ("z", 2, date(2026, 3, 1)),
        ]
    ]  # fmt: skip
    course = make(case="x", goals=goals)
    assert [goal.id for goal in course.goals] == ["e", "c", "d", "z", "a", "b"]


@given(whole_courses())
def test_it_survives_pickling_and_copying(course: ta.Course) -> None:
    unpickled = pickle.loads(pickle.dumps(course))  # noqa: S301
    for again in (unpickled, copy.deepcopy(course), evolve(course)):
        assert again == course
        assert hash(again) == hash(course)
        assert ta.dumps(again) == ta.dumps(course)


@given(whole_courses())
def test_nothing_of_it_can_be_changed(course: ta.Course) -> None:
    """Nor through a list or an object that it was made of."""
    for value in (course, *(entry.record for entry in course.entries())):
        for each in fields_of(type(value)):
            with pytest.raises(FrozenInstanceError):
                setattr(value, each.name, None)
            assert _is_frozen(getattr(value, each.name))


def _is_frozen(value: object) -> bool:
    if isinstance(value, MappingProxyType):
        return all(map(_is_frozen, value.values()))
    return (
        all(map(_is_frozen, value))
        if isinstance(value, tuple)
        else not isinstance(value, list | dict)
    )


def test_what_it_was_made_of_may_change_afterwards() -> None:
    inner: list[Any] = [1, {"a": [2]}]
    course = make(case="x", participants=[C], extensions={"n": inner})
    before = ta.dumps(course)
    inner[1]["a"].append(3)
    inner.append(4)
    assert ta.dumps(course) == before


@given(whole_courses())
def test_without_free_text_all_else_is_there(course: ta.Course) -> None:
    plain = course.without_free_text()
    assert plain.without_free_text() == plain
    assert (plain.case, plain.system, dict(plain.extensions)) == (course.case, course.system, {})
    for before, after in zip(course.entries(), plain.entries(), strict=True):
        for each in fields_of(type(before.record)):
            value = getattr(after.record, each.name)
            if each.sensitive:
                assert not value, each.name
            else:
                assert value == getattr(before.record, each.name)


@given(whole_courses())
def test_a_repr_tells_no_more_than_the_class(course: ta.Course) -> None:
    records = [entry.record for entry in course.entries()]
    assert repr(course) == str(course) == f"Course(records={len(records)})"
    for record in records:
        assert repr(record) == str(record) == f"{type(record).__name__}()"


def test_nothing_but_the_case_is_needed() -> None:
    assert list(make(case="x").entries()) == []
    missing: Any = ta.Course
    with pytest.raises(TypeError, match="case"):
        missing()


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        ({"case": ""}, "$.case"),
        ({"case": "a b"}, "$.case"),
        ({"case": "x" * 65}, "$.case"),
        ({"case": None}, "$.case"),
        ({"system": "team"}, "$.system"),
        ({"goals": [C]}, "$.goals[0]"),
        ({"goals": 1}, "$.goals"),
        ({"participants": [C, None]}, "$.participants[1]"),
        ({"participants": [C, C]}, "$.participants[1].id"),
        ({"extensions": []}, "$.extensions"),
        ({"extensions": {1: 2}}, "$.extensions"),
        ({"extensions": {"a": float("nan")}}, "$.extensions"),
        ({"extensions": {"a": {1, 2}}}, "$.extensions"),
        ({"extensions": {"a": "\ud800"}}, "$.extensions"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(given_: dict[str, Any], path: str) -> None:
    assert [place for place, _ in told(lambda: ta.Course(**{"case": "x", **given_}))] == [path]


def _by(rater: str) -> ta.Course:
    """A form that names a member of the family, who is no client."""
    daughter = alliance.Participant(id="d", role="family-member")
    form = alliance.FilledForm(
        id="f", measure="m", session=1, rater=rater, person="d", answers={"1": 1}
    )
    return make(case="x", participants=[daughter], administrations=[form])


def test_whose_form_it_is_has_the_role_of_its_rater() -> None:
    rule = "is no participant in the rater's role"
    assert told(lambda: _by("client")) == [("$.administrations[0].person", rule)]


@pytest.mark.parametrize("rater", ["observer", "therapist", "supervisor"])
def test_a_form_about_others_may_name_them(rater: str) -> None:
    assert _by(rater).administrations[0].person == "d"


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class _Wider(alliance.Record):
    more: Extensions


def test_every_object_of_a_record_is_read_only_whatever_its_name() -> None:
    given: dict[str, list[Any]] = {"a": [1, {"b": 2}]}
    more = _Wider(id="w", more=given).more
    given["a"].append(3)
    assert more["a"][:1] == (1,)
    assert len(more["a"]) == 2
    with pytest.raises(TypeError):
        more["c"] = 1  # type: ignore[index]
