"""How far two rules agree on the same series."""

from collections.abc import Sequence

from attrs import frozen

from therapeutic_alliance.course.compare.verdicts import Compared
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
    """How many beginnings each one sees."""
    same: int
    """Beginnings of the one that are also the other's, within the tolerance."""

    @property
    def jaccard(self) -> float | None:
        """Common beginnings, of all that one or both see; 0 to 1, or ``None`` if there is none."""
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
    onsets = [(each.verdicts[first].onsets, each.verdicts[second].onsets) for each in compared]
    names = compared[0].verdicts
    return Agreement(
        first=names[first].detector,
        second=names[second].detector,
        both=len(both),
        kappa=kappa(both),
        onsets=(sum(len(one) for one, _ in onsets), sum(len(other) for _, other in onsets)),
        same=sum(matched(one, other, tolerance) for one, other in onsets),
    )
