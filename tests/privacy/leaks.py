"""Everything that a logger could write about a value or an error."""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from attrs import asdict

import therapeutic_alliance as ta


def texts(value: object, seen: set[int] | None = None) -> Iterator[str]:
    """``str``, ``repr``, arguments, notes and fields; of causes and contexts, too."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    yield str(value)
    yield repr(value)
    if isinstance(value, BaseException):
        yield "".join(traceback.format_exception_only(value))
        parts: list[Any] = [*value.args, value.__cause__, value.__context__]
        parts += [*getattr(value, "__notes__", ()), *getattr(value, "problems", ())]
        parts += [*getattr(value, "exceptions", ())]
        with suppress(AttributeError):
            parts.append(value.obj)  # type: ignore[attr-defined]
        for part in parts:
            yield from texts(part, seen)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from texts(part, seen)
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from texts(part, seen)
    elif isinstance(value, ta.Problem):
        yield from texts(asdict(value), seen)


def leaked(error: BaseException, *canaries: object) -> list[str]:
    """The texts of an error in which one of the canaries sings."""
    songs = [str(canary) for canary in canaries]
    return [text for text in texts(error) if any(song in text for song in songs)]
