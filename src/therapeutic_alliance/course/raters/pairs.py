"""The sessions that two raters both rated."""

from attrs import field, frozen

from therapeutic_alliance.course.alike import same_scale
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.scored import Metric

LEAST = 5
"""Common sessions that a dyad needs before anything is said of it."""


@frozen(kw_only=True)
class Pairs:
    """Two raters' scores of the sessions that both rated, in order."""

    sessions: tuple[int, ...]
    first: tuple[float, ...] = field(repr=False)
    second: tuple[float, ...] = field(repr=False)
    unit: Metric
    """Of both: the metric of the series, or percent of the possible range."""

    @property
    def differences(self) -> tuple[float, ...]:
        """Second less first."""
        return tuple(b - a for a, b in zip(self.first, self.second, strict=True))

    @property
    def too_few(self) -> str:
        """Why nothing is said of them; empty if there are enough."""
        n = len(self.sessions)
        return "" if n >= LEAST else f"{n} common sessions, {LEAST} are needed"


def pairs(first: Series, second: Series, *, percent: bool = False) -> Pairs:
    """The scores of two raters, paired by session number; unobserved sessions drop out.

    Both are of one case, score and occasion. The forms of client and therapist may have other
    ranges: such series are paired as ``percent`` of the possible range only, and only if asked
    for. Otherwise metric and range must be the same. Raises :class:`SeriesError`.

    >>> client, therapist = Series.of([4, 5], low=1, high=5), Series.of([5, 6], low=1, high=7)
    >>> found = pairs(client, therapist, percent=True)
    >>> found.first, [round(each, 1) for each in found.second]
    ((75.0, 100.0), [66.7, 83.3])
    """
    _refuse_unlike(first, second, percent=percent)
    of_second = dict(second.session_scores)
    both = [
        (session, score, of_second[session])
        for session, score in first.session_scores
        if session in of_second
    ]
    return Pairs(
        sessions=tuple(session for session, _, _ in both),
        first=tuple(100 * first.share(a) if percent else a for _, a, _ in both),
        second=tuple(100 * second.share(b) if percent else b for _, _, b in both),
        unit="percent" if percent else first.spec.metric,
    )


def _refuse_unlike(first: Series, second: Series, *, percent: bool) -> None:
    one, other = first.spec, second.spec
    if first.case and second.case and first.case != second.case:
        raise SeriesError("two raters of one case are compared; these are of two cases")
    if one.id != other.id:
        raise SeriesError(f"two raters are compared on one score; here are {one.id} and {other.id}")
    if first.occasion and second.occasion and first.occasion != second.occasion:
        raise SeriesError("two raters are compared on one occasion; here are two")
    if percent:
        return
    if not same_scale(one, other):
        raise SeriesError(
            "metrics or possible ranges differ: compare them with percent=True, "
            "as percent of the possible range"
        )
