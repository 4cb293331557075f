"""Plain values of JSON: which are kept, and how they are made read-only."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from therapeutic_alliance.model.validity import ID

MAX_TEXT = 20_000
MAX_NUMBER = sys.float_info.max
MAX_LEVELS = 16
"""Of lists and objects within one another in extensions."""
CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
"""Characters that no text has, as a regular expression writes them."""
_SCALAR = frozenset({str, int, float, bool, type(None)})


def is_number(value: object) -> bool:
    """Whether a value is a finite number, and no truth value."""
    # compared, because isfinite fails on a whole number that no float holds
    return type(value) in (int, float) and abs(value) <= MAX_NUMBER  # type: ignore[arg-type]


def is_text(value: object) -> bool:
    """Whether a value can be kept as free text: no control character but line breaks and tabs."""
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and is_whole(value)


def is_whole(text: str) -> bool:
    """Whether a text holds no control character, and no half of a character."""
    return text.isprintable() or re.search(f"[{CONTROLS}\ud800-\udfff]", text) is None


def frozen_json(value: Any, levels: int = MAX_LEVELS) -> Any:
    """Plain data of JSON made read-only; what is not such data is left for the rules to refuse."""
    if type(value) in _SCALAR or not levels:
        return value
    if isinstance(value, Mapping):
        return MappingProxyType(
            {name: frozen_json(each, levels - 1) for name, each in value.items()}
        )
    if isinstance(value, list | tuple):
        return tuple(frozen_json(each, levels - 1) for each in value)
    return value


def thawed(value: Any) -> Any:
    """The plain data again that :func:`frozen_json` made read-only."""
    if isinstance(value, Mapping):
        return {name: thawed(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [thawed(each) for each in value]
    return value


def is_json(value: object, levels: int = MAX_LEVELS) -> bool:
    """Whether a value is plain data of JSON, of so many levels at most."""
    if type(value) is str:
        return is_whole(value)
    if type(value) in _SCALAR:
        return value is None or type(value) is bool or is_number(value)
    if isinstance(value, Mapping):
        names = all(type(name) is str and is_whole(name) for name in value)
        return names and _are_json(value.values(), levels)
    # a list as long as it is not made read-only
    return isinstance(value, tuple | list) and _are_json(value, levels)


def _are_json(values: Iterable[object], levels: int) -> bool:
    return levels > 0 and all(is_json(each, levels - 1) for each in values)


def are_answers(value: object) -> bool:
    """Whether a value has a number or nothing for each item id."""
    return isinstance(value, Mapping) and not any(wrong_answers(value))


def wrong_answers(value: object) -> Iterator[tuple[str, str]]:
    """Of answers, the number and rule of each that is malformed; items are not named."""
    for n, (item, answer) in enumerate(value.items() if isinstance(value, Mapping) else (), 1):
        if not isinstance(item, str) or not ID.fullmatch(item):
            yield f"answer {n}", "not by an item id"
        elif answer is not None and not is_number(answer):
            yield f"answer {n}", "neither a number nor null"
