"""H14 of ruptures.md: flags, statistics and episodes of its series, and what else holds."""

from statistics import NormalDist
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, A, C, D, S, on_mean, told
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.testing import series

ILLUSTRATIVE = ta.CohortConstants.illustrative()
COHORT_LIKE = ta.CohortConstants.stated(
    mean=3.99, between=0.3240**0.5, within=0.152**0.5, low=1, high=5, source="cohort-like, H14"
)
Z = {
    "illustrative": [
        0.31, -0.54, -1.09, -1.16, -0.50, 2.89, -0.31, -1.06,
        -1.33, -0.78, -1.11, 0.96, 2.07, 2.16, -0.52, -1.20,
    ],
    "cohort-like": [
        0.28, -0.30, -0.70, -0.80, -0.37, 2.03, -0.30, -0.83,
        -1.03, -0.64, -0.88, 0.65, 1.51, 1.65, -0.48, -1.03,
    ],
}  # fmt: skip
CONSTANTS = {"illustrative": ILLUSTRATIVE, "cohort-like": COHORT_LIKE}
RULE = EbZ(cohort=ILLUSTRATIVE)


@pytest.mark.parametrize("which", Z)
def test_h14_z_of_a(which: str) -> None:
    """H14, examples: the z of every session of A."""
    flags = EbZ(cohort=CONSTANTS[which]).flags(A)
    assert [flag.statistic for flag in flags] == pytest.approx(Z[which], abs=0.005)
    assert {flag.threshold for flag in flags} == {2}


@pytest.mark.parametrize(
    ("name", "session", "z", "sessions"),
    [
        ("A", 6, 2.89, (6, 13, 14)), ("B", 7, 3.56, (7,)), ("C", 6, 1.92, ()),
        ("C2", 6, 0.21, ()), ("D", 3, 4.30, (3,)), ("S", 8, 0.87, ()),
    ],
)  # fmt: skip
def test_h14_illustrative(name: str, session: int, z: float, sessions: tuple[int, ...]) -> None:
    """H14, example; C2 also section 0, "C2 online"; S with mu 30, tau2 36, s2 6.25."""
    flags = RULE.flags(ALL[name])
    assert flags.sessions == sessions
    largest = max(flag.statistic for flag in flags if flag.statistic is not None)
    assert flags[session - 1].statistic == pytest.approx(z, abs=0.005)
    assert flags[session - 1].statistic == largest


@pytest.mark.parametrize(
    ("name", "session", "z", "sessions"),
    [
        ("A", 6, 2.03, (6,)), ("B", 7, 2.20, (7,)), ("C", 6, 1.09, ()),
        ("C2", 6, -0.01, ()), ("D", 3, 2.78, (3,)),
    ],
)  # fmt: skip
def test_h14_cohort_like(name: str, session: int, z: float, sessions: tuple[int, ...]) -> None:
    """H14, "Cohort-like constants"."""
    flags = EbZ(cohort=COHORT_LIKE).flags(ALL[name])
    assert flags.sessions == sessions
    assert flags[session - 1].statistic == pytest.approx(z, abs=0.005)


def test_h14_the_prior_on_srs_totals() -> None:
    """H14, example: the illustrative prior is mu 30, tau2 36, s2 6.25 there."""
    stated = ta.CohortConstants.stated(
        mean=30, between=6, within=2.5, low=0, high=40, source=str(ILLUSTRATIVE)
    )
    assert stated == ILLUSTRATIVE
    assert EbZ(cohort=stated).flags(S) == RULE.flags(S)


def test_h14_needs_two_earlier_scores() -> None:
    """H14 and section 0 (8): the statistic from session 1, the flag from the third score on."""
    flags = RULE.flags(A)
    assert told(flags)[:3] == [None, None, False]
    assert flags[0].statistic is not None
    gap = RULE.flags(on_mean([4.2, None, 4.1, None, 3.0]))
    assert told(gap) == [None, None, None, None, True]
    assert "2 earlier scores are needed, here are 1" in gap[2].why


def test_h14_d_at_its_first_evaluable_session() -> None:
    """H14, example: D [3] (4.30), its first evaluable session."""
    assert told(RULE.flags(D)) == [None, None, True, False]


