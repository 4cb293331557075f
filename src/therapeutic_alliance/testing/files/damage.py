"""Damaged files: bytes lost, changed or added, and words that must not come back in an error."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hypothesis import strategies as st

from therapeutic_alliance.testing.contract import holds

CANARIES = ("Quokka", "98321")
"""A word and a number that no error has a reason to hold."""
DRAWN = 150
"""How many damaged contents are drawn of some files."""
_WORD = re.compile(rb"\w+")
_MOST = 80
"""Words of a file that are replaced, evenly spread."""


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content of a file with one to three stretches lost, replaced, repeated or added."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(content)))
        end = draw(st.one_of(st.integers(begin, len(content)), st.just(len(content))))
        part = content[begin:end]
        odd = st.sampled_from([b'"', b"\0", b"\xff", b"\r", b"\n\n", b"=1", b"nan", b",,", b"{"])
        new = draw(st.one_of(st.just(b""), st.just(part + part), odd, st.binary(max_size=20)))
        content = content[:begin] + new + content[end:]
    return content


@lru_cache(maxsize=16)
def damages(contents: tuple[bytes, ...]) -> tuple[tuple[int, bytes], ...]:
    """The number of a file and its damaged content, many times, the shortest content first.

    They are drawn once for the same contents, because drawing takes longer than most reading.
    """
    several = st.one_of(
        *(st.tuples(st.just(n), damaged(content)) for n, content in enumerate(contents))
    )
    found: set[tuple[int, bytes]] = set()
    holds(found.add, several, examples=DRAWN)
    return tuple(sorted(found, key=lambda each: (len(each[1]), *each)))


def with_canaries(content: bytes) -> Iterator[bytes]:
    """The content with one of its words, numbers too, replaced by a canary.

    >>> [each.decode() for each in with_canaries(b"c1,5")]
    ['Quokka,5', '98321,5', 'c1,Quokka', 'c1,98321']
    """
    words = list(_WORD.finditer(content))
    for word in words[:: len(words) // _MOST + 1]:
        for canary in CANARIES:
            yield content[: word.start()] + canary.encode() + content[word.end() :]
