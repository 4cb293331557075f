"""Documents that are no courses: each is a good one with one thing changed."""

from collections.abc import Sequence
from typing import Any

from tests.schema.whole import Plain, whole_course

GONE = object()
Place = Sequence[str | int]

CHANGES: dict[str, tuple[Place, Any]] = {
    "no case": (["case"], GONE),
    "a case that is null": (["case"], None),
    "a case with a space": (["case"], "Jane Doe"),
    "a case that ends its line": (["case"], "c1\n"),
    "a case of 65 characters": (["case"], "c" * 65),
    "an empty case": (["case"], ""),
    "an unknown section": (["patients"], []),
    "a name of a person": (["participants", 0, "name"], "someone"),
    "a date of birth": (["participants", 0, "birth_date"], "1990-01-01"),
    "a schema number as text": (["schema"], "1"),
    "a later schema": (["schema"], 2),
    "schema 0": (["schema"], 0),
    "an unknown system": (["system"], "team"),
    "a section that is an object": (["goals"], {}),
    "a section that is null": (["goals"], None),
    "a record that is a text": (["goals", 0], "goals-0"),
    "a record that is null": (["goals", 0], None),
    "a record without an id": (["goals", 0, "id"], GONE),
    "an id that is a number": (["goals", 0, "id"], 7),
    "an unknown field": (["goals", 0, "title"], "sleep"),
    "an unknown role": (["participants", 0, "role"], "mother"),
    "a role with a capital": (["participants", 0, "role"], "Client"),
    "a participant without a role": (["participants", 0, "role"], GONE),
    "session 0": (["sessions", 0, "number"], 0),
    "a negative session": (["goals", 0, "session"], -1),
    "half a session": (["goals", 0, "session"], 1.5),
    "a session as text": (["goals", 0, "session"], "2"),
    "a session that is true": (["goals", 0, "session"], True),
    "a session beyond all": (["goals", 0, "session"], 1_000_000_000),
    "no minutes at all": (["sessions", 0, "minutes"], 0),
    "a day that there is not": (["sessions", 0, "date"], "2026-02-30"),
    "a day in another order": (["sessions", 0, "date"], "02.03.2026"),
    "a day with a time": (["sessions", 0, "date"], "2026-03-02T10:00:00Z"),
    "a week in place of a day": (["sessions", 0, "date"], "2026-W09-7"),
    "a date that is a number": (["sessions", 0, "date"], 20260302),
    "someone there twice": (["sessions", 0, "attended"], ["c", "c"]),
    "one person in place of a list": (["sessions", 0, "attended"], "c"),
    "nobody in a list": (["sessions", 0, "attended"], [None]),
    "no answers": (["administrations", 0, "answers"], GONE),
    "answers in a list": (["administrations", 0, "answers"], [5, 4]),
    "an answer as text": (["administrations", 0, "answers", "1"], "5"),
    "an answer that is true": (["administrations", 0, "answers", "1"], True),
    "an answer beyond all numbers": (["administrations", 0, "answers", "1"], float("inf")),
    "an item id with a space": (["administrations", 0, "answers", "item 1"], 5),
    "an unknown occasion": (["administrations", 0, "occasion"], "during"),
    "an empty version": (["administrations", 0, "measure_version"], ""),
    "an empty text": (["goals", 0, "text"], ""),
    "a text too long": (["goals", 0, "text"], "x" * 20_001),
    "a control character": (["goals", 0, "text"], "bell \a"),
    "a text that is a list": (["goals", 0, "text"], ["sleep"]),
    "an agreement as text": (["agreements", 0, "agrees"], "yes"),
    "an agreement as a number": (["agreements", 0, "agrees"], 1),
    "an agreement with nothing": (["agreements", 0, "about"], GONE),
    "a rating without its scale": (["bonds", 0, "rating"], 4),
    "a rating without an end": (["bonds", 0, "rating", "high"], GONE),
    "a rating as text": (["bonds", 0, "rating", "value"], "4"),
    "a rating with a label": (["bonds", 0, "rating", "label"], "much"),
    "a bond of nobody": (["bonds", 0, "of"], GONE),
    "a facet with a capital": (["bonds", 0, "facet"], "Trust"),
    "a facet of two words": (["bonds", 0, "facet"], "trust in process"),
    "a facet that is null": (["bonds", 0, "facet"], None),
    "an unknown depth": (["events", 0, "depth"], "deep"),
    "an inference that is null": (["events", 0, "inferred"], None),
    "an unknown polarity": (["codes", 0, "polarity"], "0"),
    "no codes": (["codes", 0, "codes"], GONE),
    "a code twice": (["codes", 0, "codes"], ["validation", "validation"]),
    "a count below 0": (["reflections", 0, "count"], -1),
    "an entry that is empty": (["reflections", 0, "entries"], [""]),
    "an unknown state of a goal": (["goal_reviews", 0, "status"], "done"),
    "a task of no kind": (["tasks", 0, "kind"], GONE),
    "a retraction of nothing": (["retractions", 0, "amends"], None),
    "extensions in a list": (["extensions"], [1]),
    "extensions of a record in a text": (["goals", 0, "extensions"], "green"),
    "a control character in extensions": (["extensions", "\a"], 1),
}
"""What is changed, by what is wrong then."""


def broken(name: str) -> Plain:
    """The document with what is wrong in it."""
    (*outer, last), value = CHANGES[name]
    document: Any = whole_course()
    holder = document
    for step in outer:
        holder = holder[step]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return dict(document)


def path_of(name: str) -> str:
    """Where it is wrong, as our reader writes it."""
    place, _ = CHANGES[name]
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