WORKED_EPISODES = {
    "illustrative": [
        {
            "onset": 6, "nadir": 6, "end": 7, "pre_score": 4.2, "nadir_score": 3.4, "depth": 0.8,
            "depth_std": None, "length": 2, "repaired": True, "repair_session": 8, "latency": 2,
            "shape": "fall_gradual", "recovery_score": 4.1397,
        },
        {
            "onset": 13, "nadir": 14, "end": 14, "pre_score": 3.9, "nadir_score": 3.5, "depth": 0.4,
            "depth_std": None, "length": 2, "repaired": True, "repair_session": 15, "latency": 2,
            "shape": "slide_sudden", "recovery_score": 3.8367,
        },
    ],
    "cohort-like": [
        {
            "onset": 6, "nadir": 6, "end": 7, "pre_score": 4.2, "nadir_score": 3.4, "depth": 0.8,
            "depth_std": None, "length": 2, "repaired": True, "repair_session": 8, "latency": 2,
            "shape": "fall_gradual", "recovery_score": 4.1149,
        },
    ],
}  # fmt: skip


@pytest.mark.parametrize("which", WORKED_EPISODES)
def test_h14_episodes_complete(which: str) -> None:
    """H14, "Episodes, complete"."""
    flags = EbZ(cohort=CONSTANTS[which]).flags(A)
    found = ta.episodes(A, flags)
    worked: list[dict[str, Any]] = WORKED_EPISODES[which]
    assert len(found) == len(worked)
    for episode, expected in zip(found, worked, strict=True):
        for name, value in expected.items():
            near = pytest.approx(value, abs=5e-5) if isinstance(value, float) else value
            assert getattr(episode, name) == near, name


@pytest.mark.parametrize(
    ("which", "session", "tolerance"),
    [("illustrative", 6, 0.0603), ("illustrative", 13, 0.0633), ("cohort-like", 6, 0.0851)],
)
def test_h14_tolerance(which: str, session: int, tolerance: float) -> None:
    """H14, "Episodes, complete": .25 * sc at the onset, sc_6 .2412, sc_13 .2532."""
    flag = EbZ(cohort=CONSTANTS[which]).flags(A)[session - 1]
    assert flag.tolerance == pytest.approx(tolerance, abs=5e-5)


def test_without_constants_every_flag_is_none() -> None:
    """H14 and section 0, "A with the library conventions": None ("needs cohort constants")."""
    flags = ta.Registry().detector("eb-z").flags(A)
    assert told(flags) == [None] * 16
    assert {flag.why for flag in flags} == {"needs cohort constants"}
    assert {flag.statistic for flag in flags} == {None}
    assert "cohort constants" in flags.conventions[0]


def test_the_explanation() -> None:
    """H14: "given the history so far ... was expected today; the score was 3.4"."""
    flag = RULE.flags(A)[5]
    assert flag.why == (
        "given the history so far 3.855 to 4.338 was expected; the score was 3.4; z 2.887, "
        "flagged from 2: possible rupture; constants used: the illustrative prior of this "
        "library, which is invented and no finding"
    )
    assert "possible rupture" not in RULE.flags(A)[6].why


def test_every_result_names_its_constants() -> None:
    for constants in CONSTANTS.values():
        flags = EbZ(cohort=constants).flags(A)
        assert all(str(constants) in flag.why for flag in flags)
        assert any(str(constants) in each for each in flags.conventions)


def test_what_was_expected_lies_within_the_range() -> None:
    """At the ceiling nobody can be expected above it."""
    assert "to 5 was expected" in RULE.flags(C)[5].why
    floor = RULE.flags(on_mean([1] * 16))
    assert "so far 1 to" in floor[15].why


def test_a_person_far_below_the_cohort_is_flagged_at_first() -> None:
    """H14 to the letter: the baseline begins at the cohort's, and nothing has to fall."""
    flags = RULE.flags(on_mean([1] * 16))
    assert flags.sessions == (3, 4, 5)
    [episode] = ta.episodes(on_mean([1] * 16), flags)
    assert "no lower than the 1 before" in str(episode)


