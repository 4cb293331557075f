"""Cases as whole numbers, of which only equality counts."""

from functools import reduce
from typing import Any

import numpy as np

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.detect.faults import NO_CASE, Fault, refuse
from therapeutic_alliance.frames.eager.answers import answers
from therapeutic_alliance.frames.eager.keys import have_hashes, plain_key
from therapeutic_alliance.frames.rules.courses import Ints

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
    columns = [plain_key(frame.get_column(name)).alias("key") for name in by]  # see plain_names
    refuse(Fault(name, NO_CASE, _nulls(column)) for name, column in zip(by, columns, strict=True))
    return reduce(_together, [_numbers(frame, *each) for each in zip(by, columns, strict=True)])


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


def _numbers(frame: Any, name: Any, column: Any) -> Ints:
    if column.dtype.is_integer():
        given, _ = answers(frame, name).block(0, len(frame))
        return given.view(np.int64) if given.dtype == np.uint64 else given  # type: ignore[no-any-return]
    if column.dtype.is_nested() or not have_hashes(column):
        raise TableError(f'by: column "{name}" holds nested values')
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
