"""Detectors that go case by case: that they are told of, and what becomes of their faults."""

import re
import traceback
import warnings
from typing import Any

import polars as pl
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told
from tests.frames.detect.invented import (
    Fails,
    FailsAtOnce,
    GivesBack,
    Lies,
    Lowest,
    Quotes,
    RciDropOfMine,
    Steps,
)
from therapeutic_alliance.frames.detect.asked import is_ours

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


@pytest.mark.parametrize(("rule", "kind"), [(Fails(), "ValueError"), (Quotes(), "SeriesError")])
@quietly
def test_what_a_plugin_raises_is_told_by_its_class(rule: Any, kind: str) -> None:
    with pytest.raises(ta.PluginError) as error:
        told.detect(FRAME, rule, "score")
    words = rf"row \d+: detector {rule.id} raised {kind} at its case"
    assert re.fullmatch(words, str(error.value))
    assert error.value.__cause__ is None
    assert error.value.__context__ is None


@pytest.mark.parametrize("rule", [Fails(), Quotes()], ids=lambda each: each.id)
@quietly
def test_no_words_of_a_plugin_reach_a_lazy_frame(rule: Any) -> None:
    """Those of an error of the library that it raises neither."""
    with pytest.raises((ta.PluginError, pl.exceptions.ComputeError)) as error:
        told.detect(FRAME.lazy(), rule).collect()
    told_of = "".join(traceback.format_exception(error.value))
    assert (
        f"detector {rule.id} raised {'Series' if rule.id == 'quotes' else 'Value'}Error" in told_of
    )
    assert not any(words in told_of for words in ("cannot judge", "of somebody", "return_dtype"))


@pytest.mark.parametrize("frame", [FRAME, FRAME.lazy()])
def test_what_a_plugin_raises_before_the_first_session_is_told_at_the_call(frame: Any) -> None:
    with pytest.raises(ta.PluginError) as error:
        told.detect(frame, FailsAtOnce(ValueError("boom")), "score")
    words = "detector fails-at-once raised ValueError of a course without sessions"
    assert str(error.value) == words
    assert error.value.__cause__ is None
    assert error.value.__context__ is None


def test_a_plugin_may_say_which_scores_it_is_made_for() -> None:
    """No score was seen before that could be quoted."""
    with pytest.raises(ta.SeriesError, match=r"^totals only$"):
        told.detect(FRAME, FailsAtOnce(ta.SeriesError("totals only")), "score")


def test_what_is_of_the_library_keeps_its_words() -> None:
    """Its detectors never quote; what inherits from them may."""
    assert all(is_ours(REGISTRY.detector(id_)) for id_ in REGISTRY.detectors)
    plugins: tuple[Any, ...] = (Fails(), RciDropOfMine(), GivesBack(None))
    assert not any(is_ours(each) for each in plugins)


@pytest.mark.parametrize("given", [None, [], [True], "flags"])
@quietly
def test_what_is_no_flags(given: Any) -> None:
    words = r"^row \d+: at its case, detector gives-back: it returned no Flags$"
    with pytest.raises(ta.PluginError, match=words):
        told.detect(FRAME, GivesBack(given), "score")


@quietly
def test_flags_of_plugins_are_looked_at() -> None:
    """A session alone would not say of which case."""
    frame = pl.DataFrame({"case": ["b", "b", "a", "a"], "t": [1, 2, 2, 1], "x": [None, None, 2, 3]})
    with pytest.raises(ta.PluginError) as error:
        ta.detect_frame(frame, Lies(), by="case", order="t", score="x", low=1, high=5)
    words = "row 3: at its case, detector lies: session 2: flagged with a statistic below its"
    assert str(error.value).startswith(words)
    assert error.value.__context__ is None


@pytest.mark.parametrize(
    "fault", [SystemExit("4.2"), GeneratorExit("4.2"), BaseExceptionGroup("4.2", [SystemExit(4)])]
)
def test_no_words_of_what_would_end_a_program_either(fault: Any) -> None:
    kind = type(fault).__name__
    with pytest.raises(ta.PluginError, match=f"^detector fails-at-once raised {kind} of a course"):
        told.detect(FRAME, FailsAtOnce(fault), "score")


def test_a_user_may_stop_a_plugin() -> None:
    fault: Any = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        told.detect(FRAME, FailsAtOnce(fault), "score")


@pytest.mark.parametrize("id_", ["direct-report", "observer-3rs", "pre-post"])
def test_what_looks_elsewhere_is_refused(id_: str) -> None:
    for frame in (FRAME, FRAME.lazy()):
        with pytest.raises(ta.AllianceError, match=f"{id_} looks at .*, not at scores"):
            told.detect(frame, REGISTRY.detector(id_), "score")
