"""The column names of a frame, where they say clearly which column is meant."""

from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import TableError


def of_narwhals(frame: Any) -> "nw.DataFrame[Any] | nw.LazyFrame[Any]":
    """The caller's frame as one of Narwhals; ``TypeError`` if it is none.

    Raises :class:`TableError` for columns of one name, in pandas and PyArrow.
    """
    try:
        given: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(frame)
    except nw.exceptions.DuplicateError:
        is_frame = True
    except TypeError:
        is_frame = False
    else:
        return given
    if not is_frame:
        told = "a data frame is needed (pandas, Polars, PyArrow, DuckDB, PySpark)"
        raise TypeError(f"{told}, not a {type(frame).__name__}")
    counted = Counter(frame.columns if hasattr(frame, "iloc") else frame.column_names)
    raise _of_one_name(name for name, count in counted.items() if count > 1)


def as_given(made: Any, frame: Any) -> Any:
    """A frame of Narwhals as what the caller's ``frame`` is: native, or of that version of it."""
    native = made.to_native()
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return native
    version = import_module(type(frame).__module__.removesuffix(".dataframe"))
    return version.from_native(native)


def headings(frame: Any) -> tuple[Any, ...]:
    """The column names of a frame of Narwhals: text, but for labels of pandas that are not.

    Raises :class:`TableError` for two columns of one name, for labels of several levels, and for
    a lazy frame whose own earlier steps cannot be resolved.
    """
    names = _names(frame)
    levels = [isinstance(name, tuple) for name in names]
    if any(levels):
        told = "column labels of several levels: give it one level"
        single = "a column label that is a tuple: rename it"
        raise TableError(f"the frame has {told if all(levels) else single}")
    fold = folding(frame)
    counted = Counter(map(fold, names))
    if again := [name for name in names if counted[fold(name)] > 1]:
        raise _of_one_name(dict.fromkeys(again))
    return names


def _of_one_name(names: Iterable[Any]) -> TableError:
    told = ", ".join(f'"{name}"' for name in names)
    return TableError(f"the frame has several columns of one name: {told}")


def refuse_taken(
    frame: Any, there: Iterable[Any], new: Iterable[str], way_out: str = "rename it"
) -> None:
    """Raise :class:`TableError` if a column that is there is called as a new one will be."""
    fold = folding(frame)
    taken = {*map(fold, there)}
    for name in new:
        if fold(name) in taken:
            raise TableError(f"the frame has a column {name} already: {way_out}")


def folding(frame: Any) -> Callable[[Any], Any]:
    """A name as the engine tells names apart: for those of SQL, small letters are no others."""
    kind = frame.implementation
    return str.casefold if kind.is_duckdb() or kind.is_spark_like() else lambda name: name


def _names(frame: Any) -> tuple[Any, ...]:
    native = frame.to_native()
    kind = frame.implementation
    if kind.is_pyarrow():
        return tuple(native.column_names)
    if not kind.is_polars():
        return tuple(native.columns)
    try:
        return tuple(frame.collect_schema().names())
    except Exception:  # noqa: BLE001, S110 - an engine's own, which may quote what it holds
        pass
    raise TableError("the frame's own earlier steps fail: collect it to see where")


def unused(names: Iterable[Any]) -> str:
    """A beginning that no name has, whatever the engine thinks of small letters."""
    return "_" * (1 + max((_leading(str(name)) for name in names), default=0))


def _leading(name: str) -> int:
    return len(name) - len(name.lstrip("_"))
