"""What columns can hold, by what their dtype says: answers, scores, nothing."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

import narwhals as nw

from therapeutic_alliance.errors import Problem, TableError

Kind = Literal["numbers", "objects", "nulls", "others"]
"""Whole numbers or floats of any width; Python objects, whichever; nothing but nulls; the rest."""

TEXT = {"String", "Categorical", "Enum"}
"""Classes of Narwhals that hold text."""
_HELD = {
    "Boolean": "booleans",
    "Binary": "bytes",
    "Categorical": "categories",
    "Enum": "categories",
    "Decimal": "decimals",
    "Date": "dates",
    "Datetime": "dates",
    "Time": "times",
    "Duration": "durations",
    "List": "nested values",
    "Object": "Python objects",
    "Array": "nested values",
    "Struct": "nested values",
    "String": "text",
}
"""Class of Narwhals -> what it holds, in words."""
_UNKNOWN: dict[str, Kind] = {
    **dict.fromkeys(("nu", "vo"), "nulls"),  # null, void
    **dict.fromkeys((">i", ">u", ">f"), "numbers"),  # of NumPy, in another byte order
}
"""What Narwhals has no class for, by the first letters of the engine's own name."""
_HINTS = {"Decimal": " (cast it to a floating-point type)"}


def refuse_other_than_numbers(
    frame: Any, columns: Iterable[tuple[str, Any]], *, items: bool = False
) -> None:
    """Raise :class:`TableError` if a column can hold no answers.

    ``columns`` are pairs of what a column is for, which may be the id of an item, and its name.

    Whole numbers and floats of any width can, columns of nulls only, and in memory columns of
    Python objects, which are judged one by one later.
    """
    columns = list(columns)
    kinds = kinds_of(frame, [name for _, name in columns])
    refused = {"others", "objects"} if isinstance(frame, nw.LazyFrame) else {"others"}
    problems = [
        Problem(
            path="" if items else use,
            item=use if items else "",
            column=str(name),
            rule=f"holds {_words(frame.collect_schema()[name])}",
        )
        for use, name in columns
        if kinds[name] in refused
    ]
    if problems:
        raise TableError(problems)


def kinds_of(frame: Any, names: Collection[Any]) -> Mapping[Any, Kind]:
    """What columns of a frame of Narwhals hold.

    Narwhals calls objects of pandas text as soon as all of them, or none, are.
    """
    schema = frame.collect_schema()
    objects = {name for name in names if type(schema[name]).__name__ == "Object"}
    if frame.implementation.is_pandas_like():
        dtypes = dict(frame.to_native().dtypes.items())
        objects = {name for name in names if str(dtypes[name]) == "object"}
    return {
        name: "objects" if name in objects else _kind(frame, name, schema[name]) for name in names
    }


def _kind(frame: Any, name: Any, dtype: Any) -> Kind:
    kind = type(dtype).__name__
    if dtype.is_numeric() and kind != "Decimal":
        return "numbers"
    return _UNKNOWN.get(_native_dtype(frame, name)[:2], "others") if kind == "Unknown" else "others"


def is_null(name: Any, dtype: Any) -> Any:
    """The expression whether nothing stands in a column: null, or ``NaN``."""
    column = nw.col(name)
    return column.is_null() | column.is_nan() if dtype.is_float() else column.is_null()


def one_zero(name: Any, dtype: Any) -> Any:
    """The expression of a column that rows are brought together by: 0.0 and -0.0 are one value."""
    column = nw.col(name)
    if not dtype.is_float():
        return column
    return nw.when(column == 0).then(nw.lit(0.0)).otherwise(column).cast(dtype).alias(name)


def _words(dtype: Any) -> str:
    kind = type(dtype).__name__
    held = _HELD.get(kind, "values of another type")
    return f"{held}, numbers are needed{_HINTS.get(kind, '')}"


def _native_dtype(frame: Any, name: Any) -> str:
    """The engine's own name of a dtype, in small letters and without what follows it."""
    native = frame.to_native()
    kind = frame.implementation
    if kind.is_pyarrow():
        dtype = native.schema.field(name).type
    elif kind.is_polars():
        dtype = native.collect_schema()[name]
    elif kind.is_duckdb():
        dtype = native.dtypes[native.columns.index(name)]
    elif kind.is_spark_like():
        dtype = native.schema[name].dataType.typeName()
    else:
        dtype = native[name].dtype
    return str(dtype).strip('"').partition("[")[0].lower()
