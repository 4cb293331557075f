"""Courses as plain data that have one fault each: where it is, and what is told of it."""

from typing import Any

Plain = dict[str, Any]
NO = "no {} of this course has this id"
UNKNOWN = NO.format("participant")

P = {"id": "c", "role": "client"}
T = {"id": "t", "role": "therapist"}
GONE = {"id": "x", "amends": "g"}
FORM = {"id": "f", "measure": "m", "session": 1, "rater": "client", "answers": {"1": 1}}
RATING = {"value": 1, "low": 0, "high": 4}
BOND = {"id": "b", "of": "c", "toward": "t", "facet": "trust", "rating": RATING}
FAULTS: dict[str, tuple[Plain, str, str]] = {
    "an unknown participant": (
        {"goals": [{"id": "g", "proposed_by": ["c", "who"]}], "participants": [P]},
        "$.goals[0].proposed_by[1]",
        UNKNOWN,
    ),
    "a record of another kind": (
        {"goals": [{"id": "g", "proposed_by": ["g"]}]},
        "$.goals[0].proposed_by[0]",
        UNKNOWN,
    ),
    "an agreement dated before the goal": (
        {
            "participants": [P],
            "goals": [{"id": "g", "date": "2026-03-02"}],
            "agreements": [
                {"id": "a", "about": "g", "by": "c", "agrees": True, "date": "2026-03-01"}
            ],
        },
        "$.agreements[0].date",
        "before what it is about",
    ),
    "an agreement dated before the session of the goal": (
        {
            "participants": [P],
            "sessions": [{"id": "s", "number": 2, "date": "2026-03-09"}],
            "goals": [{"id": "g", "session": 2}],
            "agreements": [
                {"id": "a", "about": "g", "by": "c", "agrees": True, "date": "2026-03-08"}
            ],
        },
        "$.agreements[0].date",
        "before what it is about",
    ),
    "an agreement in a session before the date of the goal": (
        {
            "participants": [P],
            "sessions": [{"id": "s", "number": 1, "date": "2026-03-02"}],
            "goals": [{"id": "g", "date": "2026-03-03"}],
            "agreements": [{"id": "a", "about": "g", "by": "c", "agrees": True, "session": 1}],
        },
        "$.agreements[0].session",
        "before what it is about",
    ),
    "an agreement in a session before that of the goal": (
        {
            "participants": [P],
            "goals": [{"id": "g", "session": 3}],
            "agreements": [{"id": "a", "about": "g", "by": "c", "agrees": True, "session": 2}],
        },
        "$.agreements[0].session",
        "before what it is about",
    ),
    "two sessions with one number": (
        {"sessions": [{"id": "a", "number": 1}, {"id": "b", "number": 1}]},
        "$.sessions[1].number",
        "is the number of $.sessions[0], too",
    ),
    "dates that run backwards": (
        {
            "sessions": [
                {"id": "b", "number": 2, "date": "2026-03-01"},
                {"id": "a", "number": 1, "date": "2026-03-02"},
            ]
        },
        "$.sessions[0].date",
        "before that of session 1",
    ),
    "a task that serves a goal of another course": (
        {"tasks": [{"id": "k", "kind": "homework", "serves": ["g-of-other"]}]},
        "$.tasks[0].serves[0]",
        NO.format("goal"),
    ),
    "a rating off its scale": (
        {"participants": [P, T], "bonds": [{**BOND, "rating": {"value": 5, "low": 0, "high": 4}}]},
        "$.bonds[0].rating.value",
        "not on its scale, 0 to 4",
    ),
    "a scale upside down": (
        {"participants": [P, T], "bonds": [{**BOND, "rating": {"value": 1, "low": 4, "high": 0}}]},
        "$.bonds[0].rating.low",
        "not below high",
    ),
    "a number in place of a rating": (
        {"participants": [P, T], "bonds": [{**BOND, "rating": 4}]},
        "$.bonds[0].rating",
        "not a Rating",
    ),
    "a later schema": (
        {"schema": 2},
        "$.schema",
        "a later schema of a course; this version reads up to 1",
    ),
    "a schema that is none": ({"schema": True}, "$.schema", "not a whole number of 1 or more"),
    "two forms with one key": (
        {"administrations": [FORM, {**FORM, "id": "f2"}]},
        "$.administrations[1]",
        "has the session, measure, rater, person and occasion of $.administrations[0], too",
    ),
    "a person in another role": (
        {"participants": [T], "administrations": [{**FORM, "person": "t"}]},
        "$.administrations[0].person",
        "is no participant in the rater's role",
    ),
    "one id twice": (
        {"participants": [P, P]},
        "$.participants[1].id",
        "is the id of $.participants[0], too",
    ),
    "one id in two sections": (
        {"participants": [P], "goals": [{"id": "c"}]},
        "$.goals[0].id",
        "is the id of $.participants[0], too",
    ),
    "a truth value as a number": (
        {"sessions": [{"id": "s", "number": True}]},
        "$.sessions[0].number",
        "",
    ),
    "a text as a number": ({"sessions": [{"id": "s", "number": "1"}]}, "$.sessions[0].number", ""),
    "a float as a session": (
        {"sessions": [{"id": "s", "number": 1.0}]},
        "$.sessions[0].number",
        "",
    ),
    "a number as a date": ({"goals": [{"id": "s", "date": 20260301}]}, "$.goals[0].date", ""),
    "a week as a date": ({"goals": [{"id": "s", "date": "2026-W01-1"}]}, "$.goals[0].date", ""),
    "a date with blanks": ({"goals": [{"id": "s", "date": "20260301  "}]}, "$.goals[0].date", ""),
    "a day that is none": ({"goals": [{"id": "s", "date": "2026-02-30"}]}, "$.goals[0].date", ""),
    "a section that is an object": ({"goals": {}}, "$.goals", "not a list"),
    "a section that is null": ({"goals": None}, "$.goals", "not a list"),
    "a record that is a text": ({"goals": ["g"]}, "$.goals[0]", "not an object"),
    "a list that is a text": (
        {"goals": [{"id": "g", "proposed_by": "c"}]},
        "$.goals[0].proposed_by",
        "not a list",
    ),
    "a list that is null": (
        {"goals": [{"id": "g", "proposed_by": None}]},
        "$.goals[0].proposed_by",
        "not a list",
    ),
    "a person twice": (
        {"participants": [P], "goals": [{"id": "g", "proposed_by": ["c", "c"]}]},
        "$.goals[0].proposed_by[1]",
        "stands there twice",
    ),
    "no id": ({"goals": [{}]}, "$.goals[0].id", "missing"),
    "no case": ({"case": None}, "$.case", ""),
    "a control character": ({"goals": [{"id": "g", "text": "a\x00"}]}, "$.goals[0].text", ""),
    "half of a surrogate pair": ({"goals": [{"id": "g", "text": "\ud800"}]}, "$.goals[0].text", ""),
    "a text without end": ({"goals": [{"id": "g", "text": "a" * 20_001}]}, "$.goals[0].text", ""),
    "an empty text": ({"goals": [{"id": "g", "text": ""}]}, "$.goals[0].text", ""),
    "an id with a line break": ({"goals": [{"id": "g\n"}]}, "$.goals[0].id", ""),
    "answers in a list": (
        {"administrations": [{**FORM, "answers": [1]}]},
        "$.administrations[0].answers",
        "",
    ),
    "an answer in words": (
        {"administrations": [{**FORM, "answers": {"1": "x"}}]},
        "$.administrations[0].answers, answer 1",
        "neither a number nor null",
    ),
    "a correction of a retracted record": (
        {"goals": [{"id": "g"}, {"id": "g2", "amends": "g"}], "retractions": [GONE]},
        "$.goals[1].amends",
        "$.retractions[0] amends the same record: retract one of the two",
    ),
    "an amendment of itself": (
        {"goals": [{"id": "g", "amends": "g"}]},
        "$.goals[0].amends",
        "amendments run in a circle",
    ),
    "an amendment of nothing": (
        {"goals": [{"id": "g", "amends": "h"}]},
        "$.goals[0].amends",
        NO.format("goal"),
    ),
    "a retraction of nothing": (
        {"retractions": [{"id": "g", "amends": "h"}]},
        "$.retractions[0].amends",
        NO.format("record"),
    ),
}
"""What is given, the path, and the rule; an empty one is that of the kind of value."""
