"""The simulator of ruptures.md sections 6 and 7. All its data are invented."""

from itertools import pairwise
from math import isclose
from typing import Any

import pytest
from attrs import asdict, evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.course.simulate import BASE, SCENARIOS, TRANSFERS, Scenario, simulate
from therapeutic_alliance.psychometrics.spread import mean, sd, variance

COHORT = simulate(BASE, 3_000, seed=2026)


def _scores(series: ta.Series) -> list[float]:
    return [point.value for point in series if point.value is not None]


def test_a_seed_gives_the_same_cases_and_another_one_others() -> None:
    assert simulate(BASE, 5, seed=3) == simulate(BASE, 5, seed=3)
    assert simulate(BASE, 5, seed=3) != simulate(BASE, 5, seed=4)
    assert len({case.person.level for case in COHORT}) == len(COHORT)


@given(seed=st.integers(0, 10**9), first=st.integers(0, 50), n=st.integers(0, 8))
def test_a_case_depends_on_its_number_only(seed: int, first: int, n: int) -> None:
    assert simulate(BASE, n, seed, first=first) == simulate(BASE, first + n, seed)[first:]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=list(SCENARIOS))
def test_scores_are_means_of_whole_answers_within_the_scale(scenario: Scenario) -> None:
    for case in simulate(scenario, 100, seed=1):
        for score in _scores(case.series):
            assert scenario.low <= score <= scenario.high
            total = score * scenario.items
            assert isclose(total, round(total), abs_tol=1e-9)


def test_the_truth_is_consistent() -> None:
    for case in COHORT:
        last = case.series[-1].session
        assert [point.session for point in case.series] == list(range(1, last + 1))
        assert BASE.least_sessions <= last <= BASE.sessions
        for rupture in case.ruptures:
            assert BASE.first_onset <= rupture.onset <= rupture.last <= last
            assert rupture.depth > 0
            _lasts(rupture, last)
        for before, after in pairwise(case.ruptures):
            assert before.last + 1 < after.onset, "a session outside lies between"
        spans = {each for r in case.ruptures for each in range(r.onset, r.last + 1)}
        assert [point.session in spans for point in case.series] == list(case.inside)


def _lasts(rupture: Any, last: int) -> None:
    sessions = rupture.last - rupture.onset + 1
    assert sessions <= {"v": 1, "u": 5, "slide": 4, "unrepaired": BASE.sessions}[rupture.shape]
    if rupture.last < last:
        assert sessions >= {"v": 1, "u": 3, "slide": 2}[rupture.shape], "an unrepaired one lasts"


def test_shapes_come_as_often_as_assumed() -> None:
    shapes = [rupture.shape for case in COHORT for rupture in case.ruptures]
    for shape, share in BASE.shapes.items():
        assert shapes.count(shape) / len(shapes) == pytest.approx(share, abs=0.04)


def _quiet(**changes: Any) -> Scenario:
    """Without noise: what is left is level, growth and ruptures."""
    still: Any = {"within_sd": 1e-9, "slope_sd": 0.0, "item_sd": 1e-9, "straight_liners": 0.0}
    return evolve(BASE, low=-1e6, high=1e6, missing=0.0, **still, **changes)


@pytest.mark.parametrize("shape", BASE.shapes)
def test_what_a_shape_does_to_the_scores(shape: str) -> None:
    """On a scale so fine that rounding does not matter: 1000 units are one."""
    shares: Any = {f"share_{each}": float(each == shape) for each in BASE.shapes}
    scenario = _quiet(mean=3e4, depth=1e3, early=0.0, slope=0.0, **shares)
    for case in simulate(scenario, 60, seed=5):
        for rupture in case.ruptures:
            span = range(rupture.onset - 1, rupture.last)
            falls = [case.person.level - (case.series[at].value or 0) for at in span]
            told = [round(fall / rupture.depth, 2) for fall in falls]
            if shape == "slide":
                assert told[0] == 0.5
                assert all(before < after for before, after in pairwise(told))
            else:
                assert set(told) == {1.0}


def test_growth_is_early_and_then_slow() -> None:
    scenario = _quiet(mean=0.0, early=4e3, slope=100.0, rupture_hazard=0.0, dropout=0.0)
    [case] = simulate(scenario, 1, seed=1)
    scores = _scores(case.series)
    steps = [after - before for before, after in pairwise(scores)]
    assert steps == pytest.approx([2e3, 2e3, *[100.0] * 13], abs=1.1)
    assert scores[1] == pytest.approx(case.person.level, abs=0.6)


def test_straight_liners_give_one_answer() -> None:
    scenario = evolve(BASE, straight_liners=1.0)
    scores = [score for case in simulate(scenario, 30, seed=1) for score in _scores(case.series)]
    assert set(scores) <= {1.0, 2.0, 3.0, 4.0, 5.0}


