"""What rules are called beside one another, also two variants of one rule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Detector

LONGEST = 40
"""Characters of a parameter in a name."""


def named(detectors: Sequence[Detector[Series]]) -> Mapping[str, Detector[Series]]:
    """The detectors by id; variants of one rule also by the parameters in which they differ.

    Raises :class:`AllianceError` if there is none, or if two cannot be told apart.

    >>> from therapeutic_alliance import Registry
    >>> registry = Registry()
    >>> list(named([registry.detector("rci-drop"), registry.detector("rci-drop", max_gap=0)]))
    ['rci-drop (max_gap=2)', 'rci-drop (max_gap=0)']
    """
    if not detectors:
        raise AllianceError("at least one detector is needed to compare")
    often = Counter(each.id for each in detectors)
    found: dict[str, Detector[Series]] = {}
    for each in detectors:
        name = each.id
        if often[name] > 1:
            name += _differing(each, [other for other in detectors if other.id == each.id])
        if name in found:
            raise AllianceError(f"{each.id}: two detectors are the same")
        found[name] = each
    return found


def _differing(detector: object, variants: Sequence[object]) -> str:
    """The parameters in which a variant differs from another one."""
    own = _parameters(detector)
    told = [
        f"{name}={str(value)[:LONGEST]}"
        for name, value in own.items()
        if any(_parameters(other).get(name) != value for other in variants)
    ]
    return f" ({', '.join(told)})" if told else ""


def _parameters(detector: object) -> dict[str, Any]:
    """Of what is no attrs value none: two of one id cannot be told apart then."""
    known = getattr(type(detector), "__attrs_attrs__", ())
    return {each.name: getattr(detector, each.name) for each in known if each.init}
