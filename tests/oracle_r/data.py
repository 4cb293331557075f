"""Courses and ratings for both sides: the series of ruptures.md, and simulated ones, seeded."""

from random import Random

from attrs import frozen

import therapeutic_alliance as ta
from tests.course.illustrations import ALL

ROW = (35, 37, 34, 23, 24, 21, 29, 17, 11, 11, 10, 7)
"""First row of suddengains' tests (ruptures.md H10): symptoms, whose gains are falls."""


@frozen
class Course:
    """A series, and the parameters of the sudden loss that is looked for in it."""

    series: ta.Series
    p: float = 0.1
    size: float | None = None
    """Reliable change; ``None``: the library's convention."""

    @property
    def change(self) -> float:
        """The reliable change, as R is told it."""
        low, high = self.series.spec.low, self.series.spec.high
        return 0.15 * (high - low) if self.size is None else self.size


def courses(count: int = 60) -> dict[str, Course]:
    """By name; the simulated ones have gaps and missing sessions, and some stay at the ceiling."""
    found = {name: Course(series) for name, series in ALL.items()}
    found["row"] = Course(ta.Series.of(ROW, low=0, high=63, metric="sum"), p=0.25, size=7.0)
    draw = Random(8)  # noqa: S311
    for n in range(count):
        low, high = draw.choice([(1, 5), (12, 60), (0, 40), (0, 100)])
        found[f"simulated-{n}"] = Course(_series(draw, low, high))
    return found


def _series(draw: Random, low: float, high: float) -> ta.Series:
    level, spread = draw.uniform(0.5, 1.0), draw.choice([0.0, 0.03, 0.08, 0.2])
    shift, length = draw.choice([0.0, 0.3]), draw.randrange(6, 31)
    session, sessions, values = 0, [], []
    for n in range(length):
        session += draw.choice([1, 1, 1, 1, 1, 2, 5])
        share = min(1.0, max(0.0, draw.gauss(level - shift * (2 * n > length), spread)))
        seen = n < 6 or draw.random() > 0.15
        sessions.append(session)
        values.append(low + (high - low) * share if seen else None)
    return ta.Series.of(values, sessions=sessions, low=low, high=high)


def ratings(count: int = 20) -> list[list[list[float | None]]]:
    """Tables of ratings, with a row for each case; every third has cells without one."""
    draw = Random(9)  # noqa: S311
    return [_table(draw, n % 3 == 2) for n in range(count)]


def _table(draw: Random, incomplete: bool) -> list[list[float | None]]:
    raters, agreement = draw.randrange(3, 7), draw.uniform(0.2, 3)
    lean = [draw.gauss(0, 0.5) for _ in range(raters)]
    found = []
    for _ in range(draw.randrange(8, 40)):
        level = draw.gauss(4, agreement)
        row = [round(level + each + draw.gauss(0, 1), 3) for each in lean]
        found.append([None if incomplete and draw.random() < 0.04 else each for each in row])
    return found
