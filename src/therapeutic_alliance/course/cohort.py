"""What is known of the scores of a cohort: the constants that some rules need."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import Unpack

from attrs import frozen

from therapeutic_alliance.course.alike import (
    as_several,
    refuse_mixed,
    refuse_mixed_scales,
    refuse_repeated,
)
from therapeutic_alliance.course.growth import LAST_SESSION, growth_at, growth_curve
from therapeutic_alliance.course.origin import Asked, asked_by, misfit, origin_problems
from therapeutic_alliance.course.parameters import is_number
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.errors import AllianceError, Problem, SeriesError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean, sd
from therapeutic_alliance.psychometrics.variance_components import components

LEAST_CASES = 30
"""Cases with enough scores that a cohort must have."""
LEAST_SCORES = 3
"""Scores that a case must have to count: this library's convention, as the number of cases."""
LEAST_VARIANCE = 1e-6
"""Least variance between or within persons, as a fraction of the squared range."""


@frozen(kw_only=True, field_transformer=as_tuples)
class CohortConstants:
    """Level and spread of the scores of a cohort, as fractions of the possible range.

    So they hold in every metric: on a mean of 1 to 5 a ``mean`` of 0.75 is 4.0, and a
    ``within_variance`` of 0.0625 squared is an SD of 0.25. They are of one measure and score.
    Make them with :meth:`fit` of a cohort, or with :meth:`stated` of numbers that somebody else
    found; :meth:`illustrative` is an invented example. No constant holds the id of a case.

    Raises :class:`AllianceError` with every field that is not possible.

    >>> import therapeutic_alliance as ta
    >>> known = CohortConstants.stated(
    ...     mean=4.0, between=0.6, within=0.25, low=1, high=5, source="invented for this example"
    ... )
    >>> round(known.mean, 4), round(known.reliability, 4)
    (0.75, 0.8521)
    >>> rule = ta.Registry().detector("eb-z", cohort=known)
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)).sessions
    (3,)
    """

    mean: float
    """Mean of the person means, 0 to 1."""
    between_variance: float
    """Between persons, without what is due to the few scores of each; 1e-6 to 1."""
    within_variance: float
    """Within persons, pooled; with a growth curve, around it; 1e-6 to 1."""
    person_sd: float
    """Mean of the SDs within persons, growth included; above 0."""
    means_sd: float
    """SD over persons of the person means; 0 or more."""
    growth: tuple[float, ...] = ()
    """How far above its person's level a score is expected at session 1, 2, 3, ...; the last one
    holds for all later sessions. Empty: no growth."""
    source: str
    """Where the constants come from, in words; every result that uses them says so."""
    n: int | None = None
    """Cases that they were computed from, if that is known."""
    scores: int | None = None
    """Scores of those cases, if that is known."""
    date: dt.date | None = None
    """When they were computed."""
    measure: str | None = None
    """Id of the measure that they are of; ``None``: of any."""
    score: str | None = None
    """Id of the score that they are of; ``None``: of any."""
    rater: str | None = None
    """The role that rated; ``None``: any."""
    occasion: str | None = None
    """Occasion of the forms, such as ``post``; ``None``: any."""
    definition_sha256: str | None = None
    """Fingerprint of the definition of the measure; ``None``: of any edition."""

    def __attrs_post_init__(self) -> None:
        if problems := list(_problems(self)):
            raise AllianceError(problems)

    @property
    def reliability(self) -> float:
        """ICC(1): of the variance of single scores, the share that lies between persons, 0 to 1."""
        return self.between_variance / (self.between_variance + self.within_variance)

    def expected_growth(self, session: int) -> float:
        """What the growth curve adds at a session number, as a fraction of the range."""
        return growth_at(self.growth, session)

    def misfit(self, **asked: Unpack[Asked]) -> str:
        """Why the constants are not for some scores; empty if nothing says so.

        What is asked for are ``measure``, ``score``, ``rater``, ``occasion`` and
        ``definition_sha256``, as far as they are known.

        >>> CohortConstants.illustrative().misfit(measure="srs", score="total", rater="client")
        ''
        """
        return misfit("the cohort constants are", self, **asked)

    def misfit_to(self, series: Series) -> str:
        """Why the constants are not for a series; empty if nothing says so."""
        return self.misfit(**asked_by(series))

    def __str__(self) -> str:
        return self.source

    @classmethod
    def fit(
        cls, cases: Iterable[Series], *, growth: bool = False, date: dt.date | None = None
    ) -> "CohortConstants":
        """The constants of a cohort: a list of series, one a person, of one measure and rater.

        Over persons with at least 3 scores, of whom there must be 30: ``within_variance`` is
        ``sum((n_i - 1) * SD_i^2) / sum(n_i - 1)``, ``mean`` the mean of the person means, and
        ``between_variance`` their variance less ``within_variance * mean(1 / n_i)``, at least
        1e-6: moment estimators, a choice of this library. With ``growth`` the growth curve is
        fitted first (see ``course/growth.py``), and the variances are those around it. ``date``
        is that of today unless given. The order of the cases does not matter.

        Raises :class:`SeriesError` if ``cases`` is no list of series; if there are fewer persons;
        if measures, editions of one, scores, ranges, raters or occasions are mixed, since each has
        a level of its own, or metrics where no measure is named; if a person stands there twice;
        or if scores hardly vary within persons (a variance below 1e-6).
        """
        cohort = as_several("a cohort is", cases)
        of = _described(cohort)
        scores = [each.session_shares for each in cohort]
        enough = [each for each in scores if len(each) >= LEAST_SCORES]
        if len(enough) < LEAST_CASES:
            raise SeriesError(
                f"a cohort has at least {LEAST_CASES} cases with {LEAST_SCORES} scores or more; "
                f"here are {len(enough)}"
            )
        curve = growth_curve(enough) if growth else ()
        levels = [[value - growth_at(curve, session) for session, value in each] for each in enough]
        found = components(levels)
        if found is None or found.within < LEAST_VARIANCE:
            raise SeriesError("scores hardly vary within the cases of the cohort: of no use")
        raw = [[value for _, value in each] for each in enough]
        date = date or dt.datetime.now(dt.UTC).date()
        words = ", ".join(
            f"{name} {value}" for name, value in of.items() if value and name != "definition_sha256"
        )
        return cls(
            mean=found.mean,
            between_variance=max(LEAST_VARIANCE, found.between),
            within_variance=found.within,
            person_sd=mean([sd(each) for each in raw]),
            means_sd=sd([mean(each) for each in raw]),
            growth=curve,
            source=f"a cohort of {len(enough)} cases{f' ({words})' if words else ''}, "
            f"computed on {date:%Y-%m-%d}",
            n=len(enough),
            scores=sum(map(len, enough)),
            date=date,
            **of,
        )

    @classmethod
    def stated(  # noqa: PLR0913 - each is a field of its own, named by the caller
        cls,
        *,
        mean: float,
        between: float,
        within: float,
        low: float,
        high: float,
        source: str,
        growth: Iterable[float] = (),
        n: int | None = None,
        date: dt.date | None = None,
        measure: str | None = None,
        score: str | None = None,
        rater: str | None = None,
        occasion: str | None = None,
    ) -> "CohortConstants":
        """Constants that somebody else found, in a metric that ranges from ``low`` to ``high``.

        ``mean`` is the mean of the person means, ``between`` and ``within`` are the SDs between
        and within persons (``within`` stands in for the mean of the SDs of the persons,
        ``between`` for the SD of their means), ``growth`` is what is added at session 1, 2, 3,
        ..., all in that metric. ``source`` is repeated by every result.

        >>> CohortConstants.stated(
        ...     mean=30, between=6, within=2.5, low=0, high=40, source="invented"
        ... ).mean
        0.75
        """
        given = {"mean": mean, "between": between, "within": within, "low": low, "high": high}
        growth = tuple(growth)
        wrong = [name for name, value in given.items() if not is_number(value)]
        wrong += ["growth"] * (not all(map(is_number, growth)))
        wrong += [name for name in ("between", "within") if name not in wrong and given[name] <= 0]
        if wrong:
            raise AllianceError([_wrong(name) for name in wrong])
        if not low < high:
            raise AllianceError(Problem(path="low", rule="not below high"))
        if problems := list(_outside(mean, between, within, growth, low, high)):
            raise AllianceError(problems)
        span = high - low
        return cls(
            mean=(mean - low) / span,
            between_variance=(between / span) ** 2,
            within_variance=(within / span) ** 2,
            person_sd=within / span,
            means_sd=between / span,
            growth=tuple(each / span for each in growth),
            source=source,
            n=n,
            date=date,
            measure=measure,
            score=score,
            rater=rater,
            occasion=occasion,
        )

    @classmethod
    def illustrative(cls) -> "CohortConstants":
        """An invented prior for examples: mean .75, SD between .15, within .0625 of the range.

        On a mean of 1 to 5 that is 4.0, .60 and .25. It is an illustration and no finding; every
        result that uses it says so.

        >>> str(CohortConstants.illustrative())
        'the illustrative prior of this library, which is invented and no finding'
        """
        return cls.stated(
            mean=0.75,
            between=0.15,
            within=0.0625,
            low=0,
            high=1,
            source="the illustrative prior of this library, which is invented and no finding",
        )


