"""Mixed models of cohorts: ruptures.md sections 2 and 3. All scores are simulated."""

import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from attrs import asdict, evolve

import therapeutic_alliance as ta
from therapeutic_alliance.course.mixed.fit import Effect, MixedModel

Dyad = tuple[ta.Series, ta.Series]


def _draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - simulated, and to be the same each time


def _series(values: Sequence[float | None], **options: Any) -> ta.Series:
    return ta.Series.of(values, **{"low": 0, "high": 100, **options})


def _growing(cases: int, seed: int = 2, *, knot: int = 5, noise: float = 2.0) -> list[ta.Series]:
    """Level 60 (SD 8), slope 1.5 (SD .8) up to the knot, -.3 (SD .4) after it."""
    draw = _draw(seed)
    found = []
    for _ in range(cases):
        level, before, after = draw.gauss(60, 8), draw.gauss(1.5, 0.8), draw.gauss(-0.3, 0.4)
        found.append(
            _series(
                [
                    None
                    if draw.random() < 0.1
                    else level
                    + before * (min(t, knot) - knot)
                    + after * max(t - knot, 0)
                    + draw.gauss(0, noise)
                    for t in range(1, 15)
                ]
            )
        )
    return found


def _dyads(cases: int, seed: int = 3) -> list[Dyad]:
    """Bias -6 (SD 3), tracking .6 (SD .2); levels of the truth differ by far more."""
    draw = _draw(seed)
    found = []
    for _ in range(cases):
        level, bias, tracking = draw.gauss(60, 10), draw.gauss(-6, 3), draw.gauss(0.6, 0.2)
        truth = [level + draw.gauss(0, 5) for _ in range(10)]
        centre = sum(truth) / 10
        judged = [centre + bias + tracking * (t - centre) + draw.gauss(0, 2) for t in truth]
        found.append((_series(truth, low=-99, high=199), _series(judged, low=-99, high=199)))
    return found


def _within(effect: Effect, truth: float, sd: float, cases: int) -> None:
    """Within three standard errors; and the variance between cases within three of its own."""
    assert effect.se is not None
    assert effect.value == pytest.approx(truth, abs=3 * effect.se)
    assert effect.variance == pytest.approx(sd**2, rel=3 * (2 / cases) ** 0.5 + 0.1)
    assert 0.8 * sd < effect.se * cases**0.5 < 2 * sd


def test_section_2_piecewise_growth_recovers_what_was_simulated() -> None:
    """Section 2: knot 5, both slopes random."""
    found = ta.mixed.growth(_growing(150))
    _within(found.level, 60, 8, 150)
    _within(found.slope_before, 1.5, 0.8, 150)
    _within(found.slope_after, -0.3, 0.4, 150)
    assert found.residual_variance == pytest.approx(4, rel=0.1)
    assert (found.knot, found.cases, found.left_out, found.unit) == (5, 150, 0, "mean")
    assert found.converged
    assert found.scores == sum(len(each.observed) for each in _growing(150))


def test_section_2_the_knot_may_lie_elsewhere() -> None:
    found = ta.mixed.growth(_growing(80, knot=3), knot=3)
    assert found.knot == 3
    assert found.slope_before.value == pytest.approx(1.5, abs=0.5)
    assert found.slope_after.value == pytest.approx(-0.3, abs=0.2)


def test_section_3_truth_and_bias_recovers_what_was_simulated() -> None:
    """Section 3: both centred on the patient's own mean, b0 and b1 random."""
    found = ta.mixed.truth_and_bias(_dyads(150))
    _within(found.bias, -6, 3, 150)
    _within(found.tracking, 0.6, 0.2, 150)
    assert found.residual_variance == pytest.approx(4, rel=0.1)
    assert (found.cases, found.scores) == (150, 1500)


