"""From many scored forms to one series for each case, rater and measure."""

from collections.abc import Iterable

from therapeutic_alliance.course.series import Point, Series, refuse_outcome
from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric, ScoreSheet
from therapeutic_alliance.scoring.key import compile_key
from therapeutic_alliance.scoring.metric import convert, restate

Strand = tuple[str, str, str, str, str]
"""Case, measure, rater, person, occasion: what a series is of."""
_Scored = tuple[float | None, tuple[float | None, ...]]
"""A score, and the answers to the form."""


def caseload(
    sheets: Iterable[ScoreSheet], score: str = "total", metric: Metric | None = None
) -> tuple[Series, ...]:
    """The series of a caseload, ordered by case, measure, rater and person.

    Sheets may come in any order and are not kept. Different raters, persons, occasions and
    measures are never merged. Raises :class:`SeriesError` for an outcome measure.

    >>> import therapeutic_alliance as ta
    >>> registry = ta.Registry()
    >>> sheets = (ta.score(registry.measure(form.measure), form) for form in ta.example("caseload"))
    >>> series = caseload(sheets)
    >>> [(each.measure, each.rater, len(each)) for each in series[:2]]
    [('wai-sr', 'client', 10), ('wai-srt', 'therapist', 10)]
    """
    scored: dict[Strand, dict[int, _Scored]] = {}
    measures: dict[str, Measure] = {}
    for sheet in sheets:
        form = sheet.form
        if form is None:
            raise SeriesError("a sheet without its form: who and when is not known")
        if measures.setdefault(sheet.measure.id, sheet.measure) != sheet.measure:
            raise SeriesError(f"two editions of {sheet.measure.id}: a series is of one")
        strand = form.case, sheet.measure.id, form.rater, form.person or "", form.occasion or ""
        sessions = scored.setdefault(strand, {})
        if form.session in sessions:
            raise SeriesError(
                Problem(path=f"session {form.session}", rule="has two forms of one key")
            )
        sessions[form.session] = sheet[score].value, sheet.answers
    for measure in measures.values():
        refuse_outcome(measure)
    return tuple(
        _series(measures[strand[1]], strand, scored[strand], score, metric)
        for strand in sorted(scored)
    )


def series_of(
    sheets: Iterable[ScoreSheet],
    score: str = "total",
    *,
    rater: str,
    metric: Metric | None = None,
    measure: str | None = None,
    person: str | None = None,
    occasion: str | None = None,
) -> Series:
    """The one series of a rater, person and occasion; those of others are left aside.

    Raises :class:`SeriesError` if what is left is nothing, or makes more than one series.
    """
    of_rater = [
        sheet
        for sheet in sheets
        if sheet.form is not None
        and sheet.form.rater == rater
        and measure in (None, sheet.measure.id)
    ]
    chosen = [
        sheet
        for sheet in of_rater
        if sheet.form and (sheet.form.person, sheet.form.occasion) == (person, occasion)
    ]
    found = caseload(chosen, score, metric)
    if not found:
        raise no_series(bool(of_rater))
    if len(found) > 1:
        raise SeriesError(f"{_ONE}: these forms are of several cases or measures")
    return found[0]


def no_series(of_rater: bool) -> SeriesError:
    """Why nothing is left: there is no form of the rater, or all are of another person."""
    others = "the forms of this rater are of another person or occasion; say which"
    return SeriesError(f"{_ONE}: {others if of_rater else 'no form of this rater'}")


_ONE = "a series is of one case, rater and measure"


def _series(
    measure: Measure,
    strand: Strand,
    sessions: dict[int, _Scored],
    score: str,
    metric: Metric | None,
) -> Series:
    case, _, rater, person, occasion = strand
    spec = compile_key(measure).spec(score)
    target = metric or spec.metric
    return Series(
        points=tuple(
            Point(session, None if value is None else convert(spec, value, target), answers)
            for session, (value, answers) in sorted(sessions.items())
        ),
        spec=restate(spec, target),
        measure=measure.id,
        rater=rater,
        case=case,
        person=person or None,
        occasion=occasion or None,
        definition_sha256=measure.fingerprint,
    )
