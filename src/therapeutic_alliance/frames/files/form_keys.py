"""Which row has which form key, at 16 bytes of digest a row and never the key."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.frames.files.digest import LANES, Lanes, of_columns, of_numbers
from therapeutic_alliance.frames.files.form_parts import absent

_SHARDS = 16
"""Digests are compared in so many parts, so that hardly more memory is needed for that."""


class FormKeys:
    """Digests of the key of each row, batch after batch.

    >>> import pyarrow as pa
    >>> keys = FormKeys()
    >>> keys.add([pa.array(["c1", "c1", "c2"]), pa.array([1, 2, 1])])
    >>> keys.add([pa.array(["c2", "c1"]), pa.array([2, 2])])
    >>> keys.seconds()
    [(1, 4)]
    """

    def __init__(self) -> None:
        self._digests: list[Lanes] = []
        self._rows = 0
        self.without = 0
        """Rows without a key."""

    def add(self, columns: list[pa.Array], needed: int = 2) -> None:
        """Rows after those before.

        A row where one of the ``needed`` first columns, which say whose form it is, says nothing is
        like no other.
        """
        rows = len(columns[0])
        digests = of_columns(columns)
        whose = np.zeros(rows, dtype=bool)
        for column in columns[:needed]:
            whose |= absent(column)
        if whose.any():
            self.without += int(whose.sum())
            unlike = of_numbers(np.arange(self._rows, self._rows + rows, dtype=np.uint64))
            digests = tuple(
                np.where(whose, ~other, own) for own, other in zip(digests, unlike, strict=True)
            )
        self._digests.append(digests)
        self._rows += rows

    def seconds(self) -> list[tuple[int, int]]:
        """Each second form of a key: the row of the first one, and its own."""
        found = sorted(pair for shard in range(_SHARDS) for pair in self._in_shard(shard))
        return sorted(found, key=lambda pair: pair[1])

    def _in_shard(self, shard: int) -> Iterable[tuple[int, int]]:
        width = np.uint64(64 - (_SHARDS - 1).bit_length())
        own = [lanes[0][lanes[0] >> width == shard] for lanes in self._digests]
        ordered = np.sort(np.concatenate(own)) if own else np.empty(0, np.uint64)
        again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        return self._pairs(again) if len(again) else ()

    def _pairs(self, again: Lanes) -> Iterable[tuple[int, int]]:
        """Rows that are alike in both lanes, among those whose first lane stands there twice."""
        first: dict[tuple[int, ...], int] = {}
        start = 0
        for lanes in self._digests:
            for row in np.flatnonzero(np.isin(lanes[0], again)):
                key = tuple(int(lanes[lane][row]) for lane in range(LANES))
                before = first.setdefault(key, start + int(row))
                if before != start + row:
                    yield before, start + int(row)
            start += len(lanes[0])
