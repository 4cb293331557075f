"""Simulated answers in columns, in every kind of frame that is timed.

Whole numbers from 1 to 5, 3 in 100 missing and 1 in 1000 out of range; two of twelve items
reversed, three scales and a total, all sums, prorated from three quarters of the items.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
from attrs import frozen

import therapeutic_alliance as ta

LOW, HIGH, SHARE = 1, 5, 0.75
MISSING_CODE, WRONG_CODE = -9, 9
SCORES = ("task", "bond", "goal")
SCORED_BYTES = (8, 8, 8, 8, 2, 2, 2, 2, 2, 2, 1)
"""Of each new column, bytes a row: four values, a count to each, two more, one truth value."""


@frozen(eq=False)
class Answers:
    """One matrix, item by item, and the key that scores it."""

    coded: np.ndarray[Any, Any]
    """Items by rows, 8 bits each, with the code of missing answers."""

    @classmethod
    def simulated(cls, items: int, rows: int, seed: int = 6) -> "Answers":
        """The same for the same seed."""
        draw = np.random.default_rng(seed)
        coded = np.empty((items, rows), np.int8)
        for column in coded:
            chance = draw.integers(0, 1000, rows, np.int16)
            column[:] = draw.integers(LOW, HIGH + 1, rows, np.int8)
            column[chance < 30] = MISSING_CODE
            column[chance == 999] = WRONG_CODE
        return cls(coded)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, which are the ids of the items."""
        return [f"q{n}" for n in range(1, len(self.coded) + 1)]

    @property
    def scales(self) -> Mapping[str, Sequence[str]]:
        """The columns of each score but the total: every third one."""
        return {name: self.columns[n::3] for n, name in enumerate(SCORES)}

    @property
    def reverse(self) -> list[str]:
        """The columns that are reversed: each sixth."""
        return self.columns[3::6]

    @property
    def measure(self) -> ta.Measure:
        """An invented measure."""
        parts = [
            ta.ScoreRule(id=name, items=tuple(own), aggregate="sum")
            for name, own in self.scales.items()
        ]
        total = ta.ScoreRule(id="total", of=SCORES, aggregate="sum")
        return ta.Measure(
            id="timed",
            version="1",
            name="Invented, for timing",
            raters=("client",),
            items=tuple(self.columns),
            scale=ta.Scale(low=LOW, high=HIGH),
            reverse=tuple(self.reverse),
            scores=(*parts, total),
        )

    def numpy(self) -> Any:
        """pandas, 8 bits: NumPy has no null, so that missing answers stay codes."""
        return pd.DataFrame(dict(zip(self.columns, self.coded.copy(), strict=True)), copy=False)

    def floats(self) -> Any:
        """pandas, 64-bit floats with ``NaN``."""
        made = {}
        for name, column in zip(self.columns, self.coded, strict=True):
            made[name] = column.astype("float64")
            made[name][column == MISSING_CODE] = np.nan
        return pd.DataFrame(made, copy=False)

    def masked(self) -> Any:
        """pandas, masked 8 bits."""
        columns = zip(self.columns, self.coded, strict=True)
        return pd.DataFrame(
            {n: pd.arrays.IntegerArray(c.copy(), c == MISSING_CODE) for n, c in columns}, copy=False
        )

    def arrow(self) -> Any:
        """PyArrow, 8 bits with nulls."""
        columns = zip(self.columns, self.coded, strict=True)
        return pa.table({name: pa.array(c, mask=c == MISSING_CODE) for name, c in columns})

    def polars(self) -> pl.DataFrame:
        """Polars, 8 bits with nulls."""
        made = pl.from_arrow(self.arrow(), rechunk=True)
        assert isinstance(made, pl.DataFrame)
        return made


def ours(answers: Answers, frame: Any) -> Callable[[], Any]:
    """Our job on a frame, refused answers counted."""
    measure, missing = answers.measure, ta.Prorate(SHARE)
    return lambda: ta.score_frame(measure, frame, missing=missing, invalid="null-and-count")
