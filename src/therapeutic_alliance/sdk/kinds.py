"""The kinds of things that plugins contribute, and what tells one that is none."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import fields, frozen, has

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.validity import KEBAB


@frozen
class Kind:
    """One kind of contribution."""

    one: str
    """Its name in words."""
    method: str
    """What it does."""
    texts: tuple[str, ...]
    """What it says of itself, besides its id."""

    def fault(self, value: object) -> str:
        """Why a value is none of this kind; empty if it is one."""
        if isinstance(value, type):
            return f"gave the class {value.__name__} where an instance is needed"
        given = type(value).__name__
        if not has(type(value)) or _assignable(value):
            return f"gave a {given} where {self.one} is needed, which is a frozen attrs value"
        id_ = getattr(value, "id", None)
        if not (isinstance(id_, str) and KEBAB.fullmatch(id_)):
            return f"gave a {given} whose id is not made of lower-case words joined by '-'"
        return self._lack(value, id_) or _open(value, id_)

    def _lack(self, value: object, id_: str) -> str:
        """What it does not say of itself, or cannot do."""
        for name in self.texts:
            if not isinstance(getattr(value, name, None), str):
                return f"{self.one}, {id_}, has no text {name}"
        if "mode" in self.texts and getattr(value, "mode", None) not in _MODES:
            return f"{self.one}, {id_}: mode is one of {', '.join(_MODES)}"
        if not callable(getattr(value, self.method, None)):
            return f"{self.one}, {id_}, has no method {self.method}"
        return ""


class _Measures(Kind):
    def fault(self, value: object) -> str:
        """A measure is of our own class, which checks itself."""
        if type(value) is Measure:
            return ""
        return f"gave a {type(value).__name__} where a Measure is needed"


_MODES = ("online", "retrospective")
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "measures": _Measures("a measure", "", ()),
        "detectors": Kind("a detector", "flags", ("mode", "citation")),
        "phase_models": Kind("a phase model", "phases", ("mode", "citation")),
        "importers": Kind("an importer", "forms", ("reads",)),
        "exporters": Kind("an exporter", "export", ("media_type", "suffix")),
    }
)
"""By the name of the registry's listing; the hook is ``alliance_`` and that name."""


def _assignable(value: Any) -> bool:
    """Whether a field of a value can be assigned; it is given what it holds already."""
    for each in fields(type(value)):
        try:
            setattr(value, each.name, getattr(value, each.name))
        except AttributeError:
            continue
        return True
    return False


def _open(value: Any, id_: str) -> str:
    """Which field of a value holds what can be changed in place; empty if none does."""
    for each in fields(type(value)):
        for inner in _within(getattr(value, each.name)):
            changeable = has(type(inner)) and _assignable(inner)
            if changeable or isinstance(inner, list | dict | set | bytearray):
                given = type(inner).__name__
                return f"gave {id_}, whose field {each.name} holds a {given}, which can be changed"
    return ""


def _within(value: Any) -> Iterator[Any]:
    """A value and all that it holds, as far as that is of tuples, sets, mappings and attrs."""
    yield value
    held: Iterable[Any] = ()
    if isinstance(value, tuple | frozenset):
        held = value
    elif isinstance(value, MappingProxyType):
        held = value.values()
    elif has(type(value)):
        held = [getattr(value, each.name) for each in fields(type(value))]
    for each in held:
        yield from _within(each)
