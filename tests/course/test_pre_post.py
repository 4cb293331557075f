"""H12 of ruptures.md: changes within sessions and between them."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import stated, told
from therapeutic_alliance.course.detectors.pre_post import PrePostDrop

E = ta.evidence
Scores = list[float | None]


def made(pre: Scores, post: Scores, sessions: list[int] | None = None) -> Any:
    series = (ta.Series.of(each, low=1, high=5, sessions=sessions) for each in (pre, post))
    return E.pre_post(*series)


WORKED = made([4.0, 4.1, 4.3, 3.6, 4.2], [4.2, 4.4, 4.2, 3.9, 4.5])


def test_the_example() -> None:
    """H12: within .2 .3 -.1 .3 .3; between -.1 -.1 -.6 .3; drop between [4], in-session []."""
    changes = PrePostDrop().changes(WORKED)
    assert [each.within for each in changes] == pytest.approx([0.2, 0.3, -0.1, 0.3, 0.3])
    assert changes[0].between is None
    assert [each.between for each in changes[1:]] == pytest.approx([-0.1, -0.1, -0.6, 0.3])
    assert [each.session for each in changes if each.between_sessions] == [4]
    assert [each.session for each in changes if each.in_session] == []
    posts = [point.value.post for point in WORKED]
    fall = [after - before for before, after in pairwise(posts)]
    assert fall == pytest.approx([0.2, -0.2, -0.3, 0.6]), "post-to-post"
    assert PrePostDrop().flags(WORKED).sessions == (4,)


def test_the_within_part_is_evaluable_from_session_1() -> None:
    """Section 0 (8)."""
    assert told(PrePostDrop().flags(WORKED))[0] is False
    [flag] = PrePostDrop().flags(made([4.0], [3.0]))
    assert flag.flag is True
    assert flag.why.startswith("possible in-session drop: 1 below the beginning of the session")


def test_words() -> None:
    """Section 0 (15): both kinds have their own words, and no other."""
    flag = PrePostDrop().flags(WORKED)[3]
    assert flag.why.startswith("possible drop between sessions: 0.6 below the end of session 3")
    assert "within the session: 0.3 above" in flag.why
    assert "the library's convention" in flag.why
    both = PrePostDrop().flags(made([4.0, 3.0], [4.0, 2.0]))[1]
    assert "possible in-session drop" in both.why
    assert "possible drop between sessions" in both.why
    for each in (*PrePostDrop().flags(WORKED), both):
        assert "rupture" not in each.why


@pytest.mark.parametrize(
    ("parameters", "threshold"),
    [
        ({}, 0.6),
        (stated(), 0.6136),
        ({"sd": 0.4, "k": 1.5}, 0.6),
        ({"sd": 0.4, "k": 1}, 0.4),
    ],
)
def test_thresholds(parameters: dict[str, Any], threshold: float) -> None:
    """H12: "the library convention RC (section 0 (7)), or k*SD by argument"."""
    flags = PrePostDrop(**parameters).flags(WORKED)
    assert flags[1].threshold == pytest.approx(threshold, abs=5e-5)
    assert flags.sessions == (() if threshold > 0.6 + 1e-9 else (4,))


def test_k_without_sd_is_refused() -> None:
    with pytest.raises(ta.AllianceError, match="pre-post: k goes with sd"):
        PrePostDrop(k=1)
    with pytest.raises(ta.AllianceError, match="pre-post: k is"):
        PrePostDrop(k=-1, sd=1)
    with pytest.raises(ta.AllianceError, match="pre-post: max_gap is"):
        PrePostDrop(max_gap=1.0)  # type: ignore[arg-type]


def test_three_values() -> None:
    """Either drop flags; what is missing is not known, unless the other part is a drop."""
    assert told(PrePostDrop().flags(made([4, None, 4, 3], [4, 4, None, None]))) == [
        False,
        None,
        None,
        True,
    ]
    assert told(PrePostDrop().flags(made([None], [4]))) == [None]
    assert told(PrePostDrop().flags(made([None], [None]))) == [None]
    assert told(PrePostDrop().flags(made([], []))) == []


def test_gaps() -> None:
    """H12: "max_gap applies"; the last observed end counts."""
    found = made([4, 3, 3], [4, 3, 3], sessions=[1, 4, 8])
    assert [each.between_sessions for each in PrePostDrop().changes(found)] == [None, True, None]
    strict = PrePostDrop(max_gap=0).changes(made([4, 4, 3], [4, None, 3]))
    assert [each.between_sessions for each in strict] == [None, False, None]


def test_a_drop_within_session_1_has_an_episode() -> None:
    """Section 0 (8), (12): no end of a session lies before it, so its own beginning counts."""
    post = ta.Series.of([3.0, 3.1, 4.0, 3.0], low=1, high=5)
    flags = PrePostDrop().flags(made([4.0, 3.0, 4.0, 4.0], [3.0, 3.1, 4.0, 3.0]))
    assert flags.sessions == (1, 4)
    first, last = ta.episodes(post, flags)
    assert (first.onset, first.pre_score, first.repair_session) == (1, 4.0, 3)
    assert first.shape == "fall_gradual", "no step down, two up"
    assert (last.onset, last.pre_score, last.repaired) == (4, 4.0, None)
    assert "1 below the 4 before; score recovered at session 3" in str(first)


@given(st.data())
def test_episodes_of_its_flags_are_never_refused(data: st.DataObject) -> None:
    """In the series of the ends of sessions, whatever is missing."""
    course = data.draw(courses)
    pre, post = ([pair[i] for pair in course] for i in (0, 1))
    ends = ta.Series.of(post, low=1, high=5)
    for each in ta.episodes(ends, PrePostDrop().flags(made(pre, post))):
        assert each.depth_std is None
        assert "possible rupture" in str(each)


def test_pairs_have_no_episodes_of_their_own() -> None:
    with pytest.raises(ta.SeriesError, match=r"episodes are of .* ta\.evidence\.joined joins"):
        ta.episodes(WORKED, PrePostDrop().flags(WORKED))


def test_ceiling() -> None:
    assert PrePostDrop().flags(made([5, 4], [5, 4])).low_information
    assert not PrePostDrop().flags(WORKED).low_information
    assert not PrePostDrop().flags(made([None], [None])).low_information


def test_many_sessions() -> None:
    many: Scores = [4.0] * 100_000
    assert PrePostDrop().flags(made(many, many)).evaluable == 100_000


step = st.one_of(st.none(), st.integers(10, 50).map(lambda n: n / 10))
courses = st.lists(st.tuples(step, step), max_size=15)


@given(courses)
def test_oracle(course: list[tuple[float | None, float | None]]) -> None:
    """Both changes told once more; statistic and threshold agree with what is flagged."""
    found = PrePostDrop().changes(made([p for p, _ in course], [q for _, q in course]))
    for i, (pre, post) in enumerate(course):
        ends = [j for j in range(i) if course[j][1] is not None]
        within = None if pre is None or post is None else post - pre
        near = bool(ends) and i - ends[-1] <= 3
        between = None if pre is None or not near else pre - (course[ends[-1]][1] or 0)
        assert found[i].in_session is (None if within is None else within <= -0.6 + 1e-9)
        assert found[i].between_sessions is (None if between is None else between <= -0.6 + 1e-9)
    for flag in PrePostDrop().flags(made([p for p, _ in course], [q for _, q in course])):
        if flag.flag:
            assert flag.statistic is not None
            assert flag.threshold is not None
            assert flag.statistic >= flag.threshold - 1e-9


@given(courses, st.integers(0, 15))
def test_prefix(course: Any, length: int) -> None:
    whole, part = (
        PrePostDrop().flags(made([p for p, _ in each], [q for _, q in each]))
        for each in (course, course[:length])
    )
    assert part.flags == whole.flags[:length]


@given(courses)
def test_the_metric_does_not_matter(course: Any) -> None:
    """Section 0 (1), ties too: the same in percent."""

    def flags(metric: Any, low: float, high: float) -> ta.Flags:
        def scaled(value: float | None) -> float | None:
            return None if value is None else low + (value - 1) / 4 * (high - low)

        pre, post = (
            ta.Series.of([scaled(x[i]) for x in course], low=low, high=high, metric=metric)
            for i in (0, 1)
        )
        return PrePostDrop().flags(E.pre_post(pre, post))

    assert told(flags("mean", 1, 5)) == told(flags("percent", 0, 100)) == told(flags("sum", 12, 60))
