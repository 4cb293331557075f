"""The kinds of things that plugins contribute, and what tells one that is none."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen, has

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.validity import LONGEST, is_name
from therapeutic_alliance.sdk.unchangeable import changeable_fields, loose


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
        why = loose(value) if has(type(value)) else "which is a frozen attrs value"
        if why:
            return f"gave a {given} where {self.one} is needed, {why}"
        id_ = getattr(value, "id", None)
        if not (isinstance(id_, str) and is_name(id_)):
            words = f"lower-case words joined by '-', up to {LONGEST} characters"
            return f"gave a {given} whose id is not made of {words}"
        return self._lack(value, id_) or _changeable(value, id_)

    def _lack(self, value: object, id_: str) -> str:
        """What it does not say of itself, or cannot do."""
        for name in self.texts:
            if not isinstance(getattr(value, name, None), str):
                return f"gave {self.one}, {id_}, whose {name} is no text"
        if "mode" in self.texts and getattr(value, "mode", None) not in _MODES:
            return f"gave {self.one}, {id_}, whose mode is not {' or '.join(_MODES)}"
        if not callable(getattr(value, self.method, None)):
            return f"gave {self.one}, {id_}, without a method {self.method}"
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


def _changeable(value: object, id_: str) -> str:
    """Which field of a value might be changed in place; empty if none can."""
    for name, held in changeable_fields(value):
        kinds = "numbers, texts, tuples, frozen attrs values with slots and their like"
        return f"gave {id_}, whose field {name} holds a {held}, which might be changed: use {kinds}"
    return ""
