"""Evidence of client, therapist and observer side by side, and the pattern of H13."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.dossier import a as records
from tests.course.dossier import course, new
from tests.course.illustrations import A
from tests.course.test_indicators_reports import reports, segments
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop

E = ta.evidence
RULE = RciDrop()


def of(values: list[float | None], rater: str = "client", **said: Any) -> ta.Series:
    return ta.Series.of(values, low=1, high=5, rater=rater, **said)


def by_hand(values: list[float | None], *sessions: int, rater: str = "client") -> Any:
    """A source whose flags are given."""
    series = of(values, rater)
    flags = tuple(
        ta.Flag(
            session=p.session,
            flag=None if p.value is None else p.session in sessions,
            why="by hand",
        )
        for p in series
    )
    return series, ta.Flags(detector="by-hand", mode="online", flags=flags)


def scored(*series: ta.Series) -> list[Any]:
    return [(each, RULE.flags(each)) for each in series]


def asked(of_course: ta.Course) -> list[Any]:
    """Reports of client and therapist, and codes of everybody."""
    registry = ta.Registry()
    direct: Any = registry.detector("direct-report")
    coded: Any = registry.detector("observer-3rs")
    said = [E.reports(of_course, by=by) for by in ("c", "t")]
    codes = E.codes(of_course)
    return [*((each, direct.flags(each)) for each in said), (codes, coded.flags(codes))]


CASE = course(
    reports=[*reports("c", "nnnnnyn"), *reports("t", "nnnnnnn")], codes=segments("W - C -")
)


def test_client_therapist_and_observer() -> None:
    """A drop of the client's at 6, which the therapist does not show, and the observer codes."""
    client = of([4.2, 4.2, 4.3, 4.3, 4.2, 3.4, 4.3])
    therapist = of([4.0] * 7, "therapist")
    case = [evolve(each, case=CASE.case) for each in (client, therapist)]
    [found] = E.joined([*scored(*case), *asked(CASE)])
    assert (found.first, found.last) == (6, 6)
    assert found.says == (True, False, True, False, True)
    assert [(each.rater, each.detector) for each in found.evidence] == [
        ("client", "rci-drop"), ("therapist", "rci-drop"), ("client", "direct-report"),
        ("therapist", "direct-report"), ("observer", "observer-3rs"),
    ]  # fmt: skip
    assert [each.sessions for each in found.evidence] == [(6,), (), (6,), (), (6,)]
    assert found.evidence[0].episodes[0].repair_session == 7
    assert str(found).startswith("possible rupture, session 6: client (rci-drop) flags session 6; ")


def test_who_could_not_say() -> None:
    """Three values: an observer who coded one session of two says nothing of the other."""
    case = evolve(of([4.3, 4.3, 4.3, 4.3, 4.3, 3.4, 3.5, 4.3]), case=CASE.case)
    quiet = course(codes=segments("- -"), reports=reports("t", "nnnnn-n"))
    found = E.joined([*scored(case), *asked(quiet)])
    [joint] = found
    assert (joint.first, joint.last) == (6, 7)
    client, _, therapist, observer = joint.evidence
    assert (client.says, therapist.says, observer.says) == (True, None, None)
    assert (observer.evaluated, observer.of) == (1, 2)
    assert str(observer) == "observer (observer-3rs) cannot say, 1 of 2 evaluable"


@pytest.mark.parametrize(
    ("tolerance", "spans"),
    [(0, [(2, 2), (3, 3), (5, 5)]), (1, [(2, 3), (5, 5)]), (2, [(2, 5)])],
)
def test_tolerance(tolerance: int, spans: list[tuple[int, int]]) -> None:
    level: list[float | None] = [4.0] * 6
    sources = [by_hand(level, 2), by_hand(level, 3, rater="therapist"), by_hand(level, 5)]
    found = E.joined([(s, f) for s, f in sources], tolerance=tolerance)
    assert [(each.first, each.last) for each in found] == spans


def test_silence_is_never_in_the_words_a_verdict() -> None:
    found = E.joined(scored(of([4.3, 3.4, 4.3]), of([4.0] * 3, "therapist")))
    text = str(found[0])
    assert "therapist (rci-drop) flags none of 1" in text
    assert "no rupture" not in text
    assert "detected" not in text


def test_no_flag_no_episode() -> None:
    assert E.joined(scored(of([4.3, 4.3]), of([]))) == ()
    assert E.joined([]) == ()


def test_refused() -> None:
    one, two = of([4.3, 3.4]), evolve(of([4.3, 3.4]), case="c2")
    with pytest.raises(ta.SeriesError, match="of one case"):
        E.joined(scored(one, two))
    with pytest.raises(ta.SeriesError, match="rci-drop: the flags are of other sessions"):
        E.joined([(one, RULE.flags(of([4.3])))])
    with pytest.raises(ta.SeriesError, match="tolerance is a whole number"):
        E.joined(scored(one), tolerance=-1)
    waning = evolve(RULE.flags(one), sign="waning")
    with pytest.raises(ta.SeriesError, match="no possible ruptures: not joined"):
        E.joined([(one, waning)])


def test_many_sessions() -> None:
    """Every third session flagged, in 30 000 of two raters: linear, or this takes long."""
    many: list[float | None] = [4.2, 4.2, 3.0] * 10_000
    found = E.joined(scored(of(many), of(many, "therapist")))
    assert len(found) == 10_000
    assert all(each.says == (True, True) for each in found)


def test_unknown_sessions_of_reports_are_left_out() -> None:
    unknown = course(reports=[new(records.Report, by="c", rupture=True)])
    assert E.joined(asked(unknown)) == ()


def _touch(one: tuple[int, int], other: tuple[int, int], tolerance: int) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= tolerance


