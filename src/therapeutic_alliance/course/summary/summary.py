"""The whole summary of a course."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from therapeutic_alliance.course.indicators import Indicator, indicators
from therapeutic_alliance.course.phases.two_phase import TwoPhase
from therapeutic_alliance.course.roles import roles
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.summary.agreed import Agreed, agreed
from therapeutic_alliance.course.summary.bonds import BondLine, bonds
from therapeutic_alliance.course.summary.head import Head, head
from therapeutic_alliance.course.summary.moments import Looked, Moment, moments
from therapeutic_alliance.course.summary.open_points import OpenPoint, open_points
from therapeutic_alliance.course.summary.raters import Disagreement, disagreements
from therapeutic_alliance.course.timeline import numbers
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.finding import Phases
from therapeutic_alliance.model.vocabulary.tally import coverage
from therapeutic_alliance.model.vocabulary.taxonomies import TAXONOMIES
from therapeutic_alliance.model.vocabulary.usage import OwnTerm, own_terms


@frozen(kw_only=True)
class Summary:
    """What a course says, section by section. A section without records is empty."""

    head: Head
    phases: Phases | None
    """By the convention of two phases; ``None`` without a session."""
    disagreements: tuple[Disagreement, ...]
    agreed: Agreed
    bonds: tuple[BondLine, ...]
    coverage: Mapping[str, Mapping[str, int]]
    """For each taxonomy, how many records speak to each of its elements; scores do not count."""
    timeline: tuple[Moment, ...]
    open_points: tuple[OpenPoint, ...]
    indicators: tuple[Indicator, ...]
    """Of the course."""
    indicators_of_scores: tuple[tuple[Indicator, ...], ...]
    """Of each series, in their order."""
    also: Mapping[str, int]
    """Records that are in no section above, counted by the section of the course."""
    own_terms: tuple[OwnTerm, ...]
    """Words that are in no documented vocabulary."""


def summarise(
    recorded: Course,
    series: Sequence[Series] = (),
    looked: Sequence[Looked] = (),
    families: Mapping[str, str] | None = None,
) -> Summary:
    """The summary of a course as it was recorded; corrections are applied first.

    ``series`` are those of its forms, ``looked`` what detectors say of them, ``families``
    the families of their measures by id. Free text of the course stands in the summary: give
    ``course.without_free_text()`` for one without. The time needed grows with the records.

    >>> import therapeutic_alliance as ta
    >>> client = ta.alliance.Participant(id="c", role="client")
    >>> summary = summarise(ta.Course(case="c1", participants=[client]))
    >>> summary.head.sessions.listed, summary.agreed.goals
    (0, ())
    """
    current = recorded.current()
    timeline = moments(current, series, looked)
    answered = agreed(current)
    also = {
        section: len(getattr(current, section))
        for section in ("preferences", "skills", "characteristics", "reflections", "codes")
    }
    return Summary(
        head=head(recorded, current),
        phases=_phases(numbers(current)),
        disagreements=disagreements(series, families or {}, roles(current)),
        agreed=answered,
        bonds=bonds(current),
        coverage={id_: coverage(current, taxonomy) for id_, taxonomy in TAXONOMIES.items()},
        timeline=timeline,
        open_points=open_points(current, answered),
        indicators=indicators(current),
        indicators_of_scores=tuple(map(indicators, series)),
        also={section: count for section, count in also.items() if count},
        own_terms=own_terms(current),
    )


def _phases(sessions: Sequence[int]) -> Phases | None:
    if not sessions:
        return None
    return TwoPhase().phases(Series.of([None] * len(sessions), sessions=sessions, low=0, high=1))
