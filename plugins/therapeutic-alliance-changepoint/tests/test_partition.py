"""The detector ``partition`` on hand-worked courses.

They are the test series of the library's record of rules, ``ruptures.md`` section 0, and the
flags are those of its section 1, rule H11. All courses are invented.
"""

import doctest
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest
from therapeutic_alliance_changepoint import breaks, partition
from therapeutic_alliance_changepoint.partition import Partition

import therapeutic_alliance as ta
from therapeutic_alliance.testing import DetectorContract, PluginContract, WorkedCourse

A = [3.8, 4.0, 4.2, 4.3, 4.2, 3.4, 4.1, 4.3, 4.4, 4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4]
B = [4.5, 4.6, None, 4.6, 4.5, None, 3.7, 4.4, 4.6, 4.6]
C = [5.0, 5.0, 5.0, 5.0, 5.0, 4.5, 5.0, 5.0]
C2 = [5.0, 5.0, 5.0, 5.0, 5.0, 59 / 12, 5.0, 5.0]
D = [4.2, 4.1, 3.0, 4.2]
S = [35.0, 37.2, 38.0, 38.5, 36.9, 38.8, 39.5, 35.5, 38.9, 40, 40, 40]

STATED: dict[str, Any] = {
    "sd": 0.7, "reliability": 0.9, "kind": "retest", "source": "an illustration, no sample",
}  # fmt: skip
"""RC .6136 on item means from 1 to 5."""
STATED_SUM = {**STATED, "sd": 7.0}
"""Ten times as wide, as the range 0 to 40 is of 1 to 5: RC 6.136."""


def course(
    values: Sequence[float | None],
    flagged: Sequence[int],
    *,
    note: str,
    not_evaluable: Sequence[int] = (1,),
) -> WorkedCourse:
    return WorkedCourse(
        values=tuple(values),
        low=1,
        high=5,
        flagged=tuple(flagged),
        not_evaluable=tuple(not_evaluable),
        note=note,
    )


DEFAULT = [
    course(A, [6, 12, 13, 14], note="H11 A: breaks after 5, 6, 11, 14; falls .70 and .633"),
    course(B, [7], note="H11 B: breaks after 5, 7; 4.55 to 3.70", not_evaluable=[1, 3, 6]),
    course(C, [], note="H11 C: breaks after 5, 6; the fall of .5 is too small"),
    course(C2, [], note="H11 C2: breaks after 5, 6; the fall of .0833 is too small"),
    course(D, [3], note="H11 D: breaks after 2, 3"),
    WorkedCourse(
        values=tuple(S), low=0, high=40, flagged=(), not_evaluable=(1,), note="H11 S: a rise"
    ),
]


class TestByConvention(DetectorContract):
    """RC .60 on item means, 6.0 on the sum."""

    detector = Partition()
    worked = DEFAULT


class TestHeavierPenalty(DetectorContract):
    """With c = 2."""

    detector = Partition(c=2)
    worked = (
        course(A, [], note="H11 A: c = 2 finds nothing"),
        course([4.5, 3.0, 4.5], [], note="3 sessions save at most 2 var", not_evaluable=[1, 2, 3]),
        # not in ruptures.md: 8 sessions, var .6429, penalty 2.674; the break saves all of 4.5
        course([4.5] * 4 + [3.0] * 4, [5, 6, 7, 8], note="a fall that stays"),
    )


class TestLongerStretches(DetectorContract):
    """With min_size = 2."""

    detector = Partition(min_size=2)
    worked = (
        course(A, [], note="H11 A: breaks after 12, 14; fall .558", not_evaluable=[1, 2]),
        course(D[:3], [], note="no room for two stretches", not_evaluable=[1, 2, 3]),
        course([4.5] * 4 + [3.0] * 4, [5, 6, 7, 8], note="a fall that stays", not_evaluable=[1, 2]),
    )


class TestPlugin(PluginContract):
    """numpy and ruptures are loaded when flags are asked for, not before."""

    distribution = "therapeutic-alliance-changepoint"
    imports = frozenset[str]()


def on_mean(values: Sequence[float | None]) -> ta.Series:
    return ta.Series.of(values, low=1, high=5)


@pytest.mark.parametrize("each", DEFAULT[:-1], ids=lambda each: each.note)
def test_with_a_stated_reliable_change(each: WorkedCourse) -> None:
    """H11 with RC .6136: the same flags. No contract, since a stated SD is of one metric."""
    flags = Partition(**STATED).flags(each.series)
    assert tuple((flag.session, flag.flag) for flag in flags) == each.expected


def test_a_stated_sd_is_in_the_metric_of_the_series() -> None:
    """A fall of 6.1 on sums from 0 to 40 is a reliable change by convention, and less than 6.136.

    Not in ruptures.md. The whole sum of squares is 49.6, the penalty of a break 17.8.
    """
    series = ta.Series.of([38, 38, 38, 31.9, 31.9, 38], low=0, high=40, metric="sum")
    assert Partition().flags(series).sessions == (4, 5)
    assert Partition(**STATED_SUM).flags(series).sessions == ()
    assert Partition(**STATED).flags(series).sessions == (4, 5)


@pytest.mark.parametrize("sums", [[58, 45, 32], [40, 34, 28], [59, 41, 23, 54, 47, 53]])
def test_equally_good_divisions_are_told_apart_alike_in_every_metric(sums: list[int]) -> None:
    """58, 45, 32 is divided as well after the first as after the second."""
    as_sum = ta.Series.of(sums, low=12, high=60, metric="sum")
    as_mean = ta.Series.of([value / 12 for value in sums], low=1, high=5)
    assert Partition().flags(as_sum).sessions == Partition().flags(as_mean).sessions


