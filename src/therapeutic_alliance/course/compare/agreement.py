"""How far two rules agree on the same series."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import frozen

from therapeutic_alliance.course.compare.verdicts import Compared, Verdict
from therapeutic_alliance.psychometrics.agreement import kappa, matched


@frozen(kw_only=True)
class Agreement:
    """How far two rules agree, over all series."""

    first: str
    second: str
    both: int
    """Sessions that both can judge."""
    kappa: float | None
    """Cohen's kappa over those, -1 to 1; ``None`` if both say the same one thing throughout."""
    onsets: tuple[int, int]
    """How many beginnings each one sees where the other can judge: a session within the tolerance,
    at least. A beginning that the other cannot judge is no disagreement."""
    same: int
    """Beginnings of the one that are also the other's, within the tolerance."""

    @property
    def jaccard(self) -> float | None:
        """Common beginnings, of all ``onsets``; 0 to 1, or ``None`` if there is none.

        So it is ``None`` with a rule that can judge nothing.
        """
        either = sum(self.onsets) - self.same
        return self.same / either if either else None


def agreement(compared: Sequence[Compared], first: int, second: int, tolerance: int) -> Agreement:
    """Of the rules at two positions."""
    both = [
        (one.flag, other.flag)
        for each in compared
        for one, other in zip(each.verdicts[first].flags, each.verdicts[second].flags, strict=True)
        if one.flag is not None and other.flag is not None
    ]
    onsets = [
        (_comparable(one, other, tolerance), _comparable(other, one, tolerance))
        for one, other in ((each.verdicts[first], each.verdicts[second]) for each in compared)
    ]
    names = compared[0].verdicts
    return Agreement(
        first=names[first].detector,
        second=names[second].detector,
        both=len(both),
        kappa=kappa(both),
        onsets=(sum(len(one) for one, _ in onsets), sum(len(other) for _, other in onsets)),
        same=sum(matched(one, other, tolerance) for one, other in onsets),
    )


def _comparable(seen: Verdict, other: Verdict, tolerance: int) -> tuple[int, ...]:
    """The beginnings that one rule sees where the other can judge, give or take the tolerance."""
    return tuple(_near(seen.onsets, other.evaluable, tolerance))


def _near(onsets: Sequence[int], evaluable: Sequence[int], tolerance: int) -> Iterator[int]:
    for onset in onsets:
        at = bisect_left(evaluable, onset - tolerance)
        if at < len(evaluable) and evaluable[at] <= onset + tolerance:
            yield onset
