"""Constants that are stated, and what they may be."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import asdict, evolve

import therapeutic_alliance as ta
from tests.course.cohorts import DAY


def test_stated_in_any_metric() -> None:
    """H14: 4.0, .60, .25 on a 1-5 mean; 30, 6, 2.5 on SRS totals; 75, 15, 6.25 percent."""
    made = [
        ta.CohortConstants.stated(
            mean=mean, between=between, within=within, low=low, high=high, source="s"
        )
        for mean, between, within, low, high in (
            (4.0, 0.6, 0.25, 1, 5), (30, 6, 2.5, 0, 40), (75, 15, 6.25, 0, 100),
        )
    ]  # fmt: skip
    illustrative = asdict(evolve(ta.CohortConstants.illustrative(), source="s"))
    for each in made:
        found = asdict(each)
        assert found.pop("source") == "s"
        assert {k: v for k, v in found.items() if isinstance(v, float)} == pytest.approx(
            {k: v for k, v in illustrative.items() if isinstance(v, float)}
        )


def test_the_illustrative_prior() -> None:
    """H14: mu = min + .75*range, tau = .15*range, s = .0625*range."""
    prior = ta.CohortConstants.illustrative()
    assert (prior.mean, prior.means_sd, prior.person_sd) == pytest.approx((0.75, 0.15, 0.0625))
    assert prior.between_variance == pytest.approx(0.15**2)
    assert prior.within_variance == pytest.approx(0.0625**2)
    assert prior.growth == ()
    assert "illustrative prior" in str(prior)


def test_stated_growth_is_in_the_metric() -> None:
    told = ta.CohortConstants.stated(
        mean=4, between=0.6, within=0.25, low=1, high=5, source="s", growth=[-0.2, 0, 0.1],
        n=300, date=DAY, measure="wai-sr", score="total", rater="client",
    )  # fmt: skip
    assert told.growth == pytest.approx((-0.05, 0, 0.025))
    assert told.expected_growth(2) == 0
    assert told.expected_growth(90) == pytest.approx(0.025)
    assert (told.n, told.date, told.measure, told.score, told.rater) == (
        300, DAY, "wai-sr", "total", "client",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mean", 0.5), ("mean", 6), ("mean", float("nan")), ("mean", "4"), ("mean", None),
        ("between", 0), ("between", -0.6), ("between", float("inf")), ("between", True),
        ("within", 0), ("within", 10**400), ("within", None),
        ("low", 5), ("low", float("nan")), ("high", 1), ("high", "5"),
        ("growth", [0.1, None]), ("growth", [9]), ("source", ""), ("source", "a\nb"),
        ("source", "x" * 301), ("source", None),
        ("n", 0), ("n", 2.0), ("n", True), ("date", "2026-03-01"), ("date", datetime.now(UTC)),
        ("measure", ""), ("measure", "two words"), ("score", 5), ("rater", "x" * 65),
    ],
)  # fmt: skip
def test_stated_out_of_range(name: str, value: Any) -> None:
    fine: dict[str, Any] = {
        "mean": 4, "between": 0.6, "within": 0.25, "low": 1, "high": 5, "source": "s",
    }  # fmt: skip
    with pytest.raises(ta.AllianceError) as caught:
        ta.CohortConstants.stated(**{**fine, name: value})
    names = {"between": ("between", "between_variance", "means_sd"),
             "within": ("within", "within_variance"),
             "high": ("low", "high"), "growth": ("growth", "growth[0]")}  # fmt: skip
    assert {problem.path for problem in caught.value.problems} <= {*names.get(name, (name,))}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"mean": 1.01}, "mean"), ({"mean": -0.01}, "mean"),
        ({"between_variance": 0}, "between_variance"), ({"between_variance": 1.5},
        "between_variance"), ({"within_variance": 0}, "within_variance"),
        ({"within_variance": 1e-300}, "within_variance"), ({"person_sd": 0}, "person_sd"),
        ({"means_sd": -0.1}, "means_sd"), ({"growth": (0, 1.5)}, "growth[1]"),
        ({"growth": (0,) * 1_001}, "growth"), ({"scores": 0}, "scores"),
    ],
)  # fmt: skip
def test_fields_out_of_range(changes: Any, path: str) -> None:
    """What could not be used: a within variance of 0 makes every z infinite."""
    with pytest.raises(ta.AllianceError) as caught:
        evolve(ta.CohortConstants.illustrative(), **changes)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_every_field_is_told_at_once() -> None:
    with pytest.raises(ta.AllianceError) as caught:
        evolve(ta.CohortConstants.illustrative(), mean=2, source="", n=-1)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("stated", "path", "rule"),
    [
        ({"mean": 6}, "mean", "not from low to high, 1 to 5"),
        ({"mean": 0.5}, "mean", "not from low to high, 1 to 5"),
        ({"between": 4.5}, "between", "above high less low, 4"),
        ({"within": 4.5}, "within", "above high less low, 4"),
        ({"within": 0.001}, "within", "below a thousandth of high less low, 0.004"),
        ({"between": 0.001}, "between", "below a thousandth of high less low, 0.004"),
        ({"growth": [0, 4.5]}, "growth[1]", "not from -4 to 4, high less low"),
    ],
)
def test_what_is_stated_is_refused_in_its_own_metric(stated: Any, path: str, rule: str) -> None:
    given = {"mean": 4, "between": 0.6, "within": 0.25, "low": 1, "high": 5, "source": "s"}
    with pytest.raises(ta.AllianceError) as caught:
        ta.CohortConstants.stated(**{**given, **stated})
    assert [(each.path, each.rule) for each in caught.value.problems] == [(path, rule)]
