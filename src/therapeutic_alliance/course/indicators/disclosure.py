"""Disclosure: whether it goes deeper over the sessions, and beside trust."""

from collections.abc import Iterator, Sequence
from math import sqrt

from therapeutic_alliance.course.indicators.bond import latest_own
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
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


def _deepest(course: Course) -> dict[int, int]:
    """The deepest disclosure of each session that has one."""
    found: dict[int, int] = {}
    for event in course.events:
        if event.kind == "disclosure" and event.depth and event.session:
            depth = DEPTHS.index(event.depth)
            found[event.session] = max(depth, found.get(event.session, depth))
    return found


def _trend(course: Course) -> Iterator[Found]:
    levels = [depth for _, depth in sorted(_deepest(course).items())]
    n = len(levels)
    if n < _ENOUGH:
        yield missing(f"{n} sessions with a disclosure of known depth, {_ENOUGH} needed", n=n)
        return
    tau = tau_b(levels)
    if tau is None:
        yield missing(f"all {n} sessions are equally deep: {DEPTHS[levels[0]]}", n=n)
    else:
        why = f"from {DEPTHS[levels[0]]} to {DEPTHS[levels[-1]]} over {n} sessions"
        yield Found((), tau, n, why)


def _beside_trust(course: Course) -> Iterator[Found]:
    deepest: dict[tuple[int, str], int] = {}
    for event in course.events:
        if event.kind == "disclosure" and event.depth and event.session:
            for person in event.by:
                key, depth = (event.session, person), DEPTHS.index(event.depth)
                deepest[key] = max(depth, deepest.get(key, depth))
    found = False
    for (facet, of, toward), bond in sorted(latest_own(course).items()):
        if facet == "trust" and toward and bond.session:
            found = True
            depth = deepest.get((bond.session, of), -1)
            said = DEPTHS[depth] if depth >= 0 else "none recorded"
            why = f"session {bond.session}: deepest disclosure of {of} in it: {said}"
            yield Found((of, toward), bond.rating.share, 1, why)
    if not found:
        yield missing("no rating of trust belongs to a session")


DEFINITIONS = (
    Definition(
        id="disclosure-trend",
        words="Kendall's tau-b between the order of the sessions and the deepest disclosure of "
        f"each ({', '.join(DEPTHS)}); at least four sessions with a disclosure, not all equal.",
        unit="tau-b, -1 to 1",
        concepts=("A09", "B42", "B45", "B47"),
        values=_trend,
    ),
    Definition(
        id="trust-beside-disclosure",
        words="For each direction in which trust was rated: the latest rating, from 0 to 1 on "
        "its scale, and beside it the deepest disclosure of the same participant in the same "
        "session. Two facts; what they mean together is not said.",
        unit="share of the scale, 0 to 1",
        concepts=("A10",),
        claims=("holding-back",),
        values=_beside_trust,
    ),
)
