"""128-bit digests of rows: two lanes of 64 bits, mixed by whole columns.

Each word of 8 bytes is mixed into both lanes by the finaliser of SplitMix64 (Steele, Lea and
Flood, 2014, doi:10.1145/2660193.2660195), with a start of its own for each. A digest tells rows
apart; it keeps no secret.
"""

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

Lanes = Any
"""A tuple of arrays of unsigned 64-bit numbers."""
LANES = 2
_STARTS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03))
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_ONE = np.uint64(1)
_WORD = 8
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)
"""Keeps so many bytes of a word."""
ZERO = pa.Array.from_buffers(pa.int64(), 1, [None, pa.py_buffer(bytes(_WORD))])[0]
"""As PyArrow has it; made of a Python number, pandas would be imported (see :func:`truths`)."""


def of_columns(columns: list[pa.Array]) -> Lanes:
    """The digest of each row over some columns: equal if, and only if, all cells are.

    >>> import pyarrow as pa
    >>> first, second = of_columns([pa.array(["a", "b", "a"]), pa.array([1, 1, 1])])
    >>> bool(first[0] == first[2]), bool(first[0] == first[1])
    (True, False)
    """
    digests = [np.full(len(columns[0]), start) for start in _STARTS]
    for column in columns:
        plain = _plain(column)
        if pa.types.is_large_binary(plain.type):
            _mix_texts(digests, plain)
        else:
            whole = plain.fill_null(ZERO) if plain.null_count else plain
            _mix(digests, _values(whole, np.uint64))
        if column.null_count:
            absent = truths(pc.is_null(column))
            for lane in digests:
                np.invert(lane, out=lane, where=absent)
    return tuple(digests)


def of_numbers(words: Any) -> Lanes:
    """The digest of each of some unsigned 64-bit numbers."""
    digests = [np.full(len(words), start) for start in _STARTS]
    _mix(digests, words)
    return tuple(digests)


def truths(column: pa.Array) -> Any:
    """Truth values, none of them null, as NumPy has them.

    Read from the buffer: PyArrow's own way to NumPy imports pandas if that is installed, and an
    import within PyArrow swallows Ctrl-C.
    """
    return _values(column.cast(pa.uint8()), np.uint8).view(bool)


def _values(column: pa.Array, kind: Any) -> Any:
    """The values of a column of numbers as they stand in memory."""
    if not len(column):
        return np.empty(0, kind)
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def _plain(column: pa.Array) -> pa.Array:
    """A column as 64-bit whole numbers, or as bytes."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return column.cast(pa.int64(), safe=False)
    if pa.types.is_floating(kind):
        doubled = column.cast(pa.float64())
        return pc.add(doubled, ZERO.cast(pa.float64())).view(pa.int64())  # -0.0 is 0.0
    if pa.types.is_temporal(kind) and kind.bit_width in (32, 64):
        return column.view(pa.int64() if kind.bit_width == 64 else pa.int32()).cast(pa.int64())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return column.cast(pa.large_binary())
    return column.cast(pa.large_string()).view(pa.large_binary())


def _mix(digests: list[Any], words: Any, lengths: Any = None) -> None:
    """Put one word of each row, and the length of its text, into its digest."""
    for lane, start in zip(digests, _STARTS, strict=True):
        _stir(lane, words, start if lengths is None else start * (lengths + _ONE))


def _stir(lane: Any, words: Any, more: Any) -> None:
    lane ^= words
    lane += more
    lane ^= lane >> np.uint64(30)
    lane *= _FACTORS[0]
    lane ^= lane >> np.uint64(27)
    lane *= _FACTORS[1]
    lane ^= lane >> np.uint64(31)


def _mix_texts(digests: list[Any], column: pa.Array) -> None:
    """Put bytes of any length into the digests, 8 at a time."""
    _, offsets_of, data = column.buffers()
    offsets = np.frombuffer(offsets_of, np.int64)[column.offset : column.offset + len(column) + 1]
    lengths = np.diff(offsets)
    if column.null_count:
        lengths[truths(pc.is_null(column))] = 0
    first, last = int(offsets[0]), int(offsets[-1])
    bytes_ = np.zeros(last - first + _WORD, np.uint8)
    if last > first:
        bytes_[:-_WORD] = np.frombuffer(data, np.uint8)[first:last]
    words = np.ndarray((last - first + 1,), "<u8", bytes_, strides=(1,))
    at = offsets[:-1] - first
    _mix(digests, words[at] & _MASKS[np.minimum(lengths, _WORD)], lengths.view(np.uint64))
    rows, done = np.flatnonzero(lengths > _WORD), _WORD
    while len(rows):
        of_rows = [lane[rows] for lane in digests]
        left = lengths[rows] - done
        _mix(of_rows, words[at[rows] + done] & _MASKS[np.minimum(left, _WORD)])
        for lane, mixed in zip(digests, of_rows, strict=True):
            lane[rows] = mixed
        rows, done = rows[left > _WORD], done + _WORD
