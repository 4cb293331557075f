"""Course documents: written and read as they were; what is wrong is told all at once."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.codec.course_faults import BOND, FAULTS, FORM, P, Plain, T
from tests.codec.examples import told
from therapeutic_alliance.codec.limits import MAX_COURSE_BYTES, MAX_DEPTH
from therapeutic_alliance.model.alliance.plain import MAX_LEVELS
from therapeutic_alliance.testing import whole_courses

MANY = 100_000


def _loads(data: object) -> ta.Course:
    return ta.loads("course", json.dumps(data))


def _told(**said: Any) -> list[tuple[str, str]]:
    return told(lambda: _loads({"case": "x", **said}))


@given(whole_courses(), st.sampled_from([None, 0, 2]))
def test_round_trip(course: ta.Course, indent: int | None) -> None:
    text = ta.dumps(course, indent=indent)
    again = ta.loads("course", text)
    assert again == course
    assert hash(again) == hash(course)
    assert ta.dumps(again, indent=indent) == text
    assert ta.loads("course", text.encode()) == course
    assert ta.loads("course", b"\xef\xbb\xbf" + text.encode()) == course


@given(whole_courses(), st.randoms(use_true_random=False))
def test_neither_records_nor_names_have_an_order(course: ta.Course, order: random.Random) -> None:
    def shuffled(value: Any, level: int = 0) -> Any:
        if isinstance(value, dict):
            items = order.sample(list(value.items()), len(value))
            return {name: shuffled(each, level + 1) for name, each in items}
        if isinstance(value, list) and level == 1:  # lists within a record are as they are
            return order.sample([shuffled(each, level + 1) for each in value], len(value))
        return value

    data = json.loads(ta.dumps(course))
    head = data.pop("extensions", None)
    again = shuffled(data) | ({} if head is None else {"extensions": head})
    assert _loads(again) == course


@given(whole_courses())
def test_what_is_not_known_is_left_out(course: ta.Course) -> None:
    data = json.loads(ta.dumps(course))
    assert next(iter(data.items())) == ("schema", 1)
    for value in data.values():
        for record in value if isinstance(value, list) else ():
            assert [name for name, each in record.items() if each in (None, [], {})] in (
                [],
                ["codes"],
                ["answers"],
            )


def _nested(levels: int) -> Any:
    return [_nested(levels - 1)] if levels > 1 else []


ODD: list[Any] = [
    {"": "", " ": " ", "a.b": 1, "É\u200d👩🏽": "\u2028", "__proto__": {"constructor": []}},
    {"n": [2**63, -(2**63) - 1, 10**300, 0.1, 1e308, 5e-324, -0.0, 1.0]},
    {"n": [None, True, False, {}, [], [[]], "\\u0000", "</script>", "NaN"]},
    {"deep": _nested(MAX_LEVELS - 1)},
    {"id": "c", "case": 1, "schema": 2, "extensions": {"extensions": {}}},
]


@pytest.mark.parametrize("odd", ODD, ids=["names", "numbers", "values", "depth", "own names"])
def test_whatever_stands_under_extensions_survives(odd: Plain) -> None:
    record = {"id": "c", "role": "client", "extensions": odd}
    for data in (
        {"schema": 1, "case": "x", "extensions": odd},
        {"schema": 1, "case": "x", "participants": [record]},
    ):
        text = ta.dumps(_loads(data))
        assert text == json.dumps(data, ensure_ascii=False)
        assert ta.dumps(ta.loads("course", text)) == text


def test_deeper_extensions_are_refused() -> None:
    assert [path for path, _ in _told(extensions={"deep": _nested(MAX_LEVELS)})] == ["$.extensions"]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" + "0" * 400, "-1" + "0" * 400])
@pytest.mark.parametrize("wrapped", ["{}", "[{}]", '{{"a": [{}]}}'])
def test_numbers_beyond_all_floats_are_refused(number: str, wrapped: str) -> None:
    text = '{"case": "x", "extensions": {"n": ' + wrapped.format(number) + "}}"
    [(path, _)] = told(lambda: ta.loads("course", text))
    assert path == "$.extensions"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_path(name: str) -> None:
    said, path, rule = FAULTS[name]
    [(place, words)] = _told(**said)
    assert place == path
    assert words == rule or not rule


def test_a_case_within_an_administration_is_an_unknown_field() -> None:
    [(path, rule)] = _told(administrations=[{**FORM, "case": "other"}])
    assert path == "$.administrations[0]"
    assert rule.startswith("field 6 is not one of amends, answers, ")


def test_circles_are_told_each() -> None:
    goals = [{"id": a, "amends": b} for a, b in map(tuple, ("ab", "ba", "cd", "de", "ec"))]
    assert sorted(path for path, _ in _told(goals=goals)) == [
        f"$.goals[{n}].amends" for n in range(5)
    ]


@pytest.mark.parametrize(
    ("session", "told_of_it"),
    [
        ({"id": "b", "number": 1, "date": "soon"}, ["$.sessions[1].date", "$.sessions[1].number"]),
        ({"id": "b", "number": 1, "room": 4}, ["$.sessions[1]", "$.sessions[1].number"]),
        ({"id": "b", "number": 1, "amends": 4}, ["$.sessions[1].amends"]),
        ({"id": "b", "number": "1"}, ["$.sessions[1].number"]),
    ],
)
def test_a_malformed_record_is_held_against_others_as_far_as_it_says_which_it_is(
    session: Plain, told_of_it: list[str]
) -> None:
    """What it amends is a part of that: it could be a correction of the other session."""
    first = {"id": "a", "number": 1}
    assert [path for path, _ in _told(sessions=[first, session])] == told_of_it


def test_a_malformed_record_is_told_what_else_is_wrong_with_it() -> None:
    """Who it names is looked up all the same, its id is known, and is told if it stands twice."""
    malformed = {
        "id": "k",
        "kind": "chore",
        "serves": ["g", "gone"],
        "proposed_by": ["who"],
        "amends": "k0",
    }
    problems = _told(
        goals=[{"id": "g"}],
        tasks=[malformed],
        task_reviews=[{"id": "r", "task": "k", "done": "yes"}],
        sessions=[{"id": "k", "number": 1}],
    )
    assert sorted(path for path, _ in problems) == [
        "$.sessions[0].id",
        "$.tasks[0].amends",
        "$.tasks[0].kind",
        "$.tasks[0].proposed_by[0]",
        "$.tasks[0].serves[1]",
    ]


def test_all_faults_of_one_document_are_told_at_once() -> None:
    """Each section holds what the faults above held alone, under ids of its own."""
    whole: Plain = {"case": "x", "participants": [P, T], "unknown": 1}
    sessions = [
        {"id": "s1", "number": 1, "date": "2026-03-02"},
        {"id": "s2", "number": 1},
        {"id": "s3", "number": 2, "date": "2026-03-01"},
        {"id": "s4", "number": "4"},
    ]
    goals = [
        {"id": "g1", "date": "2026-03-02"},
        {"id": "g2", "amends": "g3"},
        {"id": "g3", "amends": "g2"},
        {"id": "g4", "proposed_by": ["who"]},
        {"id": "c"},
        {"id": "g5", "text": "\x00", "proposed_by": ["who"]},
    ]
    forms = [
        FORM,
        {**FORM, "id": "f2"},
        {**FORM, "id": "f3", "person": "t"},
        {**FORM, "id": "f4", "case": "y", "answers": {"1": True}},
    ]
    agreements = [{"id": "a", "about": "g1", "by": "c", "agrees": True, "date": "2026-03-01"}]
    tasks = [{"id": "k", "kind": "homework", "serves": ["g-of-other"]}]
    bonds = [
        {**BOND, "rating": {"value": 5, "low": 0, "high": 4}},
        {**BOND, "id": "b2", "toward": "c"},
    ]
    problems = _told(
        **whole, sessions=sessions, goals=goals, administrations=forms, agreements=agreements,
        tasks=tasks, bonds=bonds, links={}, extensions=[],
    )  # fmt: skip
    assert sorted(path for path, _ in problems) == sorted([
        "$", "$.links", "$.extensions",
        "$.sessions[1].number", "$.sessions[2].date", "$.sessions[3].number",
        "$.goals[1].amends", "$.goals[2].amends", "$.goals[3].proposed_by[0]", "$.goals[4].id",
        "$.goals[5].text", "$.goals[5].proposed_by[0]",
        "$.administrations[1]", "$.administrations[2].person", "$.administrations[3]",
        "$.administrations[3].answers, answer 1", "$.agreements[0].date", "$.tasks[0].serves[0]",
        "$.bonds[0].rating.value", "$.bonds[1].toward",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("[]", "course: not an object"),
        ("null", "course: not an object"),
        ('"x"', "course: not an object"),
        ('{"case": "x", "case": "x"}', "a name stands twice in one object"),
        ('{"case": "x", "extensions": {"a": 1, "a": 1}}', "a name stands twice in one object"),
        ('{"case": "x", "extensions": {"a": NaN}}', "NaN and Infinity are not numbers of JSON"),
        ('{"case": -Infinity}', "NaN and Infinity are not numbers of JSON"),
        ('{"case": "x"', "not JSON, from line 1, column 13"),
        ("", "not JSON, from line 1, column 1"),
        ('{"case": "x"} {}', "not JSON: something follows the document"),
        ('{"case": "x", "extensions": {"a": ' + "9" * 5_000 + "}}", "a number is too long"),
        (b'{"case": "\xff"}', "not UTF-8, from byte 10"),
        ('{"case": "x"}'.encode("utf-16"), "not UTF-8, from byte 0"),
        ('{"a":' * 33 + "1" + "}" * 33, f"nested deeper than {MAX_DEPTH} levels"),
        ("[" * 100_000, f"nested deeper than {MAX_DEPTH} levels"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_no_document(source: str | bytes, rule: str) -> None:
    assert told(lambda: ta.loads("course", source)) == [("", rule)]


def test_a_course_is_read_up_to_its_own_limit(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    with file.open("wb") as large:
        large.truncate(1 << 40)  # a sparse tebibyte
    with pytest.raises(ta.DocumentError, match=f"longer than {MAX_COURSE_BYTES} bytes"):
        ta.read_course(file)


def test_a_refused_file_is_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    for content in (
        b'{"case": "x", "goals": [{"id": "g", "unheard-of": "\xc3\xa9"}]}  ',
        b"\xff",
        b"",
    ):
        file.write_bytes(content)
        with pytest.raises(ta.DocumentError) as caught:
            ta.read_course(file)
        assert {problem.file for problem in caught.value.problems} == {"x.json"}
        assert file.read_bytes() == content


def _long(sessions: int) -> Plain:
    return {
        "schema": 1,
        "case": "x",
        "participants": [P, T],
        "sessions": [{"id": f"s{n}", "number": n} for n in range(1, sessions + 1)],
        "administrations": [
            {**FORM, "id": f"f{n}", "session": n, "person": "c"} for n in range(1, sessions + 1)
        ],
        "bonds": [{**BOND, "id": f"b{n}", "session": n} for n in range(1, sessions + 1)],
    }


@pytest.mark.slow
def test_a_hundred_thousand_sessions() -> None:
    course = _loads(_long(MANY))
    text = ta.dumps(course)
    assert ta.loads("course", text) == course
    assert len(course.current().bonds) == MANY


@pytest.mark.slow
def test_a_hundred_thousand_faults() -> None:
    """In every session; were each looked for among all others, this would take hours."""
    data = _long(MANY)
    for n in range(MANY):
        data["sessions"][n]["number"] = n // 2 + 1
        data["bonds"][n]["of"] = "who"
        data["administrations"][n]["session"] = 1
    problems = told(lambda: _loads(data))
    assert len(problems) == MANY // 2 + MANY + MANY - 1
    data["participants"].append({"id": 1})
    assert len(told(lambda: _loads(data))) == MANY // 2 + MANY + MANY - 1 + 2
