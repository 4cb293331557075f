"""What sessions are described by: scores, counts of events, and what goes beside the alliance."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.alliance.bond import Characteristic, Skill
from therapeutic_alliance.model.alliance.dialogue import DEPTHS
from therapeutic_alliance.model.alliance.entry import Dated
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import ScoreSheet

Column = dict[int, Any]
"""Values by session number."""
BASELINE = 0
"""In place of a session number: known before the first session."""


def score_columns(course: Course, sheets: Iterable[ScoreSheet]) -> dict[str, Column]:
    """One column for each score of each measure, rater, person and occasion, outcome last."""
    found: dict[tuple[Any, ...], Column] = {}
    measures: dict[str, Measure] = {}
    for sheet in sheets:
        form, measure = sheet.form, sheet.measure
        if form is None or form.case != course.case:
            raise SeriesError("a sheet that is of no form of this course")
        if measures.setdefault(measure.id, measure) != measure:
            raise SeriesError(f"two editions of {measure.id}: a column is of one")
        outcome = measure.construct == "outcome"
        who = outcome, measure.id, form.rater, form.person or "", form.occasion or ""
        for place, score in enumerate(sheet):
            column = found.setdefault((*who, place, score.id), {})
            if form.session in column:
                rule = f"two forms of {measure.id} by one rater, person and occasion"
                raise SeriesError(Problem(path=f"session {form.session}", rule=rule))
            column[form.session] = score.value
    return {_score_name(*strand): found[strand] for strand in sorted(found)}


def _score_name(
    outcome: bool, measure: str, rater: str, person: str, occasion: str, _: int, score: str
) -> str:
    """Only a person's id may hold ``_``, so that the parts can be told from one another."""
    who = f"{rater}-{occasion}" if occasion else rater
    name = "_".join(each for each in (measure, who, person, score) if each)
    return f"outcome:{name}" if outcome else name


class Places:
    """In which session a record is counted."""

    def __init__(self, course: Course) -> None:
        dated = [(each.date, each.number) for each in course.sessions if each.date]
        self._dates = [date for date, _ in dated]
        self._numbers = [number for _, number in dated]

    def of(self, record: Dated) -> int | None:
        """That of its session; else the first session on or after its date; else none."""
        if record.session or not record.date:
            return record.session
        place = bisect_left(self._dates, record.date)
        return self._numbers[place] if place < len(self._numbers) else None


def event_columns(course: Course, places: Places) -> dict[str, Column]:
    """How many events of each kind."""
    kinds = sorted({event.kind for event in course.events})
    columns: dict[str, Column] = {f"events:{kind}": {} for kind in kinds}
    for event in course.events:
        _count(columns[f"events:{event.kind}"], places.of(event))
    return columns


def check_ins(course: Course, places: Places) -> Column:
    """How many check-ins."""
    column: Column = {}
    for each in course.check_ins:
        _count(column, places.of(each))
    return column


def _count(column: Column, number: int | None) -> None:
    if number is not None:
        column[number] = column.get(number, 0) + 1


def depths(course: Course, places: Places) -> Column:
    """How far the deepest disclosure goes, 1 to 4 in the order of :data:`DEPTHS`."""
    column: Column = {}
    for event in course.events:
        number = places.of(event)
        if event.kind == "disclosure" and event.depth and number is not None:
            column[number] = max(column.get(number, 0), 1 + DEPTHS.index(event.depth))
    return column


def covariates(course: Course, places: Places) -> dict[str, Column]:
    """Characteristics and skills, each where it becomes known: it holds until the next one.

    What is of another person, said by another one or on another scale has a column of its own.
    """
    columns: dict[str, Column] = {}
    records: tuple[Characteristic | Skill, ...] = (*course.characteristics, *course.skills)
    for record in records:
        number = places.of(record)
        if number is None:
            if record.date:
                continue  # known after the last session only
            number = BASELINE
        for name, value in _said(record):
            columns.setdefault(name, {})[number] = value
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
