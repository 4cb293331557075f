"""How one item is answered: range, step, unit."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.model.immutable import as_tuples

MAX_STEPS = 10_000
"""Most answers that one item may offer."""
MAX_PLACES = 6
"""Most decimal places of a low, high or step."""
HUGE = 1e15
"""A low, high or step is nearer to 0 than this: beyond it a float has no room for decimals."""


@frozen(kw_only=True)
class Anchor:
    """The short label of one answer of a response scale."""

    answer: str
    """The answer as a number, written as text."""
    label: str
    """A few words."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Scale:
    """The answers an item accepts: ``low``, ``low + step``, ... ``high``.

    >>> Scale(low=1, high=5).problems()
    []
    >>> Scale(low=0, high=10, step=3).problems()
    ['step does not divide the range']
    """

    low: float
    """The lowest answer, of at most 6 decimals."""
    high: float
    """The highest answer, of at most 6 decimals."""
    step: float = 1
    """From one answer to the next; must divide the range, into at most 10 000 answers."""
    kind: Literal["numeric", "visual-analogue"] = "numeric"
    """Numbers to choose from, or a line to mark."""
    unit: Literal["cm", "mm"] | None = None
    """Unit of a visual analogue line. It is told, never guessed from the marks."""
    anchors: tuple[Anchor, ...] = ()
    """Short labels of answers; they decide nothing."""

    def answers(self) -> list[float]:
        """Every answer that the scale accepts, lowest first."""
        grid: int = 10 ** max(map(places, (self.low, self.high, self.step)))
        low, high, step = (round(number * grid) for number in (self.low, self.high, self.step))
        return [count / grid for count in range(low, high + 1, step)]

    def problems(self) -> list[str]:
        """What makes the scale impossible, in words; empty if nothing does."""
        if max(map(places, (self.low, self.high, self.step))) > MAX_PLACES:
            return [f"low, high and step need finite numbers of at most {MAX_PLACES} decimals"]
        grid = 10 ** max(map(places, (self.low, self.high, self.step)))
        low, high, step = (round(number * grid) for number in (self.low, self.high, self.step))
        found = []
        if low >= high:
            found.append("low is not below high")
        elif step <= 0 or (high - low) % step:
            found.append("step does not divide the range")
        elif (high - low) // step >= MAX_STEPS:
            found.append(f"more than {MAX_STEPS} answers")
        if (self.kind == "visual-analogue") != (self.unit is not None):
            found.append("a visual-analogue scale, and no other, needs a unit (cm or mm)")
        return found


def places(number: float) -> int:
    """Decimal places of a number as printed; more than any limit if it is not finite, or huge.

    >>> places(3), places(0.25), places(float("nan")) > MAX_PLACES
    (0, 2, True)
    >>> places(0.00001)
    5
    """
    if abs(number) >= HUGE:
        return MAX_PLACES + 1
    text = repr(float(number))
    if not text[-1].isdigit():
        return MAX_PLACES + 1
    digits, _, exponent = text.partition("e")
    decimals = digits.partition(".")[2].removesuffix("0")
    return max(0, len(decimals) - int(exponent or 0))
