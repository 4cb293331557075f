"""Corrections and retractions: which records hold, against an oracle that applies them singly."""

import random
from collections.abc import Callable
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
DEEP = 100_000
CIRCLE = "amendments run in a circle"
C = alliance.Participant(id="c", role="client")
T = alliance.Participant(id="t", role="therapist")


def _records(course: ta.Course) -> dict[str, Record]:
    return {entry.record.id: entry.record for entry in course.entries()}


def _applied(course: ta.Course) -> dict[str, Record]:
    """What is left when amendments that nothing amends are applied one after another.

    A retraction takes the record away, and what had replaced it.
    """
    left = _records(course)
    replaced: dict[str, Record] = {}
    retracted: set[str] = set()
    while amending := {each.amends: each for each in left.values() if each.amends}:
        leaf = next(each for each in amending.values() if each.id not in amending)
        del left[leaf.id]
        assert leaf.amends
        if leaf.id in retracted:
            continue
        if isinstance(leaf, alliance.Retraction):
            retracted.add(leaf.amends)
        else:
            replaced[leaf.amends] = replaced.get(leaf.id, leaf)
    return {id_: replaced.get(id_, each) for id_, each in left.items() if id_ not in retracted}


def _first(records: dict[str, Record], id_: str) -> str:
    """The id of the first version of a record."""
    record = records[id_]
    if record.amends is None or isinstance(record, alliance.Retraction):
        return id_
    return _first(records, record.amends)


def _oracle(course: ta.Course) -> dict[str, Record]:
    """The records of ``current()``: those left, renamed; and none that rests on what is gone."""
    every, left = _records(course), _applied(course)
    named: dict[str, Record] = {}
    for id_, record in left.items():
        changes: dict[str, Any] = {"id": id_, "amends": None}
        for each in fields_of(type(record)):
            value = getattr(record, each.name)
            if each.refers and each.name != "amends" and value:
                firsts = [_first(every, one) for one in (value if each.many else [value])]
                kept = list(dict.fromkeys(one for one in firsts if one in left))
                if not each.many and not kept:
                    break
                changes[each.name] = kept if each.many else kept[0]
        else:
            named[id_] = evolve(record, **changes)
    return named


@given(whole_courses(most=24))
def test_what_holds_is_what_is_left_when_all_is_applied(course: ta.Course) -> None:
    current = course.current()
    assert _records(current) == _oracle(course)
    assert (current.case, current.system) == (course.case, course.system)
    assert current.extensions == course.extensions


@given(whole_courses())
def test_what_holds_holds_again(course: ta.Course) -> None:
    current = course.current()
    assert current.current() is current
    assert not any(entry.record.amends for entry in current.entries())


@given(whole_courses(), st.randoms(use_true_random=False))
def test_order_of_records_does_not_matter(course: ta.Course, order: random.Random) -> None:
    said: dict[str, Any] = {each.name: getattr(course, each.name) for each in fields_of(ta.Course)}
    for section in SECTIONS:
        said[section] = order.sample(said[section], len(said[section]))
    assert ta.Course(**said).current() == course.current()


def _goals(*amendments: tuple[str, str | None]) -> ta.Course:
    """Goals by id, each with the session of its place, and retractions: ``r`` and more."""
    return make(
        case="x",
        goals=[
            alliance.Goal(id=id_, amends=amended, session=n)
            for n, (id_, amended) in enumerate(amendments, 1)
            if id_[0] != "r"
        ],
        retractions=[
            alliance.Retraction(id=id_, amends=str(amended))
            for id_, amended in amendments
            if id_[0] == "r"
        ],
    )


