"""Rules side by side on given series. All data are invented."""

from functools import partial
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, A, B
from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
from therapeutic_alliance.course.detectors.own_mean import OwnMeanSd
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop

BEST, PREVIOUS = DropFromBest(), RciDrop()
ON_MEANS = [series for name, series in ALL.items() if name != "S"]


@frozen(kw_only=True)
class Below(ta.OnlineDetector[bool]):
    """A plugin's rule: flags a score below a limit, which it has from anywhere."""

    limit: float = 4.0
    id = "below"
    citation = "invented for this test"

    def start(self, _spec: ta.ScoreSpec) -> bool:
        return False

    def step(self, seen: bool, point: ta.Point) -> tuple[bool, ta.Flag]:
        if point.value is None:
            return seen, ta.Flag(session=point.session, flag=None, why="no score")
        flag = point.value < self.limit if seen else None
        return True, ta.Flag(session=point.session, flag=flag, why="below, or not")


def test_the_matrix_has_the_flags_of_each_rule() -> None:
    """Series A of section 0: H1b [6, 13, 14], H6 [6], H2 [6]."""
    [compared] = ta.compare(A, [BEST, PREVIOUS, OwnMeanSd()]).series
    flagged = {
        rule: [session for session, flags in compared.matrix if flags[at]]
        for at, rule in enumerate(("best", "previous", "own"))
    }
    assert flagged == {"best": [6, 13, 14], "previous": [6], "own": [6]}
    assert compared.matrix[0] == (1, (None, None, None))


def test_kappa_and_jaccard_by_hand() -> None:
    """A, H1b against H6: 15 sessions, 1 both, 2 only H1b: p_o 13/15, p_e (3 + 12 * 14) / 225."""
    [pair] = ta.compare(A, [BEST, PREVIOUS]).pairs
    observed, expected = 13 / 15, (3 * 1 + 12 * 14) / 225
    assert pair.both == 15
    assert pair.kappa == pytest.approx((observed - expected) / (1 - expected))
    assert (pair.onsets, pair.same, pair.jaccard) == ((2, 1), 1, 0.5)


def test_what_only_one_can_judge_does_not_count() -> None:
    """B: sessions 3 and 6 are missing; H2 with k 3 cannot judge 8 scores."""
    found = ta.compare(B, [BEST, OwnMeanSd(k=3)])
    best, own = found.rules
    assert (best.observed, best.evaluable, own.evaluable) == (8, 7, 0)
    [pair] = found.pairs
    assert (pair.both, pair.kappa, pair.onsets, pair.jaccard) == (0, None, (0, 0), None)


def test_a_beginning_counts_where_the_other_rule_can_judge() -> None:
    """Section 0 (4): not evaluable is no False. The baseline chart cannot judge sessions 1 to 5."""
    chart = IndividualsChart(centre="baseline")
    falls = ta.Series.of([4.5, 3.2, 4.5, 4.5, 4.5, 4.5, 4.5, 3.2, 4.5], low=1, high=5)
    assert [each.onset for each in ta.episodes(falls, BEST.flags(falls))] == [2, 8]
    judged = {n: ta.compare(falls, [BEST, chart], onset_tolerance=n).pairs[0] for n in (0, 1, 3, 4)}
    assert {n: pair.onsets[0] for n, pair in judged.items()} == {0: 1, 1: 1, 3: 1, 4: 2}


@given(
    st.lists(st.integers(12, 60).map(lambda n: n / 12), min_size=4, max_size=9), st.integers(0, 4)
)
def test_jaccard_by_an_oracle(values: list[float], tolerance: int) -> None:
    """Each beginning looked up by itself among the sessions that the other can judge."""
    series = ta.Series.of(values, low=1, high=5)
    rules: list[Any] = [BEST, IndividualsChart(centre="baseline", baseline=3, L=1)]
    [pair] = ta.compare(series, rules, onset_tolerance=tolerance).pairs
    counted = []
    for one, other in (rules, rules[::-1]):
        known = [flag.session for flag in other.flags(series) if flag.flag is not None]
        onsets = [each.onset for each in ta.episodes(series, one.flags(series))]
        near = [each for each in onsets if any(abs(each - n) <= tolerance for n in known)]
        counted.append(len(near))
    assert pair.onsets == tuple(counted)
    assert (pair.jaccard is None) == (not any(counted))


def test_onsets_count_as_the_same_within_the_tolerance() -> None:
    series = ta.Series.of([4.5, 4.4, 3.95, 3.8, 4.5, 4.5], low=1, high=5)
    rules: list[Any] = [BEST, Below()]
    shares = [ta.compare(series, rules, onset_tolerance=n).pairs[0].jaccard for n in (0, 1)]
    assert shares == [0.0, 1.0]


def test_a_plugins_rule_is_compared_like_any() -> None:
    found = ta.compare(ON_MEANS, [BEST, Below(), Below(limit=3.6)])
    assert found.detectors == ("drop-from-best", "below (limit=4.0)", "below (limit=3.6)")
    assert len(found.pairs) == 3
    assert all(len(each.matrix) == len(each.series) for each in found.series)


