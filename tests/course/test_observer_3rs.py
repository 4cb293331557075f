"""H9 of ruptures.md: what observers coded, session by session."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.dossier import a, course, new, only
from tests.course.illustrations import told
from tests.course.test_indicators_reports import segments
from therapeutic_alliance.course.detectors.observer_3rs import Observer3RS
from therapeutic_alliance.course.session_codes import SessionCodes

E = ta.evidence


def summary(*records: Any, **parameters: Any) -> SessionCodes:
    [found] = Observer3RS(**parameters).summary(E.codes(course(codes=list(records))))
    return found


def flag(*records: Any, **parameters: Any) -> ta.Flag:
    [found] = Observer3RS(**parameters).flags(E.codes(course(codes=list(records))))
    return found


def rated(code: str, value: float, by: str | None = None, high: float = 5) -> Any:
    """A rating of session 6 as a whole."""
    return new(
        a.SegmentCodes,
        session=6,
        system="3rs",
        codes=[code],
        by=by,
        rating=a.Rating(value, 1, high),
    )


def weighed(weight: float | None, segment: int = 1) -> Any:
    return new(
        a.SegmentCodes, session=6, system="3rs", segment=segment, codes=["denial"],
        rating=None if weight is None else a.Rating(weight, 1, 3),
    )  # fmt: skip


def test_the_example() -> None:
    """H9: "W,W,-,C,W,-,-,W+C,-,- => n_W 4, n_C 2, prop 5/10=.50, dominant withdrawal"."""
    found = summary(*segments("W W - C W - - W+C - -"))
    assert (found.n_withdrawal, found.n_confrontation) == (4, 2)
    assert (found.proportion, found.segments, found.dominant) == (0.5, 10, "withdrawal")
    assert found.rupture is True
    assert told(Observer3RS().flags(E.codes(course(codes=segments("W W - C"))))) == [True]


def test_the_indicators_agree() -> None:
    """The same arithmetic, of one course."""
    of = course(codes=segments("W W - C W - - W+C - -"))
    found = summary(*of.codes)
    assert only(of, "withdrawal-markers").value == found.n_withdrawal
    assert only(of, "segments-with-marker").value == found.proportion


def test_tie_is_mixed() -> None:
    """H9: "Dominant type = larger count, tie = "mixed""."""
    assert summary(*segments("W C")).dominant == "mixed"
    assert summary(*segments("C C W")).dominant == "confrontation"
    assert summary(*segments("- -")).dominant is None


def test_segments_without_a_marker_are_false_and_none_is_not_evaluable() -> None:
    assert flag(*segments("- - -")).flag is False
    assert flag(rated("resolution", 3)).flag is None
    assert flag(rated("resolution", 3)).why == "no segment was coded"


def test_a_code_in_no_list_is_not_evaluable() -> None:
    """H9: the lists of 2015, 2019 and 2022 differ slightly; section 0 (4): then it is None."""
    found = flag(*segments("- x -"))
    assert (found.flag, found.statistic, found.threshold) == (None, None, None)
    assert found.why == (
        "in no list of markers, which differ between editions: of-our-own; no other marker was "
        "seen that counts"
    )
    assert summary(*segments("- x -")).others == ("of-our-own",)


def test_a_known_marker_is_one_beside_unknown_codes() -> None:
    assert flag(*segments("x W")).flag is True
    assert flag(*segments("W+x -", "t"), *segments("x -", "m")).flag is True


@pytest.mark.parametrize(("weight", "expected"), [(1, False), (3, None), (None, None)])
def test_an_unknown_code_of_too_little_weight_is_none(
    weight: float | None, expected: bool | None
) -> None:
    """Whatever it is, it would not count."""
    record = evolve(weighed(weight), codes=["of-our-own"])
    assert flag(record, weight="check").flag is expected


def test_session_1_is_evaluable() -> None:
    """Section 0 (8)."""
    one = new(a.SegmentCodes, session=1, system="3rs", segment=1, codes=["denial"])
    assert flag(one).flag is True


def test_two_coders_are_averaged() -> None:
    """H9: "Two coders: average ordinal globals"; counts and shares alike."""
    found = summary(
        *segments("W W - -", "t"), *segments("W - - C", "m"),
        rated("resolution", 3, "t"), rated("resolution", 4, "m"),
    )  # fmt: skip
    assert found.coders == 2
    assert (found.n_withdrawal, found.n_confrontation) == (1.5, 0.5)
    assert (found.segments, found.proportion) == (4, 0.5)
    assert dict(found.ratings) == {"resolution": 3.5}
    assert found.most == 2


def test_ratings_of_the_session_are_no_segments() -> None:
    """Neither for the detector nor for the indicators."""
    records = [*segments("W -"), rated("withdrawal-impact", 2), rated("therapist-contribution", 1)]
    found = summary(*records)
    assert found.segments == 2
    assert dict(found.ratings) == {"withdrawal-impact": 2, "therapist-contribution": 1}
    assert only(course(codes=records), "segments-with-marker").n == 2


def test_a_rating_on_two_scales_is_left_out() -> None:
    found = summary(rated("resolution", 3), rated("resolution", 3, high=7))
    assert found.ratings == ()


@pytest.mark.parametrize(
    ("least", "weight", "expected"),
    [
        (None, None, True),
        ("check-minus", 1, True),
        ("check", 1, False),
        ("check", 2, True),
        ("check-plus", 2, False),
        ("check", None, None),
    ],
)
def test_weights(least: str | None, weight: float | None, expected: bool | None) -> None:
    """H9: "at least one marker at the required weight"; default: any weight."""
    assert flag(weighed(weight), weight=least).flag is expected


def test_one_heavy_marker_is_enough_where_another_has_no_weight() -> None:
    assert flag(weighed(None), weighed(3, 2), weight="check").flag is True


def test_an_unknown_weight_is_refused() -> None:
    with pytest.raises(ta.AllianceError, match="observer-3rs: weight is one of check-minus"):
        Observer3RS(weight="heavy")


def test_markers_are_data() -> None:
    """H9: lists differ between editions."""
    ours = evolve(E.THREE_RS, families=(("withdrawal", ("of-our-own",)), ("other", ("denial",))))
    found = summary(*segments("W+x x"), system=ours)
    assert found.counts == (("withdrawal", 2.0), ("other", 0.0))
    assert (found.n_withdrawal, found.n_confrontation) == (2, 0)
    with pytest.raises(ta.AllianceError, match="two families"):
        evolve(E.THREE_RS, families=(("a", ("denial",)), ("b", ("denial",))))
    assert {code for _, codes in E.THREE_RS.families for code in codes} == set(
        ta.vocabulary.MARKERS
    )


def test_what_shows_the_opposite_is_no_marker() -> None:
    opposite = new(
        a.SegmentCodes, session=6, system="3rs", segment=1, codes=["denial"], polarity="-"
    )
    assert flag(opposite).flag is False


def test_words() -> None:
    found = flag(*segments("W W - C W - - W+C - -"))
    assert found.why == (
        "withdrawal 4; confrontation 2; 50% of segments with a marker, mostly withdrawal: "
        "possible rupture"
    )
    assert (found.statistic, found.threshold) == (6, 1)
    assert "mixed" not in flag(*segments("W C")).why
    assert "weak general knowledge" in Observer3RS().citation


coded = st.lists(st.sampled_from(["W", "C", "-", "W+C", "W+x", "x"]), min_size=1, max_size=12)


@given(coded)
def test_oracle(words: list[str]) -> None:
    """Letters counted; one record a segment."""
    found = summary(*segments(" ".join(words)))
    withdrawal, confrontation = (sum(w.count(letter) for w in words) for letter in "WC")
    assert (found.n_withdrawal, found.n_confrontation) == (withdrawal, confrontation)
    assert found.proportion == sum("W" in w or "C" in w for w in words) / len(words)
    unknown = any("x" in w for w in words)
    assert found.rupture is (True if withdrawal + confrontation else None if unknown else False)


@given(coded, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(words: list[str], draw: Any) -> None:
    records = [*segments(" ".join(words), "t"), *segments("W - C", "m")]
    mixed = records.copy()
    draw.shuffle(mixed)
    assert summary(*mixed) == summary(*records)
