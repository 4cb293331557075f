"""The count of an answer as Narwhals expressions: null where it is missing or refused.

Nothing here raises when an engine computes it, whatever the column holds.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.frames.plan import ItemPlan, Plan

SIGNED: dict[Any, int] = {nw.Int8: 2**7, nw.Int16: 2**15, nw.Int32: 2**31, nw.Int64: 2**63}
"""The first whole number that a kind has no room for."""
UNSIGNED: dict[Any, int] = {nw.UInt8: 2**8, nw.UInt16: 2**16, nw.UInt32: 2**32}


@frozen
class Asked:
    """An item and the column of its answers."""

    item: ItemPlan
    grid: int
    column: str
    kind: Any
    """What the column holds."""
    count: str
    """Name of the temporary column for the count as answered."""
    whole: Any
    """What that column holds."""

    def stages(self) -> list[Any]:
        """What to compute, one after the other; the last is the count."""
        if not self.kind.is_numeric():
            return [nw.lit(None, self.whole).alias(self.count)]
        if self.kind.is_integer() and self._takes_every_whole_number():
            return [self._whole_numbers()]
        return self._nearest()

    def _takes_every_whole_number(self) -> bool:
        """Within the range, that is."""
        low, step = self.item.low, self.item.step
        return self.grid % step == 0 and (-(-low // self.grid) * self.grid - low) % step == 0

    def _whole_numbers(self) -> Any:
        """Tested without leaving the column's own kind, which has room for both ends."""
        low, high = -(-self.item.low // self.grid), self.item.high // self.grid
        if self.kind in SIGNED:
            low, high = max(low, -SIGNED[self.kind]), min(high, SIGNED[self.kind] - 1)
        elif self.kind.is_unsigned_integer():
            low, high = max(low, 0), min(high, UNSIGNED.get(self.kind, high + 1) - 1)
        answer = nw.col(self.column)
        inside = answer.is_between(low, high) if low <= high else nw.lit(value=False)
        kept = nw.when(inside).then(answer).cast(self.whole)
        count = kept if self.grid == 1 else (kept * self.grid).cast(self.whole)
        return count.alias(self.count)

    def _nearest(self) -> list[Any]:
        """The step nearest to the answer is its count if the two are equal as 64-bit floats."""
        kept, nearest = f"{self.count}kept", f"{self.count}nearest"
        grid, low, step = (float(each) for each in (self.grid, self.item.low, self.item.step))
        answer = nw.col(self.column).cast(nw.Float64)
        inside = answer.is_between(low / grid, self.item.high / grid)
        upper = (nw.col(kept) * grid - low) / step + 0.5
        steps = upper - upper % 1.0
        exact = nw.col(nearest) / (nw.col(nearest) * 0.0 + grid) == nw.col(kept)  # see score
        return [
            nw.when(inside).then(answer).alias(kept),
            (steps * step + low).alias(nearest),
            nw.when(exact).then(nw.col(nearest)).cast(self.whole).alias(self.count),
        ]


def asked(plan: Plan, frame: Any, columns: Sequence[str], mark: str) -> list[Asked]:
    """The items of a plan; the names of temporary columns begin with the mark."""
    schema, whole = frame.collect_schema(), _of_counts(plan, frame)
    kinds = [schema[column] for column in columns]
    return [
        Asked(item, plan.grid, column, kind, f"{mark}{position}", whole)
        for position, (item, column, kind) in enumerate(
            zip(plan.items, columns, kinds, strict=True)
        )
    ]


def _of_counts(plan: Plan, frame: Any) -> Any:
    """The narrowest kind that has room for every sum of counts, and for null."""
    if frame.implementation.is_dask():  # its whole numbers have none
        return nw.Float64
    most = len(plan.items) * max(max(abs(item.low), abs(item.high)) for item in plan.items)
    return next((kind for kind, limit in SIGNED.items() if most < limit), nw.Float64)


def missing(asked: Asked) -> Any:
    """Whether the answer is null or ``NaN``."""
    answer = nw.col(asked.column)
    return (answer.fill_nan(None) if asked.kind.is_float() else answer).is_null()
