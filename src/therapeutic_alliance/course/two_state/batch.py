"""The statistics of ``state-probability`` for many series at once. Needs NumPy."""

from collections.abc import Iterable, Iterator, Sequence

from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.course.two_state.arrays import ROWS, Array, np
from therapeutic_alliance.course.two_state.grid import grid_of
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.course.two_state.recursions import filtered, smoothed
from therapeutic_alliance.course.two_state.steps import Steps


def statistics(
    model: StateModel, cases: Iterable[Series], *, smooth: bool = False
) -> list[tuple[float | None, ...]]:
    """The statistics of many series at once, one for each point, ``None`` where not observed.

    Those of ``state-probability``, or of ``state-probability-smoothed`` if ``smooth``, up to
    rounding; cases with equally many scores are computed together.

    >>> model = StateModel(mean=0.8, between_sd=0.15, within_sd=0.06, depth=0.2, source="invented")
    >>> series = Series.of([4.2, 4.3, None, 3.1], low=1, high=5)
    >>> [share is not None and share > 0.3 for share in statistics(model, [series])[0]]
    [False, False, False, True]
    """
    cases = list(cases)
    grid, judge = grid_of(model), smoothed if smooth else filtered
    found: dict[int, Iterator[float]] = {}
    observed = [model.steps(each.session_shares) for each in cases]
    for positions, scores, steps in _together(observed):
        for position, row in zip(positions, judge(grid, scores, steps).tolist(), strict=True):
            found[position] = iter(row)
    return [
        tuple(None if point.value is None else next(found[n]) for point in series)
        for n, series in enumerate(cases)
    ]


def in_hindsight(model: StateModel, observed: Sequence[SessionScore]) -> list[float]:
    """The smoothed statistics of one case, from sessions and scores as fractions of the range."""
    [(_, scores, steps)] = _together([model.steps(observed)])
    found: list[float] = smoothed(grid_of(model), scores, steps)[0].tolist()
    return found


def _together(
    cases: Sequence[Steps],
) -> Iterator[tuple[list[int], Array, Array]]:
    """Positions, scores and steps of cases that have equally many scores; none has none."""
    alike: dict[int, list[int]] = {}
    for position, each in enumerate(cases):
        alike.setdefault(len(each.scores), []).append(position)
    alike.pop(0, None)
    for positions in alike.values():
        for first in range(0, len(positions), ROWS):
            part = positions[first : first + ROWS]
            scores = np.array([cases[n].scores for n in part], np.float64)
            steps = np.array([cases[n].steps for n in part], np.float64)
            yield part, scores, steps
