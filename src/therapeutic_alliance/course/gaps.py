"""How far apart two sessions may lie that are compared."""


def too_far(before: int, session: int, max_gap: int) -> str:
    """Why two observed sessions cannot be compared; empty if they can.

    >>> too_far(3, 6, 2), too_far(3, 7, 2)
    ('', '3 sessions were not observed since session 3, more than 2')
    """
    missing = session - before - 1
    if missing <= max_gap:
        return ""
    return f"{missing} sessions were not observed since session {before}, more than {max_gap}"
