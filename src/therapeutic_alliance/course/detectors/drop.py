"""A drop from an earlier score, in words."""

from therapeutic_alliance.course.series import EPSILON


def told(drop: float, since: str, *, flagged: bool) -> str:
    """How far a score lies below what ``since`` names, and what a rule makes of it.

    >>> told(0.7, "session 3", flagged=False), told(-0.1, "session 3", flagged=False)
    ('0.7 below session 3, less than the threshold', 'not below session 3')
    """
    if flagged:
        return f"{drop:.4g} below {since}: possible rupture"
    if drop > EPSILON:
        return f"{drop:.4g} below {since}, less than the threshold"
    return f"not below {since}"
