"""How far two judges agree on what is there and what is not."""

from collections.abc import Iterable, Sequence


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two judges: agreement beyond what their rates alone would give.

    ``(p_o - p_e) / (1 - p_e)``, with ``p_o`` the share of pairs that agree, and ``p_e`` the share
    expected of two judges that say yes at the same rates and know nothing (Cohen 1960, Educ
    Psychol Meas 20:37-46). -1 to 1. ``None`` without pairs, or if both judges always say the same
    one thing, so that there is nothing beyond.

    >>> pairs = [(True, True), (True, False), (False, False), (False, False)]
    >>> kappa(pairs)  # they agree on .75; .5 is expected
    0.5
    """
    pairs = list(pairs)
    n = len(pairs)
    first, second = (sum(pair[judge] for pair in pairs) for judge in (0, 1))
    agreed = sum(one == other for one, other in pairs)
    expected = first * second + (n - first) * (n - second)  # times n squared
    if n == 0 or expected == n * n:
        return None
    return (agreed * n - expected) / (n * n - expected)


def matched(first: Sequence[int], second: Sequence[int], tolerance: int = 0) -> int:
    """How many numbers of two ascending lists can be paired, each once, within a tolerance.

    >>> matched([3, 4, 9], [4, 12], 1)
    1
    """
    pairs = at = other = 0
    while at < len(first) and other < len(second):
        if abs(first[at] - second[other]) <= tolerance:
            pairs, at, other = pairs + 1, at + 1, other + 1
        elif first[at] < second[other]:
            at += 1
        else:
            other += 1
    return pairs
