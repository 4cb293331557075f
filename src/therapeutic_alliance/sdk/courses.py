"""The forms of a course, scored by the measures of a registry."""

from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve

from therapeutic_alliance.course.caseload import no_series, series_of
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError, AnswerError, Problem
from therapeutic_alliance.model.alliance.people import FilledForm
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.rule import Missing, check_missing
from therapeutic_alliance.model.scored import Metric, ScoreSheet
from therapeutic_alliance.scoring.sheet import score as score_form
from therapeutic_alliance.sdk.registry import Registry


def score_course(
    course: Course, registry: Registry | None = None, *, missing: Missing | None = None
) -> tuple[ScoreSheet, ...]:
    """The scores of every form that holds, in the order of the course.

    ``registry`` (default: what is built in) has the measures; ``missing`` as in :func:`score`.
    Raises :class:`AnswerError` with the problems of all forms, each with the form's place,
    session, measure and rater: a measure that is not known or open, answers that it refuses;
    :class:`AllianceError` if ``missing`` is no rule.

    >>> import therapeutic_alliance as ta
    >>> sixes = {str(item): 6 for item in range(1, 6)}
    >>> form = ta.alliance.FilledForm(
    ...     id="f1", measure="arm-5", session=1, rater="client", answers=sixes
    ... )
    >>> course = ta.Course(case="c1", administrations=[form])
    >>> [sheet["total"].value for sheet in score_course(course)]
    [5.2]
    """
    check_missing(missing)
    current = course.current()
    forms = enumerate(current.administrations)
    return tuple(_scored(current.case, forms, registry or Registry(), missing))


def series(
    of: Course | Iterable[ScoreSheet],
    score: str = "total",
    *,
    rater: str,
    metric: Metric | None = None,
    measure: str | None = None,
    person: str | None = None,
    occasion: str | None = None,
    registry: Registry | None = None,
) -> Series:
    """The scores of one case over its sessions, as one rater sees it.

    ``of`` is a course, whose forms are scored by the measures of ``registry`` (default: what is
    built in), or scored administrations in any order. Those of other raters, persons, occasions
    or (with ``measure``) measures are left aside. Raises :class:`SeriesError` if what is left is
    nothing, or of several cases, measures or editions, or has two forms of a session;
    :class:`AnswerError` as :func:`score_course` does, for the forms that are left.

    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("arm-5")
    >>> sixes = {str(item): 6 for item in range(1, 6)}
    >>> forms = [ta.Administration("arm-5", "c1", session, "client", sixes) for session in (2, 1)]
    >>> sheets = [ta.score(measure, form) for form in forms]
    >>> [point.session for point in ta.series(sheets, rater="client")]
    [1, 2]
    """
    if isinstance(of, Course):
        registry = registry or Registry()
        known = registry.measure(measure) if measure is not None else None
        of_rater = [
            (index, form)
            for index, form in enumerate(of.current().administrations)
            if form.rater == rater and (known is None or form.measure in (known.id, *known.aliases))
        ]
        forms = [
            (index, form)
            for index, form in of_rater
            if (form.person, form.occasion) == (person, occasion)
        ]
        if not forms:
            raise no_series(bool(of_rater))
        measure = known.id if known else None
        of = _scored(of.case, forms, registry, None)
    return series_of(
        of,
        score,
        rater=rater,
        metric=metric,
        measure=measure,
        person=person,
        occasion=occasion,
    )


def _scored(
    case: str,
    forms: Iterable[tuple[int, FilledForm]],
    registry: Registry,
    missing: Missing | None,
) -> list[ScoreSheet]:
    sheets: list[ScoreSheet] = []
    problems: list[Problem] = []
    measure_of = cache(registry.measure)
    for index, form in forms:
        try:
            known = measure_of(form.measure)
            sheets.append(score_form(known, form.administration(case), missing=missing))
        except AllianceError as error:
            problems += placed(index, form, error.problems)
    if problems:
        raise AnswerError(problems)
    return sheets


def placed(index: int, form: FilledForm, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of a form, with its place in what :func:`dumps` writes of the current course."""
    place = f"$.administrations[{index}], session {form.session}, {form.measure}, {form.rater}"
    for each in problems:
        yield evolve(each, path=f"{place}, {each.path}" if each.path else place)
