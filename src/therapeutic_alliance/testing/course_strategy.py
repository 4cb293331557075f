"""A Hypothesis strategy for whole courses, made of what the classes of records say themselves."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.people import FilledForm
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import ANY, OWN, Record
from therapeutic_alliance.model.course import SECTIONS, Course
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.validity import ID, KEBAB
from therapeutic_alliance.testing.strategies import answers

Values = dict[str, Any]
Drawn = tuple[str, Values]
"""A section, and the fields of one record of it."""

_OFTEN = ("sessions", "sessions", "goals", "goals", "tasks", "retractions")
"""Drawn more often than others, because much refers to them."""
_KINDS = st.lists(st.sampled_from([*SECTIONS, *_OFTEN]), min_size=2, max_size=6)
"""Few at a time, else none of a kind would amend another."""
_ORDINALS = st.integers(0, 3) | st.integers(0, 255)
"""In place of an id: which of the records that may be meant."""
_AMENDS = st.none() | st.none() | st.none() | _ORDINALS
_BASES = st.sampled_from([date(2026, 1, 5), date(2026, 1, 5), date(1, 1, 1), date(2024, 2, 28)])
_DAYS = st.integers(0, 6)
_LONGEST_WAIT = 50_000
"""Weeks after the first date; later sessions are dated as this one."""
_IDS = st.one_of(
    st.sampled_from(["c", "t", "1", "-", "..", "a" * 64]),
    st.text("abcXYZ019._-", min_size=1, max_size=8),
)
_TERMS = st.one_of(
    st.sampled_from(["trust", "empathy", "disclosure", "missed", "goals", "3rs", "b" * 64]),
    st.lists(st.text("az09", min_size=1, max_size=3), min_size=1, max_size=3).map("-".join),
)
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"
)
_TEXTS = st.sampled_from(["“Ça va?” 👩🏽‍⚕️", "\u202eא", "e\u0301", '"\\/'])
_NUMBERS = st.one_of(
    st.integers(-9, 9),
    st.sampled_from([2**63, -(2**53) - 1, 0.1, -0.0, 5e-324, 1.7976931348623157e308]),
    st.floats(allow_nan=False, allow_infinity=False),
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, st.text(_CHARACTERS, max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.text(_CHARACTERS, max_size=3), inner, max_size=2),
    ),
    max_leaves=4,
)
_NAMES = st.one_of(st.sampled_from(["", "é.b", "__proto__"]), st.text(_CHARACTERS, max_size=8))
_EXTENSIONS = st.dictionaries(_NAMES, _JSON, max_size=2)
_SCALES = st.one_of(
    st.sampled_from([(1, 5), (1, 7), (0, 10), (-3, 3), (0, 1)]).flatmap(
        lambda ends: st.tuples(st.integers(*ends), st.just(ends[0]), st.just(ends[1]))
    ),
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3, unique=True)
    .map(sorted)
    .map(lambda three: (three[1], three[0], three[2])),
)
_RATINGS = st.builds(lambda numbers: Rating(*numbers), _SCALES)


def whole_courses(*, most: int = 16, measure: Measure | None = None) -> st.SearchStrategy[Course]:
    """Courses with up to ``most`` records and four participants more, of every section.

    All that they refer to is there. Corrections, retractions, retractions of retractions; texts
    in any script; extensions with odd names and any values of JSON. What is drawn is invented,
    and what the rules of a course refuse is left out of it.

    With a ``measure`` all forms are of it, by raters that it accepts, with answers that it offers
    or none; without, they are of no measure that exists, and cannot be scored. Raises
    :class:`DefinitionError` while the scale of the measure is open.

    >>> import therapeutic_alliance as ta
    >>> from hypothesis import given
    >>> @given(whole_courses())
    ... def comes_back_as_it_was(course):
    ...     assert ta.loads("course", ta.dumps(course)) == course
    >>> comes_back_as_it_was()
    """
    forms = None if measure is None else _forms(measure)
    return _KINDS.flatmap(lambda kinds: courses_of(kinds, most=most, forms=forms))


@st.composite
def courses_of(
    draw: st.DrawFn,
    kinds: Sequence[str],
    *,
    most: int = 16,
    forms: st.SearchStrategy[Drawn] | None = None,
) -> Course:
    """Courses with records of these sections, goals, and what these cannot do without."""
    others = [*kinds, *(needed for each in kinds for needed in _needed(each)), "goals"]
    if forms is not None:
        others.append("administrations")

    def of(kind: str) -> st.SearchStrategy[Drawn]:
        return forms if forms is not None and kind == "administrations" else _drawn(kind)

    people = draw(st.lists(_drawn("participants"), min_size=1, max_size=4))
    count = draw(st.integers(0, most))  # else long ones would be rare
    records = st.sampled_from(others).flatmap(of)
    rest = draw(st.lists(records, min_size=count, max_size=count))
    head = [each for each in fields_of(Course) if each.name not in SECTIONS]
    return _course(draw(_fields(head)), _resolved([*people, *rest], draw(_BASES)))


def _needed(section: str) -> Iterator[str]:
    """Sections of which a record must name one."""
    for each in fields_of(SECTIONS[section]):
        if each.required and each.refers and each.refers != ANY:
            yield each.refers[0]


def _forms(measure: Measure) -> st.SearchStrategy[Drawn]:
    """Forms of a measure, within its rules."""
    own = {
        "measure": st.just(measure.id),
        "rater": st.sampled_from(measure.raters),
        "answers": answers(measure),
        "measure_version": st.sampled_from([None, measure.version]),
    }
    rest = _fields(each for each in fields_of(FilledForm) if each.name not in own)
    filled = st.builds(lambda form, values: values | form, st.fixed_dictionaries(own), rest)
    return st.tuples(st.just("administrations"), filled)


@cache
def _drawn(section: str) -> st.SearchStrategy[Drawn]:
    return st.tuples(st.just(section), _fields(fields_of(SECTIONS[section])))


def _fields(found: Iterable[Field]) -> st.SearchStrategy[Values]:
    required = {each.name: _value(each) for each in found if each.required}
    rest = {each.name: _value(each) for each in found if not each.required}
    return st.fixed_dictionaries(required, optional=rest)


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.many:
        return st.lists(_one(field), max_size=3, unique=field.unique)
    if field.refers == OWN:
        return _AMENDS
    return _one(field)


def _one(field: Field) -> st.SearchStrategy[Any]:
    """One value; in place of an id that is referred to, or of a date, a whole number."""
    if field.refers:
        return _ORDINALS
    if field.type is Rating:
        return _RATINGS
    if field.type is date:
        return _DAYS
    schema = field.kind.schema
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _MAKERS[schema["type"]](schema)


def _whole(schema: Mapping[str, Any]) -> st.SearchStrategy[int]:
    low, high = schema["minimum"], schema["maximum"]
    near = st.integers(low, min(low + 11, high))
    return st.one_of(near, near, near, st.integers(low, high))


def _string(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    free = st.one_of(_TEXTS, st.text(_CHARACTERS, min_size=1, max_size=12))
    known = {f"^{ID.pattern}$": _IDS, f"^{KEBAB.pattern}$": _TERMS}
    return known.get(schema["pattern"], free)


def _object(schema: Mapping[str, Any]) -> st.SearchStrategy[Values]:
    if schema["additionalProperties"] != {"$ref": "#/$defs/Json"}:
        return st.dictionaries(_IDS, st.none() | _NUMBERS, max_size=4)
    return _EXTENSIONS


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]] = {
    "boolean": lambda _: st.booleans(),
    "integer": _whole,
    "number": lambda _: _NUMBERS,
    "string": _string,
    "object": _object,
}


def _resolved(drawn: Sequence[Drawn], base: date) -> list[tuple[str, Record]]:
    """The records, with ids that differ, dates in the order of sessions, and references."""
    ids: dict[str, str] = {}
    for section, values in drawn:
        if values["id"] in ids:
            values["id"] = f"{values['id'][:56]}.{len(ids)}"
        ids[values["id"]] = section
    made = []
    for n, (section, values) in enumerate(drawn):
        for field in fields_of(SECTIONS[section]):
            if field.name in values and field.refers:
                among = _among(field, section, ids, n)
                values[field.name] = _named(values[field.name], among)
            elif field.name in values and field.type is date:
                weeks = values.get("session") or values.get("number") or n % 7
                days = 7 * min(weeks, _LONGEST_WAIT) + values[field.name]
                values[field.name] = base + timedelta(days)
        record = _made(SECTIONS[section], values)
        if record is not None:
            made.append((section, record))
    return made


def _among(field: Field, section: str, ids: Mapping[str, str], count: int) -> list[str]:
    """The ids that a field may name, nearest last; only earlier ones are amended: no circles."""
    if field.refers in (ANY, OWN):
        earlier = list(ids)[:count]
        return [id_ for id_ in earlier if field.refers == ANY or ids[id_] == section]
    return [id_ for id_ in ids if ids[id_] in field.refers]


def _named(ordinals: Any, among: Sequence[str]) -> Any:
    if isinstance(ordinals, list):
        return list(dict.fromkeys(among[-1 - n % len(among)] for n in ordinals)) if among else []
    return None if ordinals is None or not among else among[-1 - ordinals % len(among)]


def _made(class_: type[Record], values: Values) -> Record | None:
    """A record, without the fields that its rules refuse; ``None`` if it cannot do without."""
    needed = {each.name for each in fields_of(class_) if each.required}
    while True:
        try:
            return class_(**values)
        except AllianceError as error:
            refused = {problem.path.removeprefix("$.") for problem in error.problems}
        if refused & needed or not refused & values.keys():
            return None
        values = {name: value for name, value in values.items() if name not in refused}


def _course(head: Values, made: Iterable[tuple[str, Record]]) -> Course:
    """A course, without what contradicts the rest."""
    records: dict[str, list[Record]] = {section: [] for section in SECTIONS}
    for section, record in made:
        records[section].append(record)
    while True:
        sections: Values = dict(records)
        try:
            return Course(**head, **sections)
        except AllianceError as error:
            problems = error.problems
        _leave_out(records, problems)


def _leave_out(records: dict[str, list[Record]], problems: Iterable[Problem]) -> None:
    """Take refused fields away, or the record if it cannot do without."""
    refused: dict[tuple[str, int], set[str]] = {}
    for problem in problems:
        found = re.match(r"\$\.(\w+)\[(\d+)\](?:\.(\w+))?", problem.path)
        assert found, problem
        refused.setdefault((found[1], int(found[2])), set()).add(found[3] or "id")
    for (section, index), names in sorted(refused.items(), reverse=True):
        record = records[section].pop(index)
        said = {each.name: getattr(record, each.name) for each in fields_of(type(record))}
        needed = {each.name for each in fields_of(type(record)) if each.required}
        if not names & needed and any(said[name] for name in names):
            without = {name: value for name, value in said.items() if name not in names}
            less = _made(type(record), without)
            records[section][index:index] = [] if less is None else [less]
