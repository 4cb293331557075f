"""What an indicator is: one number derived from a course, with what it means."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from attrs import field, frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.immutable import as_tuples

Of = Literal["course", "series"]


@frozen
class Found:
    """What was found for one thing that an indicator is about."""

    about: tuple[str, ...]
    value: float | None
    n: int
    why: str
    unit: str | None = None
    """If it is not that of the definition."""


def missing(why: str, *about: str, n: int = 0) -> Found:
    """Not enough data, and what is missing."""
    return Found(about, None, n, f"not enough data: {why}")


@frozen(kw_only=True, field_transformer=as_tuples)
class Indicator:
    """One number derived from a course, or ``None`` where there is not enough data for one.

    It describes what was recorded. It has no cut-off, and does not rate anybody.
    """

    id: str
    """Id of its definition."""
    about: tuple[str, ...] = ()
    """Ids and terms that it is about, such as both participants of a dyad; empty: the course."""
    value: float | None = field(repr=False)
    unit: str
    n: int
    """How many records, pairs or sessions it rests on, as the definition says."""
    why: str = field(repr=False)
    """What the value rests on; or, if there is none, what is missing."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Definition:
    """What an indicator means, in words, and how it is computed."""

    id: str
    words: str
    unit: str
    concepts: tuple[str, ...]
    """Ids of the concepts that it makes use of."""
    claims: tuple[str, ...] = ()
    """Ids of the claims that say why one might look at it; none is a rule."""
    of: Of = "course"
    """Whether it is computed from a course or from a series of scores."""
    values: Callable[[Any], Iterable[Found]] = field(repr=False, eq=False)
    """What it finds in a course as it holds now, or in a series; at least one thing."""

    def compute(self, given: Course | Series) -> tuple[Indicator, ...]:
        """One indicator for each thing that it is about; corrections are applied first."""
        return self.compute_current(given.current() if isinstance(given, Course) else given)

    def compute_current(self, given: Course | Series) -> tuple[Indicator, ...]:
        """The same of a series, or of a course that amends nothing any more."""
        return tuple(
            Indicator(
                id=self.id,
                about=each.about,
                value=each.value,
                unit=each.unit or self.unit,
                n=each.n,
                why=each.why,
            )
            for each in self.values(given)
        )
