"""Detectors over unsorted sessions of many cases, against sorting them and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np
import polars as pl
from attrs import evolve, fields_dict
from timing import cpu_of, interleaved, table

import therapeutic_alliance as ta

ROWS, OF_A_CASE = (10_000, 100_000, 1_000_000, 10_000_000), 20
CHOSEN = ("drop-from-best", "rci-drop", "eb-z")
DEAR = ("state-probability", "set-aside-z")
"""Some seconds a million sessions: timed once."""
MANY = 1_000_000
"""The other rules are timed at so many sessions, or at the most that were asked for."""
SORT = "sort: packed keys, argsort, all columns taken"
ORDER = "its argsort alone"
LEXSORT, POLARS = "NumPy lexsort", "Polars sort"


def sessions(rows: int) -> pl.DataFrame:
    """Simulated totals of cases of about 20 sessions, in any order, one in ten not observed."""
    draw = np.random.default_rng(6)
    cases = max(1, rows // OF_A_CASE)
    at = np.arange(rows)
    score = draw.integers(0, 41, rows).astype("float64")
    score[draw.random(rows) < 0.1] = np.nan
    order = draw.permutation(rows)
    made = {"case": at % cases, "session": at // cases + 1, "score": score}
    frame = pl.DataFrame({name: column[order] for name, column in made.items()})
    return frame.with_columns(pl.col("score").fill_nan(None))


def rules() -> Mapping[str, Any]:
    """Every online rule of scores, those that need constants with the illustrative ones."""
    known, found = ta.CohortConstants.illustrative(), dict[str, Any](ta.Registry().detectors)
    online = {id_: each for id_, each in found.items() if isinstance(each, ta.OnlineDetector)}
    return {id_: _with(known, each) for id_, each in online.items()}


def _with(known: ta.CohortConstants, rule: Any) -> Any:
    return evolve(rule, cohort=known) if "cohort" in fields_dict(type(rule)) else rule


def jobs(frame: pl.DataFrame, ids: Iterable[str]) -> Mapping[str, Callable[[], object]]:
    """What is timed."""
    columns = [frame[name].to_numpy() for name in frame.columns]
    case, session, _ = columns
    known, score = rules(), {"total": "score"}
    detect = partial(
        ta.detect_frame, frame, by="case", order="session", score=score, low=0, high=40,
        metric="sum",
    )  # fmt: skip
    return {
        SORT: lambda: _in_order(columns, _order(case, session)),
        ORDER: lambda: _order(case, session),
        LEXSORT: lambda: np.lexsort((session, case)),
        POLARS: lambda: frame.sort("case", "session"),
        **{id_: partial(detect, known[id_]) for id_ in ids},
    }


def _order(case: Any, session: Any) -> Any:
    return np.argsort(case * 2**20 + session)


def _in_order(columns: Iterable[Any], order: Any) -> list[Any]:
    return [column[order] for column in columns]


def check(frame: pl.DataFrame, id_: str, cases: int = 20) -> None:
    """Flags of some cases are those of the detector itself."""
    stem = id_.replace("-", "_")
    rule = rules()[id_]
    told = jobs(frame, [id_])[id_]()
    assert isinstance(told, pl.DataFrame)
    for case in range(min(cases, frame["case"].n_unique())):
        own = told.filter(pl.col("case") == case).sort("session")
        series = ta.Series.of(own["score"].to_list(), low=0, high=40, metric="sum")
        flags = {flag.session: flag.flag for flag in rule.flags(series)}
        found = dict(zip(own["session"], own[f"{stem}_flag"], strict=True))
        assert {n: found[n] for n in flags} == flags, id_


def show(rows: Iterable[int], rounds: int) -> None:
    """The chosen rules by size, then all others at one size."""
    sizes = [*rows]
    for id_ in rules():
        check(sessions(1_000), id_)
    found: dict[int, Mapping[str, float]] = {}
    for n in sizes:
        found[n] = _timed(sessions(n), CHOSEN, rounds)
    cells = [
        [
            name,
            *(f"{figures[name] / n * 1e9:.0f}" for n, figures in found.items()),
            *(f"{figures[name] / figures[SORT]:.2f}" for figures in found.values()),
        ]
        for name in found[sizes[0]]
    ]
    headings = ("sessions", *(f"ns {n:_}" for n in sizes), *(f"/ sort {n:_}" for n in sizes))
    table("detect_frame, ns a session; and to the sort, CPU time", headings, cells)
    n = min(MANY, max(sizes))
    frame = sessions(n)
    others = [id_ for id_ in rules() if id_ not in (*CHOSEN, *DEAR)]
    figures = {**_timed(frame, others, rounds), **_timed(frame, DEAR, 1)}
    cells = [
        [name, f"{cpu / n * 1e9:.0f}", f"{cpu / figures[SORT]:.2f}"]
        for name, cpu in figures.items()
    ]
    table(f"detect_frame, the other rules, {n:_} sessions", ("", "ns a session", "/ sort"), cells)


def _timed(frame: pl.DataFrame, ids: Iterable[str], rounds: int) -> dict[str, float]:
    repeats = max(1, 100_000 // len(frame))
    found = {name: partial(cpu_of, job, repeats) for name, job in jobs(frame, ids).items()}
    return interleaved(found, rounds)
