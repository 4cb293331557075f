"""Hypothesis strategies built from a definition. Everything that they draw is invented."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Literal

from hypothesis import strategies as st

from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.model.measure import ItemScale, Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.rule import MissingRule, ScoreRule
from therapeutic_alliance.model.scale import Scale
from therapeutic_alliance.model.scored import Metric, ScoreSpec

_WHOLE = st.tuples(st.integers(-3, 3), st.integers(1, 10)).map(
    lambda pair: Scale(low=pair[0], high=pair[0] + pair[1])
)
_MARKS = st.just(Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm"))
_HALVES = st.integers(0, 2).map(lambda low: Scale(low=low, high=low + 4, step=0.5))
_SCALES = st.one_of(_WHOLE, _WHOLE, _MARKS, _HALVES)
_NEXT = st.one_of(st.just(1), st.just(1), st.integers(1, 4))
"""How many sessions lie between two that were observed, the second included."""
_METRICS: st.SearchStrategy[Metric] = st.sampled_from(["mean", "sum", "percent"])
_RANGES: Mapping[Metric, st.SearchStrategy[tuple[float, float]]] = {
    "mean": st.sampled_from([(1, 5), (1, 7), (0, 4), (-2, 2)]),
    "sum": st.sampled_from([(12, 60), (0, 16), (36, 252), (0, 40)]),
    "rating": st.sampled_from([(0, 10), (-3, 3)]),
    "percent": st.just((0, 100)),
}


def answers(measure: Measure, missing: bool = True) -> st.SearchStrategy[dict[str, float | None]]:
    """Answers to one form by item id, each on a step of its scale.

    With ``missing``, up to all of them are ``None``.
    Raises :class:`DefinitionError` while the scale of the measure is open.

    >>> import therapeutic_alliance as ta
    >>> from hypothesis import given
    >>> measure = ta.Registry().measure("arm-5")
    >>> @given(answers(measure, missing=False))
    ... def every_form_is_scored(form):
    ...     assert 1 <= ta.score(measure, form)["total"].value <= 7
    >>> every_form_is_scored()
    """

    def in_order(form: Mapping[str, float | None]) -> dict[str, float | None]:
        return {item: form[item] for item in measure.items}

    whole = st.fixed_dictionaries(
        {item: st.sampled_from(measure.scale_of(item).answers()) for item in measure.items}
    )
    if not missing:
        return whole.map(in_order)
    few = st.sets(st.sampled_from(measure.items), max_size=5)
    absent = st.one_of(few, few, st.sets(st.sampled_from(measure.items)))
    return st.builds(lambda form, gone: in_order(form | dict.fromkeys(gone)), whole, absent)


def _rules(at_most: int) -> st.SearchStrategy[MissingRule | None]:
    if at_most < 1:
        return st.none()
    return st.one_of(st.none(), st.builds(MissingRule, at_most=st.integers(1, min(3, at_most))))


@st.composite
def measures(draw: st.DrawFn, *, one_range: bool = False) -> Measure:
    """Invented measures of 1 to 60 items.

    Reverse sets, overlapping scores, totals of sums or of means, missing rules; unless
    ``one_range``, some items have a scale of their own.

    >>> import therapeutic_alliance as ta
    >>> from hypothesis import given
    >>> @given(measures())
    ... def comes_back_as_it_was(measure):
    ...     assert ta.loads("measure", ta.dumps(measure)) == measure
    >>> comes_back_as_it_was()
    """
    count = draw(st.integers(1, 60))
    items = tuple(draw(st.permutations([f"q{n}" for n in range(1, count + 1)])))
    own = draw(st.dictionaries(st.sampled_from(items), _SCALES, max_size=0 if one_range else 4))
    aggregates: st.SearchStrategy[Literal["sum", "mean"]] = st.sampled_from(["sum", "mean"])
    kind = draw(aggregates)
    # stretches of the shuffled items: any items, and often some that two scores share
    ends = st.tuples(st.integers(0, count - 1), st.integers(1, count))
    stretches = ends.map(lambda pair: items[min(pair[0], pair[1] - 1) : max(pair[0] + 1, pair[1])])
    parts = [
        ScoreRule(
            id=f"part-{n}", items=chosen, aggregate=kind, missing=draw(_rules(len(chosen) - 1))
        )
        for n, chosen in enumerate(draw(st.lists(stretches, min_size=1, max_size=3)))
    ]
    total = ScoreRule(
        id="total",
        of=tuple(part.id for part in parts),
        aggregate=draw(aggregates),
        missing=draw(_rules(min(1, count - 1))),
    )
    single = ScoreRule(id="first", items=(items[0],), aggregate="rating")
    whole = ScoreRule(id="whole", items=items, aggregate=draw(aggregates))
    return Measure(
        id="invented",
        version="1",
        name="Invented",
        raters=("client",),
        items=items,
        scale=draw(_SCALES),
        item_scales=tuple(ItemScale(item=item, scale=scale) for item, scale in own.items()),
        reverse=tuple(draw(st.sets(st.sampled_from(items)).map(sorted))),
        scores=(*parts, total, single, whole),
        missing=draw(_rules(min(2, count - 1))),
    )


def courses(
    measure: Measure, *, least: int = 0, most: int = 12
) -> st.SearchStrategy[list[Administration]]:
    """Forms of one case by one rater, ``least`` to ``most`` of them.

    Sessions increase, some are left out, and some forms have answers missing.

    >>> import therapeutic_alliance as ta
    >>> from hypothesis import given
    >>> measure = ta.Registry().measure("arm-5")
    >>> @given(courses(measure, least=1))
    ... def is_one_course(forms):
    ...     sheets = [ta.score(measure, form) for form in forms]
    ...     assert len(ta.series(sheets, "total", rater=forms[0].rater)) == len(forms)
    >>> is_one_course()
    """
    visits = st.lists(st.tuples(_NEXT, answers(measure)), min_size=least, max_size=most)
    return st.builds(
        lambda rater, visits: [
            Administration(measure.id, "c1", session, rater, form)
            for session, form in zip(
                accumulate(gap for gap, _ in visits), (form for _, form in visits), strict=True
            )
        ],
        st.sampled_from(measure.raters),
        visits,
    )


@st.composite
def series(
    draw: st.DrawFn,
    *,
    low: float | None = None,
    high: float | None = None,
    metric: Metric | None = None,
    least: int = 0,
    most: int = 40,
) -> Series:
    """Courses of one score, ``least`` to ``most`` sessions long.

    Gaps in the numbers, sessions without a score, ties, stretches at the possible maximum.
    ``low`` and ``high`` are the possible range, both or neither; what is not given is drawn.

    >>> from hypothesis import given
    >>> @given(series(low=1, high=5, metric="mean", least=3))
    ... def lies_within_its_range(course):
    ...     assert all(1 <= point.value <= 5 for point in course.observed)
    >>> lies_within_its_range()
    """
    drawn = draw(_METRICS)
    known = metric or drawn
    if low is None or high is None:
        low, high = draw(_RANGES[known])
    steps = draw(st.sampled_from([4, 16, 48, 1_000]))
    counts = st.integers(0, steps)
    visit = st.tuples(_NEXT, st.one_of(counts, counts, counts, st.just(steps), st.none()))
    sessions = draw(st.integers(least, most))  # else long ones would be rare
    visits = draw(st.lists(visit, min_size=sessions, max_size=sessions))
    points = zip(accumulate(gap for gap, _ in visits), (count for _, count in visits), strict=True)
    return _series(points, ScoreSpec("total", known, low, high, 0), steps)


def _series(points: Iterable[tuple[int, int | None]], spec: ScoreSpec, steps: int) -> Series:
    """Steps of the range as scores; the last one is exactly its end."""
    width = spec.high - spec.low

    def value(count: int | None) -> float | None:
        if count is None:
            return None
        return spec.high if count == steps else spec.low + width * count / steps

    return Series(points=tuple(Point(n, value(count)) for n, count in points), spec=spec)