def falls(detector: Partition, values: Sequence[float | None]) -> list[tuple[int, float]]:
    """The first session of each stretch but the first, and how far its mean lies lower."""
    found: list[tuple[int, float]] = []
    for flag in detector.flags(on_mean(values)):
        if flag.statistic is not None and (not found or round(flag.statistic, 3) != found[-1][1]):
            found.append((flag.session, round(flag.statistic, 3)))
    return found


def test_the_stretches_of_a() -> None:
    """H11 A: means 4.10 3.40 4.30 3.667 4.30."""
    assert falls(Partition(), A) == [(6, 0.7), (7, -0.9), (12, 0.633), (15, -0.633)]


def test_the_stretches_of_a_with_two_sessions_or_more() -> None:
    """H11 A, min_size 2: sessions 1 to 12, 13 to 14, 15 to 16."""
    assert falls(Partition(min_size=2), A) == [(13, 0.558), (15, -0.75)]


def test_the_stretches_of_the_ceiling() -> None:
    """H11 C and C2: the person's variance has no floor here, so that small falls make breaks."""
    assert falls(Partition(), C) == [(6, 0.5), (7, -0.5)]
    assert falls(Partition(), C2) == [(6, 0.083), (7, -0.083)]


def test_episodes_of_a() -> None:
    """Section 0 (12): from the last score before, back within a quarter of the SD floor, .0375."""
    series = on_mean(A)
    first, second = ta.episodes(series, Partition().flags(series))
    assert (first.onset, first.nadir, first.end, first.repair_session) == (6, 6, 7, 8)
    assert (first.pre_score, first.depth_std, first.shape) == (4.2, None, "fall_gradual")
    assert first.recovery_score == pytest.approx(4.1625)
    assert (second.onset, second.nadir, second.end, second.repair_session) == (12, 14, 15, 16)
    assert (second.pre_score, second.shape) == (4.4, "u")


def test_a_course_without_change_has_no_break() -> None:
    flags = Partition().flags(on_mean([4.1] * 6))
    assert [flag.flag for flag in flags] == [None, *[False] * 5]


@pytest.mark.parametrize("values", [[], [4.0], [None, None], [None, 4.0, None]])
def test_fewer_than_two_observed_sessions_tell_nothing(values: list[float | None]) -> None:
    flags = Partition().flags(on_mean(values))
    assert [flag.flag for flag in flags] == [None] * len(values)
    assert {flag.why for flag in flags} <= {
        "no score was observed",
        "no session was observed before it",
    }


def test_the_first_observed_session_is_never_flagged() -> None:
    flags = Partition().flags(on_mean([None, 1.0, 5.0, 5.0, 2.0]))
    assert [flag.flag for flag in flags] == [None, None, False, False, True]


def test_a_fall_of_just_the_threshold_counts() -> None:
    """4.3 - 3.7 is .5999999999999996."""
    assert Partition().flags(on_mean([4.3, 4.3, 3.7, 3.7])).sessions == (3, 4)


def test_what_a_flag_says() -> None:
    flags = Partition().flags(on_mean(A))
    assert flags[5].why == (
        "in session 6 (mean 3.4), 0.7 below sessions 1 to 5 (mean 4.1): possible rupture; "
        f"threshold 0.6, {ta.ReliableChange()}"
    )
    assert "less than the threshold" in Partition().flags(on_mean(C))[5].why
    assert "not below" in flags[6].why
    assert "first stretch" in flags[1].why
    assert flags[0].why == "no session was observed before it"
    assert not flags.low_information
    assert Partition().flags(on_mean(C)).low_information


def test_conventions_name_threshold_penalty_and_size() -> None:
    threshold, penalty, size = Partition(**STATED, c=2, min_size=3).flags(on_mean(A)).conventions
    assert "an illustration, no sample" in threshold
    assert penalty.startswith("penalty: 2 * var * ln(n)")
    assert size.startswith("fewest observed sessions of a stretch: 3")


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"c": 0}, "c is"),
        ({"c": -1.0}, "c is"),
        ({"c": float("inf")}, "c is"),
        ({"c": float("nan")}, "c is"),
        ({"c": True}, "c is"),
        ({"c": "1"}, "c is"),
        ({"min_size": 0}, "min_size is"),
        ({"min_size": 1.0}, "min_size is"),
        ({"min_size": True}, "min_size is"),
        ({"sd": 0}, "sd"),
        ({"reliability": 1}, "reliability"),
        ({"kind": "beta"}, "kind"),
        ({"z": 0}, "z"),
    ],
)
def test_bad_parameters_are_refused(parameters: dict[str, Any], says: str) -> None:
    with pytest.raises(ta.AllianceError, match=says):
        Partition(**parameters)


def test_found_by_its_id_with_parameters() -> None:
    registry = ta.Registry.discover(allow={"therapeutic-alliance-changepoint"}, strict=True)
    assert registry.detector("partition") == Partition()
    assert registry.detector("partition", c=2, min_size=3) == Partition(c=2, min_size=3)
    with pytest.raises(ta.AllianceError, match="c is"):
        registry.detector("partition", c=0)


@pytest.mark.parametrize("module", [breaks, partition])
def test_examples_of_the_docstrings(module: ModuleType) -> None:
    failed, attempted = doctest.testmod(module)
    assert attempted
    assert not failed
