"""Walks all that can be reached from a value, and writes other values wherever that goes.

It ends at plain functions: what they keep in closures and defaults can be reached in Python only by
digging, and who digs could as well call ``object.__setattr__`` or replace the function. Objects
that can be called, partial functions and what a method is bound to are walked.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from operator import delitem, setitem
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from attrs import fields, has

ENDS = (str, bytes, int, float, type(None), type)
FUNCTIONS = (FunctionType, BuiltinFunctionType, type(cache(len)), type(str.join), type("".join))
OTHER = "written by the walk"
MUTATORS = (
    *("append", "add", "update", "clear", "pop", "popitem", "setdefault"),
    *("insert", "extend", "remove", "discard", "sort"),
)


def found_open(root: object) -> list[str]:
    """The place of everything reachable from a value that lets itself be changed, and how."""
    seen: dict[int, object] = {}  # keeps what it has seen, so that no id is used twice
    queue = [("registry", root)]
    places = []
    while queue:
        place, value = queue.pop()
        if id(value) in seen or isinstance(value, (*ENDS, *FUNCTIONS)):
            continue
        seen[id(value)] = value
        if isinstance(value, MethodType):
            queue.append((f"{place}.__self__", value.__self__))
            continue
        queue += [(f"{place}{step}", inner) for step, inner in _steps(value)]
        places += [f"{place}: {how}" for how in _changed(value)]
    return places


def _steps(value: Any) -> Iterator[tuple[str, Any]]:
    """What is one step away: fields, public attributes, ``vars``, what a container holds."""
    if hasattr(value, "__dict__"):
        yield ".__dict__", vars(value)
    names = {each.name for each in fields(type(value))} if has(type(value)) else set()
    if names:
        names |= {name for name in dir(value) if not name.startswith("_")}
    for name in sorted(names):
        yield f".{name}", _had(partial(getattr, value, name))
    if isinstance(value, partial):
        yield from ((".func", value.func), (".args", value.args), (".keywords", value.keywords))
    if isinstance(value, Mapping):
        for key in list(value):
            yield f"[{key!r}]", _had(partial(value.__getitem__, key))
    elif isinstance(value, tuple | frozenset | list | set):
        for index, inner in enumerate(value):
            yield f"[{index}]", inner


def _changed(value: Any) -> Iterator[str]:
    """What succeeded that should not; what was changed stays so, for others to see."""
    kind = type(value)
    yield from (f"has {name}()" for name in MUTATORS if callable(getattr(kind, name, None)))
    for name in [each.name for each in fields(kind)] if has(kind) else ():
        if _done(partial(delattr, value, name)):
            yield f"{name} can be deleted"
        if _done(partial(setattr, value, name, OTHER)):
            yield f"{name} can be assigned"
    if _done(partial(setattr, value, "brand_new", 1)):
        yield "takes a new attribute"
    for key in list(value)[:1] if isinstance(value, Mapping) else ():
        if _done(partial(delitem, value, key)):
            yield "an item can be deleted"
        if _done(partial(setitem, value, key, OTHER)):
            yield "an item can be assigned"


def _had(job: Callable[[], Any]) -> Any:
    try:
        return job()
    except Exception:  # noqa: BLE001, what cannot be had cannot be changed
        return None


def _done(job: Callable[[], Any]) -> bool:
    try:
        job()
    except (AttributeError, TypeError):
        return False
    return True
