"""Student's t distribution, exactly for whole degrees of freedom."""

from math import atan, cos, pi, sin, sqrt


def two_sided_p(t: float, df: int) -> float:
    """How likely a t of ``df`` degrees of freedom lies at least as far from 0 as ``t``, 0 to 1.

    A finite sum (Abramowitz & Stegun 26.7.3 and 26.7.4; general knowledge, confident); ``df`` is
    1 or more, and the time needed grows with it.

    >>> round(two_sided_p(2.7764451, 4), 7), round(two_sided_p(-1.0, 1), 7)
    (0.05, 0.5)
    """
    angle = atan(abs(t) / sqrt(df))
    step = cos(angle) ** 2
    odd = df % 2
    term = total = cos(angle) if odd else 1.0
    for index in range(2 + odd, df - 1, 2):
        term *= step * (index - 1) / index
        total += term
    if odd:
        inside = 2 / pi * (angle + (sin(angle) * total if df > 1 else 0.0))
    else:
        inside = sin(angle) * total
    return max(0.0, 1 - inside)
