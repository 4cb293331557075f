"""The clinical rules of the Session Rating Scale: ``srs-rules``."""

from collections.abc import Iterator

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.drop import told as drop_told
from therapeutic_alliance.course.detectors.not_evaluable import FIRST, not_evaluable, not_observed
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import not_negative, positive, whole, yes_or_no
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.errors import AllianceError, SeriesError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec

_ITEMS = 4
"""Of the scale, each from 0 to 10."""
_TOTAL = 40.0


@frozen(kw_only=True)
class SrsRules(OnlineDetector[SessionScore | None]):
    """Flags a total at least ``drop`` below the last one; a low total or item is a concern.

    For totals from 0 to 40 (metric ``sum``) only; :class:`SeriesError` for any other. A session
    whose total is below ``cut`` (or at it, if ``inclusive``), or with an answer below
    ``item_cut``, is no flag but has ``Flag.concerns``, from session 1 on. Answers are known
    where the series is made of forms. The cuts and the drop come from a single source.

    >>> from therapeutic_alliance import Series
    >>> series = Series.of([35.0, 37.2, 36.9, 35.5], low=0, high=40, metric="sum")
    >>> flags = SrsRules().flags(series)
    >>> flags.sessions, flags[0].flag, flags[0].concerns
    ((4,), None, ('total 35, below 36',))
    """

    drop: float = 1.0
    """Fall since the last observed total that is flagged; above 0, up to 40."""
    cut: float = 36.0
    """Totals below it are a concern; 0 to 40. Sources differ on whether 36 itself is one."""
    inclusive: bool = False
    """Whether a total of exactly ``cut`` is a concern, too."""
    item_cut: float = 9.0
    """Answers below it are a concern; 0 to 10."""
    max_gap: int = 2
    """Most unobserved sessions between two that are compared; 0: they must be adjacent."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "drop", self.drop)
        not_negative(self.id, "cut", self.cut)
        yes_or_no(self.id, "inclusive", self.inclusive)
        not_negative(self.id, "item_cut", self.item_cut)
        for name, most in (("drop", _TOTAL), ("cut", _TOTAL), ("item_cut", _TOTAL / _ITEMS)):
            if getattr(self, name) > most:
                raise AllianceError(f"{self.id}: {name} is {most:g} or less")
        whole(self.id, "max_gap", self.max_gap, 0)

    @property
    def id(self) -> str:
        """``srs-rules``."""
        return "srs-rules"

    @property
    def citation(self) -> str:
        """Where the rules come from."""
        return (
            "PCOMS clinical rules for the Session Rating Scale (Duncan, Miller, Sparks et al. "
            "2003, J Brief Therapy 3:3-12); four items of 0 to 10: verified; cut, item cut and "
            "drop: single-source general knowledge, and pages differ on whether 36 itself is below "
            "the cut"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (
            ("four items, a total from 0 to 40", "V"),
            ("drop, cut and item cut, each from a single source", "M+"),
        )

    @property
    def conventions(self) -> tuple[str, ...]:
        """What is flagged, and what is a concern."""
        at = "up to" if self.inclusive else "below"
        return (
            f"flag: a fall of {self.drop:g} or more (single-source; within the noise of the scale)",
            f"concerns: a total {at} {self.cut:g}, or an answer below {self.item_cut:g}",
        )

    def start(self, spec: ScoreSpec) -> SessionScore | None:
        """Nothing was observed yet; other scores than totals from 0 to 40 are refused."""
        if (spec.metric, spec.low, spec.high) != ("sum", 0, 40) or spec.of not in (0, _ITEMS):
            raise SeriesError(
                f"{self.id}: totals of {_ITEMS} items from 0 to 40 only, in the metric sum"
            )
        return None

    def step(self, state: SessionScore | None, point: Point) -> tuple[SessionScore | None, Flag]:
        """Compare a total with the last one."""
        session, total = point.session, point.value
        if total is None:
            flag = not_observed(session)
        elif state is None:
            flag = not_evaluable(session, FIRST)
        elif gap := too_far(state[0], session, self.max_gap):
            flag = not_evaluable(session, gap)
        else:
            flag = self._compare(state, session, total)
        after = state if total is None else (session, total)
        return after, evolve(flag, concerns=tuple(self._concerns(point)))

    def _compare(self, before: SessionScore, session: int, total: float) -> Flag:
        fall = before[1] - total
        flagged = fall >= self.drop - EPSILON
        verdict = drop_told(fall, f"the total of session {before[0]}", flagged=flagged)
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; threshold {self.drop:g}, from a single source",
            statistic=fall,
            threshold=self.drop,
            reference=before,
        )

    def _concerns(self, point: Point) -> Iterator[str]:
        """Low totals and items."""
        total, cut = point.value, self.cut
        if total is not None and total < cut - EPSILON:
            yield f"total {total:.4g}, below {cut:g}"
        elif self.inclusive and total is not None and total <= cut + EPSILON:
            yield f"total {total:.4g}, not above {cut:g}"
        for item, answer in enumerate(point.answers or (), 1):
            if answer is not None and answer < self.item_cut - EPSILON:
                yield f"item {item} at {answer:.4g}, below {self.item_cut:g}"
