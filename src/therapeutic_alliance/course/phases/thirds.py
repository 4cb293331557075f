"""The thirds of a course, and whether the middle one is the lowest."""

from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.course.series import EPSILON, Series, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Phase, Phases
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean

_DIVISION = "thirds of the observed sessions in their order, the outer ones equally long"
NAMES = ("first-third", "middle-third", "last-third")
CITATION = (
    "high-low-high: Mann, and Gelso & Carter (general knowledge); Stevens et al. 2007, 44 cases "
    "of 30 sessions, did not find it (verified); how observed sessions are divided is this "
    "library's design choice"
)


@frozen(kw_only=True, field_transformer=as_tuples)
class Thirds:
    """The means of the first, middle and last third of the observed sessions."""

    means: tuple[float, ...] = field(repr=False)
    """Three, in the metric of the series; none if fewer than three sessions were observed."""
    sizes: tuple[int, ...]
    """How many observed sessions lie in each third."""
    high_low_high: bool | None
    """Is the middle third lower than both others? ``None``: not evaluable."""
    why: str
    low_information: bool
    """Half or more of the scores are at the possible maximum."""

    def __str__(self) -> str:
        return self.why


def thirds(series: Series) -> Thirds:
    """The thirds of a series: three means, and whether ``first > middle < last``.

    Observed sessions are divided by their order; the outer thirds have equally many, a third of
    them rounded, and the middle one has the rest. The comparison has no threshold but 1e-9: of
    three means that differ by chance alone, the middle one is the lowest in about one course of
    three. Mann's, and Gelso & Carter's, idea of a high-low-high course is general knowledge;
    Stevens et al. 2007 did not find it.

    >>> print(thirds(Series.of([4.2, 4.0, 3.4, 3.6, 4.0, 4.4], low=1, high=5)))
    high-low-high: means 4.1, 3.5, 4.2 of 2, 2, 2 observed sessions
    """
    parts = _divided(series)
    means = [mean([score for _, score in part]) for part in parts]
    sizes = [len(part) for part in parts]
    found = means[1] < min(means[0], means[2]) - EPSILON if means else None
    return Thirds(
        means=tuple(means),
        sizes=tuple(sizes),
        high_low_high=found,
        why=_why(found, means, sizes, len(series.observed)),
        low_information=series.at_ceiling,
    )


def _why(found: bool | None, means: list[float], sizes: list[int], observed: int) -> str:
    if found is None:
        return f"not enough data: {observed} observed, {len(NAMES)} needed"
    numbers = ", ".join(f"{each:.4g}" for each in means)
    of = ", ".join(map(str, sizes))
    name = "high-low-high" if found else "not high-low-high"
    return f"{name}: means {numbers} of {of} observed sessions"


def _divided(series: Series) -> tuple[tuple[SessionScore, ...], ...]:
    """The observed sessions of each third; none if there are fewer than three."""
    observed = series.session_scores
    if len(observed) < len(NAMES):
        return ()
    outer = (len(observed) + 1) // 3
    return observed[:outer], observed[outer:-outer], observed[-outer:]


@frozen(kw_only=True)
class ByThirds:
    """The first, middle and last third of the observed sessions of a course.

    Where they end is known when the course has ended. Unobserved sessions between two thirds lie
    in neither; see :func:`thirds` for how sessions are divided.

    >>> phases = ByThirds().phases(Series.of([4.2, 4.0, 3.4, 3.6, 4.4], low=1, high=5))
    >>> [(phase.name, phase.first, phase.last) for phase in phases]
    [('first-third', 1, 2), ('middle-third', 3, 3), ('last-third', 4, 5)]
    """

    @property
    def id(self) -> str:
        """``thirds``."""
        return "thirds"

    @property
    def mode(self) -> Literal["retrospective"]:
        """How long a third is depends on how many sessions there will be."""
        return "retrospective"

    @property
    def citation(self) -> str:
        """Where the model comes from."""
        return CITATION

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (
            ("high-low-high", "M+"),
            ("that Stevens et al. 2007 did not find it", "V"),
            ("how observed sessions are divided", "R"),
        )

    def phases(self, series: Series) -> Phases:
        """Three phases, or none if fewer than three sessions were observed."""
        found, n = thirds(series), len(series.observed)
        return Phases(
            model=self.id,
            mode=self.mode,
            phases=tuple(
                Phase(
                    name=name,
                    first=part[0][0],
                    last=part[-1][0],
                    why=f"{len(part)} of {n} observed sessions, mean {level:.4g}",
                )
                for name, part, level in zip(NAMES, _divided(series), found.means, strict=False)
            ),
            conventions=(f"{_DIVISION}: this library's design choice",),
        )
