"""One course in every metric: sums that are whole numbers, so that rounding alone differs.

The sums of :data:`APART` run from 0 to 53. 53 is a prime, so that no difference of two sums is a
whole percentage of the range, and a threshold that is one is never met exactly. Those of
:data:`TIED` run from 10 to 50: differences meet such thresholds often, as 6 sums, 0.6 means and
15 percent do. There a rule has to compare with a tolerance, since ``4.3 - 3.7 < 0.6`` in floating
point; this library's rules use ``1e-9``. Whatever else a rule computes of whole numbers so small
lies on a threshold, or further from it than ``1e-9`` is in any of the metrics.
"""

from collections.abc import Mapping
from functools import cache

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import ScoreRule
from therapeutic_alliance.model.scale import Scale
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.scoring.key import compile_key
from therapeutic_alliance.scoring.metric import convert
from therapeutic_alliance.testing.rules.simulated import Course, courses

METRICS: tuple[Metric, ...] = ("sum", "mean", "percent")
COURSES = 200


def _measure(id_: str, count: int, low: int, high: int) -> Measure:
    items = tuple(str(n) for n in range(1, count + 1))
    return Measure(
        id=id_,
        version="1",
        name="Invented",
        raters=("client",),
        items=items,
        scale=Scale(low=low, high=high),
        scores=(ScoreRule(id="total", items=items, aggregate="sum"),),
    )


APART = _measure("invented-apart", 53, 0, 1)
TIED = _measure("invented-tied", 10, 1, 5)


@cache
def in_every_metric(measure: Measure) -> tuple[Mapping[Metric, Series], ...]:
    """The same simulated courses as sum, mean and percent, the shortest first."""
    spec = compile_key(measure).spec("total")
    found = courses(COURSES, int(spec.low), int(spec.high))
    return tuple(
        {metric: _stated(course, measure, metric) for metric in METRICS} for course in found
    )


def _stated(course: Course, measure: Measure, metric: Metric) -> Series:
    spec = compile_key(measure).spec("total")
    return Series.of(
        [None if value is None else convert(spec, value, metric) for _, value in course],
        measure=measure,
        metric=metric,
        sessions=[session for session, _ in course],
    )
