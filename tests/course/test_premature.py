"""Features that may go with a premature end (ruptures, section 2): told, never added up."""

from typing import Any

import pytest
from attrs import fields_dict

import therapeutic_alliance as ta
from tests.course import dossier
from tests.course.illustrations import A, C, D, on_mean
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.silence import unwarned

features = ta.shapes.premature_termination
RULE = ta.Registry().detector("drop-from-best")


def test_the_features_of_the_series() -> None:
    """Section 2, premature termination: A at session 3; last three 3.5, 4.2, 4.4."""
    found = features(A, flags=RULE.flags(A))
    assert found.level_at_3.value == 4.2
    assert found.last_slope.value == pytest.approx(0.45)
    assert found.last_slope.why == "0.4500 a session over sessions 14, 15, 16"
    assert found.open_episode.value is False
    assert "score recovered at session 16 (possible repair)" in found.open_episode.why


def test_a_slope_counts_session_numbers() -> None:
    """Sessions 2, 3 and 6, scores 4, 3, 3: slope -15 / 78 by hand."""
    series = ta.Series.of([4.5, 4.0, 3.0, 3.0], low=1, high=5, sessions=[1, 2, 3, 6])
    assert features(series).last_slope.value == pytest.approx(-15 / 78)


@pytest.mark.parametrize(
    ("scores", "value", "said"),
    [
        ([4.2, 4.1, 3.0, 3.1], True, "still open"),
        ([4.2, 4.1, 3.0, 4.2], False, "score recovered at session 4"),
        ([4.2, 4.1, 4.2], False, "no session was flagged by drop-from-best, which is no sign"),
        ([4.2], None, "not known: drop-from-best could judge no session"),
        ([None] * 4, None, "not known: drop-from-best could judge no session"),
    ],
)
def test_an_open_episode(scores: list[float | None], value: bool | None, said: str) -> None:
    """Section 2 and section 0 (14): open if not recovered; None where no session was judged."""
    series = on_mean(scores)
    found = features(series, flags=RULE.flags(series)).open_episode
    assert (found.value, said in found.why) == (value, True)


def test_an_episode_whose_window_ended_is_open_too() -> None:
    """Section 0 (14): ``open`` if not recovered; rci-drop flags the fall once."""
    series = on_mean([4.4, 4.4, 3.5, 3.6, 3.6, 3.6, 3.6, 3.6, 3.6])
    flags = ta.Registry().detector("rci-drop").flags(series)
    assert ta.episodes(series, flags)[0].repaired is False
    found = features(series, flags=flags).open_episode
    assert found.value is True
    assert "within the window, which ended at session 8" in found.why


def test_only_the_latest_episode_counts() -> None:
    """A later fall that recovered, after one that did not within its window."""
    series = on_mean([4.4, 3.5, 3.6, 3.6, 3.6, 3.6, 3.6, 4.4, 3.5, 4.4])
    flags = ta.Registry().detector("rci-drop").flags(series)
    assert [each.repaired for each in ta.episodes(series, flags)] == [False, True]
    assert features(series, flags=flags).open_episode.value is False


def test_missed_sessions_are_those_recorded() -> None:
    """The indicator sessions-missed of the course: one of four planned did not take place."""
    a = ta.alliance
    missed = dossier.new(a.Event, kind="missed", session=4, by=["c"])
    sessions = [dossier.session(number) for number in (1, 2, 3)]
    course = dossier.course(sessions=sessions, events=[missed])
    found = features(A, course=course).missed
    assert (found.value, found.why) == (0.25, "1 of 4 planned did not take place")
    silent = features(A, course=dossier.course(sessions=sessions)).missed
    assert (silent.value, silent.why) == (
        None,
        "not known: not enough data: no missed session is recorded",
    )


def test_what_was_not_given_is_not_known() -> None:
    """Section 2: each feature is None with a reason, never 0."""
    found = features(on_mean([4.0, 4.1]))
    told = (found.level_at_3, found.last_slope, found.open_episode, found.missed)
    assert [each.value for each in told] == [None] * 4
    assert [each.why.partition(":")[0] for each in told] == ["not known"] * 4
    assert "session 3 was not observed" in str(found)
    assert "2 observed, 3 needed" in str(found)


def test_flags_of_other_sessions_are_refused() -> None:
    with pytest.raises(ta.SeriesError, match="flags are of other sessions"):
        features(A, flags=RULE.flags(D))


def test_a_course_of_another_case_is_refused_without_its_name() -> None:
    series = ta.Series.of([4.0], low=1, high=5)
    other = ta.Series(points=series.points, spec=series.spec, case="quokka")
    with pytest.raises(ta.SeriesError) as caught:
        features(other, course=dossier.course())
    assert str(caught.value) == "the course is of another case than the series"


def test_nothing_is_computed_from_the_features_together() -> None:
    """Section 2: features, not a fitted risk score; no percentage anywhere."""
    found: Any = features(A, flags=RULE.flags(A), course=dossier.course())
    assert set(fields_dict(type(found))) == {
        "level_at_3",
        "last_slope",
        "open_episode",
        "missed",
        "low_information",
    }
    assert "%" not in str(found)
    assert "%" not in found.citation
    assert "no risk score" in found.citation
    assert "d about .55 (general knowledge)" in found.citation
    assert "b = -.02 between patients" in found.citation


@pytest.mark.parametrize("name", ODD)
def test_odd_courses_are_answered(name: str) -> None:
    """Bad input: one printable line."""
    series = ODD[name]
    found = unwarned(lambda: features(series, flags=RULE.flags(series)))
    assert str(found).isprintable()


def test_the_ceiling_is_told() -> None:
    """Section 0 (10)."""
    assert features(C).low_information
    assert not features(A).low_information


def test_a_hundred_thousand_sessions() -> None:
    """Bad input: 10**5 sessions."""
    series = on_mean([3.0 + each % 2 for each in range(10**5)])
    found = features(series, flags=RULE.flags(series))
    assert found.last_slope.value == pytest.approx(0)


def test_flags_of_a_waning_are_refused() -> None:
    """Section 2: an unrepaired rupture is asked about; a waning is another sign."""
    waning = ta.Registry().detector("waning").flags(A)
    with pytest.raises(ta.SeriesError, match="waning flags no possible ruptures"):
        features(A, flags=waning)
