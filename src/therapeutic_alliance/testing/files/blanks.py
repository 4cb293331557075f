"""What stands in a file in place of a score that is not scorable."""

import re
from collections.abc import Iterator
from itertools import takewhile

_BETWEEN = re.compile(r"""[,;:|=<>{}()\[\]"\t\r\n]""")
"""Between the cells, fields or elements of any format that is text."""


def in_place_of_a_value(one: bytes, other: bytes, blank: bytes) -> Iterator[str]:
    """What ``blank`` shows where the same file has one value and another; of text alone.

    Nothing comes of files whose parts cannot be laid beside one another.

    >>> list(in_place_of_a_value(b"c1,9.5,3", b"c1,7.2,3", b"c1,nan,0"))
    ['nan']
    """
    try:
        files = [_BETWEEN.split(each.decode()) for each in (one, other, blank)]
    except UnicodeDecodeError:
        return
    if len({len(parts) for parts in files}) == 1:
        for first, second, shown in zip(*files, strict=True):
            if first != second:
                begin, end = _alike(first, second), _alike(first[::-1], second[::-1])[::-1]
                yield shown.removeprefix(begin).removesuffix(end).strip()


def _alike(one: str, other: str) -> str:
    """As far as two texts are the same."""
    pairs = zip(one, other, strict=False)
    return "".join(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def seems_a_value(text: str) -> bool:
    """Whether text looks like a score: a number, ``nan``, or Python's ``None``.

    >>> [text for text in ("0", "nan", "None", "", "null", "not scorable") if seems_a_value(text)]
    ['0', 'nan', 'None']
    """
    try:
        float(text)
    except ValueError:
        return text == "None"
    return True
