"""Cohort constants as plain data; every fault of a document at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import NOTHING, asdict, evolve, fields

from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.errors import AllianceError, DocumentError, Problem

Plain = dict[str, Any]
_FIELDS = fields(CohortConstants)
_NEEDED = [each.name for each in _FIELDS if each.default is NOTHING]


def cohort(data: Plain) -> CohortConstants:
    """Constants from plain data. Raises :class:`DocumentError` with every fault and its path."""
    data = dict(data)
    problems = list(_shape_problems(data))
    if isinstance(data.get("date"), str):
        data["date"] = _date(data["date"])
    if not problems:
        try:
            return CohortConstants(**data)
        except AllianceError as error:
            problems = [evolve(each, path=f"$.{each.path}") for each in error.problems]
    raise DocumentError(problems)


def cohort_data(constants: CohortConstants) -> Plain:
    """Plain data of constants; what is not known is left out."""
    given = asdict(constants, filter=lambda each, value: value != each.default)
    if constants.date is not None:
        given["date"] = constants.date.isoformat()
    if constants.growth:
        given["growth"] = list(constants.growth)
    return {"schema": SCHEMA, **given}


def _shape_problems(data: Plain) -> Iterator[Problem]:
    for name in _NEEDED:
        if name not in data:
            yield Problem(path=f"$.{name}", rule="missing")
    names = [each.name for each in _FIELDS]
    for position, name in enumerate(data, 1):
        if name not in names:
            yield Problem(path="$", rule=f"field {position} is not one of {', '.join(names)}")
    if type(data.get("growth", [])) is not list:
        yield Problem(path="$.growth", rule="not a list")


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
