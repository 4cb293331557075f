"""Scores taken apart: how a person usually rates, and how a session differs from that."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import asdict, field, frozen

from therapeutic_alliance.course.alike import refuse_mixed, refuse_mixed_scales, refuse_repeated
from therapeutic_alliance.course.cohort import LEAST_CASES, CohortConstants
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.psychometrics.line import Line, line
from therapeutic_alliance.psychometrics.spread import ZERO, mean
from therapeutic_alliance.psychometrics.variance_components import Components, components

LEAST_TO_DETREND = 5
"""Observed scores of a person: with 4 or fewer no trend is taken out."""


@frozen(kw_only=True)
class Row:
    """One observed session of one person: a line of a long table."""

    case: str | None = field(repr=False)
    person: str | None = field(repr=False)
    session: int
    value: float = field(repr=False)
    person_mean: float = field(repr=False)
    """The between part; the same in all sessions of a person."""
    within: float = field(repr=False)
    """``value - person_mean``."""
    detrended: float | None = field(repr=False)
    """What the person's own line leaves; ``None`` with 4 observed scores or fewer."""
    lag_session: int | None
    """Session observed before; ``None`` for the first, and if it lies too far back."""
    lag_value: float | None = field(repr=False)
    lag_within: float | None = field(repr=False)


@frozen(kw_only=True)
class Level:
    """How one person usually rates."""

    case: str | None = field(repr=False)
    person: str | None = field(repr=False)
    n: int
    """Observed scores."""
    mean: float | None = field(repr=False)
    """``None`` without a score."""
    weight: float | None
    """lambda: how reliable the mean of so few scores is, 0 to 1."""
    shrunken_mean: float | None = field(repr=False)
    """``mu + lambda * (mean - mu)``."""
    intercept: float | None = field(repr=False)
    """The person's own line at the chosen session; ``None`` with 4 observed scores or fewer."""
    slope: float | None = field(repr=False)
    """Of that line, for each session number."""


@frozen(kw_only=True)
class Decomposition:
    """The scores of several persons, within and between."""

    levels: tuple[Level, ...]
    """One for each series, in the order given."""
    rows: tuple[Row, ...] = field(repr=False)
    """One for each observed session, in the order given."""
    components: Components | None
    """Level and variances, in the metric of the series."""
    source: str
    """Where the components come from, or why there are none."""

    @property
    def icc1(self) -> float | None:
        """ICC(1): the share of the variance of single scores that lies between persons."""
        return self.components.icc1 if self.components else None

    def table(self) -> list[dict[str, object]]:
        """The rows as plain mappings, for a data frame or a CSV file."""
        return [asdict(row) for row in self.rows]


def within_between(
    cases: Iterable[Series],
    *,
    cohort: CohortConstants | None = None,
    intercept_at: int = 1,
    max_gap: int = 2,
) -> Decomposition:
    """Person-mean centring, shrinkage, detrending and lags, for one series a person.

    ``lambda_i = tau2 / (tau2 + s2 / n_i)`` and ``shrunken mean = mu + lambda_i * (mean_i - mu)``,
    with mu, tau2 and s2 of ``cohort``, or else of these series by moments. Detrended scores are
    the residuals of each person's own line over session numbers, and ``intercept`` is its value
    at ``intercept_at`` (Curran & Bauer 2011, verified); with 4 scores or fewer there is none. A
    lag is the last observed session, at most ``max_gap`` unobserved ones before.

    Raw person means attenuate effects between persons, the more the fewer scores there are; in
    regressions on a lag, effects within persons are biased by an order of ``-(1 + phi)/(T - 1)``.
    Models belong in statistics software; this gives the columns for them.

    Raises :class:`SeriesError` for series that are not alike or one person twice.

    >>> one, other = (
    ...     Series(points=each.points, spec=each.spec, case=case)
    ...     for case, values in (("a", [4.0, 4.2]), ("b", [3.0, None, 3.4]))
    ...     for each in [Series.of(values, low=1, high=5)]
    ... )
    >>> found = within_between([one, other])
    >>> [round(row.within, 2) for row in found.rows], round(found.icc1, 4)
    ([-0.1, 0.1, -0.2, 0.2], 0.8837)
    """
    given = list(cases)
    whole("within-between", "intercept_at", intercept_at, 1)
    whole("within-between", "max_gap", max_gap, 0)
    _refuse_unlike(given)
    known, source = _known(given, cohort)
    levels: list[Level] = []
    rows: list[Row] = []
    for series in given:
        trend = _trend(series)
        level = _level(series, known, trend, intercept_at)
        levels.append(level)
        if level.mean is not None:
            rows += _rows(series, level.mean, trend, max_gap)
    return Decomposition(levels=tuple(levels), rows=tuple(rows), components=known, source=source)


def _scores(series: Series) -> list[float]:
    return [score for _, score in series.session_scores]


def _known(
    cases: Sequence[Series], cohort: CohortConstants | None
) -> tuple[Components | None, str]:
    if cohort is not None and cases:
        spec = cases[0].spec
        if misfit := cohort.misfit_to(cases[0]):
            return None, misfit
        reach = spec.span
        return (
            Components(
                mean=spec.low + cohort.mean * reach,
                between=cohort.between_variance * reach**2,
                within=cohort.within_variance * reach**2,
            ),
            cohort.source,
        )
    groups = [scores for scores in map(_scores, cases) if scores]
    found = components(groups)
    if found is None:
        return None, "needs two persons with scores, one of them with two or more, or a cohort"
    few = f", fewer than {LEAST_CASES}: uncertain" if len(groups) < LEAST_CASES else ""
    return found, f"these {len(groups)} persons{few}"


def _trend(series: Series) -> Line | None:
    sessions = [session for session, _ in series.session_scores]
    return line(sessions, _scores(series)) if len(sessions) >= LEAST_TO_DETREND else None


def _level(
    series: Series, known: Components | None, trend: Line | None, intercept_at: int
) -> Level:
    scores = _scores(series)
    own = mean(scores) if scores else None
    weight = _weight(known, len(scores)) if known and scores else None
    shrunken = None
    if known and own is not None and weight is not None:
        shrunken = known.mean + weight * (own - known.mean)
    return Level(
        case=series.case,
        person=series.person,
        n=len(scores),
        mean=own,
        weight=weight,
        shrunken_mean=shrunken,
        intercept=trend.at(intercept_at) if trend else None,
        slope=trend.slope if trend else None,
    )


def _weight(known: Components, n: int) -> float | None:
    whole_variance = known.between + known.within / n
    return known.between / whole_variance if whole_variance > ZERO else None


def _rows(series: Series, own: float, trend: Line | None, max_gap: int) -> Iterator[Row]:
    before: SessionScore | None = None
    for session, score in series.session_scores:
        lag = None if before is None or too_far(before[0], session, max_gap) else before
        yield Row(
            case=series.case,
            person=series.person,
            session=session,
            value=score,
            person_mean=own,
            within=score - own,
            detrended=score - trend.at(session) if trend else None,
            lag_session=lag[0] if lag else None,
            lag_value=lag[1] if lag else None,
            lag_within=lag[1] - own if lag else None,
        )
        before = session, score


def _refuse_unlike(cases: Sequence[Series]) -> None:
    refuse_mixed("persons have", cases, "score", "measure", "rater", "occasion")
    refuse_mixed_scales("persons have", cases)
    refuse_repeated("persons have", cases)
