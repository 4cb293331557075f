"""Columns under names that an engine takes for nothing but names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from therapeutic_alliance.frames.duckdb_columns import quoted
from therapeutic_alliance.frames.headings import headings, unused

_POLARS = re.compile(r"\*|\^.*\$", re.DOTALL)
"""All columns, and those that fit a regular expression."""
_DUCKDB = re.compile(r'\*|.*[."].*', re.DOTALL)
"""Before version 2 ``a.b`` is the column ``b`` of ``a``, and quotes are those of SQL."""
_SPARK = re.compile(r"\*|.*[.`].*", re.DOTALL)
"""There ``a.b`` is the field ``b`` of ``a``."""


def plainly(frame: Any) -> tuple[Any, Mapping[Any, Any]]:
    """The frame, and what each column is called in it: a number, if its name says more."""
    names = headings(frame)
    mark = unused(names)
    plain = {
        name: f"{mark}c{number}" if _says_more(frame, name) else name
        for number, name in enumerate(names)
    }
    unchanged = all(name == own for own, name in plain.items())
    return (frame if unchanged else called(frame, [*plain.values()])), plain


def called(frame: Any, names: Sequence[str]) -> Any:
    """A frame of Polars or of an engine with these names for its columns."""
    native, kind = frame.to_native(), frame.implementation
    if kind.is_polars():
        renamed = native.rename(dict(zip(headings(frame), names, strict=True)))
    elif kind.is_duckdb():
        pairs = zip(native.columns, names, strict=True)
        renamed = native.project(", ".join(f"{quoted(old)} as {quoted(new)}" for old, new in pairs))
    else:
        renamed = native.toDF(*names)
    return nw.from_native(renamed)


def _says_more(frame: Any, name: Any) -> bool:
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
