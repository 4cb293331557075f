"""Split alliance: members of a couple, family or group who see one session very differently."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.course.alike import refuse_mixed, refuse_mixed_scales
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.origin import Asked, asked_by
from therapeutic_alliance.course.parameters import one_of, positive
from therapeutic_alliance.course.raters.sessions import by_session
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.scored import ScoreSpec

Ratings = Sequence[tuple[str, float]]
"""Member and score."""


@frozen(kw_only=True)
class Split:
    """How far the members stand apart in one session."""

    session: int
    members: int
    """How many members have a score."""
    range: float
    """Highest less lowest score, in the metric of the series."""
    range_in_sd: float | None
    """``None`` without an SD."""
    split: bool | None
    """Whether they stand at least ``delta`` apart; ``None``: not evaluable, see ``why``."""
    sign_split: bool | None
    """Whether one is above 0 and one below; ``None`` on a scale without both, or with one member.
    """
    high: tuple[str, ...] = field(repr=False)
    """Who is highest, all of a tie; nobody if all are equal."""
    low: tuple[str, ...] = field(repr=False)
    """Who is lowest, all of a tie; nobody if all are equal."""
    why: str


@frozen
class _Rule:
    delta: float
    unit: Literal["sd", "points"]
    sd: float | None
    sd_from: str

    @property
    def threshold(self) -> float | None:
        if self.unit == "points":
            return self.delta
        return None if self.sd is None else self.delta * self.sd


def split_alliance(
    members: Iterable[Series],
    *,
    delta: float = 1.0,
    unit: Literal["sd", "points"] = "sd",
    sd: float | None = None,
    cohort: CohortConstants | None = None,
) -> tuple[Split, ...]:
    """How far members stand apart, for each session that one of them rated.

    ``members`` has one series for each member, of one score and measure, such as those that
    ``ta.caseload`` makes of one case. A session is split if highest less lowest score is at least
    ``delta``, in SDs or in ``points`` of the metric. The default, 1 SD, is this library's
    convention: published cut points are not known. The SD is given as ``sd``, in the metric of
    the series, or is that of single scores in ``cohort``; without either ``split`` is ``None``.

    Raises :class:`SeriesError` for series that are not alike or members who cannot be told apart,
    :class:`AllianceError` for a parameter out of range.

    >>> mother, father, teen = (
    ...     Series(points=each.points, spec=each.spec, rater="client", person=name)
    ...     for name, score in (("mother", 4.6), ("father", 4.4), ("teen", 2.9))
    ...     for each in [Series.of([score], low=1, high=5)]
    ... )
    >>> [found] = split_alliance([mother, father, teen], sd=0.70)
    >>> round(found.range, 2), round(found.range_in_sd, 2), found.split, found.low
    (1.7, 2.43, True, ('teen',))
    """
    everyone = list(members)
    positive("split-alliance", "delta", delta)
    one_of("split-alliance", "unit", unit, ("sd", "points"))
    if sd is not None:
        positive("split-alliance", "sd", sd)
    if not everyone:
        return ()
    names = _names(everyone)
    rule = _rule(everyone[0], delta, unit, sd, cohort)
    spec = everyone[0].spec
    return tuple(
        _split(session, [(names[position], score) for position, score in scores], rule, spec)
        for session, scores in by_session(everyone)
    )


def _split(session: int, ratings: Ratings, rule: _Rule, spec: ScoreSpec) -> Split:
    scores = [score for _, score in ratings]
    top, bottom = max(scores), min(scores)
    spread = top - bottom
    apart = spread > EPSILON
    several = len(ratings) > 1
    signed = several and spec.low < -EPSILON and spec.high > EPSILON
    verdict, why = _verdict(spread, rule) if several else (None, "only one member has a score")
    return Split(
        session=session,
        members=len(ratings),
        range=spread,
        range_in_sd=None if rule.sd is None or not several else spread / rule.sd,
        split=verdict,
        sign_split=(bottom < -EPSILON and top > EPSILON) if signed else None,
        high=tuple(name for name, score in ratings if apart and score >= top - EPSILON),
        low=tuple(name for name, score in ratings if apart and score <= bottom + EPSILON),
        why=why,
    )


def _verdict(spread: float, rule: _Rule) -> tuple[bool | None, str]:
    if rule.threshold is None:
        return None, rule.sd_from
    split = spread >= rule.threshold - EPSILON
    given = f"{rule.delta:g} SD ({rule.sd_from})" if rule.unit == "sd" else "as given"
    told = "possible split alliance" if split else "less than the threshold"
    return split, f"{spread:.4g} apart: {told}; threshold {rule.threshold:.4g}, {given}"


def _rule(
    first: Series,
    delta: float,
    unit: Literal["sd", "points"],
    sd: float | None,
    cohort: CohortConstants | None,
) -> _Rule:
    if sd is not None:
        return _Rule(delta, unit, sd, f"SD {sd:g}, as given")
    if cohort is None:
        return _Rule(delta, unit, None, "not evaluable: needs an sd or a cohort")
    asked = asked_by(first) | Asked(rater=None)  # members may be of several roles
    if misfit := cohort.misfit(**asked):
        return _Rule(delta, unit, None, f"not evaluable: {misfit}")
    spread = sqrt(cohort.between_variance + cohort.within_variance)
    own = spread * first.spec.span
    return _Rule(delta, unit, own, f"SD {own:.4g} of single scores, from {cohort}")


def _names(members: Sequence[Series]) -> list[str]:
    refuse_mixed("members have", members, "score", "case", "measure", "occasion")
    refuse_mixed_scales("members have", members)
    names = [each.person or each.rater or f"member {n}" for n, each in enumerate(members, 1)]
    if len(set(names)) < len(names):
        raise SeriesError("members cannot be told apart: each needs a person of its own")
    return names
