"""CSV: types are told by PyArrow from the first rows."""

from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.files.places import CsvFile
from therapeutic_alliance.frames.files.source import Batches, Source, read

T = TypeVar("T")
FIRST = 1 << 23
"""Bytes from which the types of the columns are told."""
BLOCK = 1 << 20
"""Bytes read at once later; PyArrow reads some 30 of these ahead."""
_BROKEN = (
    "not a table of one type a column: a type is told from the first 8 MiB, and a later cell "
    "is of another one"
)


def csv_file(file: CsvFile, items: Sequence[str], words: Sequence[str]) -> Source:
    """A CSV file with a heading.

    ``items`` are the columns of answers; ``words`` are cells of columns of numbers that hold none,
    such as ``missed``.
    """
    reader = _Reader(file, words)
    found = reader.told(reader.schema)
    types = {field.name: field.type for field in found}
    for name, kind in types.items():
        if pa.types.is_null(kind):  # a column that is empty at first can hold anything later
            types[name] = pa.float64() if name in items else pa.string()
    schema = pa.schema([field.with_type(types[field.name]) for field in found])

    def batches(_rows: int) -> Batches:
        rows = reader.batches(types)
        while (batch := reader.told(lambda: next(rows, None))) is not None:
            yield batch

    return Source(name=file.path.name, schema=schema, batches=batches)


class _Reader:
    """Opens a file, more than once."""

    def __init__(self, file: CsvFile, words: Sequence[str]) -> None:
        self._file = file
        self._nulls = [*pc.ConvertOptions().null_values, *words]
        self._uneven = ""

    def schema(self) -> pa.Schema:
        """The columns, by the first rows."""
        head = self._head()
        if not head:
            raise self._error("the file is empty")
        # what a cut in the midst of a quoted cell leaves is no row
        parse = self._parse(lambda _row: "skip")
        options = pc.ReadOptions(block_size=len(head))
        source = pa.BufferReader(head)
        with pc.open_csv(source, options, parse, self._convert({})) as reader:
            return reader.schema

    def _head(self) -> bytes:
        """The first lines, as UTF-8."""
        decoder = getincrementaldecoder(self._file.encoding)()
        with self._file.path.open("rb") as file:
            start = file.read(FIRST)
        try:
            text = decoder.decode(start)
        except UnicodeError:
            text = None
        if text is None:
            raise self._error("not text in the encoding that was said (default: UTF-8)")
        whole = text[: text.rfind("\n") + 1] if len(start) == FIRST else ""
        return (whole or text).encode()

    def batches(self, types: Mapping[str, Any]) -> Batches:
        """Its rows."""
        options = pc.ReadOptions(block_size=BLOCK, encoding=self._file.encoding)
        parse = self._parse(self._refused)
        with pc.open_csv(self._file.path, options, parse, self._convert(types)) as reader:
            yield from reader

    def told(self, call: Callable[[], T]) -> T:
        """What a call gives, or what is wrong with the file."""
        try:
            return read(call, self._file.path.name, _BROKEN)
        except TableError as error:
            known = error
        raise self._error(self._uneven) if self._uneven else known

    def _parse(self, odd: Callable[[Any], str]) -> pc.ParseOptions:
        return pc.ParseOptions(
            delimiter=self._file.delimiter, newlines_in_values=True, invalid_row_handler=odd
        )

    def _convert(self, types: Mapping[str, Any]) -> pc.ConvertOptions:
        return pc.ConvertOptions(
            column_types=types, null_values=self._nulls, decimal_point=self._file.decimal
        )

    def _error(self, rule: str) -> TableError:
        return TableError(Problem(file=self._file.path.name, rule=rule))

    def _refused(self, row: Any) -> str:
        cells = f"{row.actual_columns} cells where the heading has {row.expected_columns}"
        self._uneven = cells if row.number is None else f"line {row.number}: {cells}"
        return "error"
