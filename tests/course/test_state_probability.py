"""The two-state model: ruptures.md H16."""

import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, A, B, D, told
from tests.course.state_oracle import oracle
from therapeutic_alliance.course.detectors.state_probability import (
    StateProbability,
    StateProbabilitySmoothed,
)
from therapeutic_alliance.course.two_state.batch import statistics
from therapeutic_alliance.testing import CohortDetectorContract, WorkedCourse

HAND = ta.StateModel(
    mean=0.8, between_sd=0.1, within_sd=0.0625, depth=0.2, entry=0.05, exit=0.4,
    grid=(1, 1, 1), source="the hand-checkable case",
)  # fmt: skip
"""M = 4.2, SD = .25, D = .8 on a mean of 1 to 5, h = .05, r = .40."""
SMALL = evolve(
    HAND, grid=(3, 2, 2), within_spread=0.3, depth_spread=0.5, growth=(-0.1, 0.0, 0.05),
    source="an illustration",
)  # fmt: skip
COHORT = ta.CohortConstants.illustrative()
Rule = type[StateProbability] | type[StateProbabilitySmoothed]
RULES: list[Rule] = [StateProbability, StateProbabilitySmoothed]

FILTER = [
    .050, .010, .001, .001, .001, .686, .036, .001, .001, .001, .001, .018, .340, .860, .026, .001,
]  # fmt: skip
SMOOTHER = [
    .023, .004, .001, .000, .008, .486, .016, .000, .000, .000, .001, .122, .673, .724, .011, .001,
]  # fmt: skip


@pytest.mark.parametrize(("rule", "worked"), [(RULES[0], FILTER), (RULES[1], SMOOTHER)])
def test_h16_hand_checkable_case(rule: Rule, worked: list[float]) -> None:
    """H16, hand-checkable case: one grid point, series A, filter and smoother."""
    flags = rule(model=HAND).flags(A)
    assert [flag.statistic for flag in flags] == pytest.approx(worked, abs=5.001e-4)
    assert flags.sessions == (6, 13, 14)


def test_h16_session_1_prior_is_h() -> None:
    """H16: a first score that both states explain alike leaves the entry, .05."""
    [flag] = StateProbability(model=HAND).flags(ta.Series.of([3.8], low=1, high=5))
    assert flag.statistic == pytest.approx(0.05)


def test_section_0_no_rule_flags_c2() -> None:
    """Section 0: one item one point lower once, at the ceiling."""
    for rule in RULES:
        assert rule(cohort=COHORT).flags(C2).sessions == ()


def test_with_the_illustrative_prior() -> None:
    """Free choices of this library around the illustrative prior; a change of them shows here."""
    found = {name: StateProbability(cohort=COHORT).flags(ALL[name]).sessions for name in ALL}
    assert found == {"A": (6, 13, 14), "B": (7,), "C": (6,), "C2": (), "D": (3,), "S": ()}


def _statistics(flags: ta.Flags) -> list[float]:
    return [flag.statistic for flag in flags if flag.statistic is not None]


courses = st.lists(st.none() | st.integers(10, 50).map(lambda n: n / 10), max_size=9).flatmap(
    lambda values: st.lists(
        st.integers(1, 40), min_size=len(values), max_size=len(values), unique=True
    ).map(lambda numbers: ta.Series.of(values, low=1, high=5, sessions=sorted(numbers)))
)


@given(courses)
@settings(max_examples=60)
def test_h16_recursions_are_exact(series: ta.Series) -> None:
    """H16: filter and smoother are sums over all states, here taken one by one, with gaps."""
    online = StateProbability(model=SMALL).flags(series)
    whole = StateProbabilitySmoothed(model=SMALL).flags(series)
    assert _statistics(online) == pytest.approx(oracle(SMALL, series, smooth=False), abs=1e-12)
    assert _statistics(whole) == pytest.approx(oracle(SMALL, series, smooth=True), abs=1e-12)


def test_a_chain_that_turns_over_each_session() -> None:
    """Entry and exit above a half: the decay is negative, and gaps of odd length turn the sign."""
    model = evolve(SMALL, entry=0.9, exit=0.8)
    sessions = [1, 2, 4, 7, 8]
    series = ta.Series.of([4.2, 3.4, 3.5, 4.4, 3.0], low=1, high=5, sessions=sessions)
    found = _statistics(StateProbabilitySmoothed(model=model).flags(series))
    assert found == pytest.approx(oracle(model, series, smooth=True), abs=1e-12)


