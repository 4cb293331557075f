"""Accuracy on simulated truth, against plain counting. All data are invented."""

from math import inf, nan
from random import Random
from typing import Any

import pytest
from attrs import evolve, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.course.compare.accuracy import MEASURES, accuracy
from therapeutic_alliance.course.compare.oracle import NearOracle
from therapeutic_alliance.course.compare.results import Estimate, Study
from therapeutic_alliance.course.compare.statistics import statistics
from therapeutic_alliance.course.compare.study import ORACLE, study
from therapeutic_alliance.course.compare.trained import Training
from therapeutic_alliance.course.detectors.drop_sd import DropSd
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop
from therapeutic_alliance.course.detectors.state_probability import (
    StateProbability,
    StateProbabilitySmoothed,
)
from therapeutic_alliance.course.simulate import (
    BASE,
    SCENARIOS,
    SimulatedCase,
    TruePerson,
    TrueRupture,
    simulate,
)

NOBODY = TruePerson(level=4.0, sd=0.2, slope=0.0, early=0.0, straight_liner=False)
CASES = simulate(BASE, 120, seed=11)


def _case(sessions: int, *spans: tuple[int, int], missing: tuple[int, ...] = ()) -> SimulatedCase:
    values = [None if n in missing else 4.0 for n in range(1, sessions + 1)]
    ruptures = [TrueRupture(onset=a, last=b, shape="u", depth=1.0) for a, b in spans]
    series = ta.Series.of(values, low=1, high=5)
    return SimulatedCase(series=series, ruptures=tuple(ruptures), person=NOBODY)


def test_by_hand() -> None:
    """20 sessions outside, of which one may raise an alarm: that with 9. Rupture at 4 to 6."""
    rupture, calm = _case(6, (4, 6)), _case(23)
    rest = [0.0] * 3 + [9.0, *[1.0] * 19]
    found = accuracy([rupture, calm], [[99, 99, 99, 2.0, 9.5, 1.0], rest])
    assert found.state == pytest.approx((19 + 20 + 19 / 2) / 60)
    assert found.onset == 19 / 20
    # alarms above 1: sessions 4 and 5, and the one outside
    assert found.sensitivity == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert (found.episodes, found.delay) == (1.0, 0.0)


def test_ties_at_the_level_share_the_alarms() -> None:
    """Of 40 sessions outside 2 may raise an alarm; 4 tie at the level: each with chance 1/2."""
    calm = _case(43)
    outside = [0.0] * 3 + [5.0] * 4 + [1.0] * 36
    rupture = _case(5, (4, 5))
    found = accuracy([calm, rupture], [outside, [0, 0, 0, 5.0, 5.0]])
    assert found.sensitivity == 0.5
    assert found.episodes == 0.75
    assert found.delay == pytest.approx((1 / 4 * 1) / 0.75)
    assert found.f1 == pytest.approx(2 * 1 / (1 + 2 + 2))


def test_what_cannot_be_said_raises_no_alarm() -> None:
    """Even where fewer sessions can be judged than may raise an alarm."""
    calm, rupture = _case(43), _case(6, (4, 6))
    found = accuracy([calm, rupture], [[-inf] * 43, [-inf, -inf, -inf, -inf, -inf, 3.0]])
    assert found.sensitivity == pytest.approx(1 / 3)
    assert found.f1 == pytest.approx(2 * 1 / (1 + 0 + 3))
    assert found.episodes == 1.0
    assert found.delay == 2.0


def test_only_observed_sessions_from_the_fourth_count() -> None:
    """The onset is the first observed one; a rupture that nobody observed is none to catch."""
    cases = [_case(23), _case(9, (4, 5), (8, 9), missing=(4, 8, 9))]
    numbers = [[9.0] * 3 + [0.0] * 20, [9.0] * 3 + [nan, 1.0, 0.0, 0.0, nan, nan]]
    found = accuracy(cases, numbers)
    assert (found.state, found.onset, found.episodes, found.delay) == (1.0, 1.0, 1.0, 0.0)


def test_a_late_alarm_does_not_catch() -> None:
    found = accuracy([_case(23), _case(8, (4, 8))], [[0.0] * 23, [0.0] * 6 + [1.0, 1.0]])
    assert found.sensitivity == pytest.approx((2 + 3 * 1 / 20) / 5)
    assert found.episodes == pytest.approx(1 - (19 / 20) ** 3)


