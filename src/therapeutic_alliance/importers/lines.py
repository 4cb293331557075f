"""A text file as lines, with a limit on each and an exact row for what cannot be decoded."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from therapeutic_alliance.errors import Problem, TableError

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of ``.xlsx`` and ``.ods``, and of ``.xls``."""
MAX_LINE = 1 << 20
"""Longest line, in characters."""


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """The file as text; a byte order mark is dropped, undecodable bytes are kept as surrogates.

    Raises :class:`TableError` if it cannot be opened or the encoding is unknown. A pipe is
    refused, because a table is read more than once.
    """
    try:
        # "utf-8-sig" reads UTF-8 with and without a byte order mark
        name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
        if path.exists() and not path.is_file():
            raise TableError(Problem(file=path.name, rule="cannot be read: not a regular file"))
        _refuse_other_kinds(path, name)
        file = path.open(encoding=name, errors="surrogateescape", newline="")
    except OSError as fault:
        problem = f"cannot be read: {fault.strerror}"
    except (LookupError, ValueError):
        problem = "no such encoding of text files"
    else:
        with file:
            yield file
        return
    raise TableError(Problem(file=path.name, rule=problem))


def _refuse_other_kinds(path: Path, encoding: str) -> None:
    """Tell a workbook, and UTF-16 that is read as UTF-8, by their first bytes."""
    with path.open("rb") as file:
        start = file.read(4)
    rule = ""
    if start in WORKBOOKS:
        rule = "this is a workbook: save it as CSV"
    elif start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and encoding == "utf-8-sig":
        rule = "this is UTF-16: say --encoding utf-16"
    if rule:
        raise TableError(Problem(file=path.name, rule=rule))


def lines(file: TextIO, name: str, encoding: str) -> Iterator[str]:
    """The lines of a file. Raises :class:`TableError` at one that is too long or undecodable."""
    row = 1
    while line := _line(file, name, encoding, row):
        if len(line) >= MAX_LINE:
            rule = f"longer than {MAX_LINE} characters: is this a table with one form a line?"
            raise TableError(Problem(file=name, row=row, rule=rule))
        if not line.isascii() and any("\ud800" <= character <= "\udfff" for character in line):
            raise TableError(Problem(file=name, row=row, rule=_undecodable(encoding)))
        yield line
        row += 1


def _line(file: TextIO, name: str, encoding: str, row: int) -> str:
    try:
        return file.readline(MAX_LINE)
    except UnicodeError:
        pass
    raise TableError(Problem(file=name, row=row, rule=_undecodable(encoding)))


def _undecodable(encoding: str) -> str:
    return f"not {encoding}: name the file's encoding, such as --encoding cp1252"
