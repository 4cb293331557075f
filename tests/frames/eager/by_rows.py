"""What the new columns of a frame should hold, row by row, from ``ta.score``."""

from collections.abc import Sequence
from typing import Any

import numpy as np

import therapeutic_alliance as ta
from therapeutic_alliance.frames.kernel.scored import Nulls, Scored
from therapeutic_alliance.scoring.key import as_number, compile_key


def expected(measure: ta.Measure, row: Sequence[object], missing: ta.Prorate | None) -> list[Any]:
    """The new columns of one row, in order; a refused answer counts as not answered."""
    key = compile_key(measure)
    numbers = [as_number(answer) for answer in row]
    gone = [answer is None or answer != answer for answer in row]  # noqa: PLR0124
    kept = [
        number if number in item.keyed and not lost else None
        for item, number, lost in zip(key.items, numbers, gone, strict=True)
    ]
    sheet = ta.score(measure, kept, missing=missing)
    given = [answer for answer in kept if answer is not None]
    scores = [cell for score in sheet.scores for cell in (score.value, score.answered)]
    invalid = len(kept) - len(given) - sum(gone)
    return [*scores, invalid, sum(gone), len(given) > 1 and len(set(given)) == 1]


def found(scored: Scored, rows: int, nulls: Nulls) -> list[list[Any]]:
    """The new columns that the kernel made, by row; null as ``None``."""
    columns: list[list[Any]] = []
    for place, values in enumerate(scored.values):
        null = np.isnan(values).tolist()
        if nulls != "nan":
            marked = _flags(scored.nulls[place], rows, nulls)
            assert null == [mark == (nulls == "mask") for mark in marked]
        cells = zip(values.tolist(), null, strict=True)
        columns.append([None if lost else value for value, lost in cells])
        columns.append(scored.answered[place].tolist())
    columns += [scored.invalid.tolist(), scored.missing.tolist()]
    columns.append(_flags(scored.uniform, rows, nulls))
    return [list(row) for row in zip(*columns, strict=True)]


def _flags(array: Any, rows: int, nulls: Nulls) -> list[bool]:
    if nulls == "bits":
        array = np.unpackbits(array, bitorder="little", count=rows).astype(bool)
    return [*array.tolist()]
