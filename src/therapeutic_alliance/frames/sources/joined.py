"""Files that were put together, one after the other, of which only one would be read."""

import os
from typing import BinaryIO

from therapeutic_alliance.errors import Problem, TableError

_LENGTH = 4
"""Bytes that say how long the footer before them is."""
_BLOCK = 1 << 20


def refuse_joined(file: BinaryIO, start: int, mark: bytes, name: str) -> None:
    r"""Raise :class:`TableError` if one file ends, and another begins, after ``start``.

    For files that begin and end with a mark, before which a footer tells what they hold: ``start``
    is the end of that. Up to the footer there may be indexes, so that the marks are looked for.

    >>> from io import BytesIO
    >>> whole = b"PAR1" + b"rows" + b"index" + b"footer" + b"\\6\\0\\0\\0" + b"PAR1"
    >>> refuse_joined(BytesIO(whole), 8, b"PAR1", "a.parquet")
    """
    after = file.seek(-_LENGTH - len(mark), os.SEEK_END)
    left = after - int.from_bytes(file.read(_LENGTH), "little") - file.seek(start)
    joint, held = mark * 2, b""
    while left > 0 and (block := file.read(min(left, _BLOCK))):
        left -= len(block)
        held += block
        if joint in held:
            rule = "several files, one after the other: join their rows, not their bytes"
            raise TableError(Problem(file=name, rule=rule))
        held = held[1 - len(joint) :]
