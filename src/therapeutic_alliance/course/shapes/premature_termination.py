"""What is known to go with early drop-out, told side by side; no score and no probability."""

from attrs import field, frozen

from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.indicators.attendance import DEFINITIONS
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.finding import Flags
from therapeutic_alliance.psychometrics.line import line

CITATION = (
    "weaker alliance goes with drop-out: Sharf et al. 2010, meta-analysis, d about .55 (general "
    "knowledge); WAI total at session 3 and sessions to drop-out, n = 133, b = -.02 between "
    "patients and -.10 between therapists (PMC4098660, table 6, verified). Which features are "
    "told, and how, is this library's choice; they are no risk score"
)


@frozen(kw_only=True)
class Feature:
    """One thing that may be worth a look; ``None``: not known, and ``why`` says why."""

    name: str
    value: float | bool | None = field(repr=False)
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


@frozen(kw_only=True)
class TerminationFeatures:
    """Four features, not added up: no risk score, no probability, no cut-off."""

    level_at_3: Feature
    """The score of session 3, in the metric of the series."""
    last_slope: Feature
    """The least-squares slope of the last three observed scores, per session."""
    open_episode: Feature
    """Whether the score has not recovered from the latest possible rupture, or other episode."""
    missed: Feature
    """Of the sessions planned, the share recorded as missed, 0 to 1."""
    low_information: bool
    """Half or more of the scores are at the possible maximum."""

    @property
    def citation(self) -> str:
        """Where it is known from, and how sure that is."""
        return CITATION

    def __str__(self) -> str:
        return "; ".join(
            map(str, (self.level_at_3, self.last_slope, self.open_episode, self.missed))
        )


def premature_termination(
    series: Series, *, flags: Flags | None = None, course: Course | None = None
) -> TerminationFeatures:
    """What a course shows of four features that may go with a premature end, up to now.

    The level at session 3; the slope of the last three observed scores; whether the latest
    episode of ``flags`` is open, that is, its score has not recovered, within the window or so far
    (see :func:`episodes`); and the sessions recorded as missed in ``course``. A weaker alliance
    goes with drop-out in groups; what these features say of one person is not known, and nothing
    is computed from them together. How each is told is this library's choice.

    Raises :class:`SeriesError` if flags or course are not of this series, or flags are of a waning.

    >>> found = premature_termination(Series.of([3.8, 4.0, 4.2, 4.0, 3.8], low=1, high=5))
    >>> print(found.level_at_3, found.last_slope, sep="; ")
    level at session 3: 4.2; last slope: -0.2000 a session over sessions 3, 4, 5
    >>> print(found.open_episode)
    open episode: not known: the flags of a detector are needed
    """
    if course is not None and series.case not in (None, course.case):
        raise SeriesError("the course is of another case than the series")
    if flags is not None and flags.sign != "rupture":
        raise SeriesError(f"{flags.detector} flags no possible ruptures: not asked about here")
    return TerminationFeatures(
        level_at_3=_level(series),
        last_slope=_last_slope(series),
        open_episode=_open_episode(series, flags),
        missed=_missed(course),
        low_information=series.at_ceiling,
    )


def _unknown(name: str, why: str) -> Feature:
    return Feature(name=name, value=None, why=f"not known: {why}")


def _level(series: Series) -> Feature:
    name = "level at session 3"
    score = dict(series.session_scores).get(3)
    if score is None:
        return _unknown(name, "session 3 was not observed")
    return Feature(name=name, value=score, why=f"{score:.4g}")


def _last_slope(series: Series) -> Feature:
    name = "last slope"
    last = series.session_scores[-3:]
    if len(last) < 3:
        return _unknown(name, f"{len(last)} observed, 3 needed")
    slope = line([session for session, _ in last], [score for _, score in last]).slope
    over = ", ".join(str(session) for session, _ in last)
    why = f"{round(slope, 4) + 0.0:.4f} a session over sessions {over}"
    return Feature(name=name, value=slope, why=why)


def _open_episode(series: Series, flags: Flags | None) -> Feature:
    name = "open episode"
    if flags is None:
        return _unknown(name, "the flags of a detector are needed")
    found = episodes(series, flags)
    if not flags.evaluable:
        return _unknown(name, f"{flags.detector} could judge no session")
    if not found:
        why = f"no session was flagged by {flags.detector}, which is no sign of a good alliance"
        return Feature(name=name, value=False, why=why)
    return Feature(name=name, value=not found[-1].repaired, why=f"{flags.detector}: {found[-1]}")


def _missed(course: Course | None) -> Feature:
    name = "missed sessions"
    if course is None:
        return _unknown(name, "a series does not say why a session has no score; give the course")
    [found] = [
        each
        for definition in DEFINITIONS
        if definition.id == "sessions-missed"
        for each in definition.compute(course)
        if not each.about
    ]
    if found.value is None:
        return _unknown(name, found.why)
    return Feature(name=name, value=found.value, why=found.why)