@pytest.mark.parametrize(
    ("amendments", "held"),
    [
        ([("a", None)], {"a": 1}),
        ([("a", None), ("b", "a")], {"a": 2}),
        ([("a", None), ("b", "a"), ("c", "b"), ("d", "c")], {"a": 4}),
        ([("a", None), ("r", "a")], {}),
        ([("a", None), ("b", "a"), ("r", "b"), ("r2", "a")], {}),
        ([("a", None), ("b", "a"), ("c", "b"), ("r", "c"), ("r2", "b")], {"a": 1}),
        ([("a", None), ("b", "a"), ("r", "a"), ("r2", "r")], {"a": 2}),
        ([("a", None), ("r", "a"), ("r2", "r")], {"a": 1}),
        ([("a", None), ("r", "a"), ("r2", "r"), ("r3", "r2")], {}),
        ([("a", None), ("b", "a"), ("r", "b")], {"a": 1}),
        ([("a", None), ("b", "a"), ("c", "b"), ("r", "c")], {"a": 2}),
        ([("a", None), ("b", "a"), ("r", "b"), ("c", "a")], {"a": 4}),
        ([("a", None), ("r", "a"), ("r2", "a"), ("r3", "r")], {}),
        ([("z", None), ("b", "z"), ("a", "b")], {"z": 3}),
    ],
)  # fmt: skip
def test_by_hand(amendments: list[tuple[str, str | None]], held: dict[str, int]) -> None:
    current = _goals(*amendments).current()
    assert {goal.id: goal.session for goal in current.goals} == held
    assert current.retractions == ()


def test_a_correction_is_told_from_a_restored_one() -> None:
    """The correction of a retracted correction has nothing to correct, and holds all the same."""
    course = _goals(("a", None), ("b", "a"), ("r", "b"), ("r2", "r"))
    assert [goal.session for goal in course.current().goals] == [2]


def test_forks_are_refused_all_of_them() -> None:
    forks = [("a", None), ("b", "a"), ("c", "a"), ("d", "a"), ("k", None), ("l", "k"), ("m", "k")]
    rule = "amends the same record: retract one of the two"
    assert set(told(lambda: _goals(*forks))) == {
        ("$.goals[2].amends", f"$.goals[1] {rule}"),
        ("$.goals[3].amends", f"$.goals[1] {rule}"),
        ("$.goals[6].amends", f"$.goals[5] {rule}"),
    }
    settled = _goals(*forks, ("r1", "c"), ("r2", "d"), ("r3", "l"))
    assert {goal.id: goal.session for goal in settled.current().goals} == {"a": 2, "k": 7}


def test_a_fork_is_none_if_a_correction_of_one_is_retracted_too() -> None:
    """Retracting the last version restores the one before, which is a fork still."""
    forked = [("a", None), ("b", "a"), ("b2", "b"), ("c", "a"), ("r", "b2")]
    assert [path for path, _ in told(lambda: _goals(*forked))] == ["$.goals[3].amends"]


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_circles_are_refused_each_record_of_each(length: int) -> None:
    one = [(f"a{n}", f"a{(n + 1) % length}") for n in range(length)]
    other = [("b0", "b1"), ("b1", "b0"), ("beside", "b0"), ("alone", None)]
    problems = told(lambda: _goals(*one, *other))
    wrong = {path for path, rule in problems if rule == CIRCLE}
    assert {f"$.goals[{n}].amends" for n in range(length + 2)} <= wrong
    assert f"$.goals[{length + 3}].amends" not in wrong


def test_a_retraction_that_retracts_itself() -> None:
    assert told(lambda: _goals(("r", "r"))) == [("$.retractions[0].amends", CIRCLE)]


def test_a_record_is_amended_by_one_of_its_kind() -> None:
    def other_kind() -> ta.Course:
        return make(
            case="x",
            goals=[alliance.Goal(id="g"), alliance.Goal(id="h", amends="i")],
            tasks=[alliance.Task(id="i", kind="homework", amends="g")],
        )

    assert told(other_kind) == [
        ("$.goals[1].amends", "no goal of this course has this id"),
        ("$.tasks[0].amends", "no task of this course has this id"),
    ]