@given(
    st.lists(
        st.lists(st.none() | st.integers(12, 60).map(lambda n: n / 12), max_size=9),
        min_size=1,
        max_size=4,
    )
)
def test_against_counting(values: list[list[float | None]]) -> None:
    cases = [ta.Series.of(each, low=1, high=5) for each in values]
    rules: list[Any] = [BEST, PREVIOUS, Below()]
    found = ta.compare(cases, rules)
    flags = [[flag.flag for case in cases for flag in rule.flags(case)] for rule in rules]
    assert [each.evaluable for each in found.rules] == [
        sum(flag is not None for flag in each) for each in flags
    ]
    for pair, (one, other) in zip(found.pairs, combinations(flags, 2), strict=True):
        both = [(a, b) for a, b in zip(one, other, strict=True) if None not in (a, b)]
        assert pair.both == len(both)
        assert pair.same <= min(pair.onsets)
        if pair.kappa is not None:
            assert (pair.kappa == 1) == all(a == b for a, b in both)


def test_the_order_of_the_cases_does_not_matter() -> None:
    rules: list[Any] = [BEST, PREVIOUS]
    forth, back = (ta.compare(each, rules) for each in (ON_MEANS, ON_MEANS[::-1]))
    assert (forth.rules, forth.pairs) == (back.rules, back.pairs)


def test_words_name_what_is_in_hindsight_and_promise_nothing() -> None:
    words = str(ta.compare(A, [BEST, OwnMeanSd()]))
    assert "own-mean-sd, in hindsight" in words
    assert "drop-from-best: 3 of 15 evaluable sessions flagged" in words
    assert "does not tell which rule is right" in words
    assert "No flag is no sign of a good alliance" in words


def test_plain_data() -> None:
    data = ta.compare(B, [BEST, PREVIOUS]).to_dict()
    assert data["rules"][0]["evaluable"] == 7
    assert data["series"][0]["onsets"] == {"drop-from-best": [7], "rci-drop": [7]}
    assert data["series"][0]["sessions"][2] == {
        "session": 3,
        "flags": {"drop-from-best": None, "rci-drop": None},
    }


@pytest.mark.parametrize("values", [[], [None, None], [4.0], [5.0] * 8], ids=str)
def test_series_that_say_little(values: list[float | None]) -> None:
    found = ta.compare(ta.Series.of(values, low=1, high=5), [BEST, PREVIOUS])
    assert found.pairs[0].kappa is None
    assert found.pairs[0].jaccard is None


def test_what_cannot_be_compared() -> None:
    with pytest.raises(ta.AllianceError, match="at least one detector"):
        ta.compare(A, [])
    with pytest.raises(ta.AllianceError, match="rci-drop: two detectors are the same"):
        ta.compare(A, [PREVIOUS, RciDrop()])
    with pytest.raises(ta.SeriesError, match="at least one series"):
        ta.compare([], [BEST])
    with pytest.raises(ta.AllianceError, match="looks at direct reports, not at scores"):
        ta.compare(A, [ta.Registry().detector("direct-report")])
    with pytest.raises(ta.AllianceError, match="onset_tolerance is a whole number"):
        ta.compare(A, [BEST], onset_tolerance=-1)


def test_a_rule_that_breaks_its_contract_is_named() -> None:
    @frozen
    class Short:
        id, mode, citation = "short", "online", "invented"

        def flags(self, series: ta.Series) -> ta.Flags:
            return evolve(BEST.flags(series), detector="short", flags=())

    wrong: Any = Short()
    with pytest.raises(ta.PluginError, match="short: there is not one flag"):
        ta.compare(A, [wrong])


@pytest.mark.parametrize(
    ("detectors", "told"),
    [
        ("rci-drop", "detectors, not ids: registry.detector(...)"),
        (["rci-drop"], "detectors, not ids: registry.detector(...)"),
        ([BEST, None], "detectors, not a NoneType: registry.detector(...)"),
        ([RciDrop], "detectors, not the class RciDrop: registry.detector(...)"),
        (RciDrop, "detectors, not the class RciDrop: registry.detector(...)"),
        (
            [ta.Registry().phase_model("two-phase")],
            "detectors, not a TwoPhase: registry.detector(...)",
        ),
        (BEST, "detectors: a list of them, also of one"),
    ],
    ids=str,
)
def test_what_is_no_detector(detectors: Any, told: str) -> None:
    for act in (partial(ta.compare, A), partial(ta.study, cases=40, replications=1)):
        with pytest.raises(ta.AllianceError) as refused:
            act(detectors)
        assert str(refused.value) == told


def test_what_learns_to_be_no_detector() -> None:
    @frozen
    class Lost(Below):
        id = "lost"

        def trained(self, cases: Any) -> Any:
            return len(cases)

    with pytest.raises(ta.PluginError) as refused:
        ta.study([Lost()], cases=40, replications=1)
    assert str(refused.value) == "detector lost: trained gives a int, no detector"
