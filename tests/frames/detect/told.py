"""Simulated courses as rows, and what a detector's own ``flags`` says of each row."""

from collections.abc import Iterator, Sequence
from math import nan
from random import Random
from typing import Any, NamedTuple

import narwhals as nw

import therapeutic_alliance as ta

LOW, HIGH = 1.0, 5.0
NAMES = ("row", "clinic", "case", "session", "score", "total", "note")
"""``row`` brings rows back into order; ``total`` is a score from 0 to 40; ``note`` is nobody's."""
BY = ("clinic", "case")
RANGES = {"score": {"low": LOW, "high": HIGH}, "total": {"low": 0, "high": 40, "metric": "sum"}}
Told = tuple[bool | None, float | None, float | None]


class Row(NamedTuple):
    """One session of one case; a case is named by two columns."""

    row: int
    clinic: str
    case: int
    session: int
    score: float | None
    total: float | None
    note: str | None


def rows(courses: Sequence[Sequence[tuple[int, float | None]]], seed: int = 1) -> list[Row]:
    """The sessions of all courses, shuffled; two clinics have cases of the same numbers."""
    told = [
        (("a", "b")[course % 2], course // 2, session, score, None if score is None else 8 * score)
        for course, sessions in enumerate(courses)
        for session, score in sessions
    ]
    Random(seed).shuffle(told)  # noqa: S311
    return [Row(row, *each, None if row % 3 else f"note {row}") for row, each in enumerate(told)]


def simulated(cases: int, seed: int = 1) -> list[Row]:
    """Courses with gaps, falls, near-ties, and sessions without a score: null or ``NaN``."""
    random = Random(seed)  # noqa: S311
    return rows([list(_course(random)) for _ in range(cases)], seed)


def _course(random: Random) -> Iterator[tuple[int, float | None]]:
    session, level = 0, random.uniform(3, 4.9)
    for _ in range(random.randint(1, 24)):
        session += random.choice((1, 1, 1, 1, 1, 2, 4))
        level = min(HIGH, max(LOW, level + random.choice((0, 0, 0.1, -0.1, -1.3, 1.2, 0.1 + 0.2))))
        score = random.choice((level, level, level, round(level, 1), 4.3 - 0.3 + 1e-10, None, nan))
        yield session, score


def oracle(detector: Any, given: Sequence[Row], column: str) -> list[Told]:
    """Flag, statistic and threshold of each row, by the detector's own ``flags``."""
    told: dict[int, Told] = {}
    for course in {(each.clinic, each.case) for each in given}:
        own = [each for each in given if (each.clinic, each.case) == course]
        own.sort(key=lambda each: each.session)
        series = ta.Series.of(
            [_plain(getattr(each, column)) for each in own],
            sessions=[each.session for each in own],
            **RANGES[column],  # type: ignore[arg-type]
        )
        for each, flag in zip(own, detector.flags(series), strict=True):
            told[each.row] = (flag.flag, _number(flag.statistic), _number(flag.threshold))
    return [told[each.row] for each in given]


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def column_of(detector: Any) -> str:
    """The column that a detector looks at here."""
    return "total" if detector.id == "srs-rules" else "score"


def online() -> list[Any]:
    """Every online rule of the library that looks at scores, with cohort constants."""
    registry = ta.Registry()
    every = (registry.detector(id_) for id_ in registry.detectors)
    return [
        _with_cohort(each)
        for each in every
        if each.mode == "online" and not hasattr(each, "observes")
    ]


def _with_cohort(detector: Any) -> Any:
    fields = {each.name for each in type(detector).__attrs_attrs__}
    if "cohort" not in fields:
        return detector
    cohort = ta.CohortConstants.illustrative()
    return ta.Registry().detector(detector.id, cohort=cohort)


def detect(frame: Any, detector: Any, column: str | None = None) -> Any:
    """``detect_frame`` of a frame of such rows."""
    column = column or column_of(detector)
    return ta.detect_frame(
        frame,
        detector,
        by=BY,
        order="session",
        score=column,
        **RANGES[column],  # type: ignore[arg-type]
    )


def found(frame: Any, detector: Any) -> list[Told]:
    """What was found of each row, in the order of ``row``, as plain values; ``NaN`` is none."""
    table = nw.from_native(frame).sort("row")
    stem = detector.id.replace("-", "_")
    columns = [table[f"{stem}_{name}"].to_list() for name in ("flag", "statistic", "threshold")]
    return [tuple(map(_plain, each)) for each in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value  # noqa: PLR0124


def same(one: Sequence[Told], other: Sequence[Told]) -> bool:
    """Whether they are equal to the last bit."""
    return list(map(repr, one)) == list(map(repr, other))