def test_smoother_of_a_long_course() -> None:
    """Longer than what is kept at a time, so that blocks are restored."""
    values = [4.2 - 0.8 * (n % 17 in (3, 4)) + 0.03 * (n * 7 % 11) - 0.15 for n in range(150)]
    series = ta.Series.of(values, low=1, high=5)
    model = evolve(SMALL, grid=(2, 1, 1))
    found = _statistics(StateProbabilitySmoothed(model=model).flags(series))
    assert found == pytest.approx(oracle(model, series, smooth=True), abs=1e-12)


def test_no_person_is_ruled_out_for_good() -> None:
    """A lasting change: first a long second state, in the end another level, once unthinkable."""
    series = ta.Series.of([4.5] * 100 + [2.5] * 3_000, low=1, high=5)
    model = evolve(SMALL, growth=(), grid=(21, 6, 4), between_sd=0.2, exit=0.9)
    flags = StateProbability(model=model).flags(series)
    assert flags[150].flag
    assert flags[-1].flag is False
    assert all(0 <= each <= 1 for each in _statistics(flags))


# One series or many, at once or live


def _simulated() -> list[ta.Series]:
    return [each.series for each in ta.simulate.simulate(ta.simulate.BASE, 150, seed=3)]


@pytest.mark.parametrize("model", [HAND, SMALL, ta.StateModel.around(COHORT)], ids=str)
def test_many_at_once_are_as_one_by_one(model: ta.StateModel) -> None:
    """Equal to step-by-step to 1e-12; one for each point, ``None`` where not observed."""
    cases = [*_simulated(), B, D, ta.Series.of([None, None], low=1, high=5)]
    for smooth, rule in enumerate(RULES):
        many = statistics(model, cases, smooth=bool(smooth))
        for series, found in zip(cases, many, strict=True):
            expected = [flag.statistic for flag in rule(model=model).flags(series)]
            assert [each is None for each in found] == [each is None for each in expected]
            assert [each or 0 for each in found] == pytest.approx(
                [each or 0 for each in expected], abs=1e-12, rel=0
            )


def test_no_series() -> None:
    assert statistics(SMALL, []) == []


def test_the_state_is_a_value_that_does_not_grow() -> None:
    """O(1) memory, and frozen: it can be kept, hashed and stepped from twice."""
    rule = StateProbability(cohort=COHORT)
    state = rule.start(A.spec)
    sizes = []
    for point in A:
        before = state
        state, flag = rule.step(before, point)
        assert rule.step(before, point) == (state, flag)
        assert hash(state) == hash(rule.step(before, point)[0])
        sizes.append(len(state.belief))
    assert len(set(sizes)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_100_000_sessions(rule: Rule) -> None:
    series = ta.Series.of([3 + (n % 7) / 5 for n in range(100_000)], low=1, high=5)
    flags = rule(cohort=COHORT).flags(series)
    assert all(0 <= each <= 1 for each in _statistics(flags))
    assert flags.evaluable >= 99_998


# What is not evaluable, and the words


@pytest.mark.parametrize("rule", RULES)
def test_needs_cohort_constants(rule: Rule) -> None:
    """Section 0 (7): without constants every flag is None and says so."""
    flags = rule().flags(B)
    assert set(told(flags)) == {None}
    assert flags[3].why == "needs cohort constants"
    assert flags[2].why == "no score was observed"
    assert "needs cohort constants" in " ".join(flags.conventions)


def test_first_sessions_are_not_evaluable() -> None:
    """Section 0 (8): session 1 never; online two earlier scores, as for eb-z."""
    assert told(StateProbability(cohort=COHORT).flags(D)) == [None, None, True, False]
    assert told(StateProbabilitySmoothed(cohort=COHORT).flags(D)) == [None, False, True, False]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("of", [{"measure": "srs"}, {"score": "bond"}])
def test_constants_of_another_measure(rule: Rule, of: dict[str, Any]) -> None:
    model = evolve(HAND, **of)
    flags = rule(model=model).flags(evolve(A, measure="wai-sr"))
    assert set(told(flags)) == {None}
    assert f"the state model is of another {next(iter(of))}" in flags[5].why
    assert flags[5].statistic is None
    constants = evolve(COHORT, **of)
    assert set(told(rule(cohort=constants).flags(evolve(A, measure="wai-sr")))) == {None}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", sorted(ALL))
def test_an_experimental_statistic_without_percent(rule: Rule, name: str) -> None:
    """Section 0 (15): neither words of chance nor percent."""
    flags = rule(cohort=COHORT).flags(ALL[name])
    for flag in flags:
        assert flag.why.isprintable()
        assert not re.search("%|percent|probab|likel|chance", flag.why)
        if flag.statistic is not None and flag.session > 1:
            assert f"experimental statistic {flag.statistic:.4f}, flagged" in flag.why
        assert ("possible rupture" in flag.why) is bool(flag.flag)
    assert "experimental and not calibrated" in " ".join(flags.conventions)


def test_the_fitted_model_comes_before_the_constants() -> None:
    rule = StateProbability(cohort=COHORT, model=HAND)
    assert rule.flags(A) == StateProbability(model=HAND).flags(A)
    assert rule.flags(A).conventions[0] == "state model used: the hand-checkable case"
    assert "illustrative prior" in StateProbability(cohort=COHORT).flags(A)[5].why


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 0}, {"threshold": 1}, {"threshold": float("nan")}, {"threshold": True},
        {"cohort": HAND}, {"model": COHORT},
    ],
)  # fmt: skip
def test_parameters_out_of_range(rule: Rule, wrong: dict[str, Any]) -> None:
    with pytest.raises(ta.AllianceError, match=f"{next(iter(wrong))} is a"):
        rule(**wrong)


