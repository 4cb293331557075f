"""TOML text -> plain data, within limits."""

import re
import tomllib

from therapeutic_alliance.codec.limits import MAX_DEPTH, check_depth, decoded
from therapeutic_alliance.errors import DocumentError

_PATTERNS = (
    # Long strings before short ones, which match their first two quotes. Two more quotes may
    # stand before the three that end a long string. One that never ends matches up to the end,
    # so that each character is looked at once.
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\\?\Z)',
    r"'''.*?(?:'{3,5}|\Z)",
    r'"(?:\\.|[^"\\\n])*"?',
    r"'[^'\n]*'?",
    r"\#[^\n]*",
)
_STRINGS = "|".join(_PATTERNS)


def parse_toml(source: str | bytes) -> object:
    """Plain data of a TOML text. Raises :class:`DocumentError` with line and column."""
    content = decoded(source)
    check_depth(content, _STRINGS)
    if any(line.count(".") > MAX_DEPTH for line in content.split("\n")):
        _check_keys(content)
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        problem = f"not TOML: {fault}"
    except ValueError:  # an integer of more digits than Python converts
        problem = "a number is too long"
    raise DocumentError(problem)


def _check_keys(content: str) -> None:
    """A dotted key nests, too; quoted parts of it are replaced by a letter."""
    bare = re.sub(_STRINGS, "s", content, flags=re.DOTALL)
    if re.search(rf"(?:\.[ \t]*[\w-]+[ \t]*){{{MAX_DEPTH}}}", bare):
        raise DocumentError(f"nested deeper than {MAX_DEPTH} levels")