def test_constants_of_another_measure_or_score() -> None:
    """Every flag is None and says why; unobserved sessions stay unobserved."""
    wai = ta.Registry().measure("wai-sr")
    of_srs = EbZ(cohort=evolve(ILLUSTRATIVE, measure="srs"))
    flags = of_srs.flags(ta.Series.of([48, 47, None, 30], measure=wai))
    assert told(flags) == [None] * 4
    assert flags[3].why == "the cohort constants are of another measure, srs"
    assert flags[2].why == "no score was observed"
    assert flags[3].statistic is None
    of_bond = EbZ(cohort=evolve(ILLUSTRATIVE, measure="wai-sr", score="bond"))
    flags = of_bond.flags(ta.Series.of([48, 47, 30], measure=wai))
    assert {flag.why for flag in flags} == {"the cohort constants are of another score, bond"}
    bond = of_bond.flags(ta.Series.of([16, 16, 16, 8], measure=wai, score="bond"))
    assert bond.sessions == (4,)
    assert of_bond.flags(on_mean([4, 4, 4])).evaluable == 0
    assert of_srs.flags(on_mean([4, 4, 4])).evaluable == 1, "nobody knows of what measure it is"


def test_a_live_display_asks_for_the_score() -> None:
    """It has no series; the score is in the spec that it starts with."""
    rule = EbZ(cohort=evolve(ILLUSTRATIVE, score="bond"))
    state = rule.start(A.spec)
    for point in A:
        state, flag = rule.step(state, point)
        assert flag.why == "the cohort constants are of another score, bond"


def test_constants_of_another_rater() -> None:
    """Therapists rate lower than clients: what is low is another thing to each."""
    rule = EbZ(cohort=evolve(ILLUSTRATIVE, rater="client"))
    values = [4.2, 4.1, 3.0]
    by_therapist = rule.flags(ta.Series.of(values, low=1, high=5, rater="therapist"))
    assert {flag.why for flag in by_therapist} == {
        "the cohort constants are of another rater, client"
    }
    assert rule.flags(ta.Series.of(values, low=1, high=5, rater="client")).sessions == (3,)
    assert rule.flags(ta.Series.of(values, low=1, high=5)).sessions == (3,)


def test_growth_is_expected() -> None:
    """H14: y = x_t - g_t. Scores that grow as the cohort does are those of nobody who grows."""
    curve = (-0.1, 0.0, 0.05)
    growing = evolve(ILLUSTRATIVE, growth=curve)
    values = [4.1, 4.3, 3.9, 4.0, 3.2]
    grown = [value + 4 * curve[min(n, 2)] for n, value in enumerate(values)]
    flat, other = RULE.flags(on_mean(values)), EbZ(cohort=growing).flags(on_mean(grown))
    assert [f.statistic for f in other] == pytest.approx([f.statistic for f in flat])
    assert told(other) == told(flat) == [None, None, False, False, True]


def test_growth_goes_by_session_number() -> None:
    growing = EbZ(cohort=evolve(ILLUSTRATIVE, growth=(0, 0, 0, 0.1)))
    late = ta.Series.of([4.0, 4.0, 4.0], low=1, high=5, sessions=[2, 4, 9])
    first, second, third = (flag.statistic or 0 for flag in growing.flags(late))
    assert first == 0
    assert second > 1, "0.4 were expected above the level"
    assert third > 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 0}, {"threshold": -1}, {"threshold": float("nan")}, {"threshold": "2"},
        {"prior_df": 0}, {"prior_df": float("inf")}, {"cohort": {"mean": 1}}, {"cohort": 4.0},
        {"threshold": 10**400},
    ],
)  # fmt: skip
def test_parameters_out_of_range(wrong: Any) -> None:
    with pytest.raises(ta.AllianceError, match=f"eb-z: {next(iter(wrong))}"):
        ta.Registry().detector("eb-z", **wrong)


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([], []), ([4.0], [None]), ([4.0, 1.0], [None, None]),
        ([None] * 5, [None] * 5), ([3.0] * 5, [None, None, False, False, False]),
        ([5.0] * 5, [None, None, False, False, False]),
    ],
)  # fmt: skip
def test_short_and_level_series(values: Any, flags: Any) -> None:
    assert told(RULE.flags(on_mean(values))) == flags