def test_section_3_one_dyad_many_times() -> None:
    """Section 3, example: b0 -.42, b1 .60, here of dyads that differ by noise only."""
    draw = _draw(8)
    dyads = []
    for _ in range(40):
        judged = [t + draw.gauss(0, 0.02) for t in (3.6, 3.7, 3.4, 3.9, 3.8)]
        truth = _series([4.0, 4.2, 3.6, 4.4, 4.3], low=1, high=5)
        dyads.append((truth, _series(judged, low=1, high=5)))
    found = ta.mixed.truth_and_bias(dyads)
    assert found.bias.value == pytest.approx(-0.42, abs=0.01)
    assert found.tracking.value == pytest.approx(0.60, abs=0.03)
    alone = [ta.raters.truth_and_bias(*dyad).tracking or 0 for dyad in dyads]
    assert found.tracking.value == pytest.approx(sum(alone) / 40, abs=1e-6)


def test_section_3_centring_takes_the_level_of_the_truth_out() -> None:
    """West & Kenny: another level of both is no matter; of the judgement alone it is the bias."""
    dyads = _dyads(30)
    moved = [
        (_moved(truth, shift), _moved(judged, shift + 4))
        for (truth, judged), shift in zip(dyads, range(-15, 15), strict=True)
    ]
    first, second = ta.mixed.truth_and_bias(dyads), ta.mixed.truth_and_bias(moved)
    assert second.bias.value - first.bias.value == pytest.approx(4, abs=1e-4)
    assert second.tracking.value == pytest.approx(first.tracking.value, abs=1e-4)


def _moved(series: ta.Series, by: float) -> ta.Series:
    return _series([(each.value or 0) + by for each in series], low=-99, high=199)


def test_metric_of_the_series() -> None:
    """Estimates are in it: a tenth of the unit is a hundredth of a variance."""
    cases = _growing(40)
    tenths = [
        ta.Series.of(
            [None if each.value is None else each.value / 10 for each in case], low=0, high=10
        )
        for case in cases
    ]
    whole, tenth = ta.mixed.growth(cases), ta.mixed.growth(tenths)
    for name in ("level", "slope_before", "slope_after"):
        assert getattr(tenth, name).value == pytest.approx(
            getattr(whole, name).value / 10, rel=1e-3
        )
        assert getattr(tenth, name).variance == pytest.approx(
            getattr(whole, name).variance / 100, rel=0.02
        )


def test_percent_where_the_forms_have_other_ranges() -> None:
    dyads = [
        (truth, _series([20 * (each.value or 0) for each in judged], low=-1980, high=3980))
        for truth, judged in _dyads(20)
    ]
    with pytest.raises(ta.SeriesError, match="one metric and possible range"):
        ta.mixed.truth_and_bias(dyads)
    found = ta.mixed.truth_and_bias(dyads, percent=True)
    assert found.unit == "percent"
    assert found.tracking.value == pytest.approx(0.6, abs=0.15)


def test_cases_with_too_few_scores_are_left_out_and_counted() -> None:
    cases = _growing(20)
    short = [_series([50.0]), _series([None, None]), _series([])]
    found = ta.mixed.growth([*cases, *short])
    assert (found.cases, found.left_out) == (20, 3)
    alone = ta.mixed.growth(cases)
    assert found.level == alone.level
    dyads = _dyads(20)
    four = [(_series([50.0] * 4, low=-99, high=199), dyads[0][1])]
    assert ta.mixed.truth_and_bias([*dyads, *four]).left_out == 1


@pytest.mark.parametrize("model", [ta.mixed.growth, ta.mixed.truth_and_bias])
def test_too_few_cases(model: Callable[[Any], MixedModel]) -> None:
    given: list[Any] = _growing(9) if model is ta.mixed.growth else _dyads(9)
    with pytest.raises(ta.AllianceError, match="at least 10 cases; here are 9"):
        model(given)
    with pytest.raises(ta.AllianceError, match="here are 0"):
        model([])


def test_sessions_on_one_side_of_the_knot_only() -> None:
    cases = [ta.Series.of([60.0 + n, 61, 64 - n, 60], low=0, high=100) for n in range(12)]
    with pytest.raises(ta.AllianceError, match="cannot tell the coefficients apart"):
        ta.mixed.growth(cases)


