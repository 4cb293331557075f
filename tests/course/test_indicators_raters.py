"""Direct reports and observers' codes, with the worked examples that their sources give."""

from typing import Any

import therapeutic_alliance as ta
from tests.course.dossier import a, course, found, new, only, values
from therapeutic_alliance.course.indicators.observers import CONFRONTATION, WITHDRAWAL
from therapeutic_alliance.course.indicators.raters import session_codes


def reports(by: str, said: str, *intensities: int) -> list[Any]:
    """One letter a session: ``y`` and ``n``, ``-`` if not asked; intensities of the ``y``."""
    left = list(intensities)
    return [
        new(
            a.Report,
            by=by,
            session=number,
            rupture=answer == "y",
            intensity=a.Rating(left.pop(0), 1, 5) if answer == "y" and left else None,
        )
        for number, answer in enumerate(said, 1)
        if answer != "-"
    ]


WORKED = course(reports=[*reports("c", "yny-n", 3, 2), *reports("t", "yynnn")])


def test_prevalence_is_of_answered_sessions_and_intensity_of_ruptures() -> None:
    assert values(WORKED, "reported-ruptures") == {("c",): 2 / 4, ("t",): 2 / 5}
    assert values(WORKED, "reported-intensity") == {("c",): 2.5, ("t",): None}
    assert values(WORKED, "reported-resolution") == {("c",): None, ("t",): None}


def test_session_codes_of_the_worked_example() -> None:
    codes = {1: "both", 2: "second-only", 3: "first-only", 5: "neither"}
    assert session_codes(WORKED, "c", "t") == codes
    assert session_codes(WORKED, "c", "m") == {}
    assert values(WORKED, "reports-of-both") == {("c", "t", code): 1 / 4 for code in codes.values()}
    assert found(WORKED, "reports-of-both")["c", "t", "both"].n == 4


def test_two_who_never_answered_the_same_session() -> None:
    of = course(reports=[*reports("c", "y-"), *reports("t", "-y")])
    assert set(values(of, "reports-of-both").values()) == {None}


def segments(said: str, by: str | None = None, system: str = "3rs") -> list[Any]:
    """One word a segment: W, C, their sum, or ``-``."""
    letters = {"W": "minimal-response", "C": "defend-self", "x": "of-our-own", "N": "nod"}
    return [
        new(
            a.SegmentCodes,
            session=6,
            system=system,
            segment=number,
            by=by,
            codes=[letters[letter] for letter in word if letter in letters],
        )
        for number, word in enumerate(said.split(), 1)
    ]


def test_markers_of_the_worked_example() -> None:
    of = course(codes=segments("W W - C W - - W+C - -"))
    assert only(of, "withdrawal-markers").value == 4
    assert only(of, "confrontation-markers").value == 2
    assert only(of, "segments-with-marker").value == 5 / 10
    assert only(of, "segments-with-marker").n == 10


def test_a_code_in_neither_list_is_told_and_not_counted() -> None:
    of = course(codes=segments("W+x x"))
    assert only(of, "withdrawal-markers").value == 1
    assert only(of, "withdrawal-markers").why.endswith("not counted: of-our-own")
    assert only(of, "segments-with-marker").value == 1 / 2


def test_two_coders_are_not_added_up_and_two_records_of_a_segment_are_one() -> None:
    of = course(codes=[*segments("W -", "t"), *segments("W W", "m"), *segments("C -", "m")])
    assert values(of, "withdrawal-markers") == {("m",): 2, ("t",): 1}
    assert values(of, "segments-with-marker") == {("m",): 1, ("t",): 1 / 2}
    assert found(of, "segments-with-marker")["m",].n == 2


def test_signs_are_a_system_of_their_own() -> None:
    of = course(codes=[*segments("N - - N", system="signs"), *segments("N N")])
    assert only(of, "segments-with-sign").value == 2 / 4
    assert only(of, "segments-with-marker").value == 0


def test_the_opposite_of_a_sign_is_none() -> None:
    codes = {"system": "signs", "codes": ["nod"], "session": 1}
    opposite = new(a.SegmentCodes, polarity="-", **codes)
    of = course(codes=[opposite, new(a.SegmentCodes, **codes)])
    assert only(of, "segments-with-sign").value == 1 / 2


def test_the_lists_of_markers_are_the_documented_ones() -> None:
    markers = WITHDRAWAL + CONFRONTATION
    assert len(set(markers)) == len(markers)
    assert set(markers) == ta.vocabulary.MARKERS.keys()
