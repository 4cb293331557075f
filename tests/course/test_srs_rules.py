"""H7 of ruptures.md: the clinical rules of the SRS."""

from math import nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import A, S, told
from therapeutic_alliance.course.detectors.srs_rules import SrsRules

totals = st.lists(st.one_of(st.none(), st.integers(0, 400).map(lambda n: n / 10)), max_size=20)


def srs(values: list[Any], sessions: list[int] | None = None) -> ta.Series:
    return ta.Series.of(values, low=0, high=40, metric="sum", sessions=sessions)


def low(flags: ta.Flags) -> list[int]:
    """Sessions with a low total."""
    return [
        flag.session for flag in flags if any(each.startswith("total") for each in flag.concerns)
    ]


def test_s() -> None:
    """H7, "Example S": level [1, 8]; drop >= 1 [5, 8]; the flags are [5, 8]; drops 1.6, 4.0."""
    flags = SrsRules().flags(S)
    assert flags.sessions == (5, 8)
    assert low(flags) == [1, 8]
    assert sorted({*flags.sessions, *low(flags)}) == [1, 5, 8]
    assert [flags[i].statistic for i in (4, 7)] == pytest.approx([1.6, 4.0])
    assert told(flags)[0] is None
    assert flags.evaluable == 11


def test_episodes_of_s() -> None:
    """H7, "Episodes (tol .375)"."""
    first, second = ta.episodes(S, SrsRules().flags(S))
    assert first.recovery_score == pytest.approx(38.125)
    assert (first.onset, first.end, first.repair_session, first.shape) == (5, 5, 6, "v")
    assert second.recovery_score == pytest.approx(39.125)
    assert (second.onset, second.end, second.repair_session) == (8, 9, 10)
    assert second.shape == "fall_gradual"
    assert [each.gain for each in (first, second)] == pytest.approx([0.3, 0.5])


@pytest.mark.parametrize(
    ("total", "inclusive", "concern"),
    [(36.0, False, False), (36.0, True, True), (35.9, False, True), (36.1, True, False)],
)
def test_the_boundary(total: float, inclusive: bool, concern: bool) -> None:
    """H7: default "total < 36", exactly 36.0 is not below; section 0 (5)."""
    [flag] = SrsRules(inclusive=inclusive).flags(srs([total]))
    assert bool(flag.concerns) is concern
    assert flag.flag is None


def test_float_noise_at_the_boundaries() -> None:
    """Section 0 (5): a hair below 36 is 36, and some falls of 1 are less in floating point."""
    assert SrsRules().flags(srs([36 - 1e-12]))[0].concerns == ()
    falls = [(x / 10, x / 10 - 1 + 1e-13) for x in range(100, 400)]
    assert all(before - after < 1 for before, after in falls)
    assert all(SrsRules().flags(srs(list(fall)))[1].flag for fall in falls)


def test_items_are_concerns() -> None:
    """H7: any item below 9, also where a missing line leaves no total; from session 1 on."""
    measure = ta.Registry().measure("srs")
    given_ = [(9, 9, 9, 9), (8.9, 10, 10, 10), (None, 8, 10, 10)]
    sheets = [
        ta.score(
            measure,
            ta.Administration(
                "srs", "c1", session, "client", dict(zip(measure.items, items, strict=True))
            ),
        )
        for session, items in enumerate(given_, 1)
    ]
    series = ta.series(sheets, rater="client", metric="sum")
    flags = SrsRules().flags(series)
    assert [flag.concerns for flag in flags] == [
        (),
        ("item 1 at 8.9, below 9",),
        ("item 2 at 8, below 9",),
    ]
    assert told(flags) == [None, False, None]
    assert [point.answers for point in series] == given_


