"""Rows of a long table as cells of a wide one: each answer in the column of its item."""

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from therapeutic_alliance.frames.dtypes import is_null, kinds_of, one_zero
from therapeutic_alliance.frames.eager.answers import answers as answers_of
from therapeutic_alliance.frames.eager.keys import plain_key
from therapeutic_alliance.frames.long.columns import Names
from therapeutic_alliance.frames.long.table import LongTable
from therapeutic_alliance.frames.plain_names import plainly

LARGEST = 2**63
"""Whole numbers that are ids of items are below it."""


def read(frame: Any, long: LongTable, names: Names) -> Any:
    """The columns that are read, under names that mean nothing to an engine."""
    plain, called = plainly(frame)
    own = (*names.keys, names.item, names.answer)
    return plain.select(
        nw.col(called[name]).alias(new) for name, new in zip(long.columns, own, strict=True)
    )


def cells_of(answers: Any, names: Names) -> Any:
    """Key of the form, item, answer, and one column an item that holds its answers only."""
    schema = answers.collect_schema()
    answer = nw.col(names.answer)
    if not schema[names.answer].is_integer():
        answer = answer.cast(nw.Float64)
        answer = nw.when(~answer.is_nan()).then(answer)
    ids = schema[names.item]
    item = nw.col(names.item)
    if not (ids.is_integer() or ids == nw.String):
        item = item.cast(nw.String)
    incomplete = reduce(or_, (is_null(name, schema[name]) for name in (*names.keys, names.item)))
    cells = answers.select(
        *(one_zero(name, schema[name]) for name in names.keys),
        *(nw.col(name) for name in schema if name == names.row),
        item.alias(names.item),
        answer.alias(names.answer),
        (~incomplete).alias(names.complete),
    )
    cells = cells.with_columns(
        nw.when(nw.col(names.complete) & _is(id_, names, ids)).then(nw.col(names.answer)).alias(id_)
        for id_ in names.items
    )
    nowhere = nw.all_horizontal(*(nw.col(id_).is_null() for id_ in names.items), ignore_nulls=True)
    return cells.with_columns(nw.when(nowhere).then(nw.col(names.answer)).alias(names.stray))


def cells_in_memory(answers: Any, names: Names) -> Any:
    """The same of a frame in memory, with the number of each row."""
    keys = [plain_key(answers.get_column(name)) for name in (*names.keys, names.item)]
    floats = _as_floats(answers.with_columns(*keys), names.answer)
    return cells_of(floats.with_row_index(names.row), names)


def with_rows_for_answers(cells: Any, names: Names) -> Any:
    """Cells in memory that say in which row an answer stands, in place of the answer."""
    return cells.with_columns(
        nw.when(~nw.col(item).is_null()).then(nw.col(names.row)).alias(item) for item in names.items
    )


def _as_floats(frame: Any, name: Any) -> Any:
    """With floats in place of objects: infinite for what is no number, which no item accepts."""
    if kinds_of(frame, [name])[name] != "objects":
        return frame
    floats, _ = answers_of(frame, name).block(0, len(frame))
    return frame.with_columns(nw.new_series(name, floats, backend=frame.implementation))


def _is(id_: str, names: Names, ids: Any) -> Any:
    """Whether a row is of an item; a whole number is the item that is called like it in digits."""
    if not ids.is_integer():
        return nw.col(names.item) == id_
    if id_.isdecimal() and id_ == str(int(id_)) and int(id_) < LARGEST:
        # unsigned: else Arrow wants to hold the column as signed numbers
        return nw.col(names.item) == (nw.lit(int(id_), ids) if ids == nw.UInt64 else int(id_))
    return nw.col(names.complete) & False
