"""Columns of answers that are text, as a CSV file has them, as numbers."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from attrs import field, frozen

from therapeutic_alliance.scoring.cells import AnswerReader, UnreadableError, why_no_number

NO_NUMBER = float("inf")
"""Stands for a cell that is neither empty nor a number: no cell is read as infinite, and no item
accepts it as an answer."""
_NULL = pa.nulls(1, pa.float64())[0]


@frozen(kw_only=True)
class AnswerCells:
    """Reads the cells of some columns as answers; without ``columns``, none.

    >>> import pyarrow as pa
    >>> cells = AnswerCells(columns=("1",), reader=AnswerReader(missing=frozenset({"missed"})))
    >>> text = pa.record_batch({"case": ["07", "8", "9", "c"], "1": [" 5", "missed", "0x5", ""]})
    >>> numbers = cells.numbers(text)
    >>> numbers["case"].to_pylist(), numbers["1"].to_pylist()
    (['07', '8', '9', 'c'], [5.0, None, inf, None])
    >>> cells.written(numbers)["1"].to_pylist(), cells.why(text, 2, "1")
    ([5.0, None, None, None], 'not a number')
    """

    columns: tuple[str, ...] = ()
    reader: AnswerReader = field(factory=AnswerReader)

    def numbers(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows with null for not answered, and infinity for what is no number."""
        for name in self.columns:
            batch = _with(batch, name, self._numbers(batch[name]))
        return batch

    def written(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of :meth:`numbers` with null for what is no number, too."""
        for name in self.columns:
            batch = _with(batch, name, _finite(batch[name]))
        return batch

    def why(self, batch: pa.RecordBatch, row: int, name: str) -> str:
        """Why a cell of the rows as they were read is no number; empty if it is one."""
        if name not in self.columns:
            return ""
        cell = batch[name][row].as_py()
        if self._number(cell) != NO_NUMBER:
            return ""
        return why_no_number(cell.strip(), self.reader.decimal) or "not a number"

    def _numbers(self, column: pa.Array) -> pa.Array:
        """Each different text is read once: a column of answers has few of them."""
        texts = column.dictionary_encode()
        read = [self._number(cell) for cell in texts.dictionary.to_pylist()]
        return _floats(read).take(texts.indices)

    def _number(self, cell: str) -> float | None:
        try:
            return self.reader(cell)
        except UnreadableError:
            return NO_NUMBER


def _finite(column: pa.Array) -> pa.Array:
    return pc.if_else(pc.is_finite(column), column, _NULL)


def _floats(numbers: Sequence[float | None]) -> pa.Array:
    """From a buffer: of Python numbers PyArrow would import pandas, and lose Ctrl-C meanwhile."""
    values = np.array([np.nan if each is None else each for each in numbers], np.float64)
    made = pa.Array.from_buffers(pa.float64(), len(values), [None, pa.py_buffer(values)])
    return pc.if_else(pc.is_nan(made), _NULL, made)


def _with(batch: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    at = batch.schema.get_field_index(name)
    columns = [*batch.columns]
    columns[at] = column
    schema = batch.schema.set(at, pa.field(name, column.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)
