"""``alliance show``: what it tells, what it keeps to itself, and what it never does."""

import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

import therapeutic_alliance as ta
from tests.cli.commands import Ran, Run, process, runner
from tests.cli.shown import EXAMPLES, FAILED, FAMILY, RECOVERY, SIXES, document, flat, form
from therapeutic_alliance import alliance as records
from therapeutic_alliance.cli.show.page import show_summary
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.course.summary.summary import summarise
from therapeutic_alliance.exporters.course_tables import TABLES
from therapeutic_alliance.testing.course_strategy import whole_courses

Make = Callable[..., Path]
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
CANARY = "Canary-7781"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("whole", [[], ["--all"], ["--text"]], ids="".join)
def test_the_examples_have_all_sections_in_order(
    alliance: Run, example: Path, whole: list[str]
) -> None:
    ran = alliance("show", example, *whole)
    assert (ran.code, ran.err) == (0, "")
    sections = (
        "Alliance scores", "Session by session", "Open points", "Goals and tasks", "Bond",
        "Indicators", "Besides",
    )  # fmt: skip
    assert [line for line in ran.out.splitlines() if line in sections] == list(sections)
    assert ran.out.startswith("Case sim-")
    assert flat(ran.out).endswith(
        " No flag is no sign of a good alliance. Flags are never used to rate therapists. "
    )


def test_a_drop_and_its_recovery_are_told(alliance: Run) -> None:
    told = flat(alliance("show", RECOVERY).out)
    assert "A client: possible rupture: from session 7" in told
    assert "score recovered at session 9 (possible repair)" in told
    assert "1 correction and 1 retraction applied" in told
    assert "letters (activity, session 6, proposed by t): for no goal" in told
    assert "misunderstanding by c, t (thought, hurt, resentment, helpful) addressed in 8" in told
    assert "transference by c toward t (inferred)" in told


def test_flags_of_post_session_scores_are_labelled(alliance: Run, make: Make) -> None:
    """H12: what lies between the ends of two sessions."""
    forms = [form(session, occasion="post") for session in (1, 2, 3)]
    told = flat(alliance("show", make(document(administrations=forms), "c.json")).out)
    assert "a flag is a possible rupture between the ends of two sessions" in told
    plain = [form(session) for session in (1, 2, 3)]
    told = flat(alliance("show", make(document(administrations=plain), "c.json")).out)
    assert "between the ends of two sessions" not in told


def test_a_split_between_members_is_told_without_merging(alliance: Run) -> None:
    told = flat(alliance("show", FAMILY).out)
    assert "Within client, wai sr: 7 sessions rated by two or more of adolescent" in told
    assert "Across roles, wai: 8 sessions rated by two or more of client wai sr, therapist" in told
    assert (
        "client 23 to 79, therapist 62 to 65; furthest, therapist t2 65, client adolescent 23"
        in told
    )
    assert "widest, session 3: mother 79, adolescent 23 (56 apart)" in told


def test_who_was_not_there_and_who_did_not_answer_is_told(alliance: Run) -> None:
    told = flat(alliance("show", FAMILY).out)
    assert "Most often there: adolescent, father, mother, t1, t2." in told
    assert "2026 03 05 .▅▇▆▆ without adolescent" in told
    assert "with grandmother; confrontation by adolescent" in told
    assert "chairs (intervention, session 3, proposed by t2)" in told
    assert "for evenings; not reviewed; no answer of anyone." in told


def test_a_first_session_that_failed_says_what_is_missing(alliance: Run) -> None:
    told = flat(alliance("show", FAILED).out)
    assert "premature, by c" in told
    assert "No task is recorded." in told
    assert "too few sessions for drop from best" in told
    assert "not recorded as addressed" in told
    assert "No possible rupture" not in told  # nothing could be looked at


def test_an_empty_course_says_so_everywhere(alliance: Run, make: Make) -> None:
    ran = alliance("show", make('{"schema": 1, "case": "c1"}', "c.json"))
    told = flat(ran.out)
    assert ran.code == 0
    for missing in (
        "system not said", "no participant is listed", "Sessions: none listed", "End: none",
        "No form is recorded", "No goal is recorded", "No task is recorded",
        "No facet of the bond was rated", "No session, and nothing", "None by what was recorded",
    ):  # fmt: skip
        assert missing in told


