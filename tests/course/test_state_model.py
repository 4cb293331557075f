"""The hyper-parameters of the two-state model: ruptures.md H16. All cohorts are simulated."""

import datetime as dt
from math import exp, log, nan, sqrt
from random import Random
from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.course.state_oracle import log_likelihood

TODAY = dt.date(2026, 3, 1)
TRUTH: dict[str, float] = {
    "mean": 0.7, "between_sd": 0.08, "within_sd": 0.05, "depth": 0.2, "entry": 0.07, "exit": 0.35,
}  # fmt: skip
SMALL = (7, 3, 2)


def _case(draw: Random, sessions: int, entry: float) -> list[float]:
    """Scores of one person, drawn from the model itself."""
    level = draw.gauss(TRUTH["mean"], TRUTH["between_sd"])
    sd = TRUTH["within_sd"] * exp(0.3 * draw.gauss(0, 1))
    depth = TRUTH["depth"] * exp(0.3 * draw.gauss(0, 1))
    inside, scores = False, []
    for _ in range(sessions):
        inside = draw.random() < (1 - TRUTH["exit"] if inside else entry)
        t8 = draw.gauss(0, 1) / sqrt(draw.gammavariate(4, 2) / 8)
        scores.append(min(1, max(0, level - depth * inside + sd * t8)))
    return scores


def _cohort(
    cases: int, seed: int = 4, sessions: int = 16, entry: float = TRUTH["entry"]
) -> list[ta.Series]:
    draw = Random(seed)  # noqa: S311 - simulated, and to be the same each time
    return [ta.Series.of(_case(draw, sessions, entry), low=0, high=1) for _ in range(cases)]


def _numbers(model: ta.StateModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in (*TRUTH, "within_spread")}


@pytest.mark.slow
def test_fit_recovers_what_was_simulated() -> None:
    """H16: from unlabelled scores. Twice and more the standard errors of such a cohort."""
    model = ta.StateModel.fit(_cohort(200), date=TODAY)
    assert model.mean == pytest.approx(0.7, abs=0.03)
    # a grid of points is dearer to persons far out than to those between two points
    assert model.between_sd == pytest.approx(0.08, rel=0.35)
    assert model.within_sd == pytest.approx(0.05, rel=0.1)
    assert model.within_spread == pytest.approx(0.3, rel=0.3)
    assert model.depth == pytest.approx(0.2, rel=0.15)
    assert model.entry == pytest.approx(0.07, rel=0.3)
    assert model.exit == pytest.approx(0.35, rel=0.25)


def _logit(chance: float) -> float:
    return log(chance / (1 - chance))


def _log_posterior(model: ta.StateModel, cases: list[ta.Series], start: ta.StateModel) -> float:
    """H16: the priors of logit h, logit r and log D; the others are free design choices."""
    away = [
        (_logit(model.entry) + 3) / 0.5,
        (_logit(model.exit) + 0.6) / 0.5,
        log(model.depth / (3 * model.within_sd)) / 0.3,
        (model.mean - start.mean) / 0.1,
        log(model.between_sd / start.between_sd) / 0.5,
        log(model.within_sd / start.within_sd) / 0.5,
        log(model.within_spread / start.within_spread) / 0.3,
    ]
    return log_likelihood(model, cases) - sum(each**2 for each in away) / 2


def test_h16_fit_is_the_most_likely_under_the_weak_priors() -> None:
    """H16: nothing near by is better, by an oracle; of few scores, so that the priors matter."""
    cases = _cohort(30, sessions=5, seed=9)
    constants = ta.CohortConstants.fit(cases)
    grid = (3, 2, 2)
    fitted = ta.StateModel.fit(cases, constants, grid=grid)
    start = ta.StateModel.around(constants, grid=grid)
    best = _log_posterior(fitted, cases, start)
    assert best > _log_posterior(start, cases, start)
    for name, value in _numbers(fitted).items():
        for factor in (0.95, 1.05):
            other = evolve(fitted, **{name: value * factor})
            assert _log_posterior(other, cases, start) < best + 1e-3, name


def test_fit_tells_a_cohort_with_drops_from_one_without() -> None:
    """Even on a small grid, and though both priors are the same."""
    with_drops = ta.StateModel.fit(_cohort(60, entry=0.15), grid=SMALL)
    without = ta.StateModel.fit(_cohort(60, entry=0), grid=SMALL)
    assert with_drops.entry > 1.5 * without.entry


def test_fit_says_where_it_comes_from() -> None:
    cases = [evolve(each, measure="srs", rater="client") for each in _cohort(30, sessions=12)]
    unobserved = ta.Series.of([None], low=0, high=1)
    unobserved = evolve(unobserved, measure="srs", rater="client")
    model = ta.StateModel.fit([*cases, unobserved], grid=(3, 1, 1), date=TODAY)
    assert str(model) == "a state model fitted to 30 cases on 2026-03-01"
    assert (model.n, model.scores, model.date) == (30, 360, TODAY)
    assert (model.measure, model.score, model.rater) == ("srs", "total", "client")
    assert len(model.growth) == 12
    assert hash(model) == hash(evolve(model))


def test_neither_order_nor_metric_of_the_cases_matters() -> None:
    """To the last digit, because they are sorted and rounded before."""
    cases = _cohort(30, sessions=6)
    others = list(reversed(cases))
    first = _numbers(ta.StateModel.fit(cases, grid=(3, 2, 1), date=TODAY))
    assert _numbers(ta.StateModel.fit(others, grid=(3, 2, 1), date=TODAY)) == first
    means = [
        ta.Series.of([1 + 4 * (each.value or 0) for each in case], low=1, high=5) for case in cases
    ]
    assert _numbers(ta.StateModel.fit(means, grid=(3, 2, 1))) == pytest.approx(first, rel=1e-6)


