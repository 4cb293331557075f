"""Falls that last for several sessions: ``crisis-run``, and how many, how deep, how long."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.misfit import misfit
from therapeutic_alliance.course.detectors.needs_cohort import check_cohort
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, too_few
from therapeutic_alliance.course.detectors.own_sd import FLOORED, LEAST_SCORES, own_sd
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import positive, whole
from therapeutic_alliance.course.series import EPSILON, Series, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec


@frozen(kw_only=True)
class Fall:
    """A run of decreases from one observed session to the next; a crisis if it is deep enough."""

    sessions: tuple[SessionScore, ...]
    """Number and score of each session, from the last one before the fall to its lowest."""

    @property
    def magnitude(self) -> float:
        """How far the score fell in all, in the metric of the series."""
        return self.sessions[0][1] - self.sessions[-1][1]

    @property
    def length(self) -> int:
        """How many decreases it has: one fewer than sessions."""
        return len(self.sessions) - 1


@frozen(kw_only=True)
class CrisisRun(RetrospectiveDetector):
    """Flags every session of a run of decreases that together amount to ``k`` SDs or more.

    The threshold is ``k * max(SD_intra, SD_inter)``. ``SD_intra`` is the sample SD of the
    person's own observed scores, of which there must be 3; it counts as at least
    ``0.0375 * (high - low)``. ``SD_inter`` is the SD over persons of the person means in a
    ``cohort``. Without a cohort only ``SD_intra`` is used, and every explanation says so. An equal
    score, or more than ``max_gap`` unobserved sessions, ends a run. The authors of the rule report
    ``k`` 1 and 2 side by side.

    The statistic is the fall of the whole run. Raises :class:`AllianceError` for a parameter out
    of range.

    >>> from therapeutic_alliance import Series
    >>> series = Series.of([4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4], low=1, high=5)
    >>> CrisisRun().flags(series).sessions
    (3, 4, 5)
    >>> [crisis] = CrisisRun().crises(series)
    >>> round(crisis.magnitude, 2), crisis.length
    (0.9, 3)
    """

    k: float = 1.0
    """How many SDs a fall must have."""
    cohort: CohortConstants | None = None
    """Whose SD of person means the person's own SD is compared with."""
    max_gap: int = 2
    """Most unobserved sessions between two of a run; 0: they must be adjacent."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "k", self.k)
        whole(self.id, "max_gap", self.max_gap, 0)
        check_cohort(self.id, self.cohort)

    @property
    def id(self) -> str:
        """``crisis-run``."""
        return "crisis-run"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return (
            "Gumz et al. 2012, BMC Med Res Methodol 12:10: the stricter of SD within and between "
            "persons, 1 and 2 SD; number, magnitude and length of crises (verified); what a run "
            "is, the SD between persons, recovery: this library's reconstruction"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (
            ("stricter of two SDs; number, magnitude and length of crises", "V"),
            ("what a run is, SD between persons, recovery", "R"),
        )

    @property
    def conventions(self) -> tuple[str, ...]:
        """Which SDs, and the floor of the person's own."""
        inter = (
            "no cohort: only the SD within the person was used, not the SD between persons"
            if self.cohort is None
            else f"SD between persons: of the person means of {self.cohort}"
        )
        return (inter, FLOORED)

    @property
    def to_the_end(self) -> bool:
        """Recovery is looked for up to the end of the series."""
        return True

    def crises(self, series: Series) -> tuple[Fall, ...]:
        """The falls that reach the threshold; none where that cannot be told."""
        observed = series.session_scores
        if len(observed) < LEAST_SCORES or misfit(self, series):
            return ()
        least = self.k * self._sd(observed, series.spec)[0]
        return tuple(
            fall for fall in falls(observed, self.max_gap) if fall.magnitude >= least - EPSILON
        )

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterator[Flag]:
        """Each session by the run of decreases that it lies in."""
        if len(observed) < LEAST_SCORES:
            why = too_few(len(observed), LEAST_SCORES)
            yield from (not_evaluable(session, why) for session, _ in observed)
            return
        sd, named = self._sd(observed, spec)
        inside = {
            session: fall
            for fall in falls(observed, self.max_gap)
            for session, _ in fall.sessions[1:]
        }
        for (before, _), (session, _) in pairwise(observed):
            if gap := too_far(before, session, self.max_gap):
                yield not_evaluable(session, gap)
            else:
                yield self._judged(session, inside.get(session), sd, named)

    def _sd(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> tuple[float, str]:
        """The stricter of the two SDs, in the metric of the series, and what it is."""
        intra = own_sd(observed, spec)
        if self.cohort is None:
            return intra, f"the SD {intra:.4g} within the person only (no cohort)"
        inter = self.cohort.means_sd * spec.span
        if inter > intra:
            return inter, f"the SD {inter:.4g} between persons, of {self.cohort}"
        return intra, (
            f"the SD {intra:.4g} within the person; that between persons is {inter:.4g}, "
            f"of {self.cohort}"
        )

    def _judged(self, session: int, fall: Fall | None, sd: float, named: str) -> Flag:
        threshold = self.k * sd
        size = fall.magnitude if fall else 0.0
        flagged = fall is not None and size >= threshold - EPSILON
        if fall is None:
            verdict = "not below the observed session before"
        else:
            first, last = fall.sessions[0][0], fall.sessions[-1][0]
            verdict = f"in a fall of {size:.4g} from session {first} to {last}, {size / sd:.4g} SD"
            verdict += ": possible rupture" if flagged else ", less than the threshold"
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; threshold {threshold:.4g}, {self.k:g} times {named}",
            statistic=size,
            threshold=threshold,
            reference=fall.sessions[0] if fall else None,
            before=fall.sessions[0] if fall else None,
            tolerance=threshold / 4,
        )


def falls(observed: Sequence[SessionScore], max_gap: int) -> Iterator[Fall]:
    """The longest runs of decreases, in order, however small.

    >>> [fall.length for fall in falls([(1, 4.0), (2, 3.5), (3, 3.5), (4, 3.0), (5, 2.0)], 2)]
    [1, 2]
    """
    run = list(observed[:1])
    for before, now in pairwise(observed):
        if now[1] < before[1] - EPSILON and not too_far(before[0], now[0], max_gap):
            run.append(now)
            continue
        if len(run) > 1:
            yield Fall(sessions=tuple(run))
        run = [now]
    if len(run) > 1:
        yield Fall(sessions=tuple(run))
