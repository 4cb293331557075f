"""The simulated courses: written by their program, and with the findings that the story tells."""

import subprocess
import sys
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.model.course import SECTIONS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples" / "courses").glob("*.json"))
RECOVERY, FAILED, FAMILY = FILES
each_file = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


@each_file
def test_a_course_is_read_and_written_byte_for_byte(file: Path) -> None:
    """As ``dumps`` writes it, which ends without a line break."""
    text = ta.dumps(ta.read_course(file), indent=2)
    assert text.encode() == file.read_bytes()


def test_their_program_writes_them(tmp_path: Path) -> None:
    program = ROOT / "examples" / "make_courses.py"
    subprocess.run([sys.executable, str(program), str(tmp_path)], check=True, capture_output=True)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in FILES}


@each_file
def test_a_course_says_at_its_head_that_it_is_simulated(file: Path) -> None:
    course = ta.read_course(file)
    assert course.extensions["simulated"] is True
    assert course.case.startswith("sim-")


@each_file
def test_every_form_is_answered_whole_and_scored(file: Path) -> None:
    sheets = ta.score_course(ta.read_course(file))
    assert all(sheet["total"].status == "scored" for sheet in sheets)


@each_file
def test_a_course_can_be_told_without_its_free_text(file: Path) -> None:
    course = ta.read_course(file)
    silent = course.without_free_text()
    assert sum(1 for _ in silent.entries()) == sum(1 for _ in course.entries())
    assert ta.loads("course", ta.dumps(silent)) == silent
    assert not silent.extensions


@pytest.fixture(scope="module")
def recovery() -> ta.Course:
    return ta.read_course(RECOVERY)


@pytest.fixture(scope="module")
def failed() -> ta.Course:
    return ta.read_course(FAILED)


@pytest.fixture(scope="module")
def family() -> ta.Course:
    return ta.read_course(FAMILY)


def test_together_they_have_records_of_every_kind(
    recovery: ta.Course, failed: ta.Course, family: ta.Course
) -> None:
    used = {entry.section for course in (recovery, failed, family) for entry in course.entries()}
    assert used == set(SECTIONS)


def test_the_drop_is_flagged_and_the_score_recovers_above_its_old_level(
    recovery: ta.Course,
) -> None:
    series = ta.series(recovery, "total", rater="client", metric="mean")
    scores = {point.session: point.value for point in series}
    assert set(scores) == {*range(1, 11), *range(12, 15)}
    [episode] = ta.episodes(series, ta.Registry().detector("drop-from-best").flags(series))
    assert (episode.onset, episode.repair_session, episode.repaired) == (7, 9, True)
    assert min(scores[n] or 0 for n in (10, 12, 13, 14)) > episode.pre_score
    early = [scores[n] or 0 for n in range(1, 6)]
    assert early == sorted(early)
    assert early[0] < 3 < early[-1]


def test_the_therapists_forms_alone_show_no_drop(recovery: ta.Course) -> None:
    series = ta.series(recovery, "total", rater="therapist", metric="mean")
    assert not ta.Registry().detector("drop-from-best").flags(series).sessions


def test_the_misunderstanding_comes_before_the_drop_and_is_taken_up_after_it(
    recovery: ta.Course,
) -> None:
    [event] = [each for each in recovery.events if each.kind == "misunderstanding"]
    assert (event.session, event.addressed) == (6, 8)
    reported: dict[str, list[int | None]] = {"c": [], "t": []}
    for report in recovery.reports:
        if report.rupture:
            reported[report.by].append(report.session)
    assert reported == {"c": [6, 7, 8], "t": [8]}
    [talk] = [each for each in recovery.check_ins if each.session == 8]
    assert (talk.begun_by, talk.explicit) == ("c", True)


def test_a_correction_changes_a_score_and_a_retraction_takes_an_event_away(
    recovery: ta.Course,
) -> None:
    [correction] = [each for each in recovery.administrations if each.amends]
    [typed] = [each for each in recovery.administrations if each.id == correction.amends]
    measure = ta.Registry().measure(typed.measure)
    was, holds = (
        ta.score(measure, form.administration("sim"))["total"].value for form in (typed, correction)
    )
    held = ta.series(recovery, rater="client", metric="sum")[2].value
    assert was != holds == held
    assert len(recovery.current().events) == len(recovery.events) - 1


def test_one_session_is_not_enough_for_any_rule(failed: ta.Course) -> None:
    assert len(failed.sessions) == 1
    registry = ta.Registry()
    series = ta.series(failed, rater="client", metric="mean")
    of_scores = [each for each in registry.detectors.values() if observes(each) == "scores"]
    for detector in of_scores:
        if detector.id == "srs-rules":
            continue  # totals from 0 to 40 only
        flags = detector.flags(series)
        assert flags.evaluable == 0
        assert ta.episodes(series, flags) == ()
    assert len(registry.phase_model("two-phase").phases(series)) == 1
    [end] = failed.terminations
    assert end.kind == "premature"


def test_the_alliance_of_the_family_is_split_and_no_drop_is_flagged(family: ta.Course) -> None:
    rule = ta.Registry().detector("drop-from-best")
    totals = {}
    for person in ("mother", "father", "adolescent"):
        series = ta.series(family, rater="client", person=person, metric="mean")
        assert not rule.flags(series).sessions
        totals[person] = {point.session: point.value or 0 for point in series}
    assert min(totals["mother"].values()) > max(totals["adolescent"].values())
    both = totals["mother"].keys() & totals["adolescent"].keys()
    ranges = {n: totals["mother"][n] - totals["adolescent"][n] for n in both}
    assert max(ranges, key=ranges.__getitem__) == 3
    assert ranges[8] < ranges[3]


def test_who_filled_in_a_form_was_there(family: ta.Course) -> None:
    attended = {session.number: session.attended for session in family.sessions}
    assert all(form.person in attended[form.session] for form in family.administrations)
    assert sum("adolescent" not in there for there in attended.values()) == 1
