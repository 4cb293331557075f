"""Codes for not answered, such as 99, in columns of numbers."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.scoring.cells import number_in
from therapeutic_alliance.scoring.key import as_number


def texts(codes: str | float | Iterable[str | float]) -> tuple[str, ...]:
    """One code or several, as text; :class:`AllianceError` for what is none.

    >>> texts("99"), texts(["99", -1])
    (('99',), ('99', '-1'))
    """
    several: tuple[object, ...] = (codes,)
    if isinstance(codes, Iterable) and not isinstance(codes, str | bytes | Mapping):
        several = tuple(codes)
    if not all(isinstance(code, str) or as_number(code) is not None for code in several):
        raise AllianceError("codes: texts or numbers are needed, such as '99'")
    return tuple(map(str, several))


def numbers(codes: Iterable[str]) -> list[float]:
    """The codes that are numbers.

    >>> numbers(["99", "-1.0", "missed", "nan"])
    [99, -1]
    """
    found = (number_in(code.strip(), ".") for code in codes)
    return [number for number in found if number is not None]


def words(codes: Iterable[str]) -> list[str]:
    """The codes that are none.

    >>> words(["99", "-1.0", "missed"])
    ['missed']
    """
    return [code for code in codes if not numbers([code])]


def without(column: pa.ChunkedArray, codes: list[float]) -> pa.ChunkedArray:
    """A column of numbers with null in place of the codes; any other column as it is.

    A code is compared as a number of the column's kind: 99.9 is the ``float32`` next to it.
    """
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return column
    wide = pa.float32() if pa.types.is_float16(kind) else kind  # float16 has hardly any kernels
    column = column.cast(wide)
    for code in codes:
        if (alike := _of_kind(code, kind)) is not None:
            coded = pc.equal(column, alike.cast(wide))
            column = pc.if_else(coded, pa.nulls(1, wide)[0], column)
    return column.cast(kind)


def _of_kind(code: float, kind: pa.DataType) -> pa.Scalar | None:
    """A code as a column holds it, if it can. From a buffer: ``pa.scalar`` imports pandas."""
    dtype = np.dtype(kind.to_pandas_dtype())
    if dtype.kind != "f" and not (
        isinstance(code, int) and np.iinfo(dtype).min <= code <= np.iinfo(dtype).max
    ):
        return None
    buffer = pa.py_buffer(np.array([code], dtype).tobytes())
    return pa.Array.from_buffers(kind, 1, [None, buffer])[0]
