"""A number on a scale of its own."""

from attrs import frozen

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.alliance.fields import problems_of
from therapeutic_alliance.model.alliance.kinds import Number
from therapeutic_alliance.model.alliance.plain import MAX_NUMBER


@frozen
class Rating:
    """A number on a scale that is named with it, so that two scales are never mixed.

    ``value`` lies within ``low`` to ``high``, both included; all three are finite.

    >>> Rating(4, 1, 5).share
    0.75
    """

    value: Number
    """From low to high."""
    low: Number
    """Lowest value of the scale."""
    high: Number
    """Highest value of the scale."""

    def __attrs_post_init__(self) -> None:
        problems = problems_of(self)
        if not problems and not self.low < self.high:
            problems.append(Problem(path="$.low", rule="not below high"))
        elif not problems and self.high - self.low > MAX_NUMBER:
            problems.append(Problem(path="$.high", rule="too far above low"))
        elif not problems and not self.low <= self.value <= self.high:
            rule = f"not on its scale, {self.low:g} to {self.high:g}"
            problems.append(Problem(path="$.value", rule=rule))
        if problems:
            raise DocumentError(problems)

    def __repr__(self) -> str:
        return "Rating()"

    @property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.low, self.high

    @property
    def share(self) -> float:
        """Where the value lies between low and high, 0 to 1."""
        return (self.value - self.low) / (self.high - self.low)
