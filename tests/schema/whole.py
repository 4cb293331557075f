"""A course in which every section has a record with every field; all of it is made up."""

import copy
import json
from typing import Any

Plain = dict[str, Any]

_RATING = {"value": 4, "low": 1, "high": 5}
_DAY = "2026-03-02"
_OTHERS: Plain = {"acme": {"colour": "green", "list": [1, 2.5, None, True, {"deep": []}]}}

_RECORDS: dict[str, Plain] = {
    "participants": {"role": "client", "relation": "mother", "agency": "clinic-1"},
    "links": {"kind": "same-family", "case": "c2"},
    "sessions": {"number": 2, "date": _DAY, "minutes": 50, "attended": ["c", "t"]},
    "administrations": {
        "measure": "wai-sr", "session": 2, "rater": "client", "answers": {"1": 5, "2": None},
        "date": _DAY, "measure_version": "2006", "person": "c", "occasion": "post",
    },
    "goals": {"session": 2, "date": _DAY, "proposed_by": ["c", "t"], "text": "sleep\nbetter"},
    "goal_reviews": {
        "session": 3, "date": _DAY, "goal": "goals-1", "by": "c", "status": "partly-attained",
        "clarity": _RATING, "attainment": _RATING,
    },
    "tasks": {
        "session": 2, "date": _DAY, "kind": "homework", "serves": ["goals-1"],
        "proposed_by": ["t"], "text": "a diary",
    },
    "task_reviews": {"session": 3, "date": _DAY, "task": "tasks-1", "done": "partly", "by": "c"},
    "understandings": {
        "session": 2, "date": _DAY, "kind": "formulation", "proposed_by": ["t"], "text": "worry",
    },
    "agreements": {
        "session": 3, "date": _DAY, "about": "tasks-1", "by": "c", "agrees": True,
        "strength": _RATING,
    },
    "preferences": {
        "session": 2, "date": _DAY, "of": "c", "about": "pace", "met": False, "text": "slower",
    },
    "bonds": {
        "session": 2, "date": _DAY, "of": "c", "facet": "trust", "rating": _RATING,
        "toward": "t", "by": "c",
    },
    "skills": {
        "session": 2, "date": _DAY, "of": "t", "skill": "positive-regard", "rating": _RATING,
        "part": "unconditionality", "by": "c",
    },
    "characteristics": {
        "session": 2, "date": _DAY, "of": "t", "aspect": "burnout", "rating": _RATING,
        "category": "low", "text": "a full week", "by": "t",
    },
    "events": {
        "session": 2, "date": _DAY, "kind": "disclosure", "by": ["c"], "toward": ["t"],
        "about": ["emotion"], "depth": "personal", "minutes": 5, "noticed_by": ["t"],
        "noticed": 3, "addressed": 3, "helpful": True, "inferred": True,
        "feelings": ["relief"], "note": "late",
    },
    "check_ins": {
        "session": 2, "date": _DAY, "begun_by": "t", "explicit": True, "topics": ["bond"],
        "moment": "end", "answered": True, "feelings": ["joy"], "cadence": 4, "note": "short",
    },
    "reflections": {
        "session": 2, "date": _DAY, "by": "t", "toward": "c", "prompt": "opening-up",
        "answer": "unsure", "rating": _RATING, "count": 0, "entries": ["one", "one"],
        "tags": ["bias"],
    },
    "reports": {
        "session": 2, "date": _DAY, "by": "c", "rupture": True, "intensity": _RATING,
        "resolution": _RATING,
    },
    "codes": {
        "session": 2, "date": _DAY, "system": "3rs", "codes": ["minimal-response"], "segment": 1,
        "by": "t", "of": "c", "polarity": "+", "rating": _RATING, "text": "a pause",
    },
    "terminations": {
        "session": 9, "date": _DAY, "kind": "planned", "by": ["c"], "reason": "goals reached",
    },
    "retractions": {
        "session": 9, "date": _DAY, "amends": "goals-2", "by": "t", "reason": "another case",
    },
}  # fmt: skip


def record(section: str) -> Plain:
    """A record of a section, with all its fields."""
    amends = {} if section == "retractions" else {"amends": f"{section}-0"}
    whole = {"id": f"{section}-1", **amends, **_RECORDS[section], "extensions": _OTHERS}
    return copy.deepcopy(whole)


def whole_course() -> Plain:
    """A valid document in which every section holds a record that corrects an earlier one."""
    persons = [{"id": "c", "role": "client"}, {"id": "t", "role": "therapist"}]
    document: Plain = {"schema": 1, "case": "c1", "system": "individual"}
    for section in _RECORDS:
        later = record(section)
        earlier = {**later, "id": f"{section}-0"}
        earlier.pop("amends", None)
        document[section] = [earlier, later]
    document["goals"].append({"id": "goals-2"})
    document["retractions"] = [record("retractions")]
    document["participants"][:0] = persons
    document["extensions"] = copy.deepcopy(_OTHERS)
    return document


def minimal_course() -> Plain:
    """The least that is a course."""
    return {"case": "c1"}


def as_text(document: object) -> str:
    """JSON that also has numbers which no float holds."""
    return json.dumps(document).replace("Infinity", "1e999")