def test_a_truth_that_does_not_vary() -> None:
    dyads = [(_series([50] * 6), _series([40, 41, 42, 40, 41, 42])) for _ in range(12)]
    with pytest.raises(ta.AllianceError, match="cannot tell the coefficients apart"):
        ta.mixed.truth_and_bias(dyads)


@pytest.mark.parametrize("spread", [0, 5])
def test_each_case_on_a_line_of_its_own(spread: float) -> None:
    """Nothing is left within cases; statsmodels would give wrong numbers, and say: converged."""
    draw = _draw(4)
    lines = [(draw.gauss(50, spread), draw.gauss(0.2, spread / 10)) for _ in range(15)]
    cases = [_series([level + slope * t for t in range(12)]) for level, slope in lines]
    with pytest.raises(ta.AllianceError, match="nothing is left over"):
        ta.mixed.growth(cases)


def test_warnings_are_told_and_do_not_escape() -> None:
    """Section 5: convergence is fragile. Nothing differs between cases: on the boundary."""
    draw = _draw(9)
    cases = [_series([50 + draw.gauss(0, 3) for _ in range(8)]) for _ in range(12)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = ta.mixed.growth(cases)
    assert found.remarks
    for remark in found.remarks:
        assert remark.isprintable()
    assert len(set(found.remarks)) == len(found.remarks)


@pytest.mark.parametrize(
    "other",
    [
        {"low": 0, "high": 101}, {"metric": "sum"}, {"low": 1},
    ],
)  # fmt: skip
def test_mixed_scales_are_refused(other: dict[str, Any]) -> None:
    cases = [*_growing(12), _series([50, 51, 52], **other)]
    with pytest.raises(ta.SeriesError, match="one metric and possible range"):
        ta.mixed.growth(cases)


@pytest.mark.parametrize("of", [{"measure": "srs"}, {"rater": "client"}, {"occasion": "pre"}])
def test_mixed_sources_are_refused(of: dict[str, Any]) -> None:
    """But a truth may be of another rater and form than its judgement."""
    cases = _growing(12)
    with pytest.raises(ta.SeriesError, match=f"a mixed model has one {next(iter(of))}"):
        ta.mixed.growth([*cases, evolve(cases[0], **of)])
    dyads = _dyads(12)
    for one in (0, 1):
        changed = tuple(evolve(each, **of) if n == one else each for n, each in enumerate(dyads[0]))
        with pytest.raises(ta.SeriesError, match=f"a mixed model has one {next(iter(of))}"):
            ta.mixed.truth_and_bias([*dyads, changed])
    apart = [(evolve(truth, rater="client"), judged) for truth, judged in dyads]
    assert ta.mixed.truth_and_bias(apart) == ta.mixed.truth_and_bias(dyads)


@pytest.mark.parametrize("knot", [0, -1, 2.5, True, None])
def test_the_knot_is_a_session_number(knot: Any) -> None:
    with pytest.raises(ta.AllianceError, match="knot is a whole number, 1 or more"):
        ta.mixed.growth(_growing(12), knot=knot)


@pytest.mark.parametrize(
    "found", [ta.mixed.growth(_growing(12)), ta.mixed.truth_and_bias(_dyads(12))], ids=["2", "3"]
)
def test_results_are_frozen_values_of_plain_numbers(found: MixedModel) -> None:
    """No object of statsmodels or NumPy is inside."""
    hash(found)
    for value in asdict(found).values():
        inner = value.values() if isinstance(value, dict) else [value]
        assert {type(each) for each in inner} <= {float, int, bool, str, tuple, type(None)}
    assert all(type(each) is str for each in found.remarks)


def test_without_statsmodels_one_line_names_the_extra() -> None:
    code = (
        "import sys\n"
        "sys.modules['statsmodels'] = None\n"
        "import therapeutic_alliance as ta\n"
        "cases = [ta.Series.of([n / 12, .5, .6], low=0, high=1) for n in range(12)]\n"
        "try:\n"
        "    ta.mixed.growth(cases)\n"
        "except ta.MissingExtraError as error:\n"
        "    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    expected = "mixed models need the extra: pip install 'therapeutic-alliance[stats]'"
    assert run.stdout.strip() == expected
