"""Categories of columns that come batch by batch."""

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]


def numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of categories that are numbers, as numbers; any other categories as they are.

    >>> numbers(pa.chunked_array([pa.array([7, 7, 6]).dictionary_encode()])).to_pylist()
    [7, 7, 6]
    """
    kind = column.type.value_type
    return column.cast(kind) if pa.types.is_integer(kind) or pa.types.is_floating(kind) else column


class Categories:
    """Puts the categories of each batch after those of all before: an Arrow file can add some.

    >>> import pyarrow as pa
    >>> grown = Categories()
    >>> for words in (["a", "b"], ["c", "b"]):
    ...     batch = pa.record_batch({"x": pa.array(words).dictionary_encode()})
    ...     print(grown(batch)["x"].dictionary.to_pylist(), grown(batch)["x"].to_pylist())
    ['a', 'b'] ['a', 'b']
    ['a', 'b', 'c'] ['c', 'b']
    """

    def __init__(self) -> None:
        self._known: dict[int, pa.Array] = {}

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The same rows."""
        columns = [
            self._after(position, column) if pa.types.is_dictionary(column.type) else column
            for position, column in enumerate(batch.columns)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

    def _after(self, position: int, column: pa.DictionaryArray) -> pa.DictionaryArray:
        own = column.dictionary
        known = self._known.get(position, own.slice(0, 0))
        if own.equals(known):
            return column
        grown = self._known[position] = pc.unique(pa.concat_arrays([known, own]))
        places = pc.index_in(own, grown).cast(column.type.index_type)
        return pa.DictionaryArray.from_arrays(
            places.take(column.indices), grown, ordered=column.type.ordered
        )