def _described(cohort: Sequence[Series]) -> Asked:
    """What the scores of a cohort are of, which has one of each."""
    refuse_mixed("a cohort has", cohort, "measure", "edition", "score", "rater", "occasion")
    if all(each.measure is None for each in cohort):  # nothing else tells that they are of one kind
        refuse_mixed_scales("a cohort of no named measure has", cohort)
    ranges: dict[str, set[tuple[float, float]]] = {}
    for each in cohort:
        ranges.setdefault(each.spec.metric, set()).add((each.spec.low, each.spec.high))
    most = max(map(len, ranges.values()), default=0)
    if most > 1:
        raise SeriesError(f"a cohort has one possible range in a metric; here are {most}")
    refuse_repeated("a cohort has", cohort)
    first = next(iter(cohort), None)
    return asked_by(first) if first else {}


def _problems(constants: CohortConstants) -> Iterator[Problem]:
    numbers = {
        "mean": (-EPSILON, 1 + EPSILON),
        "between_variance": (LEAST_VARIANCE, 1),
        "within_variance": (LEAST_VARIANCE, 1),
        "person_sd": (LEAST_VARIANCE, 1),
        "means_sd": (0, 1),
    }
    for name, (least, most) in numbers.items():
        value = getattr(constants, name)
        if not (is_number(value) and least <= value <= most):
            yield Problem(path=name, rule=f"not a number from {max(0, least):g} to {round(most)}")
    yield from _growth_problems(constants.growth)
    yield from origin_problems(constants)


