"""The scores of several series, session by session."""

from collections.abc import Iterable

from therapeutic_alliance.course.series import Series


def by_session(several: Iterable[Series]) -> list[tuple[int, list[tuple[int, float]]]]:
    """Each session that one of them observed, in order: position of a series, and its score.

    >>> one, other = Series.of([4, 5], low=1, high=5), Series.of([None, 3], low=1, high=5)
    >>> by_session([one, other])
    [(1, [(0, 4)]), (2, [(0, 5), (1, 3)])]
    """
    found: dict[int, list[tuple[int, float]]] = {}
    for position, series in enumerate(several):
        for session, score in series.session_scores:
            found.setdefault(session, []).append((position, score))
    return sorted(found.items())
