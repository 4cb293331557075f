"""A control chart of a whole course, of its first sessions, or with given limits."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

from attrs import evolve, field, frozen

from therapeutic_alliance.course.detectors.chart_limits import (
    CITATION,
    FLOOR,
    NO_RANGE,
    RUNS,
    SPAN,
    Limits,
    judged,
    moving_range,
)
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.parameters import is_number, one_of, positive, whole
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.errors import AllianceError, SeriesError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.spread import mean, sd

LEAST_SEEN = 8
"""With fewer observed sessions, one low score cannot cross three sigma of its own series."""


def _several(rules: object) -> tuple[Any, ...]:
    """Rules as a tuple; what is no list of anything has none."""
    return tuple(rules) if isinstance(rules, Iterable) else ()


@frozen(kw_only=True)
class IndividualsChart(RetrospectiveDetector):
    """Flags a score below the lower limit of a control chart for single scores.

    ``LCL = centre - L * sigma``, flagged if ``x_t < LCL``. ``sigma`` is the mean moving range
    divided by 1.128 (``MR``) or the sample SD (``SD``), at least 0.0375 of the possible range.
    ``centre`` and ``sigma`` come from ``all`` sessions, from the first ones (``baseline``), or are
    given (``fixed``). A fall enters its own moving ranges twice, so that a chart of the whole
    series sees little: with fewer than 8 observed sessions its flags are of low information.

    Raises :class:`AllianceError` for a parameter out of range, :class:`SeriesError` for a fixed
    centre outside the possible range of the series.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 4.1, 4.2, 4.3, 3.4, 4.2], low=1, high=5)
    >>> IndividualsChart().flags(series).sessions
    ()
    >>> IndividualsChart(centre="fixed", fixed_centre=4.2, fixed_sigma=0.2).flags(series).sessions
    (6,)
    """

    L: float = 3.0
    """How many sigma the limit lies below the centre; also used: 2."""
    centre: Literal["all", "baseline", "fixed"] = "all"
    """Which sessions centre and sigma come from."""
    baseline: int = 5
    """How many observed sessions make the baseline; they get no flag."""
    sigma: Literal["MR", "SD"] = "MR"
    """By mean moving range, or by sample SD."""
    fixed_centre: float | None = None
    """In the metric of the series, with ``centre="fixed"``."""
    fixed_sigma: float | None = None
    """In the metric of the series, with ``centre="fixed"``; otherwise computed from all scores."""
    rules: tuple[str, ...] = field(default=("R1",), converter=_several)
    """Of the Western Electric rules, on the lower side: ``R1`` one score beyond ``L`` sigma, ``R2``
    two of three beyond 2, ``R3`` four of five beyond 1, ``R4`` eight in a row below the centre.
    More than one rule raises more false alarms."""
    max_gap: int = 2
    """Most unobserved sessions between two that make a moving range."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "L", self.L)
        one_of(self.id, "centre", self.centre, ("all", "baseline", "fixed"))
        whole(self.id, "baseline", self.baseline, 2)
        one_of(self.id, "sigma", self.sigma, ("MR", "SD"))
        whole(self.id, "max_gap", self.max_gap, 0)
        given = self.fixed_centre is not None
        if given != (self.centre == "fixed") or (given and not is_number(self.fixed_centre)):
            raise AllianceError(f'{self.id}: fixed_centre, a finite number, with centre "fixed"')
        if self.fixed_sigma is not None:
            positive(self.id, "fixed_sigma", self.fixed_sigma)
            if self.centre != "fixed":
                raise AllianceError(f'{self.id}: fixed_sigma goes with centre "fixed"')
        if not self.rules:
            raise AllianceError(f"{self.id}: rules has at least one of {', '.join(RUNS)}")
        for rule in self.rules:
            one_of(self.id, "rules", rule, tuple(RUNS))

    @property
    def id(self) -> str:
        """``individuals-chart``."""
        return "individuals-chart"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return CITATION

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("chart arithmetic", "V"), ("choice of limits", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """What the limit rests on."""
        return (FLOOR,)

    def flags(self, series: Series) -> Flags:
        """One flag for each point of the series, in its order."""
        flags = super().flags(series)
        few = self.centre == "all" and len(series.observed) < LEAST_SEEN
        return evolve(flags, low_information=True) if few else flags

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterable[Flag]:
        """Each session by limits from all of them, from the first ones, or given."""
        own = self.baseline if self.centre == "baseline" else 0
        basis = observed[:own] if own else observed
        limits = self._limits(basis, spec) if len(basis) >= max(own, 2) else None
        if limits is None:
            few = len(basis) < own
            why = f"the baseline needs {own} observed sessions" if few else NO_RANGE
            return (not_evaluable(session, why) for session, _ in observed)
        return self._judged(observed, own, limits)

    def _judged(self, observed: Sequence[SessionScore], own: int, limits: Limits) -> Iterator[Flag]:
        for session, _ in observed[:own]:
            yield not_evaluable(session, "it is one of the baseline sessions")
        few = self.centre == "all" and len(observed) < LEAST_SEEN
        caution = f"; low information: {len(observed)} observed sessions, fewer than 8" * few
        for flag in judged(observed[own:], limits, self.L, self.rules):
            yield evolve(flag, why=f"{flag.why}{caution}")

    def _limits(self, basis: Sequence[SessionScore], spec: ScoreSpec) -> Limits | None:
        scores = [score for _, score in basis]
        centre = mean(scores) if self.fixed_centre is None else self.fixed_centre
        if self.fixed_centre is not None and not spec.low <= centre <= spec.high:
            raise SeriesError(f"{self.id}: fixed_centre lies outside the possible range")
        sigma = self.fixed_sigma
        if sigma is None and self.sigma == "SD":
            sigma = sd(scores)
        if sigma is None:
            ranges = [
                step
                for one, two in pairwise(basis)
                if (step := moving_range(one, two, self.max_gap)) is not None
            ]
            sigma = mean(ranges) / SPAN if ranges else None
        return None if sigma is None else Limits(centre, max(sigma, sd_floor(spec.low, spec.high)))
