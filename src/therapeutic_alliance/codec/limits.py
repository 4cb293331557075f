"""Limits that hold before a text is parsed."""

import re

from therapeutic_alliance.errors import DocumentError

MAX_BYTES = 1 << 20
MAX_COURSE_BYTES = 1 << 28
"""A course of 100,000 sessions, every one with its forms and ratings, has about a third of it."""
MAX_DEPTH = 32
BOM = "\ufeff"


def decoded(source: str | bytes, limit: int = MAX_BYTES) -> str:
    """The text of a document; refuses what is too long or not UTF-8."""
    if not isinstance(source, str | bytes):
        raise DocumentError("not a document: text or bytes are read")
    if len(source) > limit:
        raise DocumentError(f"longer than {limit} bytes")
    if isinstance(source, str):
        return source.removeprefix(BOM)
    try:
        return source.decode().removeprefix(BOM)
    except UnicodeDecodeError as fault:
        place = fault.start
    raise DocumentError(f"not UTF-8, from byte {place}")


def check_depth(content: str, strings: str) -> None:
    """Refuse brackets nested too deep, outside of what the pattern ``strings`` matches."""
    if content.count("[") + content.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(strings, "", content, flags=re.DOTALL)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise DocumentError(f"nested deeper than {MAX_DEPTH} levels")
