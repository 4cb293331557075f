"""What the two-state model of ``state-probability`` supposes of the people that it is used on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from math import exp, sqrt
from operator import sub
from typing import Unpack

from attrs import evolve, frozen

from therapeutic_alliance.course.alike import as_several
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.growth import growth_at
from therapeutic_alliance.course.origin import Asked, asked_by, misfit, origin_problems
from therapeutic_alliance.course.parameters import is_number
from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.course.two_state.hyperparameters import (
    ENTRY,
    EXIT,
    GRID,
    RULE,
    SPREAD,
    Hyperparameters,
)
from therapeutic_alliance.course.two_state.steps import Steps
from therapeutic_alliance.errors import AllianceError, Problem, SeriesError
from therapeutic_alliance.model.immutable import as_tuples

VARIANCE = 8 / 6
"""Of a t distribution with 8 degrees of freedom and scale 1."""
DEEP = 3.0
"""Depth in SDs where no cohort has told it."""


@frozen(kw_only=True, field_transformer=as_tuples)
class StateModel(Hyperparameters):
    """Hyper-parameters of a hierarchical two-state model, as fractions of the possible range.

    A person has a level ``M ~ N(mean, between_sd^2)``, an SD with ``log SD ~ N(log within_sd,
    within_spread^2)`` and a depth with ``log D ~ N(log depth, depth_spread^2)``. At session ``t``
    a score is a Student t with 8 degrees of freedom and scale SD around ``M + growth_t``, and in
    the second state around ``M + growth_t - D``. The state is left out of sight: from one session
    number to the next the second one is entered with the chance ``entry`` and left with ``exit``.
    Before session 1 it is the first. The three distributions are replaced by ``grid`` equally
    likely points each, their quantiles at ``(i - 1/2) / n``; no point has an SD below 0.0375, this
    library's floor for the SD of a person, because some people give the same score each time.

    A construction of this library, experimental and not calibrated; scores at the possible
    maximum are taken as they are. Raises :class:`AllianceError` for a parameter out of range.

    >>> model = StateModel(
    ...     mean=0.8, between_sd=0.15, within_sd=0.06, depth=0.2, source="an illustration"
    ... )
    >>> model.entry < model.exit, str(model)
    (True, 'an illustration')
    """

    growth: tuple[float, ...] = ()
    """As in :class:`CohortConstants`: how far above a person's level session 1, 2, 3, ... lies."""
    source: str
    """Where the numbers come from, in words; every result that uses them says so."""
    n: int | None = None
    """Cases that they were fitted to; ``None`` if they were fitted to none."""
    scores: int | None = None
    """Scores of those cases."""
    date: dt.date | None = None
    """When they were fitted."""
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
        super().__attrs_post_init__()
        problems = list(origin_problems(self))
        if not all(map(is_number, self.growth)):
            problems.append(Problem(path="growth", rule="not made of finite numbers"))
        if problems:
            raise AllianceError([evolve(each, path=f"{RULE}: {each.path}") for each in problems])

    def __str__(self) -> str:
        return self.source

    def expected_growth(self, session: int) -> float:
        """What the growth curve adds at a session number; its last value holds for all later."""
        return growth_at(self.growth, session)

    def misfit_to(self, series: Series) -> str:
        """Why the model is not for a series; empty if nothing says so."""
        return self.misfit(**asked_by(series))

    def misfit(self, **asked: Unpack[Asked]) -> str:
        """Why the model is not for some scores; empty if nothing says so.

        What is asked for is the same as of :meth:`CohortConstants.misfit`.

        >>> import therapeutic_alliance as ta
        >>> StateModel.around(ta.CohortConstants.illustrative()).misfit(measure="srs")
        ''
        """
        return misfit("the state model is", self, **asked)

    def steps(self, shares: Sequence[SessionScore]) -> Steps:
        """What the recursions are fed with, from sessions and scores as fractions of the range."""
        sessions = [session for session, _ in shares]
        return Steps(
            scores=tuple(share - self.expected_growth(session) for session, share in shares),
            steps=tuple(map(sub, sessions, [0, *sessions])),
        )

    @classmethod
    def around(
        cls, constants: CohortConstants, *, grid: tuple[int, int, int] = GRID
    ) -> "StateModel":
        """Free choices of this library, placed so that mean and variances are the constants'.

        ``entry``, ``exit`` and both spreads are the class's defaults, ``depth`` is 3 times
        ``within_sd``. With ``p = entry / (entry + exit)`` in the second state, ``within_sd`` is
        such that the variance within persons is the cohort's, on average
        ``SD^2 * 8/6 + p * (1 - p) * D^2`` (but for the floor), and ``mean`` lies above the
        cohort's by what the second state takes away.
        """
        inside = ENTRY / (ENTRY + EXIT)
        square = exp(2 * SPREAD**2)
        of_one = square * (VARIANCE + inside * (1 - inside) * DEEP**2)
        within_sd = sqrt(constants.within_variance / of_one)
        depth = DEEP * within_sd
        return cls(
            mean=constants.mean + inside * depth * exp(SPREAD**2 / 2),
            between_sd=sqrt(constants.between_variance),
            within_sd=within_sd,
            depth=depth,
            growth=constants.growth,
            grid=grid,
            source=f"free choices of this library around {constants.source}",
            measure=constants.measure,
            score=constants.score,
            rater=constants.rater,
            occasion=constants.occasion,
            definition_sha256=constants.definition_sha256,
        )

    @classmethod
    def fit(
        cls,
        cases: Iterable[Series],
        constants: CohortConstants | None = None,
        *,
        grid: tuple[int, int, int] = GRID,
        date: dt.date | None = None,
    ) -> "StateModel":
        """The most likely hyper-parameters, given the scores of a cohort and weak priors.

        No session has to be labelled. ``cases`` are series, one a case, of one measure and score,
        in any metric; what :meth:`CohortConstants.fit` asks of them holds here. Growth, and
        where the search begins, come from ``constants`` (default: those of ``cases``, with
        growth). What is maximised is the likelihood with
        persons and states summed out, times these priors: ``logit entry ~ N(-3, .5)``,
        ``logit exit ~ N(-.6, .5)``, ``log depth ~ N(log(3 * within_sd), .3)``, and, as free
        choices around :meth:`around`: ``mean`` with SD .1, the logarithms of ``between_sd`` and
        ``within_sd`` with SD .5, that of ``within_spread`` with SD .3. ``depth_spread`` stays.

        Needs the extra ``stats`` (NumPy, and SciPy's L-BFGS-B, which statsmodels brings). Raises
        :class:`SeriesError` as that does, or for constants of other scores than ``cases``, and
        :class:`MissingExtraError` without the extra. The order of the cases does not matter.

        >>> import therapeutic_alliance as ta
        >>> cases = ta.simulate.simulate(ta.simulate.BASE, 40, seed=1)
        >>> model = StateModel.fit((each.series for each in cases), grid=(5, 3, 2))
        >>> model.n, model.entry < model.exit
        (40, True)
        """
        from therapeutic_alliance.course.two_state.fit import most_likely

        cases = as_several("a cohort is", cases)
        own = CohortConstants.fit(cases, growth=constants is None, date=date)
        constants = constants or own
        if why := constants.misfit_to(cases[0]):
            raise SeriesError(why)
        used = [each for each in cases if each.observed]
        start = cls.around(constants, grid=grid)
        fitted = most_likely(start, [start.steps(each.session_shares) for each in used])
        return evolve(
            fitted,
            source=f"a state model fitted to {len(used)} cases on {own.date:%Y-%m-%d}",
            n=len(used),
            scores=sum(len(each.observed) for each in used),
            date=own.date,
            measure=own.measure,
            score=own.score,
            rater=own.rater,
            occasion=own.occasion,
            definition_sha256=own.definition_sha256,
        )
