"""The long table of scores: one row a form and score, and the one before of its strand."""

from datetime import date

from attrs import evolve
from hypothesis import given

import therapeutic_alliance as ta
from tests.tables.courses import REGISTRY, STRANDS, course_of, filled, scored, sheet_of
from therapeutic_alliance.exporters.course_tables import rows
from therapeutic_alliance.exporters.scores import score_rows


@given(drawn=scored())
def test_each_score_is_a_row_and_beside_it_the_one_before(
    drawn: tuple[ta.Course, list[ta.ScoreSheet]],
) -> None:
    course, sheets = drawn
    strand = ("session", "measure", "rater", "person", "occasion", "score")
    table = {tuple(row[each] for each in strand): row for row in rows(course, "scores", sheets)}
    assert sorted(key[0] for key in table) == [key[0] for key in table]
    assert len(table) == sum(map(len, sheets))
    for sheet in sheets:
        for row in score_rows(sheet):
            session, *rest = (row[each] for each in strand)
            found = table[session, *rest]
            added = ("system", "therapist", "agency", "date", "days", "percent", "previous_value")
            assert {name: value for name, value in found.items() if name not in added} == {
                name: value for name, value in row.items() if name not in added
            }
            before = table.get((session - 1, *rest))
            assert found["previous_value"] == (before["value"] if before else None)


def test_scores_tell_their_day_and_their_percent() -> None:
    forms = [
        filled(2, answers=dict.fromkeys("12345", 4)),
        filled(4, date=date(2026, 3, 20)),
        filled(5, answers={"1": 3}),
    ]
    course = course_of(administrations=forms)
    sheets = ta.score_course(course, REGISTRY)
    told = ("session", "date", "days", "percent", "previous_value", "status")
    found = [tuple(row[each] for each in told) for row in rows(course, "scores", sheets)]
    assert found[0] == (2, "2026-03-08", 7, 50.0, None, "scored")
    assert found[1][:3] == (4, "2026-03-20", 19)
    assert found[1][4] is None
    [before] = [row["value"] for row in rows(course, "scores", sheets) if row["session"] == 4]
    assert found[2] == (5, None, None, None, before, "not-scorable")


def test_two_editions_of_a_measure_are_not_one_strand() -> None:
    sheet = sheet_of("c1", 1, STRANDS[0])
    form = sheet_of("c1", 2, STRANDS[0]).form
    stated = ta.score(sheet.measure.stated(low=1, high=5), [4] * 5)
    sheets = [sheet, evolve(stated, form=form)]
    assert [row["previous_value"] for row in rows(course_of(), "scores", sheets)] == [None, None]
