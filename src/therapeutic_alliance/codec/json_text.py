"""JSON text <-> plain data, strictly."""

import json
from typing import Any

from therapeutic_alliance.codec.limits import MAX_BYTES, check_depth, decoded
from therapeutic_alliance.errors import DocumentError

_STRINGS = r'"(?:\\.|[^"\\])*"?'  # one that never ends matches too: each is looked at once


class _RefusedError(ValueError):
    """A text that the grammar of JSON allows and we do not."""


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError("a name stands twice in one object")
    return found


def _no_constant(_name: str) -> float:
    raise _RefusedError("NaN and Infinity are not numbers of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_repeats, parse_constant=_no_constant)
_ENCODER = json.JSONEncoder(allow_nan=False, ensure_ascii=False)


def write_json(data: object, indent: int | None = None) -> str:
    """JSON text of plain data."""
    if indent is None:
        return _ENCODER.encode(data)
    return json.dumps(data, indent=indent, allow_nan=False, ensure_ascii=False)


def parse_json(source: str | bytes, limit: int = MAX_BYTES) -> object:
    """Plain data of a JSON text. Raises :class:`DocumentError` that quotes nothing of it."""
    content = decoded(source, limit).strip()
    check_depth(content, _STRINGS)
    try:
        data, end = _DECODER.raw_decode(content)
        if end == len(content):
            return data
        problem = "not JSON: something follows the document"
    except _RefusedError as refused:
        problem = str(refused)
    except json.JSONDecodeError as fault:
        problem = f"not JSON, from line {fault.lineno}, column {fault.colno}"
    except ValueError:  # an integer of more digits than Python converts
        problem = "a number is too long"
    raise DocumentError(problem)
