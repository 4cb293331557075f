"""The constants of a cohort: ruptures.md H14 (estimator), section 4 (ICC), H1 and H4 (SDs)."""

from datetime import UTC, date, datetime
from random import Random
from statistics import fmean, stdev, variance
from typing import Any

import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.course.cohort import LEAST_VARIANCE

DAY = date(2026, 3, 1)
Fit = ta.CohortConstants.fit


def cohort(n: int = 40, seed: int = 5, growth: float = 0.0) -> list[ta.Series]:
    """Simulated persons on a mean of 1 to 5, with 3 to 14 sessions, some not observed."""
    draw = Random(seed)  # noqa: S311 - simulated
    made = []
    for person in range(n):
        level = draw.gauss(3.5, 0.4)
        values = [
            min(5, max(1, draw.gauss(level + growth * session, 0.3)))
            if session < 3 or draw.random() > 0.1
            else None
            for session in range(draw.randint(3, 14))
        ]
        made.append(evolve(ta.Series.of(values, low=1, high=5, rater="client"), case=f"c{person}"))
    return made


def shares(series: ta.Series) -> list[float]:
    return [series.share(each.value) for each in series if each.value is not None]


def test_the_estimator_of_h14() -> None:
    """H14, "Estimator", computed a second time with the statistics module."""
    persons = [shares(each) for each in cohort()]
    s2 = sum((len(p) - 1) * stdev(p) ** 2 for p in persons) / sum(len(p) - 1 for p in persons)
    means = [fmean(p) for p in persons]
    tau2 = variance(means) - s2 * fmean(1 / len(p) for p in persons)
    found = Fit(cohort(), date=DAY)
    assert found.mean == pytest.approx(fmean(means), rel=1e-12)
    assert found.within_variance == pytest.approx(s2, rel=1e-12)
    assert found.between_variance == pytest.approx(tau2, rel=1e-10)
    assert found.person_sd == pytest.approx(fmean(stdev(p) for p in persons), rel=1e-12)
    assert found.means_sd == pytest.approx(stdev(means), rel=1e-12)
    assert (found.n, found.scores) == (40, sum(map(len, persons)))


def test_h14_cohort_like_constants() -> None:
    """H14: tau2 = .58^2 - .152/12.3 = .3240, and ICC .67 (section 7) is that of .58 and .39."""
    tau2 = 0.58**2 - 0.152 / 12.3
    assert tau2 == pytest.approx(0.3240, abs=5e-5)
    found = ta.CohortConstants.stated(
        mean=3.99, between=tau2**0.5, within=0.152**0.5, low=1, high=5, source="H14"
    )
    assert found.reliability == pytest.approx(0.3240 / (0.3240 + 0.152), abs=5e-5)
    assert found.mean == pytest.approx(2.99 / 4)


def test_what_was_simulated_is_found() -> None:
    found = Fit(cohort(2_000), date=DAY)
    assert found.mean == pytest.approx((3.5 - 1) / 4, abs=0.01)
    assert found.within_variance**0.5 == pytest.approx(0.3 / 4, abs=0.003)
    assert found.between_variance**0.5 == pytest.approx(0.4 / 4, abs=0.005)
    assert found.reliability == pytest.approx(0.16 / 0.25, abs=0.03)


def test_reliability_is_icc_1() -> None:
    """Section 4: tau2 / (tau2 + s2); .0225 / (.0225 + .00390625) for the illustrative prior."""
    assert ta.CohortConstants.illustrative().reliability == pytest.approx(0.85207, abs=5e-6)


def test_the_variance_between_has_a_floor() -> None:
    """H14: max(1e-6*range^2, ...): persons who do not differ."""
    same = [ta.Series.of([3, 3.4, 3.8, 3.4], low=1, high=5) for _ in range(30)]
    assert Fit(same, date=DAY).between_variance == LEAST_VARIANCE


def test_persons_with_fewer_than_three_scores_do_not_count() -> None:
    short = [ta.Series.of([1, None, 1], low=1, high=5, rater="client")] * 20
    whole = Fit(cohort(), date=DAY)
    assert Fit([*cohort(), *short], date=DAY) == whole


