"""A text file of any encoding as blocks of UTF-8."""

from codecs import IncrementalDecoder, getincrementaldecoder, lookup
from collections.abc import Iterator
from pathlib import Path

BLOCK = 1 << 20
"""Bytes read at once."""


def utf8_blocks(path: Path, encoding: str) -> Iterator[bytes]:
    """What a file holds, without a byte order mark.

    Bytes that are not of the encoding are a ``UnicodeError``, after all that stands before them.
    """
    # "utf-8-sig" reads UTF-8 with and without a byte order mark
    name = "utf-8-sig" if lookup(encoding).name == "utf-8" else encoding
    decoder = getincrementaldecoder(name)()
    with path.open("rb") as file:
        final = False
        while not final:
            block = file.read(BLOCK)
            final = not block
            state = decoder.getstate()
            try:
                text = decoder.decode(block, final).encode()
            except UnicodeError as fault:
                decoder.setstate(state)
                yield b"".join(_good(decoder, block))
                raise fault from None
            yield text


def _good(decoder: IncrementalDecoder, block: bytes) -> Iterator[bytes]:
    """The characters before the first that is none, byte by byte."""
    for at in range(len(block)):
        try:
            text = decoder.decode(block[at : at + 1]).encode()
        except UnicodeError:
            return
        yield text
