"""Values to JSON text and back."""

from typing import TYPE_CHECKING, Literal, overload

from therapeutic_alliance.codec import forms
from therapeutic_alliance.codec.documents import SCHEMA, migrated
from therapeutic_alliance.codec.json_text import parse_json, write_json
from therapeutic_alliance.codec.limits import MAX_COURSE_BYTES
from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.scored import ScoreSheet

if TYPE_CHECKING:  # whoever scores one form needs no courses
    from therapeutic_alliance.course.cohort import CohortConstants
    from therapeutic_alliance.course.two_state.model import StateModel
    from therapeutic_alliance.model.course import Course


@overload
def loads(kind: Literal["administration"], source: str | bytes) -> Administration: ...
@overload
def loads(kind: Literal["cohort"], source: str | bytes) -> "CohortConstants": ...
@overload
def loads(kind: Literal["course"], source: str | bytes) -> "Course": ...
@overload
def loads(kind: Literal["measure"], source: str | bytes) -> Measure: ...
@overload
def loads(kind: Literal["state-model"], source: str | bytes) -> "StateModel": ...
def loads(
    kind: str, source: str | bytes
) -> "Administration | CohortConstants | Course | Measure | StateModel":
    """Read a JSON document.

    ``kind`` is ``"administration"``, ``"cohort"``, ``"course"``, ``"measure"`` or
    ``"state-model"``.

    Strict: no unknown or repeated field, no text for a number, no ``NaN``; at most 1 MiB (a
    course: 256 MiB) and 32 levels. Raises :class:`DocumentError` (or :class:`DefinitionError`
    for a measure) with every problem and its path, and never a value of an administration or
    a course.

    >>> form = loads("administration", '{"measure": "arm-5", "case": "c1", "session": 1,'
    ...     ' "rater": "client", "answers": {"1": 6, "2": 7, "3": 1, "4": 6, "5": null}}')
    >>> form.answers["5"] is None
    True
    """
    if kind == "administration":
        return forms.administration(migrated(kind, parse_json(source)))
    if kind == "measure":
        # whoever scores one form needs no cattrs
        from therapeutic_alliance.codec.measures import structure

        return structure(migrated(kind, parse_json(source)))
    if kind == "course":
        from therapeutic_alliance.codec.courses import course

        return course(migrated(kind, parse_json(source, MAX_COURSE_BYTES)))
    if kind == "cohort":
        from therapeutic_alliance.codec.cohorts import cohort

        return cohort(migrated(kind, parse_json(source)))
    if kind == "state-model":
        from therapeutic_alliance.codec.cohorts import state_model

        return state_model(migrated(kind, parse_json(source)))
    kinds = "administration, cohort, course, measure, state-model"
    raise DocumentError(f"no such kind of document: {kinds}")


def dumps(
    value: "Administration | CohortConstants | Course | Measure | ScoreSheet | StateModel",
    indent: int | None = None,
) -> str:
    """Write a value as JSON. :func:`loads` reads all but score sheets back.

    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("arm-5")
    >>> ta.loads("measure", ta.dumps(measure)) == measure
    True
    """
    if isinstance(value, ScoreSheet):
        if indent is None:
            return forms.sheet_text(value)
        return write_json(forms.sheet_data(value), indent)
    if isinstance(value, Administration):
        return write_json(forms.administration_data(value), indent)
    if isinstance(value, Measure):
        from therapeutic_alliance.codec.measures import unstructure

        return write_json({"schema": SCHEMA, **unstructure(value)}, indent)
    from therapeutic_alliance.model.course import Course

    if isinstance(value, Course):
        from therapeutic_alliance.codec.courses import course_data

        return write_json(course_data(value), indent)
    from therapeutic_alliance.course.cohort import CohortConstants
    from therapeutic_alliance.course.two_state.model import StateModel

    if isinstance(value, CohortConstants | StateModel):
        from therapeutic_alliance.codec.cohorts import learned_data

        return write_json(learned_data(value), indent)
    raise DocumentError(f"cannot write a {type(value).__name__} as a document")
