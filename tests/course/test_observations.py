"""Observations that are no scores, made from a course and from two series."""

import pickle
from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.course.dossier import a, course, new, session
from tests.course.test_indicators_reports import WORKED, reports, segments
from therapeutic_alliance.course.observations import Observation, Observations

E = ta.evidence


def scores(values: list[float | None], **said: Any) -> ta.Series:
    return evolve(ta.Series.of(values, low=1, high=5, rater="client"), **said)


def test_reports_have_a_place_for_every_session() -> None:
    patient = E.reports(WORKED, by="c")
    assert (patient.kind, patient.rater, patient.person) == ("reports", "client", "c")
    assert patient.case == WORKED.case
    assert [point.session for point in patient] == [1, 2, 3, 4, 5]
    assert [point.value.rupture if point.value else None for point in patient] == [
        True, False, True, None, False,
    ]  # fmt: skip
    assert [point.session for point in patient.observed] == [1, 2, 3, 5]


def test_sessions_without_any_report_are_there_too() -> None:
    of = course(sessions=[session(7, 0)], reports=reports("c", "y"))
    assert [point.session for point in E.reports(of, by="c")] == [1, 7]
    assert E.reports(of, by="t").observed == ()


def test_codes_are_grouped_by_session() -> None:
    of = course(
        codes=[*segments("W C -", "t"), *segments("W", "m"), *segments("N", system="signs")]
    )
    everybody = E.codes(of)
    assert (everybody.kind, everybody.rater, everybody.person) == ("codes", "observer", None)
    [six] = everybody.observed
    assert six.session == 6
    assert [len(point.value or ()) for point in E.codes(of, by="m").observed] == [1]
    assert len(E.codes(of, system="signs").observed) == 1


def test_codes_of_one_person_keep_segments_of_everybody() -> None:
    of = course(codes=[*segments("W -", "t", of="c"), *segments("C", "t", of="m")])
    blank = new(a.SegmentCodes, session=6, system="3rs", segment=9, by="t", codes=[])
    with_blank = course(codes=[*of.codes, blank])
    [found] = E.codes(with_blank, of="c").observed
    assert len(found.value or ()) == 3


@pytest.mark.parametrize(
    "make", [lambda: E.reports(WORKED, by="x9"), lambda: E.codes(WORKED, by="x9"),
             lambda: E.codes(WORKED, of="x9")],
)  # fmt: skip
def test_an_unknown_participant_is_refused_and_not_named(make: Any) -> None:
    with pytest.raises(ta.SeriesError) as caught:
        make()
    assert "x9" not in str(caught.value)


def test_pairs() -> None:
    pairs = E.pre_post(
        scores([4.0, None, 4.1], occasion="pre"), scores([4.2, None, None], occasion="post")
    )
    assert [point.value and (point.value.pre, point.value.post) for point in pairs] == [
        (4.0, 4.2), None, (4.1, None),
    ]  # fmt: skip
    assert pairs.spec == scores([]).spec
    assert (pairs.kind, pairs.rater) == ("pre-post", "client")


@pytest.mark.parametrize(
    ("pre", "post", "told"),
    [
        ({"occasion": "post"}, {}, "occasion pre are of another occasion"),
        ({}, {"occasion": "pre"}, "occasion post are of another occasion"),
        ({}, {"rater": "therapist"}, "of one rater"),
        ({}, {"case": "c2"}, "of one case"),
        ({}, {"measure": "wai-sr"}, "of one measure"),
        ({}, {"person": "p"}, "of one person"),
        ({}, {"spec": ta.ScoreSpec("total", "mean", 1, 7, 0)}, "score, metric and possible range"),
    ],
)
def test_pairs_of_other_things_are_refused(
    pre: dict[str, Any], post: dict[str, Any], told: str
) -> None:
    with pytest.raises(ta.SeriesError, match=told):
        E.pre_post(scores([4.0], **pre), scores([4.0], **post))


@pytest.mark.parametrize(
    ("sessions", "told"),
    [([0], "whole number"), ([2, 2], "stands there twice"), ([2, 1], "stands after session 2")],
)
def test_order(sessions: list[int], told: str) -> None:
    """The same as of a series."""
    points: Any = [Observation(number, None) for number in sessions]
    with pytest.raises(ta.SeriesError, match=told):
        Observations(kind="reports", points=points)


@pytest.mark.parametrize(
    ("score", "told"),
    [
        (float("nan"), "not a finite number"),
        (float("inf"), "not a finite number"),
        (5.5, "outside the possible range"),
        (True, "not a number"),
    ],
)
def test_scores_before_and_after_are_scores(score: Any, told: str) -> None:
    """Made by hand they are looked at as those of a series are; no score is told."""
    spec = scores([]).spec
    for pair in (E.PrePost(score, 4.0), E.PrePost(None, score)):
        points: Any = [Observation(3, pair)]
        with pytest.raises(ta.SeriesError, match=f"session 3: {told}") as caught:
            Observations(kind="pre-post", points=points, spec=spec)
        assert str(score) not in str(caught.value)


def test_what_is_not_of_its_kind_is_refused() -> None:
    pair: Any = [Observation(1, E.PrePost(4.0, 4.0))]
    for kind in ("reports", "codes"):
        with pytest.raises(ta.SeriesError, match=f"session 1: not of the kind {kind}"):
            Observations(kind=kind, points=pair)
    with pytest.raises(ta.SeriesError, match="session 1: scores need their metric"):
        Observations(kind="pre-post", points=pair)
    wrong: Any = "scores"
    with pytest.raises(ta.SeriesError, match="kind: one of reports, codes, pre-post"):
        Observations(kind=wrong, points=())


def test_nothing_observed_is_shown() -> None:
    patient = E.reports(WORKED, by="c")
    assert "rupture" not in repr(patient)
    assert WORKED.case not in repr(patient)
    assert pickle.loads(pickle.dumps(patient)) == patient  # noqa: S301 - made here


def test_each_detector_refuses_what_it_does_not_observe() -> None:
    patient, series = E.reports(WORKED, by="c"), scores([4.0])
    registry = ta.Registry()
    for id_, wrong in (
        ("direct-report", series),
        ("observer-3rs", patient),
        ("pre-post", patient),
        ("pre-post", series),
    ):
        rule: Any = registry.detector(id_)
        with pytest.raises(ta.SeriesError, match=f"^{id_} looks at .*, made by ta.evidence"):
            rule.flags(wrong)


def test_answers_of_points_pickle_and_stay_out_of_repr() -> None:
    measure = ta.Registry().measure("arm-5")
    form = ta.Administration("arm-5", "c1", 1, "client", dict.fromkeys(measure.items, 6))
    series = ta.series([ta.score(measure, form)], rater="client")
    assert list(series[0].answers or ()) == [6] * 5
    assert "6" not in repr(series[0])
    assert pickle.loads(pickle.dumps(series)) == series  # noqa: S301 - made here
    assert ta.Point(1, 4.0).answers is None