values = st.lists(
    st.one_of(st.none(), st.integers(10, 50).map(lambda n: n / 10)), min_size=1, max_size=12
)


@given(values, values, st.integers(0, 3))
def test_oracle(client: list[Any], therapist: list[Any], tolerance: int) -> None:
    """Any two groups of episodes that touch are put together, until none do; then three values."""
    sources = scored(of(client), of(therapist, "therapist"))
    found = E.joined(sources, tolerance=tolerance)
    spans = [(e.onset, e.end) for series, flags in sources for e in ta.episodes(series, flags)]
    groups = [{span} for span in spans]
    while touching := [
        (one, other)
        for one in groups
        for other in groups
        if one is not other and any(_touch(a, b, tolerance) for a in one for b in other)
    ]:
        one, other = touching[0]
        groups = [g for g in groups if g is not one and g is not other] + [one | other]
    expected_spans = sorted({(min(a for a, _ in g), max(b for _, b in g)) for g in groups})
    assert [(each.first, each.last) for each in found] == expected_spans
    for joint in found:
        inside = range(joint.first, joint.last + 1)
        seen = {p.session for s, _ in sources for p in s.observed if p.session in inside}
        for (_, flags), said in zip(sources, joint.evidence, strict=True):
            given_ = {f.session: f.flag for f in flags}
            says = [given_.get(n) for n in seen]
            expected = True if True in says else None if None in says else False
            assert said.says is expected


@given(values, values)
def test_the_order_of_sources_does_not_matter(client: list[Any], therapist: list[Any]) -> None:
    sources = scored(of(client), of(therapist, "therapist"))
    there, back = E.joined(sources), E.joined(sources[::-1])
    assert [(e.first, e.last, e.evidence) for e in there] == [
        (e.first, e.last, e.evidence[::-1]) for e in back
    ]


def _pattern(values: list[float | None], **rule: Any) -> Any:
    series = ta.Series.of(values, low=1, high=5)
    flags = (RciDrop(**rule) if rule else DropFromBest()).flags(series)
    return E.pattern(flags, ta.episodes(series, flags))


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ([4, 4.1, 4, 4], "no drop"),
        ([4, 3, 4], "recovered"),
        ([4, 3, 4, 3, 4], "recovered"),
        ([4, 3, 3], None),
        ([4, 3, 4, 3], None),
        ([4], None),
        ([], None),
        ([None, None], None),
    ],
)
def test_h13(values: list[float | None], pattern: str | None) -> None:
    """H13: "an episode with repaired=None and none False: pattern None"."""
    assert _pattern(values) == pattern


def test_h13_not_recovered() -> None:
    """H13: ">= 1 episode with repaired=False", whatever the others are."""
    assert _pattern([4, 3, *[3.2] * 5], reference="previous") == "not recovered"
    assert _pattern([4, 3, 4, 3, *[3.2] * 5], reference="previous") == "not recovered"
    assert _pattern([4, 3, *[3.2] * 5, 2], reference="previous") == "not recovered"


def test_h13_on_a() -> None:
    """A recovers twice by H1b."""
    flags = DropFromBest().flags(A)
    assert E.pattern(flags, ta.episodes(A, flags)) == "recovered"


def test_h13_counts_no_waning() -> None:
    flags = evolve(DropFromBest().flags(A), sign="waning")
    assert E.pattern(flags, ta.episodes(A, flags)) == "no drop"


def test_h13_refuses_episodes_of_other_flags() -> None:
    """A pattern of flags with somebody else's episodes would be a wrong one."""
    flags = DropFromBest().flags(A)
    own = ta.episodes(A, flags)
    assert E.pattern(flags, reversed(own)) == E.pattern(flags, iter(own)) == "recovered"
    short = of([4, 4.1, 3, 4.1])
    other = ta.episodes(short, DropFromBest().flags(short))
    quiet = DropFromBest().flags(of([4, 4, 4, 4]))
    waning = [evolve(each, sign="waning") for each in own]
    beyond = [*own[:-1], evolve(own[-1], end=99)]
    for asked, named in (
        (flags, ()), (flags, other), (quiet, other), (flags, waning),
        (flags, (*own, *own)), (flags, beyond),
    ):  # fmt: skip
        with pytest.raises(ta.SeriesError, match="the episodes are not those of these flags"):
            E.pattern(asked, named)


def test_a_role_that_stands_several_times_is_told_by_person() -> None:
    falls: list[float | None] = [4.2, 4.3, 3.4, 4.3]
    mother, father = (evolve(of(falls), person=name) for name in ("mother", "father"))
    [found] = E.joined(scored(mother, father, of(falls, "therapist")))
    assert str(found) == (
        "possible rupture, session 3: client mother (rci-drop) flags session 3; client father "
        "(rci-drop) flags session 3; therapist (rci-drop) flags session 3"
    )
    [alone] = E.joined(scored(mother))
    assert "mother" not in str(alone)
    assert "mother" not in repr(found)


def test_h13_a_flag_in_no_episode_leaves_the_pattern_unknown() -> None:
    """No score at the end of session 3: whether that fall recovered nobody knows."""
    pre, post = of([4, 4.1, 3, 4.1, 4, 3, 4.1]), of([4.2, 4.4, None, 4.2, 4.1, 3.9, 4.5])
    rule: Any = ta.Registry().detector("pre-post")
    flags = rule.flags(E.pre_post(pre, post))
    assert flags.sessions == (3, 6)
    [episode] = ta.episodes(post, flags)
    assert (episode.onset, episode.repaired) == (6, True)
    assert E.pattern(flags, [episode]) is None
    own = DropFromBest().flags(A)
    assert E.pattern(own, ta.episodes(A, own)[:1]) is None