def test_growth_comes_from_the_constants() -> None:
    cases = _cohort(30, sessions=6)
    constants = ta.CohortConstants.fit(cases)
    assert ta.StateModel.fit(cases, constants, grid=(3, 1, 1)).growth == ()
    given = evolve(constants, growth=(-0.1, 0.0))
    assert ta.StateModel.fit(cases, given, grid=(3, 1, 1)).growth == (-0.1, 0.0)


def test_too_few_cases_are_refused() -> None:
    with pytest.raises(
        ta.SeriesError, match="at least 30 cases with 3 scores or more; here are 29"
    ):
        ta.StateModel.fit(_cohort(29))
    with pytest.raises(ta.SeriesError, match="here are 0"):
        ta.StateModel.fit([], ta.CohortConstants.illustrative())


def test_constants_of_another_score_are_refused() -> None:
    constants = evolve(ta.CohortConstants.illustrative(), score="bond")
    with pytest.raises(ta.SeriesError, match="of another score, bond"):
        ta.StateModel.fit(_cohort(30, sessions=4), constants)


def test_defaults_have_the_variance_and_mean_of_the_cohort() -> None:
    """H16: free design choices, placed around the constants; by simulation of the model."""
    constants = ta.CohortConstants.stated(
        mean=4.0, between=0.6, within=0.4, low=1, high=5, growth=[-0.2, 0, 0.1], source="invented"
    )
    model = ta.StateModel.around(constants)
    assert model.growth == constants.growth
    assert model.between_sd == pytest.approx(0.15)
    assert model.depth == pytest.approx(3 * model.within_sd)
    assert 1 / model.entry == pytest.approx(1 + exp(3))
    assert 1 / model.exit == pytest.approx(1 + exp(0.6))
    draw = Random(5)  # noqa: S311 - simulated
    share = model.entry / (model.entry + model.exit)
    away = []
    for _ in range(100_000):
        sd = model.within_sd * exp(model.within_spread * draw.gauss(0, 1))
        depth = model.depth * exp(model.depth_spread * draw.gauss(0, 1))
        noise = sd * draw.gauss(0, 1) / sqrt(draw.gammavariate(4, 2) / 8)
        # within a person the mean of the states is part of the level
        away.append((noise, -depth * (draw.random() < share), depth * share))
    within = sum((noise + state + level) ** 2 for noise, state, level in away) / len(away)
    assert sqrt(within) == pytest.approx(0.1, rel=0.02)
    lowered = sum(state for _, state, _ in away) / len(away)
    assert model.mean + lowered == pytest.approx(0.75, abs=0.001)


def test_people_who_give_the_same_score_each_time() -> None:
    """Section 0 (6): an SD has a floor; without one their likelihood would have no bound."""
    level = [ta.Series.of([0.5 + n / 40] * 10, low=0, high=1) for n in range(10)]
    model = ta.StateModel.fit([*_cohort(30, sessions=10), *level], grid=SMALL)
    assert model.within_sd > 0.02
    dip = ta.Series.of([0.9, 0.9, 0.9, 0.9, 0.85, 0.9], low=0, high=1)
    tight = evolve(model, within_sd=1e-6)
    floored = evolve(model, within_sd=0.0375, within_spread=0)
    for id_ in ("state-probability", "state-probability-smoothed"):
        first, second = (
            [flag.statistic for flag in ta.Registry().detector(id_, model=each).flags(dip)]
            for each in (tight, floored)
        )
        assert first == second


GOOD: dict[str, Any] = {
    "mean": 0.75, "between_sd": 0.1, "within_sd": 0.05, "depth": 0.2, "source": "an illustration",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mean", nan), ("mean", None), ("between_sd", 0), ("between_sd", "1"),
        ("within_sd", 0), ("within_sd", True), ("depth", -0.1),
        ("within_spread", -0.1), ("within_spread", 2.1), ("depth_spread", nan),
        ("depth_spread", 2.1), ("entry", 0), ("entry", 1), ("exit", nan), ("exit", 1.2),
        ("growth", (nan,)), ("grid", (1, 1)), ("grid", (0, 1, 1)), ("grid", (1.0, 1, 1)),
        ("source", ""), ("source", "two\nlines"), ("source", None),
    ],
)  # fmt: skip
def test_parameters_out_of_range(name: str, value: object) -> None:
    with pytest.raises(ta.AllianceError, match=f"state model: .*{name}"):
        ta.StateModel(**{**GOOD, name: value})


def test_extreme_models_give_finite_statistics() -> None:
    """No warning of NumPy, and no number that is none; scores may be anything in the range."""
    series = ta.Series.of([1, 5, 1, 1, 5, 5, 3], low=1, high=5, sessions=[1, 2, 9, 10, 11, 99, 100])
    for changes in (
        {"within_sd": 1e-9, "within_spread": 2.0},
        {"within_sd": 10.0, "between_sd": 10.0},
        {"entry": 1e-9, "exit": 1e-9},
        {"entry": 1 - 1e-9, "exit": 1 - 1e-9},
        {"entry": 0.5, "exit": 0.5},
        {"depth": 1e-9},
        {"depth": 50.0, "depth_spread": 2.0},
        {"mean": -3.0},
    ):
        model = ta.StateModel(**{**GOOD, **changes})
        for id_ in ("state-probability", "state-probability-smoothed"):
            flags = ta.Registry().detector(id_, model=model).flags(series)
            assert all(-1e-12 <= (flag.statistic or 0) <= 1 + 1e-12 for flag in flags)
