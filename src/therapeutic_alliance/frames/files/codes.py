"""Codes for not answered, such as 99, in columns of numbers."""

from collections.abc import Iterable

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]


def numbers(codes: Iterable[str]) -> list[float]:
    """The codes that are numbers.

    >>> numbers(["99", "-1.0", "missed"])
    [99, -1]
    """
    found = []
    for code in codes:
        try:
            number = float(code)
        except ValueError:
            continue
        found.append(int(number) if number.is_integer() else number)
    return found


def words(codes: Iterable[str]) -> list[str]:
    """The codes that are none.

    >>> words(["99", "-1.0", "missed"])
    ['missed']
    """
    return [code for code in codes if not numbers([code])]


def without(column: pa.ChunkedArray, codes: list[float]) -> pa.ChunkedArray:
    """A column of numbers with null in place of the codes; any other column as it is."""
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return column
    for code in codes:
        coded = pc.equal(column, pa.scalar(code))
        column = pc.if_else(coded, pa.scalar(None, kind), column)
    return column
