"""What a rule looks at, as NumPy arrays: sessions and scores."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from therapeutic_alliance.course.series import EPSILON, NO_SESSION, plain, refuses
from therapeutic_alliance.errors import SHOWN
from therapeutic_alliance.frames.detect.faults import Fault, refuse
from therapeutic_alliance.frames.eager.answers import answers
from therapeutic_alliance.frames.kernel.arrays import Answers
from therapeutic_alliance.frames.rules.courses import Floats, Ints, Truths
from therapeutic_alliance.model.scored import ScoreSpec

LAST = 2**62
"""Session numbers are below it."""


def sessions(frame: Any, name: Any) -> Ints:
    """The session numbers of a column of a frame of Narwhals; also floats that are whole.

    Raises :class:`TableError` for what is none.
    """
    given, missing = answers(frame, name).block(0, len(frame))
    wrong = missing if missing is not None and missing.any() else None
    if given.dtype.kind == "f":
        whole = (given == np.floor(given)) & (np.abs(given) < LAST)
        wrong = ~whole if wrong is None else wrong | ~whole
        given = np.where(whole, given, 0).astype(np.int64)
    if wrong is None and given.min() >= 1 and given.max() < LAST:
        sessions: Ints = given.view(np.int64) if given.dtype == np.uint64 else given
        return sessions
    outside = (given < 1) | (given >= LAST)
    refuse([Fault(name, NO_SESSION, np.flatnonzero(outside if wrong is None else wrong | outside))])
    return given  # type: ignore[no-any-return]


def scores(frame: Any, name: Any, spec: ScoreSpec) -> tuple[Floats, bool]:
    """The scores of a column of a frame of Narwhals, and whether all were observed; else ``NaN``.

    Raises :class:`TableError` for what is no score in that range.
    """
    cells = answers(frame, name)
    given, missing = cells.block(0, len(frame))
    given = given.astype(np.float64, copy=False)
    if missing is not None and missing.any():
        given = np.where(missing, np.nan, given)
    low, high = spec.low - EPSILON, spec.high + EPSILON
    if low <= given.min() and given.max() <= high:  # false if one is NaN
        return given, True
    outside = ~((low <= given) & (given <= high) | np.isnan(given))
    refuse(_refused(cells, name, outside, spec))
    return given, False


def _refused(cells: Answers, name: Any, outside: Truths, spec: ScoreSpec) -> Iterator[Fault]:
    """The rule in words of those that will be shown; the others are counted."""
    rows = np.flatnonzero(outside)
    for row in rows[:SHOWN]:
        yield Fault(name, refuses(plain(cells.answer(int(row))), spec), row[None])
    yield Fault(name, "", rows[SHOWN:])
