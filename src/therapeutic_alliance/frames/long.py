"""Long tables, of which each row is one answer: made wide by the engine itself, then scored."""

from functools import reduce
from operator import add, or_
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames import eager, expressions
from therapeutic_alliance.frames.answers import answers
from therapeutic_alliance.frames.dtypes import kind_of
from therapeutic_alliance.frames.long_columns import Names, is_null, refuse_columns
from therapeutic_alliance.frames.long_rows import at_their_rows, refuse_rows
from therapeutic_alliance.frames.long_table import LongTable
from therapeutic_alliance.frames.plan import Plan


def scored(plan: Plan, frame: Any, long: LongTable, invalid: str) -> Any:
    """One row a form: the columns of ``by``, one column an item, the new columns.

    An item that a form answers twice counts as refused there. Answers that belong to no form or
    to no item are counted in a column of their own. So eager and lazy frames give the same.
    """
    refuse_columns(plan, frame, long)
    names = Names.of(plan, long)
    if isinstance(frame, nw.LazyFrame):
        wide = _wide(_cells(frame, long, names), names)
        return _counted(plan, expressions.scored(plan, wide, names.items), names)
    frame = nw.maybe_reset_index(frame)
    cells = _cells(_as_floats(frame, long.answer).with_row_index(names.row), long, names)
    wide = _wide_in_memory(cells, names)
    if invalid == "raise" and any(wide[name].sum() for name in (names.stray, names.twice)):
        refuse_rows(plan, frame, long, cells, names)
    try:
        return _counted(plan, eager.scored(plan, wide, names.items, invalid), names)
    except TableError as error:
        problems = error.problems
    rows = _wide_in_memory(_with_rows_for_answers(cells, names), names)
    raise TableError(at_their_rows(problems, rows, frame.get_column(long.answer)))


def _as_floats(frame: Any, name: Any) -> Any:
    """With floats in place of objects: infinite for what is no number, which no item accepts."""
    if kind_of(frame, name, frame.collect_schema()[name]) != "objects":
        return frame
    floats, _ = answers(frame, name).block(0, len(frame))
    return frame.with_columns(nw.new_series(name, floats, backend=frame.implementation))


def _cells(frame: Any, long: LongTable, names: Names) -> Any:
    """Key of the form, item, answer, and one column an item that holds its answers only."""
    schema = frame.collect_schema()
    answer = nw.col(long.answer)
    if not schema[long.answer].is_integer():
        answer = answer.cast(nw.Float64)
        answer = nw.when(~answer.is_nan()).then(answer)
    whole = schema[long.item].is_integer()
    item = nw.col(long.item) if whole else nw.col(long.item).cast(nw.String)
    incomplete = reduce(or_, (is_null(name, schema[name]) for name in (*long.by, long.item)))
    cells = frame.select(
        *(nw.col(name) for name in long.by),
        *(nw.col(name) for name in schema if name == names.row),
        item.alias(names.item),
        answer.alias(names.answer),
        (~incomplete).alias(names.complete),
    )
    cells = cells.with_columns(
        nw.when(nw.col(names.complete) & _is(id_, names, whole=whole))
        .then(nw.col(names.answer))
        .alias(id_)
        for id_ in names.items
    )
    nowhere = nw.all_horizontal(*(nw.col(id_).is_null() for id_ in names.items), ignore_nulls=True)
    return cells.with_columns(nw.when(nowhere).then(nw.col(names.answer)).alias(names.stray))


def _is(id_: str, names: Names, *, whole: bool) -> Any:
    """Whether a row is of an item; a whole number is the item that is called like it in digits."""
    if not whole:
        return nw.col(names.item) == id_
    if id_.isdecimal() and id_ == str(int(id_)):
        return nw.col(names.item) == int(id_)
    return nw.col(names.complete) & False


def _wide(cells: Any, names: Names) -> Any:
    """One row a form, in any order."""
    grouped = cells.group_by(names.by)
    return _once(grouped.agg(*_largest(names), *_times(names)), names)


def _wide_in_memory(cells: Any, names: Names) -> Any:
    """Forms as they appear first; items are counted only if one is answered twice at all."""
    every = f"{names.mark}every"
    wide = _in_order(cells, names, *_largest(names), nw.col(names.answer).count().alias(every))
    placed = sum(len(wide) - wide[item].null_count() for item in names.items)
    if wide[every].sum() == placed + wide[names.stray].sum():
        return wide.with_columns(nw.lit(0, nw.Int16).alias(names.twice))
    times = _in_order(cells, names, *_times(names)).drop(*names.by)
    return _once(nw.concat([wide, times], how="horizontal"), names)


def _in_order(cells: Any, names: Names, *aggregates: Any) -> Any:
    forms = cells.group_by(names.by).agg(nw.col(names.row).min(), *aggregates)
    return nw.maybe_reset_index(forms.sort(names.row)).drop(names.row)


def _largest(names: Names) -> list[Any]:
    """The answers of a form, and how many strays it has."""
    strays = nw.col(names.stray).count()
    return [*(nw.col(item).max() for item in names.items), strays]


def _times(names: Names) -> list[Any]:
    """How many answers a form gives to each item."""
    return [
        nw.col(item).count().alias(names.times(position))
        for position, item in enumerate(names.items)
    ]


def _once(forms: Any, names: Names) -> Any:
    """Only items that are answered once, and how many are answered more often."""
    times = [nw.col(names.times(position)) for position in range(len(names.items))]
    return forms.with_columns(
        *(
            nw.when(time <= 1).then(nw.col(item)).alias(item)
            for item, time in zip(names.items, times, strict=True)
        ),
        reduce(add, ((time > 1).cast(nw.Int16) for time in times)).alias(names.twice),
    )


def _with_rows_for_answers(cells: Any, names: Names) -> Any:
    return cells.with_columns(
        nw.when(~nw.col(item).is_null()).then(nw.col(names.row)).alias(item) for item in names.items
    )


def _counted(plan: Plan, scored: Any, names: Names) -> Any:
    """With items answered twice among those refused."""
    twice = nw.col(names.twice)
    counted = scored.with_columns(
        (nw.col(plan.invalid) + twice).cast(nw.Int16).alias(plan.invalid),
        (nw.col(plan.missing) - twice).cast(nw.Int16).alias(plan.missing),
        nw.col(names.stray).cast(nw.Int64),
    )
    kept = (*names.by, *names.items, *plan.names, names.stray)
    return counted.select(*(nw.col(name) for name in kept))