@given(st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_cases_does_not_matter(draw: Random, growth: bool) -> None:
    cases = cohort()
    draw.shuffle(cases)
    assert Fit(cases, growth=growth, date=DAY) == Fit(cohort(), growth=growth, date=DAY)


@given(st.booleans())
def test_the_metric_does_not_matter(growth: bool) -> None:
    as_percent = [
        evolve(
            ta.Series.of(
                [None if p.value is None else 25 * (p.value - 1) for p in each],
                low=0, high=100, metric="percent", rater="client",
            ),
            case=each.case,
        )
        for each in cohort()
    ]  # fmt: skip
    one, other = Fit(cohort(), growth=growth, date=DAY), Fit(as_percent, growth=growth, date=DAY)
    assert other.growth == pytest.approx(one.growth, abs=1e-10)
    for name in ("mean", "between_variance", "within_variance", "person_sd", "means_sd"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9)


def test_no_constant_holds_who_it_was() -> None:
    named = [evolve(each, case=f"quokka-{n}") for n, each in enumerate(cohort())]
    assert Fit(named, date=DAY) == Fit(cohort(), date=DAY)
    assert "quokka" not in repr(Fit(named, date=DAY))


def test_measure_score_and_rater_are_recorded() -> None:
    measure = ta.Registry().measure("arm-5")
    cases = [
        ta.Series.of([5, 6, 5.2, 4 + n / 20], measure=measure, metric="mean", rater="client")
        for n in range(30)
    ]
    found = Fit(cases, date=DAY)
    assert (found.measure, found.score, found.rater) == ("arm-5", "total", "client")
    assert str(found) == (
        "a cohort of 30 cases (measure arm-5, score total, rater client), computed on 2026-03-01"
    )


def test_the_date_is_that_of_today() -> None:
    before = datetime.now(UTC).date()
    found = Fit(cohort()).date
    assert found is not None
    assert before <= found <= datetime.now(UTC).date()


# What is no cohort


@pytest.mark.parametrize("n", [0, 1, 29])
def test_a_cohort_that_is_too_small(n: int) -> None:
    with pytest.raises(ta.SeriesError, match=f"at least 30 cases with 3 scores or more; .* {n}$"):
        Fit(cohort(n))
    assert Fit(cohort(30)).n == 30


def test_many_cases_with_few_scores_are_too_small() -> None:
    short = [ta.Series.of([3, 4], low=1, high=5)] * 500
    with pytest.raises(ta.SeriesError, match="here are 0"):
        Fit(short)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"measure": "srs"}, "one measure; here are 2"),
        ({"rater": "therapist"}, "one rater; here are 2"),
        ({"rater": None}, "one rater; here are 2"),
        ({"occasion": "pre"}, "one occasion; here are 2"),
        ({"spec": ta.ScoreSpec("bond", "mean", 1, 5, 0)}, "one score; here are 2"),
        ({"spec": ta.ScoreSpec("total", "mean", 1, 7, 0)}, "possible range"),
    ],
)
def test_a_mixed_cohort(changes: Any, what: str) -> None:
    cases = cohort()
    cases[7] = evolve(cases[7], **changes)
    with pytest.raises(ta.SeriesError, match=what):
        Fit(cases)


def test_a_named_measure_has_one_range_in_a_metric() -> None:
    cases = [evolve(each, measure="srs") for each in cohort()]
    cases[7] = evolve(cases[7], spec=ta.ScoreSpec("total", "mean", 1, 7, 0))
    with pytest.raises(ta.SeriesError, match="one possible range in a metric; here are 2"):
        Fit(cases)


@pytest.mark.parametrize(
    "spec", [("mean", 1, 7), ("mean", 0, 4), ("sum", 12, 60), ("percent", 0, 100)]
)
def test_a_cohort_of_no_named_measure_has_one_scale(spec: Any) -> None:
    """Nothing else tells that its scores are of one kind."""
    metric, low, high = spec
    cases = [evolve(each, measure=None) for each in cohort()]
    assert Fit(cases).measure is None
    middle = (low + high) / 2
    cases[7] = ta.Series.of([low, middle, high], low=low, high=high, metric=metric)
    cases[7] = evolve(cases[7], rater=cases[0].rater)
    with pytest.raises(ta.SeriesError, match="one metric and possible range; here are several"):
        Fit(cases)


@pytest.mark.parametrize("given", [cohort()[0], [1, 2.5], 5, None, "abc", [cohort()[0], 4]])
@pytest.mark.parametrize("fit", [Fit, ta.StateModel.fit])
def test_what_is_no_list_of_series(fit: Any, given: Any) -> None:
    with pytest.raises(ta.SeriesError) as caught:
        fit(given)
    assert str(caught.value) == "a cohort is a list of series, one for each person"


