"""Long tables, of which each row is one answer: made wide by the engine itself, then scored."""

from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.dtypes import kinds_of
from therapeutic_alliance.frames.eager import score as eager
from therapeutic_alliance.frames.exact_text import exactly
from therapeutic_alliance.frames.lazy import score as lazy
from therapeutic_alliance.frames.long.cells import (
    cells_in_memory,
    cells_of,
    read,
    with_rows_for_answers,
)
from therapeutic_alliance.frames.long.columns import Names, refuse_columns
from therapeutic_alliance.frames.long.rows import at_their_rows, refuse_rows
from therapeutic_alliance.frames.long.table import LongTable
from therapeutic_alliance.frames.long.wide import wide_in_memory, wide_of, with_own_keys
from therapeutic_alliance.frames.plan import Invalid, Plan


def scored(plan: Plan, frame: Any, long: LongTable, invalid: Invalid) -> Any:
    """One row a form: the columns of ``by``, one column an item, the new columns.

    An item that a form answers twice counts as refused there. Answers that belong to no form or
    to no item are counted in a column of their own. So eager and lazy frames give the same.
    """
    refuse_columns(plan, frame, long)
    names = Names.of(plan, long)
    if isinstance(frame, nw.LazyFrame):
        answers, _ = exactly(read(frame, long, names), [names.item], names.mark)
        wide = wide_of(cells_of(answers, names), names)
        return _counted(plan, lazy.scored(plan, wide, names.items), names)
    frame = nw.maybe_reset_index(frame)
    cells = cells_in_memory(read(frame, long, names), names)
    wide = with_own_keys(wide_in_memory(cells, names), frame, long.by, names)
    if invalid == "raise" and any(wide[name].sum() for name in (names.stray, names.twice)):
        refuse_rows(plan, long, cells, names)
    try:
        made = eager.scored(plan, wide, names.items, invalid)
    except TableError as error:
        problems, count = error.problems, error.count
    else:
        counted = _counted(plan, made, names)
        holds_objects = kinds_of(frame, [long.answer])[long.answer] == "objects"
        return _without_infinite(counted, names) if holds_objects else counted
    rows = wide_in_memory(with_rows_for_answers(cells, names), names)
    raise TableError(at_their_rows(problems, rows, frame.get_column(long.answer)), count=count)


def _without_infinite(scored: Any, names: Names) -> Any:
    """Null where an object is that is no number."""
    items = map(nw.col, names.items)
    return scored.with_columns(
        nw.when(item.is_finite()).then(item).alias(name)
        for name, item in zip(names.items, items, strict=True)
    )


def _counted(plan: Plan, scored: Any, names: Names) -> Any:
    """With items answered twice among those refused."""
    twice = nw.col(names.twice)
    counted = scored.with_columns(
        (nw.col(plan.invalid) + twice).cast(nw.Int16).alias(plan.invalid),
        (nw.col(plan.missing) - twice).cast(nw.Int16).alias(plan.missing),
        nw.col(names.stray).cast(nw.Int64),
    )
    kept = (*names.items, *plan.names, names.stray)
    return counted.select(
        *(nw.col(key).alias(name) for key, name in zip(names.keys, names.by, strict=True)),
        *(nw.col(name) for name in kept),
    )
