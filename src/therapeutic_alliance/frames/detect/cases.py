"""Cases as whole numbers, of which only equality counts."""

from functools import reduce
from typing import Any

import numpy as np

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.answers import answers
from therapeutic_alliance.frames.detect.courses import Ints
from therapeutic_alliance.frames.detect.faults import NO_CASE, Fault, refuse

MOST = 2**62


def cases(frame: Any, by: tuple[Any, ...]) -> Ints:
    """The case of each row of a frame of Narwhals, from one column or several.

    Raises :class:`TableError` where one of them is null or ``NaN``, and for columns of nested
    values.

    >>> import narwhals as nw
    >>> import polars
    >>> frame = polars.DataFrame({"clinic": ["b", "a", "b"], "client": [7, 7, 7]})
    >>> a, b, c = cases(nw.from_native(frame), ("clinic", "client")).tolist()
    >>> a == c, a == b
    (True, False)
    """
    columns = [frame.get_column(name) for name in by]
    refuse(Fault(name, NO_CASE, _nulls(column)) for name, column in zip(by, columns, strict=True))
    return reduce(_together, [_numbers(frame, column) for column in columns])


def ranks(numbers: Ints) -> Ints:
    """Equal numbers stay equal, others stay different, and all are below their count."""
    return np.unique(numbers, return_inverse=True)[1]


def _nulls(column: Any) -> Ints:
    null = column.is_null()
    if column.dtype.is_float():
        null = null | column.is_nan()
    return np.flatnonzero(null.to_numpy()) if null.any() else np.empty(0, np.int64)


def _together(one: Ints, two: Ints) -> Ints:
    if _span(one) * _span(two) >= MOST:
        one, two = ranks(one), ranks(two)
    wide = one.astype(np.int64) - int(one.min())
    return wide * _span(two) + (two.astype(np.int64) - int(two.min()))


def _span(numbers: Ints) -> int:
    return int(numbers.max()) - int(numbers.min()) + 1


def _numbers(frame: Any, column: Any) -> Ints:
    if column.dtype.is_integer():
        given, _ = answers(frame, column.name).block(0, len(frame))
        return given.view(np.int64) if given.dtype == np.uint64 else given  # type: ignore[no-any-return]
    if column.dtype.is_nested():
        raise TableError(f'by: column "{column.name}" holds nested values')
    kind, native = column.implementation, column.to_native()
    if kind.is_pandas():
        return native.factorize()[0]  # type: ignore[no-any-return]
    if kind.is_pyarrow():
        return _of_arrow(native)
    if kind.is_polars():
        return _of_polars(native)
    return ranks(column.to_numpy())


def _of_arrow(chunked: Any) -> Ints:
    array = chunked.combine_chunks()
    if hasattr(array.type, "value_type"):
        array = array.cast(array.type.value_type)
    return array.dictionary_encode().indices.to_numpy()  # type: ignore[no-any-return]


def _of_polars(series: Any) -> Ints:
    import polars as pl

    if series.dtype == pl.String:
        series = series.cast(pl.Categorical)
    if series.dtype in (pl.Categorical, pl.Enum):
        return series.to_physical().to_numpy()  # type: ignore[no-any-return]
    return series.rank("dense").to_numpy()  # type: ignore[no-any-return]
