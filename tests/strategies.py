"""Random measures and answers that fit them. Everything here is invented."""

from typing import Any

from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.model.measure import ItemScale

WHOLE = st.tuples(st.integers(-3, 3), st.integers(1, 10)).map(
    lambda pair: ta.Scale(low=pair[0], high=pair[0] + pair[1])
)
MARKS = st.just(ta.Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm"))
HALVES = st.integers(0, 2).map(lambda low: ta.Scale(low=low, high=low + 4, step=0.5))
SCALES = st.one_of(WHOLE, WHOLE, MARKS, HALVES)


def _rules(at_most: int) -> st.SearchStrategy[ta.MissingRule | None]:
    if at_most < 1:
        return st.none()
    return st.one_of(st.none(), st.builds(ta.MissingRule, at_most=st.integers(1, min(3, at_most))))


@st.composite
def measures(draw: st.DrawFn, *, one_range: bool = False) -> ta.Measure:
    """4 to 60 items, own ranges, reverse sets, overlapping scores, totals of sums or of means."""
    count = draw(st.integers(4, 60))
    items = tuple(draw(st.permutations([f"q{n}" for n in range(1, count + 1)])))
    own = draw(st.dictionaries(st.sampled_from(items), SCALES, max_size=0 if one_range else 4))
    kind: Any = draw(st.sampled_from(["sum", "mean"]))
    # stretches of the shuffled items: any items, and often some that two scores share
    ends = st.tuples(st.integers(0, count - 1), st.integers(1, count))
    stretches = ends.map(lambda pair: items[min(pair[0], pair[1] - 1) : max(pair[0] + 1, pair[1])])
    parts = [
        ta.ScoreRule(
            id=f"part-{n}", items=chosen, aggregate=kind, missing=draw(_rules(len(chosen) - 1))
        )
        for n, chosen in enumerate(draw(st.lists(stretches, min_size=1, max_size=3)))
    ]
    total = ta.ScoreRule(
        id="total",
        of=tuple(part.id for part in parts),
        aggregate=draw(st.sampled_from(["sum", "mean"])),
        missing=draw(_rules(1)),
    )
    single = ta.ScoreRule(id="first", items=(items[0],), aggregate="rating")
    whole = ta.ScoreRule(id="whole", items=items, aggregate=draw(st.sampled_from(["sum", "mean"])))
    return ta.Measure(
        id="invented",
        version="1",
        name="Invented",
        raters=("client",),
        items=items,
        scale=draw(SCALES),
        item_scales=tuple(ItemScale(item=item, scale=scale) for item, scale in own.items()),
        reverse=tuple(draw(st.sets(st.sampled_from(items)).map(sorted))),
        scores=(*parts, total, single, whole),
        missing=draw(_rules(2)),
    )


def steps(scale: ta.Scale) -> int:
    """How many steps there are from low to high."""
    return round((scale.high - scale.low) / scale.step)


def marks(scale: ta.Scale) -> st.SearchStrategy[float]:
    """An answer on a step of the scale, as a person would type it."""
    return st.integers(0, steps(scale)).map(lambda n: round(scale.low + n * scale.step, 6))


@st.composite
def answers(
    draw: st.DrawFn, measure: ta.Measure, *, complete: bool = False
) -> dict[str, float | None]:
    """An answer for each item; unless complete, some are missing."""
    given: dict[str, float | None] = {
        item: draw(marks(measure.scale_of(item))) for item in measure.items
    }
    if not complete:
        absent = draw(st.sets(st.sampled_from(measure.items), max_size=draw(st.integers(0, 5))))
        given |= dict.fromkeys(absent)
    return given


@st.composite
def forms(
    draw: st.DrawFn, *, complete: bool = False, one_range: bool = False
) -> tuple[ta.Measure, dict[str, float | None]]:
    """A measure with answers."""
    measure = draw(measures(one_range=one_range))
    return measure, draw(answers(measure, complete=complete))


def callers() -> st.SearchStrategy[ta.Prorate | None]:
    """What a caller may ask for missing answers."""
    return st.one_of(
        st.none(), st.integers(1, 20).map(lambda n: ta.Prorate(n / 20)), st.just(ta.Prorate(0.8))
    )