def test_a_person_who_stands_there_twice() -> None:
    cases = cohort()
    with pytest.raises(ta.SeriesError, match="one series a person") as caught:
        Fit([*cases, cases[3]])
    assert "c3" not in str(caught.value)
    of_two = [evolve(each, person=f"p{n}") for n in (1, 2) for each in cohort()]
    assert Fit(of_two).n == 80, "two members of one family are two persons"


@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_scores_that_do_not_vary(noise: float) -> None:
    """A variance of 0, and one of rounding only."""
    level = [
        ta.Series.of([3 + n / 40, 3 + n / 40 + noise, 3 + n / 40], low=1, high=5) for n in range(40)
    ]
    with pytest.raises(ta.SeriesError, match="hardly vary within the cases"):
        Fit(level)


# Growth


def test_growth_that_was_simulated_is_found() -> None:
    found = Fit(cohort(400, growth=0.05), growth=True, date=DAY)
    steps = [after - before for before, after in zip(found.growth, found.growth[1:], strict=False)]
    assert len(found.growth) == 14
    assert fmean(steps) == pytest.approx(0.05 / 4, abs=0.003)
    flat = Fit(cohort(400, growth=0.05), date=DAY)
    assert found.mean == pytest.approx(flat.mean, abs=1e-12), "the mean stays what was observed"
    assert found.within_variance < 0.9 * flat.within_variance
    assert found.within_variance**0.5 == pytest.approx(0.3 / 4, abs=0.003)
    assert found.person_sd == flat.person_sd, "H1: the SDs of the scores as they are"
    assert found.means_sd == flat.means_sd


def test_growth_is_the_least_squares_solution() -> None:
    """Of the sessions that 10 persons have, solved a second time by NumPy."""
    np = pytest.importorskip("numpy")
    cases = cohort(60, growth=0.04)
    found = Fit(cases, growth=True, date=DAY)
    sessions = len(found.growth)
    rows, values = [], []
    for n, series in enumerate(cases):
        for point in series.observed:
            if point.session > sessions:
                continue
            row = [0.0] * (60 + sessions)
            row[n] = row[60 + point.session - 1] = 1.0
            rows.append(row)
            assert point.value is not None
            values.append(series.share(point.value))
    solved = np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0][60:]
    assert np.array(found.growth) - found.growth[0] == pytest.approx(solved - solved[0], abs=1e-9)


def test_growth_is_centred_on_the_persons() -> None:
    cases = cohort(60, growth=0.04)
    found = Fit(cases, growth=True, date=DAY)
    means = [
        fmean(found.expected_growth(point.session) for point in series.observed) for series in cases
    ]
    assert fmean(means) == pytest.approx(0, abs=1e-12)


def test_sessions_of_few_persons_carry_the_growth_of_the_last() -> None:
    """Fewer than 10: session 4 of nine persons, and session 30 of two."""
    draw = Random(8)  # noqa: S311 - simulated
    cases = []
    for n in range(40):
        sessions = [1, 2, 3, *([4] if n < 9 else []), 5, *([30] if n < 2 else [])]
        values = [3 + 0.1 * session**0.5 + draw.gauss(0, 0.1) for session in sessions]
        cases.append(ta.Series.of(values, sessions=sessions, low=1, high=5))
    found = Fit(cases, growth=True, date=DAY)
    assert len(found.growth) == 5
    assert found.growth[3] == found.growth[2]
    assert found.growth[4] > found.growth[3]
    assert found.expected_growth(30) == found.growth[4]


def test_a_first_session_of_few_carries_the_growth_of_the_next() -> None:
    late = [ta.Series.of([3, 3.1, 3.4 + n / 90], sessions=[3, 4, 5], low=1, high=5)
            for n in range(40)]  # fmt: skip
    found = Fit(late, growth=True, date=DAY)
    assert found.growth[0] == found.growth[1] == found.growth[2] < found.growth[3]


def test_growth_of_a_cohort_that_shares_no_session() -> None:
    apart = [
        ta.Series.of([3, 3.2, 3.4], sessions=[n, n + 50, n + 100], low=1, high=5)
        for n in range(1, 41)
    ]
    with pytest.raises(ta.SeriesError, match="growth: no session has a score of 10 cases"):
        Fit(apart, growth=True)
    assert Fit(apart).growth == ()


def test_growth_does_not_go_on_for_ever() -> None:
    """A session number is no size of a table."""
    far = [
        ta.Series.of([3, 3.2, 3.4 + n / 90], sessions=[1, 2, 999_999_999], low=1, high=5)
        for n in range(40)
    ]
    assert len(Fit(far, growth=True).growth) == 2


