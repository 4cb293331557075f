"""Answers that are refused: named by row, item and rule, never quoted."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.answers import Answers
from therapeutic_alliance.frames.plan import ItemPlan, Plan
from therapeutic_alliance.scoring.key import ItemKey, as_number

MOST = 1000
"""Answers that one error names."""


def refuse(plan: Plan, answers: Sequence[Answers], invalid: Any) -> None:
    """Raise :class:`TableError` if ``invalid`` counts any refused answer, by row."""
    rows = np.flatnonzero(invalid)[:MOST].tolist()
    if not rows:
        return
    problems = list(islice(_problems(plan, answers, rows), MOST))
    count = int(invalid.sum(dtype=np.int64))
    if count > MOST:
        rule = f"{count} answers are refused; the first {MOST} of them are named"
        problems.insert(0, Problem(rule=rule))
    raise TableError(problems)


def _problems(plan: Plan, answers: Sequence[Answers], rows: Sequence[int]) -> Iterator[Problem]:
    keys = [_key(plan, item) for item in plan.items]
    for row in rows:
        for key, column in zip(keys, answers, strict=True):
            answer = column.answer(row)
            number = as_number(answer)
            missing = answer is None or (number is not None and number != number)  # noqa: PLR0124
            if not missing and (rule := key.refuses(answer)):
                yield Problem(row=row, item=key.id, rule=rule)


def _key(plan: Plan, item: ItemPlan) -> ItemKey:
    return ItemKey(
        id=item.id,
        low=item.low / plan.grid,
        high=item.high / plan.grid,
        step=item.step / plan.grid,
        reversed=item.reversed,
        keyed={count / plan.grid: count for count in range(item.low, item.high + 1, item.step)},
    )
