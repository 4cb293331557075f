"""The same score in another metric."""

from attrs import evolve

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.scored import Metric, ScoreSpec


def restate(spec: ScoreSpec, metric: Metric) -> ScoreSpec:
    """What a score means in another metric: its range there.

    Raises :class:`AllianceError` where there is no such number, as for the sum of a rating.

    >>> restate(ScoreSpec("total", "sum", 12, 60, 12, 12), "mean")
    ScoreSpec(id='total', metric='mean', low=1.0, high=5.0, of=12, per_mean=12)
    """
    low, high = (convert(spec, end, metric) for end in (spec.low, spec.high))
    return evolve(spec, metric=metric, low=low, high=high)


def convert(spec: ScoreSpec, value: float, metric: Metric) -> float:
    """A value of a score, in another metric.

    ``mean = sum / items``; ``percent = 100 * (value - low) / (high - low)`` of the possible
    range. Both are plain arithmetic of this library; neither is a norm.

    >>> convert(ScoreSpec("total", "sum", 12, 60, 12, 12), 48, "percent")
    75.0
    """
    if metric == spec.metric:
        return value
    if metric == "percent":
        if value == spec.high:
            return 100.0  # not 100.00000000000001, as rounding may have it
        return 100 * (value - spec.low) / (spec.high - spec.low)
    if spec.per_mean and (spec.metric, metric) == ("sum", "mean"):
        return value / spec.per_mean
    if spec.per_mean and (spec.metric, metric) == ("mean", "sum"):
        return value * spec.per_mean
    raise AllianceError(f"score {spec.id}: there is no {metric} of a score in {spec.metric}")
