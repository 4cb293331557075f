"""Disclosure: whether that of each participant goes deeper over the sessions."""

from collections.abc import Iterator, Sequence
from math import sqrt

from therapeutic_alliance.course.indicators.arithmetic import number
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.roles import one_by_one
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.dialogue import DEPTHS
from therapeutic_alliance.model.course import Course

_ENOUGH = 4
"""Sessions that a trend needs. A convention of this library."""


def tau_b(levels: Sequence[int]) -> float | None:
    """Kendall's tau-b of whole numbers with their order, -1 to 1; ``None`` if all are equal.

    The time needed grows with how many there are, times how many different ones.

    >>> tau_b([0, 1, 1, 2])
    0.9128709291752769
    """
    seen = dict.fromkeys(sorted(set(levels)), 0)
    balance = 0
    for level in levels:
        balance += sum(n if other < level else -n for other, n in seen.items() if other != level)
        seen[level] += 1
    pairs = len(levels) * (len(levels) - 1) // 2
    untied = pairs - sum(n * (n - 1) // 2 for n in seen.values())
    return balance / sqrt(pairs * untied) if untied else None


def _deepest(course: Course) -> dict[tuple[str, ...], dict[int, int]]:
    """The deepest disclosure of each session, by who discloses, if anybody is named."""
    timeline = Timeline(course)
    found: dict[tuple[str, ...], dict[int, int]] = {}
    for event in course.events:
        session = timeline.session(event)
        if event.kind == "disclosure" and event.depth and session:
            depth = DEPTHS.index(event.depth)
            for about in one_by_one(event.by):
                depths = found.setdefault(about, {})
                depths[session] = max(depth, depths.get(session, depth))
    return dict(sorted(found.items()))


def _trend(course: Course) -> Iterator[Found]:
    deepest = _deepest(course)
    if not deepest:
        yield missing("no disclosure of known depth belongs to a known session")
    for about, depths in deepest.items():
        yield _of_one(about, [depth for _, depth in sorted(depths.items())])


def _of_one(about: tuple[str, ...], levels: Sequence[int]) -> Found:
    n = len(levels)
    if n < _ENOUGH:
        why = f"{number(n, 'session')} with a disclosure of known depth, {_ENOUGH} needed"
        return missing(why, *about, n=n)
    tau = tau_b(levels)
    if tau is None:
        return missing(f"all {n} sessions are equally deep: {DEPTHS[levels[0]]}", *about, n=n)
    why = f"from {DEPTHS[levels[0]]} to {DEPTHS[levels[-1]]} over {n} sessions"
    return Found(about, tau, n, why)


DEFINITIONS = (
    Definition(
        id="disclosure-trend",
        words="For each participant who discloses: Kendall's tau-b between the order of the "
        f"sessions and the deepest disclosure of this one in each ({', '.join(DEPTHS)}); at least "
        "four sessions with a disclosure, not all equal.",
        unit="tau-b, -1 to 1",
        concepts=("A09", "B42", "B45", "B47"),
        values=_trend,
    ),
)