def test_without_ruptures_or_sessions_nothing_is_measured() -> None:
    assert accuracy([_case(6)], [[0.0] * 6]).state is None
    assert set(_values(accuracy([], []))) == {None}


def _values(found: Any) -> list[float | None]:
    return [getattr(found, name) for name in MEASURES]


def test_a_number_that_says_nothing_is_right_by_chance() -> None:
    random = Random(1)  # noqa: S311
    noise = [[random.random() for _ in case.series] for case in CASES]
    found = accuracy(CASES, noise)
    assert found.state == pytest.approx(0.5, abs=0.08)
    assert found.sensitivity == pytest.approx(0.05, abs=0.04)


def test_any_rising_function_of_a_statistic_is_as_accurate() -> None:
    known = statistics(DropFromBest(), [case.series for case in CASES])
    cubed = [[each**3 if each > -inf else each for each in row] for row in known]
    assert _values(accuracy(CASES, cubed)) == pytest.approx(
        _values(accuracy(CASES, known)), abs=1e-9
    )


def test_the_false_alarm_rate_is_met() -> None:
    """Truth put in backwards: what is called inside here are the same kind of sessions."""
    known = statistics(RciDrop(), [case.series for case in CASES])
    outside = [
        number
        for case, row in zip(CASES, known, strict=True)
        for point, number in zip(case.series, row, strict=True)
        if point.session >= 4 and point.value is not None and not case.rupture_at(point.session)
    ]
    twin = _case(3 + len(outside), (4, 3 + len(outside)))
    again = accuracy([*CASES, twin], [*known, [0.0] * 3 + outside])
    alone = accuracy(CASES, known)
    inside = sum(
        point.session >= 4 and point.value is not None and inside
        for case in CASES
        for point, inside in zip(case.series, case.inside, strict=True)
    )
    total = (again.sensitivity or 0) * (inside + len(outside))
    assert total - (alone.sensitivity or 0) * inside == pytest.approx(0.05 * len(outside))


def test_statistics_of_a_rule_without_one_are_its_flags() -> None:
    @frozen
    class Plain:
        id, mode, citation = "plain", "online", "invented"

        def flags(self, series: ta.Series) -> ta.Flags:
            flags = [evolve(each, statistic=None) for each in RciDrop().flags(series)]
            return evolve(RciDrop().flags(series), detector="plain", flags=tuple(flags))

    rule: Any = Plain()
    series = ta.Series.of([4.3, None, 4.2, 3.4, 4.1], low=1, high=5)
    assert statistics(rule, [series]) == [[-inf, -inf, 0.0, 1.0, 0.0]]
    [row] = statistics(RciDrop(), [series])
    assert row == pytest.approx([-inf, -inf, 0.1, 0.8, -0.7])


COHORT = Training(tuple(case.series for case in simulate(BASE, 40, seed=3)))


@pytest.mark.parametrize("rule", [StateProbability(), StateProbabilitySmoothed()], ids=str)
def test_the_fast_path_is_the_same_rule(rule: Any) -> None:
    """From all series at once as from the flags of each."""
    known = evolve(rule, cohort=COHORT.constants)
    cases = [case.series for case in CASES[:10]]
    one_by_one = [[flag.statistic for flag in known.flags(series)] for series in cases]
    for row, flags in zip(statistics(known, cases), one_by_one, strict=True):
        assert [None if each == -inf else each for each in row] == pytest.approx(flags, abs=1e-9)


def test_rules_learn_what_they_need() -> None:
    known = COHORT.trained(EbZ())
    assert isinstance(known, EbZ)
    assert known.cohort == ta.CohortConstants.fit(COHORT.cases, growth=True)
    given = EbZ(cohort=ta.CohortConstants.illustrative())
    assert COHORT.trained(given) is given
    plain = DropFromBest()
    assert COHORT.trained(plain) is plain
    assert isinstance(COHORT.trained(DropSd()), DropSd)


def test_a_plugins_rule_may_learn_in_its_own_way() -> None:
    @frozen
    class Learns:
        id, mode, citation = "learns", "online", "invented"

        def trained(self, cases: tuple[ta.Series, ...]) -> DropFromBest:
            assert len(cases) == 40
            return DropFromBest(sd=0.5, reliability=0.9, kind="alpha", source="learned")

        def flags(self, series: ta.Series) -> ta.Flags:
            raise NotImplementedError

    rule: Any = Learns()
    assert isinstance(COHORT.trained(rule), DropFromBest)


