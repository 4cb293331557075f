"""Ruptures that a participant reports when asked directly: ``direct-report``."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable
from therapeutic_alliance.course.observations import Kind, Observations, needed
from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag, Flags


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

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("structure", "M+"), ("findings of Muran et al. 2009", "V"))

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
        return not_evaluable(session, "nothing was reported")
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
