"""What series must have in common before they are looked at together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.scored import ScoreSpec

Aspect = Literal["case", "measure", "edition", "score", "rater", "occasion"]
_OF: Mapping[Aspect, Callable[[Series], object]] = {
    "case": lambda series: series.case,
    "measure": lambda series: series.measure,
    "edition": lambda series: series.definition_sha256,
    "score": lambda series: series.spec.id,
    "rater": lambda series: series.rater,
    "occasion": lambda series: series.occasion,
}


def as_several(subject: str, given: object) -> list[Series]:
    """Several series as a list; one alone, and what is none, is refused.

    >>> as_several("a cohort is", Series.of([4], low=1, high=5))
    Traceback (most recent call last):
    therapeutic_alliance.errors.SeriesError: a cohort is a list of series, one for each person
    """
    if isinstance(given, Iterable) and not isinstance(given, Series):
        several = list(given)
        if all(isinstance(each, Series) for each in several):
            return several
    raise SeriesError(f"{subject} a list of series, one for each person")


def refuse_mixed(subject: str, several: Sequence[Series], *aspects: Aspect) -> None:
    """Refuse series that differ in an aspect; ``subject`` begins the sentence that says so.

    >>> one, other = Series.of([4], low=1, high=5), Series.of([4], low=1, high=5, rater="client")
    >>> refuse_mixed("a cohort has", [one, other], "measure", "rater")
    Traceback (most recent call last):
    therapeutic_alliance.errors.SeriesError: a cohort has one rater; here are 2
    """
    for aspect in aspects:
        found = {_OF[aspect](each) for each in several}
        if len(found) > 1:
            raise SeriesError(f"{subject} one {aspect}; here are {len(found)}")


def refuse_mixed_scales(subject: str, several: Sequence[Series]) -> None:
    """Refuse series of several metrics or possible ranges; ``subject`` as above."""
    if any(not same_scale(each.spec, several[0].spec) for each in several):
        raise SeriesError(f"{subject} one metric and possible range; here are several")


def refuse_repeated(subject: str, several: Sequence[Series]) -> None:
    """Refuse two series of one person, as far as cases are named; ``subject`` as above."""
    named = [(each.case, each.person) for each in several if each.case is not None]
    if len(set(named)) < len(named):
        raise SeriesError(f"{subject} one series a person; here is one who has several")


def same_scale(one: ScoreSpec, other: ScoreSpec) -> bool:
    """Whether two scores have one metric and one possible range."""
    return (
        one.metric == other.metric
        and abs(one.low - other.low) <= EPSILON
        and abs(one.high - other.high) <= EPSILON
    )
