"""The straight line through points, by least squares."""

from collections.abc import Sequence
from math import fsum

from attrs import frozen

from therapeutic_alliance.psychometrics.spread import mean


@frozen
class Line:
    """``level + slope * x``, and how far the points lie from it."""

    level: float
    """At ``x = 0``."""
    slope: float
    rss: float
    """Residual sum of squares."""

    def at(self, x: float) -> float:
        """The value of the line."""
        return self.level + self.slope * x


def line(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """The least-squares line; the ``xs`` must not all be equal.

    >>> line([1, 2, 3], [2.0, 4.0, 6.0])
    Line(level=0.0, slope=2.0, rss=0.0)
    """
    x0, y0 = mean(xs), mean(ys)
    across = fsum((x - x0) ** 2 for x in xs)
    slope = fsum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / across
    level = y0 - slope * x0
    rss = fsum((y - y0 - slope * (x - x0)) ** 2 for x, y in zip(xs, ys, strict=True))
    return Line(level, slope, rss)
