"""Invented tables of answers: accepted, missing, and everything that must not be taken for one."""

from collections.abc import Mapping, Sequence
from math import inf, nan, nextafter
from typing import Literal, NamedTuple

import numpy as np
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.strategies import callers, measures

Kind = Literal["int8", "int64", "float32", "float64"]
KINDS: tuple[Kind, ...] = ("int8", "int64", "float32", "float64")
MOST_ROWS = 12
NASTY = (3.5, 300, 259, 44, -1, 0, 127, -128, 1e-9, 1e9, 2.0**62, 1e300, -1e300, inf, -inf)
_LIMITS = {"int8": (-(2**7), 2**7 - 1), "int64": (-(2**63), 2**63 - 1)}


class Column(NamedTuple):
    """Answers to one item in a column of one type; ``None`` is null, a float may be ``NaN``."""

    kind: Kind
    answers: tuple[float | None, ...]


class Table(NamedTuple):
    """A measure, the caller's missing rule and a column for each item."""

    measure: ta.Measure
    missing: ta.Prorate | None
    columns: Mapping[str, Column]
    rows: int


@st.composite
def tables(draw: st.DrawFn, measure: ta.Measure | None = None) -> Table:
    """Tables of a given measure, or else of an invented one."""
    measure = measure or draw(measures())
    rows = draw(st.sampled_from([MOST_ROWS, MOST_ROWS, 0, 1, 2, 5]))
    kinds: st.SearchStrategy[Sequence[Kind]] = st.one_of(
        st.sampled_from([[kind] for kind in KINDS]), st.just(KINDS)
    )
    of_kind, clean = st.sampled_from(draw(kinds)), draw(st.booleans())
    same = st.sampled_from(measure.scale_of(measure.items[0]).answers())
    alike = draw(st.dictionaries(st.integers(0, MOST_ROWS), same, max_size=5))
    blank = draw(st.sets(st.integers(0, MOST_ROWS), max_size=1))
    forced: dict[int, float | None] = {**alike, **dict.fromkeys(blank)}
    columns = {}
    for item in measure.items:
        scale, kind = measure.scale_of(item), draw(of_kind)
        accepted = _that_fit(kind, scale.answers()) or [None]
        cells = st.sampled_from(_palette(kind, scale, accepted, clean))
        drawn = draw(st.lists(cells, min_size=rows, max_size=rows))
        fitting = {answer: answer for answer in accepted}
        answers = [
            fitting.get(forced[row]) if row in forced else cell for row, cell in enumerate(drawn)
        ]
        columns[item] = Column(kind, tuple(answers))
    return Table(measure, draw(callers()), columns, rows)


def _palette(
    kind: Kind, scale: ta.Scale, accepted: Sequence[float | None], clean: bool
) -> list[float | None]:
    """What the cells of a column are drawn from: mostly answers that are accepted."""
    few = [accepted[n * (len(accepted) - 1) // 10] for n in range(11)]
    missing: list[float | None] = [None, nan] if kind.startswith("float") else [None]
    if clean:
        return [*few, *few, *missing]
    low, high, step = scale.low, scale.high, scale.step
    beside = [low - step, high + step, low + step / 2, nextafter(high, inf), nextafter(low, -inf)]
    return [*few, *few, *few, *missing, *_that_fit(kind, [*beside, *NASTY])]


def _that_fit(kind: Kind, numbers: Sequence[float]) -> list[float | None]:
    """Those that a column of this type can hold, as it holds them."""
    if kind == "float64":
        return [float(number) for number in numbers]
    if kind == "float32":
        with np.errstate(over="ignore"):
            return [float(np.float32(number)) for number in numbers]
    low, high = _LIMITS[kind]
    return [int(n) for n in numbers if low <= n <= high and n == int(n)]
