"""Damaged files: bytes lost, changed or added, and words that must not come back in an error."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st

CANARIES = ("Quokka", "98321")
"""A word and a number that no error has a reason to hold."""
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


def with_canaries(content: bytes) -> Iterator[bytes]:
    """The content with one of its words, numbers too, replaced by a canary.

    >>> [each.decode() for each in with_canaries(b"c1,5")]
    ['Quokka,5', '98321,5', 'c1,Quokka', 'c1,98321']
    """
    words = list(_WORD.finditer(content))
    for word in words[:: len(words) // _MOST + 1]:
        for canary in CANARIES:
            yield content[: word.start()] + canary.encode() + content[word.end() :]
