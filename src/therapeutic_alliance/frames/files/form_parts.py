"""Which columns say of what form a row is."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from therapeutic_alliance.frames.files.digest import ZERO, truths

WHEN = ("session", "date")
"""The second stands for the first where that is not there."""
MORE = ("rater", "person", "occasion")
PARTS = ("case", *WHEN, "measure", *MORE)
"""The measure tells no rows apart: all are of one."""
_ONE_WAY = {
    "session": (r"^0*([1-9]\d*)(\.0+)?$", r"\1"),
    "date": (r"^(\d{4})-?(\d{2})-?(\d{2})([ T].*)?$", r"\1-\2-\3"),
}
"""Part -> the ways in which it is written, and the one in which it is compared."""


def compared(columns: Mapping[str, str]) -> dict[str, str]:
    """Part -> column, those first that say whose form it is; none unless these are there.

    >>> compared({"rater": "rater", "session": "no", "case": "who", "date": "date"})
    {'case': 'who', 'session': 'no', 'rater': 'rater'}
    """
    when = next((part for part in WHEN if part in columns), None)
    if when is None or "case" not in columns:
        return {}
    parts: Sequence[str] = ("case", when, *MORE)
    return {part: columns[part] for part in parts if part in columns}


def lacking(columns: Mapping[str, str]) -> str:
    """Why no rows are compared, in words.

    >>> lacking({"case": "who", "rater": "rater"})
    'no column session (or date)'
    """
    case = "case" not in columns
    when = not any(part in columns for part in WHEN)
    names = [*(["case"] if case else []), *(["session (or date)"] if when else [])]
    return f"no column{'s' if len(names) > 1 else ''} {' and '.join(names)}"


def cells(part: str, column: pa.Array) -> pa.Array:
    """A column as it is compared, as tables that are read as forms are.

    Text without spaces around it; of a date with a time only the date; session 01 is session 1.
    """
    if part == "date" and (pa.types.is_timestamp(column.type) or pa.types.is_date64(column.type)):
        return column.cast(pa.date32())
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not _is_text(column):
        return column
    column = pc.utf8_trim_whitespace(column)
    return column if part not in _ONE_WAY else _in_one_way(column, *_ONE_WAY[part])


def absent(column: pa.Array) -> Any:
    """Where a column, as it is compared, says nothing: null, ``NaN``, text without a character."""
    gone = pc.is_null(column, nan_is_null=True)
    if _is_text(column):
        lengths = pc.binary_length(column).cast(pa.int64())
        gone = pc.equal(lengths.fill_null(ZERO), ZERO)
    return truths(gone)


def _is_text(column: pa.Array) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _in_one_way(column: pa.Array, pattern: str, wanted: str) -> pa.Array:
    """Text written in one way; each that occurs is looked at once."""
    coded = column.dictionary_encode()
    texts = pc.replace_substring_regex(coded.dictionary, pattern, wanted)
    return pa.DictionaryArray.from_arrays(coded.indices, texts).dictionary_decode()