def test_the_near_oracle_by_hand() -> None:
    """One score of 3 from level 4, SD .2, depth 1 for sure, half the sessions each state."""
    scenario = evolve(BASE, depth=1.0, depth_cv=1e-9, rupture_hazard=0.5, item_sd=0.0)
    case = _case(5)
    values = [4.0, 4.0, 4.0, 3.0, 4.0]
    case = evolve(case, series=ta.Series.of(values, low=1, high=5))
    oracle = NearOracle(scenario, (1.0,), 0.5, 0.5)
    forward, smoothed = (oracle.statistics(case, hindsight=each) for each in (False, True))
    assert forward[:3] == [0.0, 0.0, 0.0], "no rupture begins before session 4"
    assert forward[3] > 0.999
    assert forward[4] < 0.001
    assert smoothed[3] == pytest.approx(forward[3], abs=1e-6), "at one half each session is new"


def test_the_smoother_is_bayes_rule_over_all_courses() -> None:
    """The chain of states by brute force, for a short course."""
    oracle = NearOracle.of(BASE, CASES)
    case = next(each for each in CASES if len(each.series) == 8 and each.ruptures)
    weights: dict[tuple[int, ...], float] = {}
    for number in range(2**8):
        states = tuple(number >> at & 1 for at in range(8))
        weight, before = 1.0, 0
        for state, point in zip(states, case.series, strict=True):
            entry = oracle.entry if point.session >= BASE.first_onset else 0.0
            chance = 1 - oracle.exit if before else entry
            weight *= chance if state else 1 - chance
            if point.value is not None:
                weight *= oracle._likelihoods(case, point.session, point.value)[state]
            before = state
        weights[states] = weight
    total = sum(weights.values())
    found = oracle.statistics(case, hindsight=True)
    for at, (point, number_) in enumerate(zip(case.series, found, strict=True)):
        inside = sum(weight for states, weight in weights.items() if states[at]) / total
        if point.value is not None:
            assert number_ == pytest.approx(inside, abs=1e-9)


def test_nothing_is_learned_on_the_cases_that_a_rule_is_tried_on() -> None:
    learned: list[ta.Series] = []
    tried: list[ta.Series] = []

    @frozen
    class Watches:
        id, mode, citation = "rci-drop", "online", "invented"

        def trained(self, cases: tuple[ta.Series, ...]) -> "Watches":
            learned.extend(cases)
            return self

        def flags(self, series: ta.Series) -> ta.Flags:
            tried.append(series)
            return RciDrop().flags(series)

    rule: Any = Watches()
    study([rule], scenarios=["base"], transfers=[("noisy", "base")], cases=40, replications=2)
    assert (len(learned), len(tried)) == (160, 160)
    assert not any(each in learned for each in tried)


@pytest.fixture(scope="module")
def small() -> Study:
    return study(
        [DropFromBest(), RciDrop(), EbZ()],
        scenarios=["base", "noisy"],
        transfers=[("noisy", "base")],
        cases=150,
        replications=3,
    )


def test_a_study_has_each_trial_and_each_rule(small: Study) -> None:
    pairs = [(each.learned_on, each.tried_on) for each in small.trials]
    assert pairs == [("base", "base"), ("noisy", "noisy"), ("noisy", "base")]
    rules = ["drop-from-best", "rci-drop", "eb-z", *ORACLE]
    assert all([rule.detector for rule in each.rules] == rules for each in small.trials)
    assert [rule.mode for rule in small.trial("base").rules][-1] == "retrospective"


def test_what_needs_no_constants_is_the_same_after_a_transfer(small: Study) -> None:
    own, transferred = small.trial("base"), small.trial("base", "noisy")
    assert own["rci-drop"] == transferred["rci-drop"]
    assert own["eb-z"] != transferred["eb-z"]


def test_a_study_finds_what_section_7_found(small: Study) -> None:
    """The drop finds onsets and not states; eb-z and the near-oracle are ahead of it."""
    base = small.trial("base")
    for higher, lower, measure in (
        ("eb-z", "rci-drop", "state"),
        ("drop-from-best", "rci-drop", "state"),
        ("eb-z", "rci-drop", "f1"),
        (ORACLE[0], "eb-z", "state"),
        (ORACLE[1], ORACLE[0], "state"),
    ):
        less = base[higher].less(base[lower], measure)
        assert less
        assert less.mean > 0, (higher, lower, measure)
    noisy = small.trial("noisy")["eb-z"].estimate("onset")
    calm = base["eb-z"].estimate("onset")
    assert noisy
    assert calm
    assert noisy.mean < calm.mean


