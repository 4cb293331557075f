"""Cells brought together: one row a form, one column an item."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

import narwhals as nw

from therapeutic_alliance.frames.eager.keys import own_values
from therapeutic_alliance.frames.exact_text import exactly
from therapeutic_alliance.frames.long.columns import Names


def wide_of(cells: Any, names: Names) -> Any:
    """The forms, in any order; their keys as they were."""
    exact, kept = exactly(cells, names.keys, names.mark)
    keys = [nw.col(own).min() for own in kept.values()]
    forms = exact.group_by(names.keys).agg(*_largest(names), *_times(names), *keys)
    return _once(forms.with_columns(nw.col(own).alias(key) for key, own in kept.items()), names)


def wide_in_memory(cells: Any, names: Names) -> Any:
    """Forms as they appear first, with the row; items are counted only if any is answered twice."""
    every = f"{names.mark}every"
    wide = _in_order(cells, names, *_largest(names), nw.col(names.answer).count().alias(every))
    placed = sum(len(wide) - wide[item].null_count() for item in names.items)
    if wide[every].sum() == placed + wide[names.stray].sum():
        return wide.with_columns(nw.lit(0, nw.Int16).alias(names.twice))
    times = _in_order(cells, names, *_times(names)).drop(*names.keys, names.row)
    return _once(nw.concat([wide, times], how="horizontal"), names)


def with_own_keys(wide: Any, frame: Any, by: Sequence[Any], names: Names) -> Any:
    """Keys as the caller's columns have them where each form appears first, values and dtypes."""
    rows = wide[names.row].to_numpy()
    own = [own_values(frame.get_column(name), rows) for name in by]
    keys = [key.alias(name) for key, name in zip(own, names.keys, strict=True)]
    return wide.with_columns(*keys).drop(names.row)


def _in_order(cells: Any, names: Names, *aggregates: Any) -> Any:
    forms = cells.group_by(names.keys).agg(nw.col(names.row).min(), *aggregates)
    return nw.maybe_reset_index(forms.sort(names.row))


def _largest(names: Names) -> list[Any]:
    """The answers of a form, and how many strays it has."""
    strays = nw.col(names.stray).count()
    return [*(nw.col(item).max() for item in names.items), strays]


def _times(names: Names) -> list[Any]:
    """How many answers a form gives to each item."""
    return [
        nw.col(item).count().alias(names.times(position))
        for position, item in enumerate(names.items)
    ]


def _once(forms: Any, names: Names) -> Any:
    """Only items that are answered once, and how many are answered more often."""
    times = [nw.col(names.times(position)) for position in range(len(names.items))]
    return forms.with_columns(
        *(
            nw.when(time <= 1).then(nw.col(item)).alias(item)
            for item, time in zip(names.items, times, strict=True)
        ),
        reduce(add, ((time > 1).cast(nw.Int16) for time in times)).alias(names.twice),
    )