def test_two_groups_that_share_no_session() -> None:
    """Their levels cannot be told from growth; a curve that carries each is what comes out."""
    groups = [
        ta.Series.of([3, 3.2, 3.4 + n / 90], sessions=[n % 2 * 3 + s for s in (1, 2, 3)],
                     low=1, high=5)
        for n in range(40)
    ]  # fmt: skip
    found = Fit(groups, growth=True, date=DAY)
    assert len(found.growth) == 6
    assert found.growth[:3] == pytest.approx(found.growth[3:], abs=0.01)


# Constants that are told


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


def test_misfit() -> None:
    of_bond = evolve(ta.CohortConstants.illustrative(), measure="wai-sr", score="bond")
    assert of_bond.misfit(measure="wai-sr", score="bond") == ""
    assert of_bond.misfit(measure="srs") == "the cohort constants are of another measure, wai-sr"
    assert of_bond.misfit(score="total") == "the cohort constants are of another score, bond"
    assert of_bond.misfit(rater="therapist") == of_bond.misfit() == ""
    of_clients = evolve(of_bond, rater="client")
    assert of_clients.misfit(rater="client") == of_clients.misfit() == ""
    told = of_clients.misfit(rater="therapist")
    assert told == "the cohort constants are of another rater, client"


def test_constants_are_a_value() -> None:
    one = ta.CohortConstants.illustrative()
    assert hash(one) == hash(ta.CohortConstants.illustrative())
    assert str(one) == one.source
    listed: Any = [0.1, 0.2]
    assert evolve(one, growth=listed).growth == (0.1, 0.2)


def of_forms(high: int = 5) -> list[ta.Series]:
    """Simulated persons, by a definition that can be stated otherwise; every score is percent."""
    measure = ta.Registry().measure("wai-sr")
    if high != 5:
        measure = measure.stated(low=1, high=high)
    return [
        ta.Series.of(
            [50 + n, 56 + n, 53 + n, 40 + n], measure=measure, metric="percent", rater="client"
        )
        for n in range(30)
    ]


def test_the_occasion_is_recorded() -> None:
    post = [evolve(each, occasion="post") for each in cohort()]
    found = Fit(post, date=DAY)
    assert found.occasion == "post"
    assert str(found) == (
        "a cohort of 40 cases (score total, rater client, occasion post), computed on 2026-03-01"
    )
    assert found.misfit(occasion="post") == found.misfit() == ""
    assert found.misfit(occasion="pre") == "the cohort constants are of another occasion, post"
    assert Fit(cohort(), date=DAY).misfit(occasion="pre") == ""


def test_constants_of_one_occasion_do_not_judge_another() -> None:
    post = Fit([evolve(each, occasion="post") for each in cohort()], date=DAY)
    pre = evolve(ta.Series.of([4.2, 4.1, 4.2, 2.0], low=1, high=5, rater="client"), occasion="pre")
    rule = ta.Registry().detector("eb-z", cohort=post)
    assert {flag.flag for flag in rule.flags(pre)} == {None}
    assert {flag.why for flag in rule.flags(pre)} == {
        "the cohort constants are of another occasion, post"
    }
    assert rule.flags(evolve(pre, occasion="post")).sessions == (4,)


def test_constants_of_one_edition_do_not_judge_another() -> None:
    """In percent the possible range of five points and of seven is the same."""
    found = Fit(of_forms(), date=DAY)
    assert found.definition_sha256 == ta.Registry().measure("wai-sr").fingerprint
    rule = ta.Registry().detector("eb-z", cohort=found)
    assert rule.flags(of_forms()[5]).evaluable == 2
    seven = rule.flags(of_forms(high=7)[5])
    assert seven.evaluable == 0
    assert {flag.why for flag in seven} == {"the cohort constants are of another edition of wai-sr"}
    assert seven.conventions == rule.flags(of_forms()[5]).conventions


def test_a_cohort_of_two_editions() -> None:
    with pytest.raises(ta.SeriesError, match="a cohort has one edition; here are 2"):
        Fit([*of_forms()[:20], *of_forms(high=7)[20:]])


def test_forms_know_their_definition() -> None:
    registry = ta.Registry()
    forms = [ta.score(registry.measure(form.measure), form) for form in ta.example("caseload")]
    for series in ta.caseload(forms):
        assert series.measure
        assert series.definition_sha256 == registry.measure(series.measure).fingerprint
    assert ta.Series.of([4], low=1, high=5).definition_sha256 is None


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