def _growth_problems(growth: Sequence[object]) -> Iterator[Problem]:
    if len(growth) > LAST_SESSION:
        yield Problem(path="growth", rule=f"of more than {LAST_SESSION} sessions")
    for index, each in enumerate(growth[:LAST_SESSION]):
        if not (is_number(each) and -1 <= each <= 1):
            yield Problem(path=f"growth[{index}]", rule="not a number from -1 to 1")


def _outside(
    mean: float, between: float, within: float, growth: Sequence[float], low: float, high: float
) -> Iterator[Problem]:
    """What cannot be so in the metric of the caller, who is told in that metric."""
    span = high - low
    if not low - EPSILON <= mean <= high + EPSILON:
        yield Problem(path="mean", rule=f"not from low to high, {low:g} to {high:g}")
    least = sqrt(LEAST_VARIANCE) * span
    for name, value in (("between", between), ("within", within)):
        if value > span:
            yield Problem(path=name, rule=f"above high less low, {span:g}")
        elif value < least:
            yield Problem(path=name, rule=f"below a thousandth of high less low, {least:g}")
    for index, each in enumerate(growth[:LAST_SESSION]):
        if not -span <= each <= span:
            rule = f"not from {-span:g} to {span:g}, high less low"
            yield Problem(path=f"growth[{index}]", rule=rule)


def _wrong(name: str) -> Problem:
    above = " above 0" if name in ("between", "within") else ""
    return Problem(path=name, rule=f"not a finite number{above}")
