"""Which rows of a long table in memory are wrong, and how; rows are counted from 0."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import narwhals as nw
import numpy as np
from attrs import evolve

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.dtypes import is_null
from therapeutic_alliance.frames.eager.numbered import numbered
from therapeutic_alliance.frames.long.columns import Names
from therapeutic_alliance.frames.long.table import LongTable
from therapeutic_alliance.frames.plan import Plan
from therapeutic_alliance.scoring.key import as_number, items_in_words


def refuse_rows(plan: Plan, long: LongTable, cells: Any, names: Names) -> None:
    """Raise :class:`TableError` for answers without form or item, and for second answers."""
    answered = cells.filter(~nw.col(names.answer).is_null())
    problems = [*_strays(plan, long, cells, names), *_again(answered, names)]
    raise TableError(sorted(problems, key=lambda problem: problem.row or 0))


def at_their_rows(problems: Sequence[Problem], rows: Any, answers: Any) -> list[Problem]:
    """Problems of rows of the wide table, told of those of the long one.

    ``rows`` is the wide table with rows in place of answers, ``answers`` the caller's column.
    """
    name = str(answers.name)
    moved = [(int(rows[each.item][each.row]), each) for each in problems]
    moved.sort(key=itemgetter(0))
    return [
        evolve(each, row=row, column=name, rule=_rule(each, answers[row])) for row, each in moved
    ]


def _rule(problem: Problem, answer: object) -> str:
    """An object that is no number was counted as infinite."""
    return "not a number" if as_number(answer) is None else problem.rule


def _strays(plan: Plan, long: LongTable, cells: Any, names: Names) -> Iterator[Problem]:
    rows = cells.filter(~nw.col(names.stray).is_null())[names.row].to_list()
    schema = cells.collect_schema()
    own = zip((*long.by, long.item), (*names.keys, names.item), strict=True)
    empty = {
        name: cells.select(is_null(key, schema[key]).alias(names.mark))[names.mark]
        for name, key in own
    }
    known = items_in_words(names.items)
    for row in rows:
        rules = [f'column "{name}" is empty' for name, nulls in empty.items() if nulls[row]]
        stranger = f'column "{long.item}": no item of {plan.measure}, which has {known}'
        rule = rules[0] if rules else stranger
        yield Problem(row=row, rule=rule)


def _again(answered: Any, names: Names) -> Iterator[Problem]:
    """No join tells forms apart in pandas: large whole numbers meet floats that are others."""
    complete = answered.filter(nw.col(names.complete))
    rows, items = complete[names.row].to_numpy(), complete[names.item]
    numbers = numbered([complete[name] for name in (*names.keys, names.item)])
    _, first, own = np.unique(numbers, return_index=True, return_inverse=True)
    for at in np.flatnonzero(first[own] < np.arange(len(rows))).tolist():
        if (item := str(items[at])) in names.items:
            rule = f"stands twice in one form, first in row {rows[first[own[at]]]}"
            yield Problem(row=int(rows[at]), item=item, rule=rule)
