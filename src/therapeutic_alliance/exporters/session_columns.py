"""What sessions are described by: scores, counts of events, and what goes beside the alliance."""

from collections.abc import Iterable, Iterator
from typing import Any

from therapeutic_alliance.course.roles import is_client
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.alliance.bond import Characteristic, Skill
from therapeutic_alliance.model.alliance.dialogue import DEPTHS
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.scored import ScoreSheet

Column = dict[int, Any]
"""Values by session number."""


def score_columns(course: Course, sheets: Iterable[ScoreSheet]) -> dict[str, Column]:
    """One column for each score of each measure, rater, person and occasion, outcome last."""
    found: dict[tuple[Any, ...], Column] = {}
    measures: dict[str, Measure] = {}
    for sheet in sheets:
        form, measure = form_of(course, sheet), sheet.measure
        if measures.setdefault(measure.id, measure) != measure:
            raise SeriesError(f"two editions of {measure.id}: a column is of one")
        outcome = measure.construct == "outcome"
        who = outcome, measure.id, form.rater, form.person or "", form.occasion or ""
        for place, score in enumerate(sheet):
            column = found.setdefault((*who, place, score.id), {})
            if form.session in column:
                raise twice(form)
            column[form.session] = score.value
    return {_score_name(*strand): found[strand] for strand in sorted(found)}


def form_of(course: Course, sheet: ScoreSheet) -> Administration:
    """What was scored. Raises :class:`SeriesError` if it is of no form of this course."""
    if sheet.form is None or sheet.form.case != course.case:
        raise SeriesError("a sheet that is of no form of this course")
    return sheet.form


def twice(form: Administration) -> SeriesError:
    """For a second form where there is place for one."""
    rule = "two forms of one measure by one rater, person and occasion"
    return SeriesError(Problem(path=f"session {form.session}", rule=rule))


def _score_name(
    outcome: bool, measure: str, rater: str, person: str, occasion: str, _: int, score: str
) -> str:
    """Only a person's id may hold ``_``, so that the parts can be told from one another."""
    who = f"{rater}-{occasion}" if occasion else rater
    name = "_".join(each for each in (measure, who, person, score) if each)
    return f"outcome:{name}" if outcome else name


def event_columns(course: Course, timeline: Timeline) -> dict[str, Column]:
    """How many events of each kind, and how many were taken up again, in which session."""
    happened: dict[str, Column] = {}
    addressed: dict[str, Column] = {}
    for event in course.events:
        _count(happened.setdefault(f"events:{event.kind}", {}), timeline.session(event))
        if event.addressed:
            _count(addressed.setdefault(f"addressed:{event.kind}", {}), event.addressed)
    return dict(sorted(happened.items())) | dict(sorted(addressed.items()))


def check_ins(course: Course, timeline: Timeline) -> Column:
    """How many check-ins."""
    column: Column = {}
    for each in course.check_ins:
        _count(column, timeline.session(each))
    return column


def _count(column: Column, number: int) -> None:
    column[number] = column.get(number, 0) + 1


def deepest_disclosures(course: Course, timeline: Timeline) -> Column:
    """How far the deepest disclosure of a client goes, 1 to 4 in the order of :data:`DEPTHS`.

    One that says not whose it is counts; one of a therapist or an observer does not.
    """
    clients = {each.id for each in course.participants if is_client(each.role)}
    column: Column = {}
    for event in course.events:
        if event.kind == "disclosure" and event.depth:
            if event.by and clients.isdisjoint(event.by):
                continue
            number = timeline.session(event)
            column[number] = max(column.get(number, 0), 1 + DEPTHS.index(event.depth))
    return column


def covariates(course: Course, timeline: Timeline) -> dict[str, Column]:
    """Characteristics and skills, each where it becomes known: it holds until the next one.

    What is of another person, said by another one or on another scale has a column of its own.
    """
    columns: dict[str, Column] = {}
    records: tuple[Characteristic | Skill, ...] = (*course.characteristics, *course.skills)
    for record in sorted(records, key=timeline.place):
        for name, value in _said(record):
            columns.setdefault(name, {})[timeline.session(record)] = value
    return dict(sorted(columns.items()))


def _said(record: Characteristic | Skill) -> Iterator[tuple[str, Any]]:
    by = f":by:{record.by}" if record.by not in (None, record.of) else ""
    if isinstance(record, Skill):
        part = f":part:{record.part}" if record.part else ""
        yield (
            f"skill:{record.of}:{record.skill}{part}{by}{_scale(record.rating)}",
            record.rating.value,
        )
        return
    name = f"characteristic:{record.of}:{record.aspect}{by}"
    if record.rating:
        yield name + _scale(record.rating), record.rating.value
    if record.category:
        yield name, record.category


def _scale(rating: Rating) -> str:
    """Such as ``:0..10``; 0, 0.0 and -0.0 have one name."""
    low, high = (repr(each + 0.0).removesuffix(".0") for each in rating.scale)
    return f":{low}..{high}"
