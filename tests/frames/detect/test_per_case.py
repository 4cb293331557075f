"""Detectors that go case by case: that they are told of, and what becomes of their faults."""

import re
import warnings
from typing import Any

import polars as pl
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told
from tests.frames.detect.rules import Fails, Lies, Lowest, RciDropOfMine, Steps

REGISTRY = ta.Registry()
ROWS = told.simulated(20)
FRAME = pl.DataFrame(ROWS, told.NAMES, orient="row", strict=False)
RETROSPECTIVE = [
    REGISTRY.detector(id_)
    for id_ in REGISTRY.detectors
    if REGISTRY.detector(id_).mode == "retrospective"
]
quietly = pytest.mark.filterwarnings("ignore::therapeutic_alliance.frames.PerCaseWarning")


@pytest.mark.parametrize("detector", [*RETROSPECTIVE, Lowest(), Steps()], ids=lambda each: each.id)
@quietly
def test_they_say_what_their_flags_say(detector: Any) -> None:
    found = told.found(told.detect(FRAME, detector, "score"), detector)
    assert told.same(found, told.oracle(detector, ROWS, "score"))


@pytest.mark.parametrize("frame", [FRAME, FRAME.lazy()])
@pytest.mark.parametrize("detector", [Lowest(), Steps(), RciDropOfMine()], ids=lambda each: each.id)
def test_one_line_tells_of_them_at_the_call(frame: Any, detector: Any) -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        ta.detect_frame(frame, detector, by="row", order="session", score="score", low=1, high=5)
    [warning] = heard
    assert warning.category is ta.frames.PerCaseWarning
    assert issubclass(warning.category, UserWarning)
    assert str(warning.message) == f"{detector.id} runs case by case in Python: slow on many cases"
    assert warning.filename == __file__


@pytest.mark.parametrize("detector", told.online(), ids=lambda each: each.id)
def test_nothing_is_said_of_rules_on_whole_columns(detector: Any) -> None:
    told.detect(FRAME, detector)


@quietly
def test_what_a_plugin_raises_is_told_by_its_class() -> None:
    with pytest.raises(ta.PluginError) as error:
        told.detect(FRAME, Fails())
    assert re.fullmatch(r"row \d+: detector fails raised ValueError at its case", str(error.value))
    assert error.value.__cause__ is None
    assert error.value.__context__ is None


@quietly
def test_flags_of_plugins_are_looked_at() -> None:
    with pytest.raises(ta.PluginError, match="detector lies: session"):
        told.detect(FRAME, Lies())


@pytest.mark.parametrize("id_", ["direct-report", "observer-3rs", "pre-post"])
def test_what_looks_elsewhere_is_refused(id_: str) -> None:
    for frame in (FRAME, FRAME.lazy()):
        with pytest.raises(ta.AllianceError, match=f"{id_} looks at .*, not at scores"):
            told.detect(frame, REGISTRY.detector(id_), "score")
