"""Direct reports and observers' codes, with the worked examples that their sources give."""

from typing import Any

from tests.course.dossier import a, course, found, new, on, only, session, values
from therapeutic_alliance.course.indicators.reports import standing


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


def test_an_intensity_needs_no_session() -> None:
    """Of the sessions with an answer that of no session is left out, and told of."""
    rated = new(a.Report, by="c", rupture=True, intensity=a.Rating(5, 1, 5))
    resolved = new(a.Report, by="c", rupture=True, resolution=a.Rating(1, 1, 5))
    of = course(reports=[*reports("c", "yny-n", 3, 2), rated, resolved])
    assert values(of, "reported-intensity") == {("c",): 10 / 3}
    assert values(of, "reported-resolution") == {("c",): 1}
    asked = only(of, "reported-ruptures")
    assert (asked.value, asked.n) == (2 / 4, 4)
    assert asked.why.endswith("; of an unknown session, and left out: 2")
    assert values(course(reports=[rated]), "reported-intensity") == {("c",): 5}


def test_session_codes_of_the_worked_example() -> None:
    """Sessions 1, 2, 3 and 5, in this order."""
    codes = ("both", "second-only", "first-only", "neither")
    assert values(WORKED, "reports-of-both") == {("c", "t", code): 1 / 4 for code in codes}
    assert found(WORKED, "reports-of-both")["c", "t", "both"].n == 4


def test_two_who_never_answered_the_same_session() -> None:
    of = course(reports=[*reports("c", "y-"), *reports("t", "-y")])
    assert set(values(of, "reports-of-both").values()) == {None}


def test_a_dated_report_is_on_the_session_before_and_the_latest_holds() -> None:
    sessions = [session(1, 0), session(2, 7)]
    dated = [
        new(a.Report, by="c", date=on(3), rupture=True),
        new(a.Report, by="c", session=1, rupture=False),
        new(a.Report, by="t", session=1, rupture=False),
    ]
    of = course(sessions=sessions, reports=dated)
    assert values(of, "reported-ruptures") == {("c",): 1, ("t",): 0}
    assert values(of, "reports-of-both")["c", "t", "first-only"] == 1
    assert {report.id for report in standing(of)} == {dated[0].id, dated[2].id}
    unknown = new(a.Report, by="c", date=on(-3), rupture=True), new(a.Report, by="c", rupture=True)
    assert standing(course(sessions=sessions, reports=unknown)) == unknown[::-1]
    assert values(course(sessions=sessions, reports=unknown), "reported-ruptures") == {(): None}


def segments(
    said: str, by: str | None = None, system: str = "3rs", of: str | None = None
) -> list[Any]:
    """One word a segment: W, C, their sum, or ``-``."""
    letters = {"W": "minimal-response", "C": "defend-self", "x": "of-our-own", "N": "nod"}
    return [
        new(
            a.SegmentCodes,
            session=6,
            system=system,
            segment=number,
            by=by,
            of=of,
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


def test_whose_behaviour_is_coded_is_kept_apart() -> None:
    """A segment in which nobody showed anything is one of both; other coders are others."""
    of = course(
        codes=[
            *segments("W W -", "t", of="c"),
            *segments("C", "t", of="m"),
            new(a.SegmentCodes, session=7, system="3rs", segment=1, by="t", codes=[]),
            *segments("W", "m", of="c"),
            *segments("C C", of="c"),
            *segments("-", "c"),
        ]
    )
    assert values(of, "withdrawal-markers") == {
        ("c",): 0,
        ("m", "c"): 1,
        ("not named", "c"): 0,
        ("t", "c"): 2,
        ("t", "m"): 0,
    }
    assert values(of, "segments-with-marker") == {
        ("c",): 0,
        ("m", "c"): 1,
        ("not named", "c"): 1,
        ("t", "c"): 2 / 4,
        ("t", "m"): 1 / 2,
    }


def test_a_segment_is_one_whichever_way_its_session_is_told() -> None:
    told = {"system": "3rs", "segment": 1}
    of = course(
        sessions=[session(1, 0), session(2, 7)],
        codes=[
            new(a.SegmentCodes, session=1, codes=["denial"], **told),
            new(a.SegmentCodes, date=on(3), codes=["defend-self"], **told),
            new(a.SegmentCodes, date=on(7), codes=[], **told),
        ],
    )
    assert only(of, "segments-with-marker").why == "1 of 2 segments with a marker"


def test_signs_are_a_system_of_their_own() -> None:
    of = course(codes=[*segments("N - - N", system="signs"), *segments("N N")])
    assert only(of, "segments-with-sign").value == 2 / 4
    assert only(of, "segments-with-marker").value == 0


def test_the_opposite_of_a_sign_is_none() -> None:
    codes = {"system": "signs", "codes": ["nod"], "session": 1}
    opposite = new(a.SegmentCodes, polarity="-", **codes)
    of = course(codes=[opposite, new(a.SegmentCodes, **codes)])
    assert only(of, "segments-with-sign").value == 1 / 2