def test_threshold_is_met_within_the_tolerance() -> None:
    """Section 0 (5)."""
    statistic = StateProbability(model=HAND).flags(A)[12].statistic
    assert statistic is not None
    for above, flagged in ((5e-10, True), (5e-9, False)):
        rule = StateProbability(model=HAND, threshold=statistic + above)
        assert rule.flags(A)[12].flag is flagged


# Without the extra


def _run(code: str) -> str:
    program = f"import sys\nfor name in ('numpy', 'scipy'): sys.modules[name] = None\n{code}"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_without_numpy_all_but_the_model_works() -> None:
    """The registry, the module and an unfitted rule need none."""
    found = _run(
        "import therapeutic_alliance as ta\n"
        "from therapeutic_alliance.course.detectors import state_probability\n"
        "rule = ta.Registry().detector('state-probability')\n"
        "print(rule.flags(ta.Series.of([4, 3], low=1, high=5)).evaluable)\n"
        "print(ta.StateModel.around(ta.CohortConstants.illustrative()).n)"
    )
    assert found.split() == ["0", "None"]


@pytest.mark.parametrize("id_", ["state-probability", "state-probability-smoothed"])
def test_without_numpy_one_line_names_the_extra(id_: str) -> None:
    found = _run(
        "import therapeutic_alliance as ta\n"
        f"rule = ta.Registry().detector('{id_}', cohort=ta.CohortConstants.illustrative())\n"
        "try:\n"
        "    rule.flags(ta.Series.of([4, 3], low=1, high=5))\n"
        "except ta.MissingExtraError as error:\n"
        "    print(error)"
    )
    assert found == "the state model needs the extra: pip install 'therapeutic-alliance[stats]'"


def test_without_scipy_a_fit_names_the_extra() -> None:
    """NumPy may be there for another reason."""
    found = _run(
        "del sys.modules['numpy']\n"
        "import therapeutic_alliance as ta\n"
        "cases = ta.simulate.simulate(ta.simulate.BASE, 40, seed=1)\n"
        "try:\n"
        "    ta.StateModel.fit(each.series for each in cases)\n"
        "except ta.MissingExtraError as error:\n"
        "    print(error)"
    )
    assert found == "the state model needs the extra: pip install 'therapeutic-alliance[stats]'"


def test_numpy_is_loaded_when_a_score_is_looked_at() -> None:
    code = (
        "import sys\n"
        "import therapeutic_alliance as ta\n"
        "rule = ta.Registry().detector('state-probability', "
        "cohort=ta.CohortConstants.illustrative())\n"
        "print('numpy' in sys.modules)\n"
        "rule.flags(ta.Series.of([4, 3], low=1, high=5))\n"
        "print('numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


# The kit


_WORKED = [
    WorkedCourse(
        values=[point.value for point in A], low=1, high=5, flagged=[6, 13, 14],
        not_evaluable=[1, 2], note="H16",
    )
]  # fmt: skip


class TestOnline(CohortDetectorContract):
    detector = StateProbability(model=HAND)
    worked = _WORKED

    def fit(self, cohort: Sequence[ta.Series]) -> StateProbability:
        return StateProbability(cohort=ta.CohortConstants.fit(cohort))


class TestSmoothed(CohortDetectorContract):
    detector = StateProbabilitySmoothed(model=HAND)
    worked = (evolve(_WORKED[0], not_evaluable=[1]),)

    def fit(self, cohort: Sequence[ta.Series]) -> StateProbabilitySmoothed:
        return StateProbabilitySmoothed(cohort=ta.CohortConstants.fit(cohort))


@pytest.mark.slow
class TestFitted(TestOnline):
    """With a model that is fitted, on a small grid."""

    def fit(self, cohort: Sequence[ta.Series]) -> StateProbability:
        return StateProbability(model=ta.StateModel.fit(cohort, grid=(5, 2, 2)))
