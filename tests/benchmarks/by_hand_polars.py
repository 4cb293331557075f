"""The full job in Polars, staged by hand as a good user would: the yardstick of lazy frames.

Range check, reversal, missing rule, scores of scales and total as prorated sums, how many
answers each rests on, how many are out of range, missing, and whether all are alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import polars as pl
from polars import col


def scored(
    frame: pl.LazyFrame,
    scales: Mapping[str, Sequence[str]],
    *,
    low: int,
    high: int,
    reverse: Sequence[str] = (),
    share: float,
) -> pl.LazyFrame:
    """The frame with the new columns; each item is in one of the scales, given by its column."""
    items = [item for scale in scales.values() for item in scale]
    sizes = {name: len(scale) for name, scale in scales.items()} | {"total": len(items)}
    frame = frame.with_columns(
        pl.when(col(item).is_between(low, high)).then(col(item)).alias(f"_{item}") for item in items
    )
    keyed = {
        item: low + high - col(f"_{item}") if item in reverse else col(f"_{item}") for item in items
    }
    frame = frame.with_columns(
        *(
            pl.sum_horizontal(keyed[item].cast(pl.Int16) for item in scale).alias(f"_sum_{name}")
            for name, scale in scales.items()
        ),
        *(
            _how_many(col(f"_{item}").is_not_null() for item in scale).alias(f"{name}_answered")
            for name, scale in scales.items()
        ),
        _how_many(col(item).is_null() for item in items).alias("missing"),
        pl.max_horizontal(f"_{item}" for item in items).alias("_highest"),
        pl.min_horizontal(f"_{item}" for item in items).alias("_lowest"),
    )
    frame = frame.with_columns(
        pl.sum_horizontal(f"_sum_{name}" for name in scales).alias("_sum_total"),
        pl.sum_horizontal(f"{name}_answered" for name in scales).alias("total_answered"),
    )
    answered = col("total_answered")
    alike = (col("_highest") == col("_lowest")) & (answered >= 2)
    return frame.with_columns(
        *(
            pl.when(col(f"{name}_answered") >= ceil(share * k))
            .then(col(f"_sum_{name}") * k / col(f"{name}_answered"))
            .alias(name)
            for name, k in sizes.items()
        ),
        (len(items) - answered - col("missing")).alias("invalid"),
        alike.fill_null(value=False).alias("uniform"),
    ).select(pl.exclude("^_.*$"))


def _how_many(truths: Iterable[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(truth.cast(pl.Int16) for truth in truths)
