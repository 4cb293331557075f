"""A drop from an earlier score as window expressions, for engines that compute it themselves.

Stage by stage, since no engine nests windows. Nothing but comparisons and one subtraction touches
a score, so the results are those of the Python rule, bit for bit.
"""

from collections.abc import Mapping
from math import inf
from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.course.series import EPSILON, NO_SESSION, refuses
from therapeutic_alliance.frames.detect.drops import Drop
from therapeutic_alliance.frames.detect.faults import NO_CASE, TWICE
from therapeutic_alliance.frames.detect.one_of_each import mixed
from therapeutic_alliance.frames.detect.reading import LAST
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.dtypes import is_null

CREEPS = f"scores creep up by less than {EPSILON:g} each time; collect the frame first"


@frozen
class Windows:
    """The sessions of a lazy frame, under temporary names that the frame does not have."""

    task: Task
    mark: str
    """How the temporary names begin."""

    def named(self, name: str) -> str:
        """A temporary name."""
        return self.mark + name

    def __getitem__(self, name: str) -> Any:
        """A temporary column."""
        return nw.col(self.mark + name)

    def before(self, name: str) -> Any:
        """What the observed session before an observed one holds."""
        return self[name].shift(1).over(*self.task.by, self.named("seen"), order_by=self.named("t"))

    def highest(self, name: str) -> Any:
        """The highest of the observed sessions up to one."""
        return (
            self[name].cum_max().over(*self.task.by, self.named("seen"), order_by=self.named("t"))
        )


def detected(task: Task, drop: Drop, frame: Any, mark: str, own: Mapping[str, str]) -> Any:
    """The lazy frame with the new columns, and one called ``mark`` that says what is refused.

    That one is null where nothing is, and calls columns by their ``own`` names. Names that begin
    with ``mark`` are temporary.
    """
    schema = frame.collect_schema()
    window = Windows(task, mark)
    frame = _FROM[drop.reference](window, _sessions(window, frame, schema))
    frame = frame.with_columns(_fall(window, drop).alias(task.statistic))
    fall, threshold = nw.col(task.statistic), drop.threshold or 0.0
    return frame.with_columns(
        (fall >= threshold - EPSILON).alias(task.flag),
        nw.when(~fall.is_null()).then(nw.lit(threshold, nw.Float64)).alias(task.threshold),
        _refused(window, drop, schema, own).alias(mark),
    )


def _fall(window: Windows, drop: Drop) -> Any:
    """How far a score lies below its reference, null where it is not compared with one."""
    if drop.threshold is None:
        return nw.lit(None, nw.Float64)
    fall = window["reference"] - window["x"]
    if drop.max_gap is None:
        return fall
    return nw.when(window["t"] - window["at"] - 1 <= drop.max_gap).then(fall)


def _sessions(window: Windows, frame: Any, schema: Any) -> Any:
    """Session number ``t``, whether it is there ``twice``, score ``x``, null if not ``seen``."""
    task = window.task
    t, score = nw.col(task.order), nw.col(task.score).cast(nw.Float64)
    if schema[task.order].is_integer():
        t = nw.when((t >= 1) & (t < LAST)).then(t)  # what has no room becomes null, so is refused
    number = nw.Int64 if schema[task.order].is_integer() else nw.Float64
    seen = ~(score.is_null() | score.is_nan())
    frame = frame.with_columns(
        t.cast(number).alias(window.named("t")),
        nw.when(seen).then(score).alias(window.named("x")),
        seen.alias(window.named("seen")),
    )
    twice = window["t"] == window["t"].shift(1).over(*task.by, order_by=window.named("t"))
    return frame.with_columns(twice.alias(window.named("twice")))


def _from_previous(window: Windows, frame: Any) -> Any:
    return frame.with_columns(
        window.before("x").alias(window.named("reference")),
        window.before("t").alias(window.named("at")),
    )


def _from_third(window: Windows, frame: Any) -> Any:
    t, x = window["t"], window["x"]
    frame = frame.with_columns(nw.when(t == 3).then(x).alias(window.named("third")))
    third = window["third"].max().over(*window.task.by)
    frame = frame.with_columns(third.alias(window.named("third")))
    return frame.with_columns(nw.when(t > 3).then(window["third"]).alias(window.named("reference")))


def _from_best(window: Windows, frame: Any) -> Any:
    """The highest score before that was more than ``EPSILON`` above all before it.

    That is the reference of the Python rule as long as no score beats it by more than ``EPSILON``
    without doing so to the highest one: scores that creep up in smaller steps, see ``_refused``.
    """
    frame = frame.with_columns(window.before("x").alias(window.named("last")))
    frame = frame.with_columns(window.highest("last").alias(window.named("highest")))
    x, highest = window["x"], window["highest"]
    clear = highest.is_null() | (x > highest + EPSILON)
    taken = nw.when(clear).then(x).otherwise(nw.lit(-inf, nw.Float64))
    frame = frame.with_columns(taken.alias(window.named("taken")))
    frame = frame.with_columns(window.highest("taken").alias(window.named("best")))
    return frame.with_columns(window.before("best").alias(window.named("reference")))


_FROM = {"previous": _from_previous, "running-max": _from_best, "session-3": _from_third}


def _refused(window: Windows, drop: Drop, schema: Any, own: Mapping[str, str]) -> Any:
    """What is refused at a row, in the words of frames in memory; null if nothing is."""
    task, spec = window.task, window.task.course.spec
    t, x = window["t"], window["x"]
    sessions = t.is_null() | ~((t >= 1) & (t < LAST) & (t % 1 == 0))
    outside = ~x.is_between(spec.low - EPSILON, spec.high + EPSILON)
    faults = [
        *mixed(task, schema),
        *((name, NO_CASE, is_null(name, schema[name])) for name in task.by),
        (task.order, NO_SESSION, sessions),
        (task.order, TWICE, window["twice"]),
        (task.score, refuses(inf, spec), (x == inf) | (x == -inf)),
        (task.score, refuses(2 * abs(spec.high) + 1, spec), outside),
    ]
    if drop.reference == "running-max":
        creeps = (x > window["reference"] + EPSILON) & (window["taken"] == -inf)
        faults.append((task.score, CREEPS, creeps))
    told = nw.lit(None, nw.String)
    for name, rule, fault in reversed(faults):
        told = nw.when(fault).then(nw.lit(f'column "{own[name]}": {rule}')).otherwise(told)
    return told
