"""Rows sorted by case, then session: both and the row itself packed into one whole number."""

from typing import Protocol

import numpy as np
from attrs import field, frozen

from therapeutic_alliance.frames.eager.numbered import ranks
from therapeutic_alliance.frames.rules.courses import Ints

BITS = 63
"""Of a key that is never negative."""
BLOCK = 1 << 15
"""Rows at a time, so that they stay in the cache of a core."""


class Sorted(Protocol):
    """Rows sorted by case, then session."""

    @property
    def start(self) -> Ints:
        """Where among them each case begins."""

    @property
    def twice(self) -> Ints:
        """Rows of a session that its case has before."""

    def part(self, cut: slice) -> tuple[Ints, Ints]:
        """Rows, and their session numbers."""


def in_order(case: Ints, session: Ints) -> Sorted:
    """At least one row sorted. Of the numbers of cases only equality counts.

    >>> import numpy as np
    >>> rows = in_order(np.array([9, 7, 9, 7]), np.array([2, 1, 1, 1]))
    >>> row, session = rows.part(slice(None))
    >>> row.tolist(), session.tolist(), rows.start.tolist(), rows.twice.tolist()
    ([1, 3, 2, 0], [1, 1, 1, 2], [0, 2], [3])
    """
    return _packed(case, session) or _packed(ranks(case), session) or _apart(case, session)


@frozen
class Packed:
    """Keys: case, session and row, from the highest bits to the lowest."""

    key: Ints = field(repr=False)
    of_session: int
    of_row: int
    """Bits."""
    earliest: int
    """The session number that is packed as 0."""
    start: Ints = field(repr=False)
    twice: Ints = field(repr=False)

    def part(self, cut: slice) -> tuple[Ints, Ints]:
        """Unpacked."""
        key = self.key[cut]
        row = key & (1 << self.of_row) - 1
        session = key >> self.of_row
        session &= (1 << self.of_session) - 1
        session += self.earliest
        return row, session


@frozen
class Apart:
    """Rows whose keys do not fit: about ten times slower."""

    row: Ints = field(repr=False)
    session: Ints = field(repr=False)
    start: Ints = field(repr=False)
    twice: Ints = field(repr=False)

    def part(self, cut: slice) -> tuple[Ints, Ints]:
        """As they are."""
        return self.row[cut], self.session[cut]


def _packed(case: Ints, session: Ints) -> Packed | None:
    """``None`` if case, session and row do not fit."""
    first, earliest = int(case.min()), int(session.min())
    of_case = (int(case.max()) - first).bit_length()
    of_session = (int(session.max()) - earliest).bit_length()
    of_row = (len(case) - 1).bit_length()
    if of_case + of_session + of_row > BITS:
        return None
    key = np.empty(len(case), np.int64)
    least = (first << of_session) + earliest << of_row
    number = np.arange(min(len(case), BLOCK)) - _wrapped(least)
    for begin in range(0, len(case), BLOCK):
        block = slice(begin, begin + BLOCK)
        part = key[block]
        np.left_shift(case[block], of_session, out=part, dtype=np.int64)
        part += session[block]
        part <<= of_row
        part += number[: len(part)]
        number += BLOCK
    key.sort()
    return Packed(key, of_session, of_row, earliest, *_changes(key, of_session, of_row))


def _wrapped(number: int) -> np.int64:
    """As arithmetic of 64 bits has it: what overflows on the way to a key is right in the end."""
    return np.uint64(number % 2**64).astype(np.int64)


def _changes(key: Ints, of_session: int, of_row: int) -> tuple[Ints, Ints]:
    """Where cases start, and rows of the case and session of the row before."""
    starts, twice = [np.zeros(1, np.int64)], [np.empty(0, np.int64)]
    same_case = (1 << of_row + of_session) - 1
    for begin in range(0, len(key) - 1, BLOCK):
        part = key[begin : begin + BLOCK + 1]
        change = part[1:] ^ part[:-1]
        starts.append(np.flatnonzero(change > same_case) + (begin + 1))
        if not change.min() >> of_row:
            twice.append(part[1:][change >> of_row == 0] & (1 << of_row) - 1)
    return np.concatenate(starts), np.concatenate(twice)


def _apart(case: Ints, session: Ints) -> Apart:
    row = np.lexsort((session, case))
    case, session = case[row], session[row]
    other = case[1:] != case[:-1]
    start = np.concatenate(([0], 1 + np.flatnonzero(other)))
    return Apart(row, session, start, row[1:][~other & (session[1:] == session[:-1])])