def test_estimates_are_means_with_standard_errors(small: Study) -> None:
    rule = small.trial("base")["eb-z"]
    values = [each.f1 or 0 for each in rule.replications]
    estimate = rule.estimate("f1")
    assert estimate
    middle = sum(values) / 3
    spread = (sum((each - middle) ** 2 for each in values) / 2) ** 0.5
    assert estimate.mean == pytest.approx(middle)
    assert estimate.se == pytest.approx(spread / 3**0.5)


def test_differences_are_paired(small: Study) -> None:
    one, other = small.trial("base")["eb-z"], small.trial("base")["rci-drop"]
    less = one.less(other, "onset")
    first, second = one.estimate("onset"), other.estimate("onset")
    assert less
    assert first
    assert second
    assert less.mean == pytest.approx(first.mean - second.mean)
    zero = one.less(one, "onset")
    assert zero
    assert (zero.mean, zero.se) == (0.0, 0.0)


def test_a_study_is_reproducible_and_tells_its_progress() -> None:
    told: list[tuple[int, int]] = []

    def run(seed: int) -> Study:
        return study(
            [RciDrop()], scenarios=["short"], cases=30, replications=2, seed=seed,
            progress=lambda done, total: told.append((done, total)),
        )  # fmt: skip

    assert run(5) == run(5) != run(6)
    assert told == [(1, 2), (2, 2)] * 3


def test_plain_data_has_the_assumptions_and_the_differences(small: Study) -> None:
    data = small.to_dict(["eb-z", "not-there"])
    assert data["assumptions"]["within_sd"] == 0.25
    assert data["scenarios"]["noisy"] == {"within_sd": 0.4}
    rows = {each["detector"]: each for each in data["trials"][0]["rules"]}
    assert list(rows["rci-drop"]["less"]) == ["eb-z"]
    assert rows["eb-z"]["less"] == {}
    assert rows["rci-drop"]["less"]["eb-z"]["state"]["mean"] < 0


def test_what_cannot_be_studied() -> None:
    with pytest.raises(ta.UnknownIdError, match="no such scenario; there are: base, noisy"):
        study([RciDrop()], scenarios=["calm"])
    with pytest.raises(ta.AllianceError, match="cases is a whole number, 1 or more"):
        study([RciDrop()], cases=0)
    with pytest.raises(ta.AllianceError, match="looks at direct reports"):
        study([ta.Registry().detector("direct-report")])
    with pytest.raises(ta.SeriesError, match="at least 30 cases"):
        study([EbZ()], cases=10, replications=1)
    with pytest.raises(ta.UnknownIdError, match="no such rule in the trial"):
        study([RciDrop()], cases=30, replications=1).trial("base")["eb-z"]


def test_words(small: Study) -> None:
    told = str(small)
    assert told.startswith("Scenario base\nrule ")
    estimate = small.trial("base")["eb-z"].estimate("state")
    assert estimate
    [row] = [line for line in told.splitlines() if line.startswith("eb-z ")][:1]
    assert f"  {estimate}  " in row
    assert "\n\nScenario noisy" in told
    assert "near-oracle-smoothed *  " in told
    assert f"{small.replications} replications of {small.cases} cases, seed {small.seed}." in told
    assert "nothing is said about the thresholds" in told
    assert max(map(len, told.splitlines())) <= 100


def test_estimates_in_words() -> None:
    assert str(Estimate(0.8984, 0.0104, 10)) == ".898 (.010)"
    assert str(Estimate(1.0, None, 1)) == "1.000"


def test_too_few_cases_to_learn_on_are_told() -> None:
    """Of 30 cases of this seed 29 have 3 scores; with 40 there were enough each time."""
    with pytest.raises(ta.SeriesError, match="here are 29: more cases to learn on are needed"):
        study([DropSd()], cases=30, replications=10)
    for seed in range(20):
        for name in SCENARIOS:
            cases = simulate(SCENARIOS[name], 40, seed)
            assert sum(len(each.series.observed) >= 3 for each in cases) >= 34