def test_the_base_cohort_looks_as_the_study_says() -> None:
    """Section 7: mean 3.99, SD of means .58, within .39, ICC .67, 8% at the maximum, 12.3
    sessions, 42% with a rupture, 12% of scored sessions inside one."""
    scores = [_scores(case.series) for case in COHORT]
    enough = [each for each in scores if len(each) >= 3]
    means = [mean(each) for each in enough]
    freedom = sum(len(each) - 1 for each in enough)
    within = sum((len(each) - 1) * variance(each) for each in enough) / freedom
    between = variance(means) - within * mean([1 / len(each) for each in enough])
    every = [score for each in scores for score in each]
    scored = [
        inside
        for case in COHORT
        for point, inside in zip(case.series, case.inside, strict=True)
        if point.value is not None and point.session >= 4
    ]
    assert mean(means) == pytest.approx(3.99, abs=0.03)
    assert sd(means) == pytest.approx(0.58, abs=0.03)
    assert within**0.5 == pytest.approx(0.39, abs=0.02)
    assert between / (between + within) == pytest.approx(0.67, abs=0.03)
    assert every.count(5.0) / len(every) == pytest.approx(0.08, abs=0.01)
    assert mean([len(each) for each in scores]) == pytest.approx(12.3, abs=0.2)
    assert mean([bool(case.ruptures) for case in COHORT]) == pytest.approx(0.42, abs=0.03)
    assert mean(scored) == pytest.approx(0.12, abs=0.01)


CHANGES: dict[str, dict[str, float]] = {
    "base": {},
    "noisy": {"within_sd": 0.40},
    "ceiling": {"mean": 4.6},
    "short": {"sessions": 8},
    "growth": {"slope": 0.05, "slope_sd": 0.03, "early": 0.5},
    "shallow": {"depth": 0.50},
    "srs": {
        "low": 0, "high": 100, "mean": 88, "between_sd": 9, "within_sd": 4, "slope": 0.25,
        "slope_sd": 0.25, "early": 4, "item_sd": 5, "depth": 14,
    },
}  # fmt: skip


def test_a_scenario_changes_what_is_listed_and_nothing_else() -> None:
    """Section 7, scenarios as changes to base, and the four transfers."""
    base = asdict(BASE)
    found = {
        name: {key: value for key, value in asdict(each).items() if value != base[key]}
        for name, each in SCENARIOS.items()
    }
    for name, changed in found.items():
        changed.pop("name", None)
        assert changed == CHANGES[name]
    assert list(found) == list(CHANGES)
    assert len(TRANSFERS) == 4
    assert {name for pair in TRANSFERS for name in pair} <= SCENARIOS.keys()


def test_srs_rules_on_ordinary_sessions() -> None:
    """Section 7, 10: below 36 of 40 in 43%, a drop of 1 in 24%, either in 49%."""
    low = drop = either = n = 0
    for case in simulate(SCENARIOS["srs"], 2_000, seed=3):
        seen = [
            (point.value, inside)
            for point, inside in zip(case.series, case.inside, strict=True)
            if point.value is not None
        ]
        for (before, _), (value, inside) in pairwise(seen):
            if not inside:
                n += 1
                below, fell = value < 90 - 1e-9, before - value >= 2.5 - 1e-9
                low, drop, either = low + below, drop + fell, either + (below or fell)
    assert [low / n, drop / n, either / n] == pytest.approx([0.43, 0.24, 0.49], abs=0.04)


def test_every_parameter_is_labelled_an_assumption() -> None:
    names = {each.name for each in fields(Scenario)} - {"name"}
    assert BASE.assumptions.keys() == names
    assert all(BASE.assumptions.values())


def test_a_parameter_is_said_to_be_varied_only_if_it_is() -> None:
    for name, label in BASE.assumptions.items():
        varied = len({getattr(each, name) for each in SCENARIOS.values()}) > 1
        if label.startswith("assumed"):
            assert varied == label.endswith("varied over the scenarios"), name


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 5.0}, {"high": 4.5}, {"mean": float("nan")}, {"between_sd": -1}, {"within_sd": 0},
        {"depth": float("inf")}, {"items": 0}, {"sessions": 2.5}, {"missing": 1.1},
        {"dropout": -0.1}, {"share_v": 0.5}, {"autocorrelation": "much"}, {"low": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_a_parameter_out_of_range_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ta.AllianceError, match=r"^scenario: "):
        evolve(BASE, **wrong)


@pytest.mark.parametrize("wrong", [{"n": -1}, {"seed": -1}, {"first": -1}, {"n": 1.5}], ids=str)
def test_numbers_of_cases_are_whole(wrong: dict[str, Any]) -> None:
    with pytest.raises(ta.AllianceError, match=r"^simulate: .* is a whole number, 0 or more"):
        simulate(**{"scenario": BASE, "n": 1, "seed": 1, **wrong})
