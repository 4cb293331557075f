"""The few sums that indicators are made of, each saying when there is not enough data."""

from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from therapeutic_alliance.course.indicators.indicator import Found, missing
from therapeutic_alliance.model.alliance.rating import Rating


def mean(values: Sequence[float]) -> float:
    """The mean of at least one value."""
    return fsum(values) / len(values)


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle; of at least one value."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def deviation(values: Sequence[float]) -> float:
    """The standard deviation of at least two values, with n - 1."""
    centre = mean(values)
    return sqrt(fsum((value - centre) ** 2 for value in values) / (len(values) - 1))


def share(part: int, whole: int, *about: str, of: str, none: str) -> Found:
    """A share of what was counted; ``none`` says what is missing if nothing was."""
    if not whole:
        return missing(none, *about)
    return Found(about, part / whole, whole, f"{part} of {whole} {of}")


def mean_share(ratings: Sequence[Rating], *about: str) -> Found:
    """The mean place of ratings between the ends of their one scale."""
    if len({rating.scale for rating in ratings}) > 1:
        return missing("ratings on two scales are not averaged", *about, n=len(ratings))
    value = mean([rating.share for rating in ratings])
    return Found(about, value, len(ratings), f"ratings on the scale {scale(ratings[0])}")


def scale(rating: Rating) -> str:
    """The ends of a scale, in words."""
    return f"{rating.low:g} to {rating.high:g}"


def number(n: int, noun: str) -> str:
    """A number with its noun, such as ``1 gap`` or ``2 gaps``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def counted(counts: Mapping[str, int]) -> str:
    """Counts in words, such as ``2 yes, 1 no``."""
    return ", ".join(f"{n} {name}" for name, n in counts.items())
