"""The growth curve of a cohort."""

from random import Random
from statistics import fmean

import pytest

import therapeutic_alliance as ta
from tests.course.cohorts import DAY, Fit, cohort


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