@pytest.mark.parametrize(
    "series",
    [
        A,
        ta.Series.of([30], low=0, high=50, metric="sum"),
        ta.Series.of([30], low=0, high=40, metric="mean"),
        ta.Series.of([80.0], low=0, high=100, metric="percent"),
        ta.Series.of([50.0], measure=ta.Registry().measure("wai-sr"), metric="sum"),
    ],
)
def test_other_scores_are_refused(series: ta.Series) -> None:
    """Section 0 (1): "Only H7 is tied to one metric (total 0-40)"."""
    with pytest.raises(ta.SeriesError, match=r"^srs-rules: totals of 4 items from 0 to 40 only"):
        SrsRules().flags(series)


def test_gaps() -> None:
    """Section 0 (3): max_gap applies to the drop, and not to a level."""
    series = srs([39, 30, 20], sessions=[1, 4, 8])
    assert told(SrsRules().flags(series)) == [None, True, None]
    assert low(SrsRules().flags(series)) == [4, 8]
    assert told(SrsRules(max_gap=1).flags(series)) == [None, None, None]


@pytest.mark.parametrize(
    "parameters", [{"drop": 0}, {"cut": -1}, {"item_cut": "9"}, {"max_gap": -1}]
)
def test_parameters(parameters: dict[str, Any]) -> None:
    with pytest.raises(ta.AllianceError, match=f"srs-rules: {next(iter(parameters))}"):
        SrsRules(**parameters)


def test_ceiling() -> None:
    """H7: "Repeated 40/40 = low_information"."""
    assert SrsRules().flags(srs([40, 40, 38, 40])).low_information
    assert not SrsRules().flags(S).low_information


@pytest.mark.parametrize("values", [[], [38], [None] * 8, [40] * 12])
def test_nothing_to_flag(values: list[float | None]) -> None:
    assert SrsRules().flags(srs(values)).sessions == ()


def test_many_sessions() -> None:
    series = srs([40.0 if n % 2 else 38.0 for n in range(100_000)])
    assert len(SrsRules().flags(series).sessions) == 49_999


@given(totals, st.integers(0, 20))
def test_prefix_and_live(values: list[float | None], length: int) -> None:
    rule, series = SrsRules(), srs(values)
    whole = rule.flags(series)
    assert rule.flags(srs(values[:length])).flags == whole.flags[:length]
    state, live = rule.start(series.spec), []
    for point in series:
        state, flag = rule.step(state, point)
        live.append(flag)
    assert tuple(live) == whole.flags


@given(totals)
def test_oracle(values: list[float | None]) -> None:
    """Told once more: fallen by one or more since the last total, at most two sessions between."""
    expected: list[bool | None] = []
    for i, total in enumerate(values):
        before = [j for j in range(i) if values[j] is not None]
        if total is None or not before or i - before[-1] > 3:
            expected.append(None)
        else:
            expected.append((values[before[-1]] or 0) - total >= 1 - 1e-9)
    assert told(SrsRules().flags(srs(values))) == expected


def test_words() -> None:
    """Section 0 (15), and the single source is told."""
    flags = SrsRules().flags(S)
    assert "possible rupture" in flags[4].why
    assert "single" in flags[4].why
    assert "possible rupture" not in flags[1].why
    assert any("single-source" in each for each in flags.conventions)
    assert "single-source" in SrsRules().citation


@pytest.mark.parametrize("value", ["no", 1, None, nan])
def test_inclusive_is_a_bool(value: Any) -> None:
    with pytest.raises(ta.AllianceError, match="srs-rules: inclusive is True or False"):
        SrsRules(inclusive=value)


@pytest.mark.parametrize(("name", "most"), [("cut", 40), ("item_cut", 10), ("drop", 40)])
def test_cuts_lie_within_the_range_of_the_scale(name: str, most: Any) -> None:
    """Four items from 0 to 10: a total of 41 does not exist, and every one would be below it."""
    assert getattr(SrsRules(**{name: most}), name) == most
    with pytest.raises(ta.AllianceError, match=f"srs-rules: {name} is {most} or less"):
        SrsRules(**{name: most + 0.5})
