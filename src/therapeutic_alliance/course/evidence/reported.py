"""What the direct reports of one participant come to."""

from attrs import frozen

from therapeutic_alliance.course.indicators.reports import mean_rating, prevalence
from therapeutic_alliance.course.observations import Observations, needed
from therapeutic_alliance.model.alliance.coding import Report


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
