"""Columns under names that an engine takes for nothing but names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from therapeutic_alliance.frames.headings import headings, unused

_POLARS = re.compile(r"\*|\^.*\$", re.DOTALL)
"""All columns, and those that fit a regular expression."""
_DUCKDB = re.compile(r"\*")
_SPARK = re.compile(r"\*|.*[.`].*", re.DOTALL)
"""There ``a.b`` is the field ``b`` of ``a``."""


def says_more(frame: Any, name: Any) -> bool:
    """Whether the engine of a frame of Narwhals takes a name for more than one."""
    kind = frame.implementation
    if kind.is_polars():
        pattern = _POLARS
    elif kind.is_duckdb():
        pattern = _DUCKDB
    elif kind.is_spark_like():
        pattern = _SPARK
    else:
        return False
    return pattern.fullmatch(name) is not None


def plainly(frame: Any) -> tuple[Any, Mapping[Any, Any]]:
    """The frame, and what its columns are called in it: numbers, if a name says more than that."""
    names = headings(frame)
    if not any(says_more(frame, name) for name in names):
        return frame, {name: name for name in names}
    mark = unused(names)
    numbered = {name: f"{mark}c{number}" for number, name in enumerate(names)}
    return called(frame, [*numbered.values()]), numbered


def called(frame: Any, names: Sequence[str]) -> Any:
    """A frame of Polars or of an engine with other names for all of its columns."""
    native, kind = frame.to_native(), frame.implementation
    if kind.is_polars():
        renamed = native.rename(dict(zip(headings(frame), names, strict=True)))
    elif kind.is_duckdb():
        pairs = zip(native.columns, names, strict=True)
        renamed = native.project(
            ", ".join(f"{_quoted(old)} as {_quoted(new)}" for old, new in pairs)
        )
    else:
        renamed = native.toDF(*names)
    return nw.from_native(renamed)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
