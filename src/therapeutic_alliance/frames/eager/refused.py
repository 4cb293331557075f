"""Answers that are refused: named by row, item and rule, never quoted."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.kernel.arrays import Answers
from therapeutic_alliance.frames.plan import ItemPlan, Plan
from therapeutic_alliance.scoring.key import ItemKey, as_number

MOST = 1000
"""Problems that one error holds."""


def refuse(plan: Plan, columns: Sequence[Any], answers: Sequence[Answers], invalid: Any) -> None:
    """Raise :class:`TableError` if ``invalid`` counts any refused answer, by row.

    ``columns`` are the names of those that hold the answers.
    """
    rows = np.flatnonzero(invalid)[:MOST].tolist()
    if not rows:
        return
    problems = islice(_problems(plan, columns, answers, rows), MOST)
    raise TableError(problems, count=int(invalid.sum(dtype=np.int64)))


def _problems(
    plan: Plan, columns: Sequence[Any], answers: Sequence[Answers], rows: Sequence[int]
) -> Iterator[Problem]:
    keys = [_key(plan, item) for item in plan.items]
    names = [
        None if str(name) == key.id else str(name) for name, key in zip(columns, keys, strict=True)
    ]
    for row in rows:
        for key, name, given in zip(keys, names, answers, strict=True):
            answer = given.answer(row)
            number = as_number(answer)
            missing = answer is None or (number is not None and number != number)  # noqa: PLR0124
            if not missing and (rule := key.refuses(answer)):
                yield Problem(row=row, item=key.id, column=name, rule=rule)


def _key(plan: Plan, item: ItemPlan) -> ItemKey:
    return ItemKey(
        id=item.id,
        low=item.low / plan.grid,
        high=item.high / plan.grid,
        step=item.step / plan.grid,
        reversed=item.reversed,
        keyed={count / plan.grid: count for count in range(item.low, item.high + 1, item.step)},
    )
