"""Keys as whole numbers, of which only equality counts."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from therapeutic_alliance.frames.eager.answers import answers

Ints = NDArray[np.integer]
MOST = 2**62
_WIDE = (nw.Int128, nw.UInt128)
"""Whole numbers that NumPy has none of."""


def numbered(columns: Sequence[Any]) -> Ints:
    """One number a row, from plain columns of Narwhals in memory that are fit and have no nulls.

    >>> import polars
    >>> texts = nw.from_native(polars.Series("clinic", ["b", "a", "b"]), series_only=True)
    >>> ids = nw.from_native(polars.Series("client", [7, 7, 7]), series_only=True)
    >>> a, b, c = numbered([texts, ids]).tolist()
    >>> a == c, a == b
    (True, False)
    """
    return reduce(_together, map(_numbers, columns))


def ranks(numbers: Ints) -> Ints:
    """Equal numbers stay equal, others stay different, and all are below their count."""
    return np.unique(numbers, return_inverse=True)[1]


def _together(one: Ints, two: Ints) -> Ints:
    if not len(one):
        return one
    if _span(one) * _span(two) >= MOST:
        one, two = ranks(one), ranks(two)
    wide = one.astype(np.int64) - int(one.min())
    return wide * _span(two) + (two.astype(np.int64) - int(two.min()))


def _span(numbers: Ints) -> int:
    return int(numbers.max()) - int(numbers.min()) + 1


def _numbers(column: Any) -> Ints:
    if column.dtype.is_integer() and not isinstance(column.dtype, _WIDE):
        given, _ = answers(column.to_frame(), column.name).block(0, len(column))
        return given.view(np.int64) if given.dtype == np.uint64 else given  # type: ignore[no-any-return]
    if column.dtype.is_float():
        column = column + 0.0  # for Arrow -0.0 is another value
    kind, native = column.implementation, column.to_native()
    if kind.is_pandas():
        return native.factorize()[0]  # type: ignore[no-any-return]
    if kind.is_pyarrow():
        return native.combine_chunks().dictionary_encode().indices.to_numpy()  # type: ignore[no-any-return]
    if kind.is_polars():
        return _of_polars(native)
    return ranks(column.to_numpy())


def _of_polars(series: Any) -> Ints:
    import polars as pl

    if series.dtype == pl.String:
        series = series.cast(pl.Categorical)
    if series.dtype in (pl.Categorical, pl.Enum):
        return series.to_physical().to_numpy()  # type: ignore[no-any-return]
    return series.rank("dense").to_numpy()  # type: ignore[no-any-return]