def test_what_cannot_be_scored_is_told_and_the_rest_shown(alliance: Run, make: Make) -> None:
    forms = [
        form(1),
        form(2, answers={**SIXES, "4": 77}),
        form(3, id="x1", measure="no-such"),
        form(4, id="x2", measure="sai"),
        form(5, id="x3", measure="ors", answers=dict.fromkeys("1234", 5)),
        form(6, answers={"1": 6}),
        form(7, answers={**SIXES, "9": 3}),
    ]
    ran = alliance("show", make(document(administrations=forms), "c.json"))
    told = flat(ran.out)
    assert ran.code == 0
    assert "Not followed: 1 form of no such: no such measure" in told
    assert "Not followed: 1 form of ors: ors measures outcome, not the alliance" in told
    assert "Not followed: 1 form of sai:" in told
    assert "Refused: $.administrations[1], session 2, arm 5, client, item 4: above" in told
    assert "Refused: $.administrations[6], session 7, arm 5, client, answer 6: not an item" in told
    assert "77" not in told
    assert "A: 1 form without this score, as answers are missing." in told
    assert "client, arm 5 " in told
    assert " 1 of 6 5.2 1 1 to 7 mean " in told


def test_the_score_metric_and_detectors_are_those_asked_for(alliance: Run) -> None:
    ran = alliance(
        "show", RECOVERY, "--score", "bond", "--metric", "percent", "--detector", "rci-drop",
        "--detector", "drop-from-best",
    )  # fmt: skip
    assert "0 to 100 percent" in ran.out
    assert "rci-drop" in ran.out
    assert "drop-from-best" in ran.out
    data = alliance("show", RECOVERY, "--score", "bond", "--json").json
    assert {each["score"] for each in data["scores"]["courses"]} == {"bond"}


def test_a_score_that_no_measure_has_is_told(alliance: Run) -> None:
    ran = alliance("show", RECOVERY, "--score", "no-such")
    assert ran.code == 0
    assert "No form makes a course of scores" in ran.out
    assert "wai-sr has no score of that id" in flat(ran.out).replace("wai sr", "wai-sr")


def test_an_unknown_detector_is_wrong_usage(alliance: Run) -> None:
    ran = alliance("show", RECOVERY, "--detector", "no-such")
    assert (ran.code, ran.out) == (2, "")