def test_what_names_a_retracted_record_goes_with_it() -> None:
    """But from lists it is only taken away."""
    course = make(
        case="x",
        participants=[C, T],
        sessions=[alliance.Session(id="s", number=1, attended=("c", "t"))],
        administrations=[
            alliance.FilledForm(
                id="f", measure="m", session=1, rater="therapist", person="t", answers={}
            )
        ],
        goals=[
            alliance.Goal(id="g", proposed_by=("t",)),
            alliance.Goal(id="h", proposed_by=("c", "t")),
        ],
        tasks=[alliance.Task(id="k", kind="homework", serves=("g", "h"))],
        goal_reviews=[
            alliance.GoalReview(id="gr", goal="g"),
            alliance.GoalReview(id="hr", goal="h"),
        ],
        agreements=[
            alliance.Agreement(id="ac", about="h", by="c", agrees=True),
            alliance.Agreement(id="at", about="h", by="t", agrees=True),
        ],
        retractions=[
            alliance.Retraction(id="rt", amends="t", by="t"),
            alliance.Retraction(id="rg", amends="g"),
        ],
    )
    current = course.current()
    assert sorted(_records(current)) == ["ac", "c", "h", "hr", "k", "s"]
    assert current.sessions[0].attended == ("c",)
    assert current.goals[0].proposed_by == ("c",)
    assert current.tasks[0].serves == ("h",)


def test_two_versions_of_one_record_are_named_once() -> None:
    course = make(
        case="x",
        participants=[C, evolve(C, id="c2", amends="c", relation="mother")],
        goals=[alliance.Goal(id="g", proposed_by=("c2", "c"))],
    )
    current = course.current()
    assert current.goals[0].proposed_by == ("c",)
    assert [each.relation for each in current.participants] == ["mother"]


def test_versions_of_one_participant_are_one_participant() -> None:
    """What would be refused of one person is refused of two versions of that person."""
    again = evolve(C, id="c2", amends="c")
    rating = alliance.Rating(4, 1, 5)
    form = alliance.FilledForm(
        id="f", measure="m", session=1, rater="client", person="c", answers={}
    )

    def both(**sections: Any) -> ta.Course:
        return make(case="x", participants=[C, again], **sections)

    bond = alliance.Bond(id="b", of="c", toward="c2", facet="trust", rating=rating)
    assert [path for path, _ in told(lambda: both(bonds=[bond]))] == ["$.bonds[0].toward"]
    thought = alliance.Reflection(id="r", by="c2", toward="c", prompt="on-track")
    assert [path for path, _ in told(lambda: both(reflections=[thought]))] == [
        "$.reflections[0].toward"
    ]
    forms = [form, evolve(form, id="f2", person="c2")]
    assert [path for path, _ in told(lambda: both(administrations=forms))] == [
        "$.administrations[1]"
    ]


def test_what_was_corrected_contradicts_nothing() -> None:
    """Only what holds is compared: two sessions had one number until one was corrected."""
    sessions = [
        alliance.Session(id="s1", number=1),
        alliance.Session(id="s2", number=1),
        alliance.Session(id="s3", number=2, amends="s2"),
    ]
    course = make(case="x", sessions=sessions)
    assert [(each.id, each.number) for each in course.current().sessions] == [("s1", 1), ("s2", 2)]
    retracted = alliance.Retraction(id="r", amends="s3")
    assert [path for path, _ in told(lambda: evolve(course, retractions=(retracted,)))] == [
        "$.sessions[1].number"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["corrections", "retractions"])
def test_a_long_chain_is_followed_to_its_end(kind: str) -> None:
    letter = {"corrections": "g", "retractions": "r"}[kind]
    chain = [("a", None), (f"{letter}1", "a")]
    chain += [(f"{letter}{n}", f"{letter}{n - 1}") for n in range(2, DEEP + 1)]
    [goal] = _goals(*chain).current().goals
    assert (goal.id, goal.session) == ("a", DEEP + 1 if kind == "corrections" else 1)


@pytest.mark.slow
def test_a_long_circle_is_told_whole() -> None:
    circle = [(f"g{n}", f"g{(n + 1) % DEEP}") for n in range(DEEP)]
    assert len(told(lambda: _goals(*circle))) == DEEP
