"""How the scores of a cohort grow from session to session, each case at its own level."""

from collections.abc import Mapping, Sequence

from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.psychometrics.spread import mean

Scores = Sequence[tuple[int, float]]
"""Session numbers and scores of one case."""

LEAST_AT_A_SESSION = 10
"""Cases that must have a score at a session for it to have a growth of its own."""
LAST_SESSION = 1_000
"""Later sessions carry the growth of an earlier one, however many cases reached them."""
CLOSE = 1e-12
"""Two rounds that differ by less, as a fraction of the range, are the same."""
MOST_ROUNDS = 10_000


def growth_curve(cases: Sequence[Scores]) -> tuple[float, ...]:
    """What is added to the level of a case at session 1, 2, 3, ..., centred on the scores.

    The additive model ``score = level of the case + growth at the session + rest``, by least
    squares: the levels that fit the growth and the growth that fits the levels, in turn, until
    nothing moves. A session with fewer than 10 cases carries the growth of the last one before
    it that has more. Centred so that the mean over cases of their mean growth is 0: the level of
    the cohort stays what was observed. All of this is a choice of this library.

    Raises :class:`SeriesError` if no session has 10 cases, or if too few cases link the sessions.

    >>> cases = [[(1, 0.5 + n / 100), (2, 0.6 + n / 100)] for n in range(10)]
    >>> [round(each, 12) for each in growth_curve(cases)]
    [-0.05, 0.05]
    """
    found = _steps(cases, _attended(cases))
    carried, last = [], found[min(found)]
    for session in range(1, max(found) + 1):
        last = found.get(session, last)
        carried.append(last)
    centre = mean([mean([growth_at(carried, session) for session, _ in case]) for case in cases])
    return tuple(each - centre for each in carried)


def growth_at(curve: Sequence[float], session: int) -> float:
    """The growth at a session number; the last one holds for later sessions, 0 without any."""
    return curve[min(session, len(curve)) - 1] if curve else 0.0


def _attended(cases: Sequence[Scores]) -> list[int]:
    counts: dict[int, int] = {}
    for case in cases:
        for session, _ in case:
            counts[session] = counts.get(session, 0) + 1
    enough = [
        session
        for session, count in counts.items()
        if count >= LEAST_AT_A_SESSION and session <= LAST_SESSION
    ]
    if not enough:
        raise SeriesError(
            f"growth: no session has a score of {LEAST_AT_A_SESSION} cases of the cohort"
        )
    return sorted(enough)


def _steps(cases: Sequence[Scores], sessions: Sequence[int]) -> Mapping[int, float]:
    """Growth at each of the sessions, up to a constant."""
    growth = dict.fromkeys(sessions, 0.0)
    kept = [[each for each in case if each[0] in growth] for case in cases]
    linked = [case for case in kept if case]
    for _ in range(MOST_ROUNDS):
        left: dict[int, list[float]] = {session: [] for session in sessions}
        for case in linked:
            level = mean([score - growth[session] for session, score in case])
            for session, score in case:
                left[session].append(score - level)
        after = {session: mean(scores) for session, scores in left.items()}
        moved = max(abs(after[session] - growth[session]) for session in sessions)
        growth = after
        if moved < CLOSE:
            return growth
    raise SeriesError("growth: too few cases link the sessions of the cohort with one another")
