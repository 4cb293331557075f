"""H1b, H6 and the episode rules of ruptures.md section 0, stated once more as simply as possible.

Nothing here is shared with the library: plain lists of (session, score or None), plain dicts.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

Points = Sequence[tuple[int, float | None]]
Seen = tuple[int, float]
TINY = 1e-9


def reference(rule: str, before: Sequence[Seen]) -> Seen | None:
    """What a session is compared with, of the observed sessions before it."""
    if not before:
        return None
    if rule == "previous":
        return before[-1]
    if rule == "session-3":
        return next((seen for seen in before if seen[0] == 3), None)
    best = max(score for _, score in before)
    return next(seen for seen in before if seen[1] >= best - TINY)


def flags(points: Points, rule: str, threshold: float, max_gap: int = 2) -> list[bool | None]:
    found: list[bool | None] = []
    for position, (session, score) in enumerate(points):
        before = [(n, x) for n, x in points[:position] if x is not None]
        compared = reference(rule, before)
        if (
            score is None
            or compared is None
            or (rule == "previous" and session - compared[0] - 1 > max_gap)
        ):
            found.append(None)
        else:
            found.append(compared[1] - score >= threshold - TINY)
    return found


def pre_score(rule: str, before: Sequence[Seen]) -> Seen:
    """Rule 12: the last observed score; with a running maximum, that maximum."""
    found = reference("running-max" if rule == "running-max" else "previous", before)
    assert found is not None
    return found


def episodes(
    points: Points,
    flagged: Sequence[bool | None],
    rule: str,
    tolerance: float,
    window: int,
    *,
    to_the_end: bool = False,
) -> list[dict[str, Any]]:
    seen = [(n, x, bool(f)) for (n, x), f in zip(points, flagged, strict=True) if x is not None]
    found, start = [], 0
    while onset := next((i for i in range(start, len(seen)) if seen[i][2]), 0):
        pre = pre_score(rule, [(n, x) for n, x, _ in seen[:onset]])
        recovered = _recovered(seen, pre[1] - tolerance)
        later = range(onset + 1, len(seen))
        closing = next(
            (
                i
                for i in later
                if recovered(i) or (not to_the_end and i - _latest_flag(seen, i) == window)
            ),
            None,
        )
        told = _told(seen, onset, closing, recovered, pre)
        over = len(seen) - 1 - _latest_flag(seen, len(seen) - 1) >= window
        if closing is None and to_the_end and over:
            told["repaired"] = False
        back = [n for n, x, _ in seen if x >= pre[1] - tolerance - TINY]
        told["flagged_back"] = max(
            (n for n in back if told["onset"] <= n <= told["end"]), default=None
        )
        told |= {"recovery_score": pre[1] - tolerance, "to_the_end": to_the_end, "sign": "rupture"}
        found.append(told)
        if closing is None:
            break
        start = closing + 1
    return found


def _recovered(seen: Sequence[tuple[int, float, bool]], needed: float) -> Callable[[int], bool]:
    return lambda i: not seen[i][2] and seen[i][1] >= needed - TINY


def _latest_flag(seen: Sequence[tuple[int, float, bool]], position: int) -> int:
    return max(i for i in range(position + 1) if seen[i][2])


def _told(
    seen: Sequence[tuple[int, float, bool]],
    onset: int,
    closing: int | None,
    recovered: Callable[[int], bool],
    pre: Seen,
) -> dict[str, Any]:
    repaired = None if closing is None else recovered(closing)
    recovery = closing if repaired else None
    end = len(seen) - 1 if closing is None else closing - 1 if repaired else closing
    inside = range(onset, end + 1)
    lowest = min(seen[i][1] for i in inside)
    lows = [i for i in inside if abs(seen[i][1] - lowest) <= TINY]
    began = next(i for i, each in enumerate(seen) if each[0] == pre[0])
    return {
        "onset": seen[onset][0],
        "nadir": seen[lows[0]][0],
        "end": seen[end][0],
        "pre_score": pre[1],
        "nadir_score": seen[lows[0]][1],
        "length": len(inside),
        "repaired": repaired,
        "repair_session": None if recovery is None else seen[recovery][0],
        "latency": None if recovery is None else recovery - onset,
        "gain": None if recovery is None else seen[recovery][1] - pre[1],
        "shape": shape(lows, began, recovery),
    }


def shape(lows: Sequence[int], began: int, recovery: int | None) -> str:
    """Rule 14, as a table of (down is one step, up is one step)."""
    if recovery is None:
        return "open"
    if any(b - a == 1 for a, b in pairwise(lows)):
        return "plateau"
    table = {
        (True, True): "v",
        (False, True): "slide_sudden",
        (True, False): "fall_gradual",
        (False, False): "u",
    }
    return table[lows[0] - began == 1, recovery - lows[-1] == 1]
