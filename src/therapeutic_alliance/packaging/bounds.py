"""Which versions of this library a plugin says that it works with."""

import re
from collections.abc import Iterable

from attrs import frozen

from therapeutic_alliance.sdk.names import normalised

_REQUIREMENT = re.compile(r"\s*([\w.-]+)\s*(?:\[[^]]*\])?\s*\(?([^();]*)\)?\s*(?:;(.*))?")
_WORD = r"""(?:'[^']*'|"[^"]*"|[\w.]+)"""
_COMPARED = re.compile(rf"({_WORD})\s*(?:[<>=!~]+|(?:not\s+)?in\b)\s*({_WORD})")
_INNERMOST = re.compile(r"\(([^()]*)\)")
_LOWER = (">", "=", "~")
_UPPER = ("<", "=", "~")


@frozen
class Bounds:
    """Whether versions are bounded from below and from above."""

    lower: bool
    upper: bool


def bounds(requirements: Iterable[str], distribution: str) -> Bounds | None:
    """How requirements bound a distribution; ``None`` if they do not ask for it.

    What only an extra asks for does not count.

    >>> bounds(["own-pack (>=0.1)", "own-pack[x]<9; extra == 'test'"], "Own.Pack")
    Bounds(lower=True, upper=False)
    >>> bounds(["own-pack<9; extra == 'x' or python_version > '3'"], "own-pack")
    Bounds(lower=False, upper=True)
    """
    asked = [found for each in requirements if (found := _asks(each, distribution))]
    if not asked:
        return None
    clauses = [clause.strip() for found in asked for clause in found[2].split(",")]
    return Bounds(
        any(clause.startswith(_LOWER) for clause in clauses),
        any(clause.startswith(_UPPER) for clause in clauses),
    )


def allowed(version: str) -> str:
    """The versions that a plugin asks for which is made with one of them.

    >>> allowed("0.1.3"), allowed("2.4.0")
    ('>=0.1,<0.2', '>=2.4,<3')
    """
    major, minor, *_ = map(int, version.split("."))
    below = f"0.{minor + 1}" if major == 0 else f"{major + 1}"
    return f">={major}.{minor},<{below}"


def _asks(requirement: str, distribution: str) -> re.Match[str] | None:
    """The parts of a requirement if it is one of this distribution, and of no extra only."""
    found = _REQUIREMENT.match(requirement)
    if found is None or not _plain(found[3] or ""):
        return None
    return found if normalised(found[1]) == normalised(distribution) else None


def _plain(marker: str) -> bool:
    """Whether a marker can hold where no extra is asked for, on some interpreter."""
    left = _COMPARED.sub(lambda found: "no" if "extra" in found.groups() else "yes", marker)
    inner = 1
    while inner:
        left, inner = _INNERMOST.subn(lambda found: "yes" if _any(found[1]) else "no", left)
    return _any(left)


def _any(marker: str) -> bool:
    """Of alternatives without brackets, each of parts that all have to hold."""
    return any("no" not in each.split() for each in marker.split(" or "))
