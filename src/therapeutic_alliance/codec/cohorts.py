"""Cohort constants and state models as plain data; every fault of a document at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar, get_origin

from attrs import NOTHING, AttrsInstance, asdict, evolve, fields

from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.two_state.hyperparameters import RULE
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.errors import AllianceError, DocumentError, Problem

Plain = dict[str, Any]
Learned = TypeVar("Learned", CohortConstants, StateModel)


def cohort(data: Plain) -> CohortConstants:
    """Constants from plain data. Raises :class:`DocumentError` with every fault and its path."""
    return _read(CohortConstants, data)


def state_model(data: Plain) -> StateModel:
    """A state model from plain data; errors as of :func:`cohort`."""
    return _read(StateModel, data)


def learned_data(value: CohortConstants | StateModel) -> Plain:
    """Plain data of either; what is not known, or is the default, is left out."""
    given = asdict(value, filter=lambda each, held: held != each.default)
    if value.date is not None:
        given["date"] = value.date.isoformat()
    lists = {name: list(held) for name, held in given.items() if isinstance(held, tuple)}
    return {"schema": SCHEMA, **given, **lists}


def _read(class_: type[Learned], data: Plain) -> Learned:
    data = dict(data)
    problems = list(_shape_problems(class_, data))
    if isinstance(data.get("date"), str):
        data["date"] = _date(data["date"])
    if not problems:
        try:
            return class_(**data)
        except AllianceError as error:
            problems = [evolve(each, path=_path(each)) for each in error.problems]
    raise DocumentError(problems)


def _path(problem: Problem) -> str:
    name = problem.path.removeprefix(f"{RULE}: ")
    return f"$.{name}" if name else "$"


def _shape_problems(class_: type[AttrsInstance], data: Plain) -> Iterator[Problem]:
    known = fields(class_)
    for each in known:
        if each.default is NOTHING and each.name not in data:
            yield Problem(path=f"$.{each.name}", rule="missing")
    names = ["schema", *(each.name for each in known)]
    for position, name in enumerate(data, 1):
        if name not in names:
            yield Problem(path="$", rule=f"field {position} is not one of {', '.join(names)}")
    for each in known:
        if get_origin(each.type) is tuple and type(data.get(each.name, [])) is not list:
            yield Problem(path=f"$.{each.name}", rule="not a list")


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
