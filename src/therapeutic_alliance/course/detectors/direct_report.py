"""Ruptures that a participant reports when asked directly: ``direct-report``."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.indicators.reports import Code, code_of, mean_rating, prevalence
from therapeutic_alliance.course.observations import Kind, Observations, needed
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.finding import Flag, Flags

DyadCode = Literal["both", "patient_only", "therapist_only", "neither"]
"""Who of patient and therapist reports a rupture in a session."""
_DYAD: dict[Code, DyadCode] = {
    "both": "both",
    "first-only": "patient_only",
    "second-only": "therapist_only",
    "neither": "neither",
}


@frozen
class DirectReport:
    """Flags a session in which the participant reports a rupture; evaluable from session 1 on.

    It observes ``reports`` (:func:`therapeutic_alliance.evidence.reports`), not scores; anything
    else is a :class:`SeriesError`. A session without a report is not evaluable.

    >>> from therapeutic_alliance.course.observations import Observation
    >>> from therapeutic_alliance.model.alliance import Rating
    >>> report = Report(id="r1", session=1, by="c", rupture=True, intensity=Rating(3, 1, 5))
    >>> asked = Observations(kind="reports", points=[Observation(1, report), Observation(2, None)])
    >>> [(flag.flag, flag.why) for flag in DirectReport().flags(asked)][0]
    (True, 'reported when asked directly: possible rupture, intensity 3 on the scale 1 to 5')
    """

    @property
    def id(self) -> str:
        """``direct-report``."""
        return "direct-report"

    @property
    def mode(self) -> Literal["online"]:
        """A report is of its own session only."""
        return "online"

    @property
    def observes(self) -> Kind:
        """Direct reports."""
        return "reports"

    @property
    def citation(self) -> str:
        """Where the questions come from."""
        return (
            "Post-Session Questionnaire: Muran, Safran, Samstag & Winston 1992 (unpublished; what "
            "it asks is general knowledge); Muran et al. 2009, Psychotherapy 46:233-248 (verified)"
        )

    def flags(self, series: Observations[Report]) -> Flags:
        """One flag for each session, in their order."""
        needed(self.id, series, self.observes)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(_flag(point.session, point.value) for point in series),
            conventions=("a rupture is what the participant reports as one",),
        )


def _flag(session: int, report: Report | None) -> Flag:
    if report is None:
        return Flag(session=session, flag=None, why="nothing was reported")
    ratings = "".join(
        f", {what} {rating.value:g} on the scale {rating.low:g} to {rating.high:g}"
        for what, rating in (("intensity", report.intensity), ("resolution", report.resolution))
        if rating
    )
    asked = "when asked directly"
    return Flag(
        session=session,
        flag=report.rupture,
        why=f"reported {asked}: possible rupture{ratings}"
        if report.rupture
        else f"none is reported {asked}",
        statistic=float(report.rupture),
        threshold=1.0,
    )


@frozen(kw_only=True)
class Reported:
    """What the reports of one participant come to; ``None`` where there is nothing to count."""

    answered: int
    """Sessions with a report."""
    prevalence: float | None
    """Share of those with a reported rupture, 0 to 1."""
    intensity: float | None
    """Mean over the sessions with a reported rupture, in points of the scale."""
    resolution: float | None
    """The same. Without a rupture there is none, not one of 0."""

    @classmethod
    def of(cls, reports: Observations[Report]) -> "Reported":
        """Count and average what was reported. Ratings on two scales are not averaged."""
        found = _found(reports)
        return cls(
            answered=len(found),
            prevalence=prevalence(found).value,
            intensity=mean_rating(found, "intensity").value,
            resolution=mean_rating(found, "resolution").value,
        )


def _found(reports: Observations[Report]) -> list[Report]:
    needed("direct-report", reports, "reports")
    return [point.value for point in reports if point.value is not None]


def dyad_codes(
    patient: Observations[Report], therapist: Observations[Report]
) -> tuple[tuple[int, DyadCode | None], ...]:
    """For each session, who of patient and therapist reports a rupture; ``None``: not both asked.

    Raises :class:`SeriesError` if the reports are of two cases.

    >>> from therapeutic_alliance.course.observations import Observation
    >>> yes, no = (Report(id="r", by="p", rupture=each) for each in (True, False))
    >>> patient = Observations(kind="reports", points=[Observation(1, yes), Observation(2, None)])
    >>> therapist = Observations(kind="reports", points=[Observation(1, no), Observation(2, no)])
    >>> dyad_codes(patient, therapist)
    ((1, 'patient_only'), (2, None))
    """
    if patient.case != therapist.case:
        raise SeriesError("the reports of a dyad are of one case")
    return tuple(_dyad(patient, therapist))


def _dyad(
    patient: Observations[Report], therapist: Observations[Report]
) -> Iterator[tuple[int, DyadCode | None]]:
    first, second = (
        {point.session: point.value for point in each} for each in (patient, therapist)
    )
    for session in sorted(first.keys() | second.keys()):
        one, other = first.get(session), second.get(session)
        yield session, _DYAD[code_of(one, other)] if one and other else None
