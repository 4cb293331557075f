"""CSV as pieces of whole records, with every quoted cell closed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

MAX_RECORD = 1 << 20
"""Bytes within which a record has to end: a quote that is not closed would hold the whole file."""
_LINE_ENDS = b"\r\n"
_QUOTE = b'"'
_UNCLOSED = "a quoted cell is not closed properly"


class BrokenCsvError(ValueError):
    """A record that cannot be read; the message is the rule."""

    def __init__(self, rule: str, before: bytes) -> None:
        super().__init__(rule)
        self.before = before
        """The records before it that were not yet given, and its own beginning."""


class Records:
    """Cuts CSV after records.

    A quote opens a cell at its beginning only, and closes it at its end only; two of them within
    are one that belongs to the cell. In a cell that does not begin with one, quotes are text.
    """

    def __init__(self, delimiter: str) -> None:
        around = _LINE_ENDS + delimiter.encode()
        self._around = np.isin(np.arange(256), np.frombuffer(around + _QUOTE, np.uint8))
        self._after = {b"", *(bytes([each]) for each in around)}
        outside = b"[^" + re.escape(around) + b"]"
        self._quoted = re.compile(b'"(?<!' + outside + b'")[^"]*(?:""[^"]*)*("?)')

    def pieces(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        r"""The records in the blocks, some at once, each with its line end.

        Raises :class:`BrokenCsvError` for one that is none.


        >>> [*Records(",").pieces([b'a,b\n1,"x', b'\ny"\n2,', b"z"])]
        [b'a,b\n', b'1,"x\ny"\n', b'2,z\n']
        """
        held = b""
        for block in blocks:
            held += block
            end = self._end(held)
            if end:
                yield held[:end]
                held = held[end:]
            if len(held) > MAX_RECORD:
                rule = f"a record longer than {MAX_RECORD} characters: are its quotes closed?"
                raise BrokenCsvError(rule, b"")
        quotes = self._quotes(held)
        if len(quotes) % 2:
            raise BrokenCsvError(_UNCLOSED, held[: quotes[-1]])
        if held:
            yield held + b"\n"

    def _end(self, held: bytes) -> int:
        """After the last line end that is not in a quoted cell; 0 if there is none."""
        quotes = self._quotes(held)
        end = len(held)
        while (end := max(held.rfind(each, 0, end) for each in (b"\n", b"\r"))) >= 0:
            before = int(np.searchsorted(quotes, end))
            if before % 2 == 0:
                return end + 1
            end = int(quotes[before - 1])
        return 0

    def _quotes(self, held: bytes) -> Any:
        """Where cells are opened and closed, by turns."""
        if _QUOTE not in held:
            return np.zeros(0, np.intp)
        bytes_ = np.frombuffer(b"\n" + held + b"\n", np.uint8)
        quotes = np.flatnonzero(bytes_ == ord(_QUOTE))
        before, after = bytes_[quotes[::2] - 1], bytes_[quotes[1::2] + 1]
        if self._around[before].all() and self._around[after].all():
            return quotes - 1
        return np.array([*self._one_by_one(held)], np.intp)

    def _one_by_one(self, held: bytes) -> Iterator[int]:
        """The same where quotes are text, too."""
        for cell in self._quoted.finditer(held):
            yield cell.start()
            if cell[1]:
                if held[cell.end() : cell.end() + 1] not in self._after:
                    raise BrokenCsvError(_UNCLOSED, held[: cell.start()])
                yield cell.end() - 1
