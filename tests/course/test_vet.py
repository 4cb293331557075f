"""What a rule of others gives is looked at before it is relied on."""

import re
from typing import Any, Literal

import numpy as np
import pytest
from attrs import evolve, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.course.observes import observes, scores_only
from therapeutic_alliance.course.vet import vet

SERIES = ta.Series.of([4.2, None, 3.0], low=1, high=5)
GOOD: Any = ta.Flags(
    detector="odd",
    mode="retrospective",
    flags=(
        ta.Flag(session=1, flag=None, why="the first"),
        ta.Flag(session=2, flag=None, why="not observed"),
        ta.Flag(session=3, flag=True, why="low: possible rupture", statistic=1.2, threshold=1),
    ),
)
NUMBERS = "its numbers are not finite, or not Python's own (float)"


@frozen
class Odd:
    """Gives whatever it is told to."""

    given: Any
    id = "odd"
    mode: Literal["retrospective"] = "retrospective"
    citation = "invented"

    def flags(self, _series: ta.Series) -> Any:
        return self.given


def _with(**changes: Any) -> Any:
    return evolve(GOOD, flags=(*GOOD.flags[:2], evolve(GOOD.flags[2], **changes)))


def _look(given: Any) -> None:
    vet(Odd(given), SERIES, given)


def test_good_flags_pass() -> None:
    _look(GOOD)
    _look(_with(statistic=None, reference=(1, 4.2)))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (None, "it returned no Flags"),
        (GOOD.flags, "it returned no Flags"),
        (evolve(GOOD, flags=(1, 2, 3)), "hold something that is no Flag"),
        (evolve(GOOD, low_information="yes"), "low_information is True or False"),
        (evolve(GOOD, sign="drop"), "sign of neither a rupture nor a waning"),
        (evolve(GOOD, detector="drop-from-best"), "under another name or mode"),
        (evolve(GOOD, mode="online"), "under another name or mode"),
        (evolve(GOOD, conventions=(1,)), "its conventions are no texts"),
        (evolve(GOOD, parameters=(("k", []),)), "its parameters are no plain values"),
        (evolve(GOOD, parameters=(("k", float("nan")),)), "its parameters are no plain values"),
        (evolve(GOOD, flags=GOOD.flags[:2]), "not one flag for each session"),
        (evolve(GOOD, flags=GOOD.flags[::-1]), "not one flag for each session"),
        (_with(flag="yes"), "session 3: a flag is True, False or None"),
        (_with(flag=1), "session 3: a flag is True, False or None"),
        (_with(why=None), "session 3: why is no text on one line"),
        (_with(why="red\x1b[31m"), "session 3: why is no text on one line"),
        (_with(why="\udc80"), "session 3: why is no text on one line"),
        (
            evolve(GOOD, flags=(evolve(GOOD.flags[0], flag=True), *GOOD.flags[1:])),
            "session 1: the first observed session cannot be flagged",
        ),
        (_with(statistic=float("nan")), f"session 3: {NUMBERS}"),
        (_with(threshold=float("inf")), f"session 3: {NUMBERS}"),
        (_with(statistic=np.float32(1.5)), f"session 3: {NUMBERS}"),
        (_with(reference=(1, "4.2")), f"session 3: {NUMBERS}"),
        (
            evolve(GOOD, flags=(GOOD.flags[0], evolve(GOOD.flags[1], flag=False), GOOD.flags[2])),
            "session 2: not observed, and yet evaluated",
        ),
    ],
)
def test_anything_else_is_refused_under_the_name_of_the_rule(given: Any, told: str) -> None:
    with pytest.raises(ta.PluginError, match=f"^detector odd: .*{re.escape(told)}"):
        _look(given)


OF_SCORES = [each for each in ta.Registry().detectors.values() if observes(each) == "scores"]
IN_EVERY_RANGE = [each for each in OF_SCORES if each.id != "srs-rules"]


@pytest.mark.parametrize("detector", IN_EVERY_RANGE, ids=lambda each: each.id)
def test_the_built_in_rules_pass(detector: ta.Detector[ta.Series]) -> None:
    for values in ([], [None], [3.0], [4.0, None, 1.0, 5.0, 5.0, 2.0]):
        series = ta.Series.of(values, low=1, high=5)
        vet(detector, series, detector.flags(series))


def test_other_detectors_are_refused_where_scores_are_needed() -> None:
    refused = {each.id for each in ta.Registry().detectors.values() if each not in OF_SCORES}
    assert refused == {"direct-report", "observer-3rs", "pre-post"}
    for id_ in refused:
        with pytest.raises(ta.AllianceError, match=f"^{id_} looks at [a-z ]+, not at scores$"):
            scores_only(ta.Registry().detector(id_))
    for each in OF_SCORES:
        scores_only(each)


def test_a_flag_whose_statistic_falls_short_is_refused() -> None:
    """An upside-down rule would rank sessions the wrong way round in a study."""
    told = "session 3: flagged with a statistic below its threshold"
    with pytest.raises(ta.PluginError, match=f"^detector odd: {told}"):
        _look(_with(statistic=-1.2))
    wrong: Any = Odd(_with(statistic=-1.2))
    with pytest.raises(ta.PluginError, match=told):
        ta.compare(SERIES, [wrong])


@pytest.mark.parametrize(
    "given",
    [
        _with(statistic=1 - 1e-12),
        _with(flag=False, statistic=-1.2),
        _with(statistic=-1.2, threshold=None),
        _with(statistic=None),
    ],
)
def test_statistics_that_do_not_fall_short_pass(given: Any) -> None:
    _look(given)