def test_only_the_last_sessions_are_shown_unless_all_are(alliance: Run, make: Make) -> None:
    sessions = [{"id": f"s{n}", "number": n} for n in range(1, 51)]
    events = [{"id": f"e{n}", "session": n, "kind": f"own-{n}"} for n in range(1, 51)]
    forms = [form(n) for n in range(1, 51)]
    file = make(document(sessions=sessions, events=events, administrations=forms), "c.json")
    short, whole = alliance("show", file).out, alliance("show", file, "--all").out
    assert "The first 30 of 50 lines are left out; --all has them." in short
    line = re.compile(r"^ (\d+) +\S +own-\d+ *$", re.MULTILINE)
    assert [int(each) for each in line.findall(short)] == list(range(31, 51))
    assert [int(each) for each in line.findall(whole)] == list(range(1, 51))
    assert "left out" not in whole
    heights = [
        re.findall(r"^ A +client\S* \S+ +(\S+) ", each, re.MULTILINE) for each in (short, whole)
    ]
    assert heights == [["…" + "▆" * 20], ["▆" * 50]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(
    example: Path, width: int, encoding: str
) -> None:
    course = ta.read_course(example)
    scores = Scores.of(course.current(), ta.Registry())
    scores.follow("total", None, [ta.Registry().detector("drop-from-best")])
    summary = summarise(course, scores.series, scores.found)
    held = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace")
    console = Console(file=held, width=width, highlight=False, markup=False, emoji=False)
    show_summary(console, summary, scores, whole=True)
    held.seek(0)
    out = held.read()
    assert max(map(len, out.splitlines())) <= width
    solid = re.sub(r"[^A-Za-z0-9]", "", out)
    words = [word for text in _texts(course.current()) for word in text.split() if word.isascii()]
    assert words
    assert all(re.sub(r"[^A-Za-z0-9]", "", word) in solid for word in words)


def test_free_text_is_shown_only_if_asked_for(alliance: Run) -> None:
    for example in EXAMPLES:
        texts = _texts(ta.read_course(example).current())
        assert texts
        silent = [alliance("show", example, *more).out for more in ([], ["--json"])]
        assert not any(flat(text) in flat(out) for text in texts for out in silent)
        spoken = json.dumps(alliance("show", example, "--json", "--text").json, ensure_ascii=False)
        assert all(json.dumps(text, ensure_ascii=False)[1:-1] in spoken for text in texts)


def _texts(course: ta.Course) -> list[str]:
    """The free text that a summary may show."""
    found = [
        *(each.text for each in course.goals),
        *(each.text for each in course.tasks),
        *(each.text for each in course.understandings),
        *(each.note for each in course.events),
        *(each.note for each in course.check_ins),
        *(each.reason for each in course.terminations),
    ]
    return [text for text in found if text]


def test_own_words_are_told(alliance: Run, make: Make) -> None:
    file = make(document(events=[{"id": "e1", "kind": "moved-house"}]), "c.json")
    assert "Own words, in no documented vocabulary: moved-house (events kind)." in (
        alliance("show", file).out
    )
    [term] = alliance("show", file, "--json").json["own_terms"]
    assert term == {"section": "events", "field": "kind", "word": "moved-house"}


def test_the_json_has_the_keys_of_the_page(alliance: Run) -> None:
    data = alliance("show", FAMILY, "--json").json
    page = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
    section = page.read_text(encoding="utf-8").partition("## alliance show")[2]
    keys = section.partition("\n| key | |")[2].partition("\n\n")[0]
    assert set(data) == set(re.findall(r"^\| `(\w+)` \|", keys, re.MULTILINE))
    assert data["head"]["case"] == "sim-family"
    assert {each["among"] for each in data["disagreements"]} == {"members", "raters"}
    for each in data["disagreements"]:
        if each["among"] == "raters":
            assert each["latest"]["high"]["rater"] != each["latest"]["low"]["rater"]
    assert [(each["measure"], each["measure_status"]) for each in data["scores"]["measures"]] == [
        ("wai-sr", "verified"), ("wai-srt", "flagged"),
    ]  # fmt: skip
    courses = data["scores"]["courses"]
    marks = [mark for moment in data["timeline"] for mark in moment["marks"]]
    scored = [point for each in courses for point in each["points"] if point["value"] is not None]
    assert len(marks) == len(scored)


@pytest.mark.parametrize("name", TABLES)
def test_a_section_is_a_table(alliance: Run, tmp_path: Path, name: str) -> None:
    ran = alliance("show", RECOVERY, "--table", name)
    assert (ran.code, ran.err) == (0, "")
    rows = alliance("show", RECOVERY, "--table", name, "--json").json
    assert all(list(row) == ran.out.splitlines()[0].split(",") for row in rows)
    out = tmp_path / "t.csv"
    told = alliance("show", RECOVERY, "--table", name, "-o", out, "--json").json
    assert told == {"table": name, "rows": len(rows)}
    assert out.read_text(encoding="utf-8") == ran.out


def test_a_table_of_one_row_is_told_in_the_singular(
    alliance: Run, make: Make, tmp_path: Path
) -> None:
    file = make(document(goals=[{"id": "g1"}]), "c.json")
    ran = alliance("show", file, "--table", "goals", "-o", tmp_path / "t.csv")
    assert "goals: 1 row\n" in ran.err


def test_a_table_tells_of_forms_without_scores(alliance: Run, make: Make) -> None:
    forms = [form(1), form(2, answers={**SIXES, "4": 77}), form(3, id="x", measure="no-such")]
    ran = alliance(
        "show", make(document(administrations=forms), "c.json"), "--table", "sessions-wide"
    )
    assert ran.code == 0
    assert "not followed: 1 form of no-such" in ran.err
    assert "refused: $.administrations[1], session 2" in ran.err
    assert "77" not in ran.out + ran.err


def test_wrong_usage_is_told_before_anything_is_written(alliance: Run, make: Make) -> None:
    file = make(document(), "c.json")
    before = file.read_bytes()
    assert alliance("show", file, "-o", file.with_name("t.csv")).code == 2
    assert alliance("show", file, "--table", "goals", "-o", file).code == 2
    assert alliance("show", file, "--table", "goals", "-o", file.with_name("t.txt")).code == 2
    assert alliance("show", file, "--table", "no-such").code == 2
    assert alliance("show", file.with_name("none.json")).code == 2
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_every_fault_of_a_document_is_told_with_its_path(alliance: Run, make: Make) -> None:
    file = make(
        document(
            goals=[{"id": "g1", "session": 0, "text": CANARY}, {"id": CANARY, "by": CANARY}],
            bonds=[{"id": "b1", "of": "nobody", "facet": "Trust " + CANARY}],
            administrations=[form(1, answers={CANARY: CANARY})],
        ),
        "c.json",
    )
    ran = alliance("show", file)
    assert (ran.code, ran.out) == (1, "")
    for path in (
        "goals[0].session",
        "goals[1]",
        "bonds[0].of",
        "bonds[0].facet",
        "bonds[0].rating",
    ):
        assert f"c.json, $.{path}" in ran.err
    assert "$.administrations[0].answers" in ran.err
    assert CANARY not in ran.err


def test_a_terminal_is_not_steered_by_text(alliance: Run, make: Make) -> None:
    goals = [{"id": "g1", "text": "one\u2028two\u202ethree\ttab"}]
    ran = alliance("show", make(document(goals=goals), "c.json"), "--text")
    assert '"one two\N{REPLACEMENT CHARACTER}three tab"' in ran.out


@SHARED
@given(course=whole_courses())
def test_any_course_is_shown(capsys: pytest.CaptureFixture[str], course: ta.Course) -> None:
    text = ta.dumps(course)
    for more in ([], ["--json"], ["--all", "--text"]):
        ran = _shown(capsys, text.encode(), more)
        assert ran.code == 0, ran.err


@SHARED
@given(data=st.data())
def test_no_damage_ends_in_a_traceback(
    capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    document = json.loads(data.draw(st.sampled_from(EXAMPLES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        _damage(document, data)
    ran = _shown(capsys, json.dumps(document).encode(), [])
    assert ran.code in (0, 1)
    assert "a fault of this program" not in ran.err
    assert "Traceback" not in ran.err
    assert CANARY not in ran.err


@SHARED
@given(cut=st.integers(0, 2000), junk=st.binary(max_size=20))
def test_no_broken_text_ends_in_a_traceback(
    capsys: pytest.CaptureFixture[str], cut: int, junk: bytes
) -> None:
    ran = _shown(capsys, FAILED.read_bytes()[:cut] + junk, [])
    assert ran.code in (0, 1)
    assert "a fault of this program" not in ran.err


def _damage(document: dict[str, Any], data: st.DataObject) -> None:
    """Put something else in the place of one value, somewhere."""
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(
        st.sampled_from([None, -1, 1e300, CANARY, "", [], {}, [CANARY], {CANARY: CANARY}, True])
    )


def _shown(capsys: pytest.CaptureFixture[str], content: bytes, more: list[str]) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.json"
        path.write_bytes(content)
        return runner(capsys)("show", path, *more)


def test_it_prints_where_only_ascii_can_be_printed() -> None:
    ran = process("show", str(FAMILY), "--all", PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert ran.out.isascii()


@pytest.mark.slow
def test_ten_thousand_sessions_print_a_page(alliance: Run, make: Make) -> None:
    numbers = range(1, 10_001)
    course = ta.Course(
        case="c1",
        participants=(records.Participant(id="c", role="client"),),
        sessions=tuple(records.Session(id=f"s{n}", number=n) for n in numbers),
        administrations=tuple(
            records.FilledForm(
                id=f"f{n}", measure="arm-5", session=n, rater="client",
                answers=dict.fromkeys("12345", 3 + n % 5),
            )
            for n in numbers
        ),
        events=tuple(records.Event(id=f"e{n}", session=n, kind="problem") for n in numbers),
    )  # fmt: skip
    ran = alliance("show", make(ta.dumps(course), "c.json"))
    assert ran.code == 0
    assert len(ran.out.splitlines()) < 200
