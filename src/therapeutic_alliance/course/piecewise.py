"""Growth in two pieces that meet at a knot, as terms of a regression."""


def terms(session: int, knot: int) -> tuple[float, float, float]:
    """What level at the knot, slope up to it and slope after it are multiplied with.

    >>> terms(3, 5), terms(7, 5)
    ((1.0, -2.0, 0.0), (1.0, 0.0, 2.0))
    """
    return 1.0, float(min(session, knot) - knot), float(max(session - knot, 0))
