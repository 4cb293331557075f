"""What holds of every indicator, whatever the course."""

import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.dossier import PEOPLE, a, bonds, course, dense, values
from therapeutic_alliance.course.indicators import DEFINITIONS, Indicator
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing.course_strategy import whole_courses

BOUNDS = re.compile(r", (-?\d) to (\d)$")
OF_COURSES = [each for each in DEFINITIONS if each.of == "course"]
OF_SERIES = [each for each in DEFINITIONS if each.of == "series"]

any_course = st.one_of(dense(), whole_courses())


def same(one: ta.Course, other: ta.Course) -> bool:
    return ta.indicators(one) == ta.indicators(other)


def sections(of: ta.Course) -> dict[str, Any]:
    return {section: getattr(of, section) for section in SECTIONS}


def test_ids_are_unique_and_every_claim_is_known() -> None:
    assert len({each.id for each in DEFINITIONS}) == len(DEFINITIONS)
    assert {id_ for each in DEFINITIONS for id_ in each.claims} <= ta.vocabulary.CLAIMS.keys()


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_without_data_there_is_no_number_and_a_reason(definition: Any) -> None:
    empty = ta.Course(case="case-1")
    nothing = empty if definition.of == "course" else ta.Series.of([], low=1, high=5)
    [indicator] = definition.compute(nothing)
    assert indicator.value is None
    assert indicator.about == ()
    assert indicator.n == 0
    assert indicator.why.startswith("not enough data: ")


def _is_sound(indicator: Indicator) -> None:
    if indicator.value is None:
        assert indicator.why.startswith(("not enough data: ", "no peak: "))
        return
    assert indicator.n > 0
    assert not indicator.why.startswith("not enough data")
    bounds = BOUNDS.search(indicator.unit)
    low, high = map(int, bounds.groups()) if bounds else (None, None)
    assert low is None or low - 1e-9 <= indicator.value
    assert high is None or indicator.value <= high + 1e-9
    assert type(indicator.value) is float


@given(any_course)
def test_a_number_lies_in_its_range_and_rests_on_something(of: ta.Course) -> None:
    for indicator in ta.indicators(of):
        _is_sound(indicator)


@given(st.lists(st.one_of(st.none(), st.floats(1, 5)), max_size=12))
def test_so_does_one_of_a_series(scores: list[float | None]) -> None:
    for indicator in ta.indicators(ta.Series.of(scores, low=1, high=5)):
        _is_sound(indicator)


@given(any_course)
def test_each_definition_says_something_once(of: ta.Course) -> None:
    said = [(each.id, each.about) for each in ta.indicators(of)]
    assert len(set(said)) == len(said)
    assert {id_ for id_, _ in said} == {each.id for each in OF_COURSES}


def test_a_series_has_indicators_of_its_own() -> None:
    series = ta.Series.of([3.0, 4.0], low=1, high=5)
    assert [each.id for each in ta.indicators(series)] == [each.id for each in OF_SERIES]


@given(dense(), st.randoms())
def test_the_order_of_records_does_not_matter(of: ta.Course, random: Any) -> None:
    shuffled = {
        name: random.sample(records, len(records)) for name, records in sections(of).items()
    }
    assert same(of, ta.Course(case=of.case, **shuffled))


@given(dense())
def test_a_corrected_record_counts_once(of: ta.Course) -> None:
    """Everything but people is entered wrongly first, and then corrected."""
    kept = sections(of)
    for name in ("bonds", "check_ins", "events", "preferences", "reports", "codes", "skills"):
        kept[name] = [
            version
            for record in kept[name]
            for version in (record, evolve(record, id=f"{record.id}-new", amends=record.id))
        ]
    corrected = ta.Course(case=of.case, **kept)
    assert same(of, corrected)
    one_by_one = [found for each in OF_COURSES for found in each.compute(corrected)]
    assert one_by_one == list(ta.indicators(of))


@given(dense())
def test_what_has_nothing_to_do_with_it_changes_nothing(of: ta.Course) -> None:
    burnout = a.Characteristic(id="x1", of="t", aspect="burnout", rating=a.Rating(9, 0, 10))
    more = {
        "participants": [*of.participants, a.Participant(id="o", role="observer")],
        "links": [a.Link(id="x2", kind="supervision", case="case-2")],
        "characteristics": [burnout],
        "terminations": [a.Termination(id="x3", by=("c",))],
        "events": [*of.events, a.Event(id="x4", kind="life-event", by=("c",))],
    }
    assert same(of, ta.Course(case=of.case, **{**sections(of), **more}))


@given(whole_courses())
def test_free_text_and_extensions_are_not_read(of: ta.Course) -> None:
    current = of.current()
    assert same(current, current.without_free_text())


def _renamed(bond: Any) -> Any:
    names = [name for name in ("of", "toward", "by") if getattr(bond, name) == "t"]
    return evolve(bond, **dict.fromkeys(names, "b"))


@given(bonds())
def test_asymmetry_changes_its_sign_when_the_two_change_places(of: list[Any]) -> None:
    """The therapist is renamed, so as to come before the client by id."""
    people: Any = [evolve(each, id="b") if each.id == "t" else each for each in PEOPLE]
    renamed: Any = [_renamed(bond) for bond in of]
    one = values(course(bonds=of), "bond-asymmetry")
    other = values(ta.Course(case="case-1", participants=people, bonds=renamed), "bond-asymmetry")
    for (facet, *dyad), value in one.items() if () not in one else ():
        if "t" in dyad:
            [client] = {*dyad} - {"t"}
            assert other[facet, "b", client] == (None if value is None else -value)