def test_a_gap_of_any_length_is_no_hindrance() -> None:
    """Section 0 (3): max_gap does not apply to H14."""
    far = ta.Series.of([4.2, 4.1, 3.0], low=1, high=5, sessions=[1, 2, 90])
    assert told(RULE.flags(far)) == [None, None, True]


def test_a_tie_at_the_threshold_counts() -> None:
    """Section 0 (5)."""
    z = RULE.flags(A)[5].statistic
    assert z is not None
    assert EbZ(cohort=ILLUSTRATIVE, threshold=z + 0.9e-9).flags(A)[5].flag is True
    assert EbZ(cohort=ILLUSTRATIVE, threshold=z + 1e-7).flags(A)[5].flag is False


def test_a_hundred_thousand_sessions() -> None:
    """Finite throughout; the baseline is the mean by then, and a fall is seen."""
    values = [3.9, 4.0, 4.1, 4.0] * 25_000
    flags = RULE.flags(on_mean([*values, 3.4]))
    assert flags[-1].flag is True
    assert flags.sessions == (100_001,)


def oracle(values: list[float | None], mu: float, tau2: float, s2: float) -> list[float | None]:
    """The loop of H14 as it stands there, in the metric of the scores, g = 0."""
    k, a, b, m = s2 / tau2, 3.0, 3.0 * s2, mu
    found: list[float | None] = []
    for y in values:
        if y is None:
            found.append(None)
            continue
        sc = (b / a * (1 + 1 / k)) ** 0.5
        found.append((m - y) / sc)
        r = sorted((-2 * sc, y - m, 2 * sc))[1]
        k2 = k + 1
        b, m, k, a = b + k * r**2 / (2 * k2), m + r / k2, k2, a + 0.5
    return found


@given(
    series(low=0, high=40, most=25),
    st.floats(0, 40), st.floats(0.5, 12), st.floats(0.5, 12),
)  # fmt: skip
def test_statistics_are_those_of_the_oracle(
    course: ta.Series, mean: float, between: float, within: float
) -> None:
    constants = ta.CohortConstants.stated(
        mean=mean, between=between, within=within, low=0, high=40, source="drawn"
    )
    worked = oracle([point.value for point in course], mean, between**2, within**2)
    found = [flag.statistic for flag in EbZ(cohort=constants).flags(course)]
    assert [z is None for z in found] == [z is None for z in worked]
    assert [z for z in found if z is not None] == pytest.approx(
        [z for z in worked if z is not None], rel=1e-6, abs=1e-9
    )


@given(series(most=25))
def test_live_is_batch(course: ta.Series) -> None:
    state, live = RULE.start(course.spec), []
    for point in course:
        state, flag = RULE.step(state, point)
        live.append(flag)
    assert tuple(live) == RULE.flags(course).flags


def test_false_alarms_are_those_of_a_t_law() -> None:
    """H14: z is a t with 6 + n df where the cohort is the right one: 4 % or so, not 2.3 %."""
    sessions, cases = 12, 400
    quantiles = [NormalDist().inv_cdf((n + 0.5) / (sessions * cases)) for n in range(4_800)]
    drawn = [quantiles[n * 1_999 % 4_800] for n in range(4_800)]
    alarms = evaluable = 0
    for case in range(cases):
        level = NormalDist(0.6, 0.05).inv_cdf((case + 0.5) / cases)
        noise = drawn[case * sessions : (case + 1) * sessions]
        scores = [min(1, max(0, level + 0.05 * each)) for each in noise]
        constants = ta.CohortConstants.stated(
            mean=0.6, between=0.05, within=0.05, low=0, high=1, source="this test"
        )
        flags = EbZ(cohort=constants).flags(ta.Series.of(scores, low=0, high=1))
        alarms += len(flags.sessions)
        evaluable += flags.evaluable
    assert 0.01 < alarms / evaluable < 0.06
