"""Cases as whole numbers, of which only equality counts."""

from typing import Any

import numpy as np

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.detect.faults import NO_CASE, Fault, refuse
from therapeutic_alliance.frames.eager.keys import plain_key, unfit
from therapeutic_alliance.frames.eager.numbered import numbered
from therapeutic_alliance.frames.rules.courses import Ints


def cases(frame: Any, by: tuple[Any, ...]) -> Ints:
    """The case of each row of a frame of Narwhals, from one column or several.

    Raises :class:`TableError` where one of them is null or ``NaN``, and for columns of nested
    values, or of Python objects in Polars.

    >>> import narwhals as nw
    >>> import polars
    >>> frame = polars.DataFrame({"clinic": ["b", "a", "b"], "client": [7, 7, 7]})
    >>> a, b, c = cases(nw.from_native(frame), ("clinic", "client")).tolist()
    >>> a == c, a == b
    (True, False)
    """
    columns = [plain_key(frame.get_column(name)).alias("key") for name in by]  # see plain_names
    refuse(Fault(name, NO_CASE, _nulls(column)) for name, column in zip(by, columns, strict=True))
    for name, column in zip(by, columns, strict=True):
        if held := unfit(column):
            raise TableError(f'by: column "{name}" holds {held}')
    return numbered(columns)


def _nulls(column: Any) -> Ints:
    null = column.is_null()
    if column.dtype.is_float():
        null = null | column.is_nan()
    return np.flatnonzero(null.to_numpy()) if null.any() else np.empty(0, np.int64)
