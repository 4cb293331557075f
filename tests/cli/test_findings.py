"""``alliance demo`` and ``alliance detect``."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from rich.console import Console

import therapeutic_alliance as ta
from tests.cli.commands import Run
from therapeutic_alliance.cli.findings import findings, rules, show_findings
from therapeutic_alliance.cli.output import results
from therapeutic_alliance.cli.standing import standing
from therapeutic_alliance.importers.simulated import example_path

Make = Callable[..., Path]
FINDING = {
    "case", "measure", "rater", "person", "occasion", "score", "metric", "detector",
    "measure_version", "measure_status", "measure_status_reason", "measure_provider",
    "definition_sha256", "detector_provider", "detector_citation", "detector_parameters",
    "detector_confidence", "library_version", "mode",
    "sign", "evaluable", "low_information", "conventions", "flags", "episodes",
}  # fmt: skip
EPISODE = {
    "onset", "nadir", "end", "pre_score", "nadir_score", "depth", "depth_std", "length",
    "repaired", "repair_session", "latency", "gain", "shape", "words",
}  # fmt: skip
FLAG = {"session", "flag", "statistic", "threshold", "why", "concerns"}


def _of(found: list[dict[str, Any]], case: str, rater: str = "client") -> dict[str, Any]:
    [finding] = [each for each in found if (each["case"], each["rater"]) == (case, rater)]
    return finding


def test_demo_as_data(alliance: Run) -> None:
    ran = alliance("demo", "--json")
    assert (ran.code, ran.err) == (0, "")
    shown = ran.json
    assert set(shown) == {"simulated", "scores", "findings"}
    assert shown["simulated"] is True
    assert len({row["case"] for row in shown["scores"]}) == 6
    assert all(set(each) == FINDING for each in shown["findings"])
    episodes = [each for finding in shown["findings"] for each in finding["episodes"]]
    assert all(set(each) == EPISODE for each in episodes)
    assert {each["repaired"] for each in episodes} >= {True, False}
    flags = [flag for finding in shown["findings"] for flag in finding["flags"]]
    assert all(set(flag) == FLAG for flag in flags)
    assert {flag["flag"] for flag in flags} == {True, False, None}


def test_demo_for_a_person(alliance: Run) -> None:
    ran = alliance("demo")
    assert (ran.code, ran.err) == (0, "")
    for said in (
        "Nobody ever gave these answers",
        "possible rupture",
        "No flag is no sign of a good alliance.",
        "How the total of sim-02 at session 6 came about:",
        "What to type next:",
    ):
        assert said in ran.out
    [recovered] = [line for line in ran.out.splitlines() if line.startswith("sim-02 wai-sr ")]
    [lasting] = [line for line in ran.out.splitlines() if line.startswith("sim-03 wai-sr ")]
    assert "session 6" in recovered
    assert recovered.partition(":")[2] != lasting.partition(":")[2]


def test_demo_says_the_same_each_time(alliance: Run) -> None:
    assert alliance("demo", "--json") == alliance("demo", "--json")


def test_what_demo_suggests_can_be_typed(alliance: Run, tmp_path: Path) -> None:
    lines = alliance("demo").out.partition("What to type next:")[2].splitlines()
    typed = [line.split()[1:] for line in lines if line.startswith("  ") and line[2] != " "]
    assert len(typed) == 5
    for arguments in typed:
        known = {"YOUR.csv": str(example_path("caseload")), "scores.csv": str(tmp_path / "s.csv")}
        assert alliance(*(known.get(each, each) for each in arguments)).code == 0


def test_detect_is_what_the_library_finds(alliance: Run) -> None:
    found = alliance("detect", example_path("caseload"), "--json").json
    registry = ta.Registry()
    forms = ta.example("caseload")
    sheets = [ta.score(registry.measure(form.measure), form) for form in forms]
    detector = registry.detector("drop-from-best")
    courses = ta.caseload(sheets)
    assert [each["case"] for each in found] == [series.case for series in courses]
    for each, series in zip(found, courses, strict=True):
        flags = detector.flags(series)
        assert [flag["flag"] for flag in each["flags"]] == [flag.flag for flag in flags]
        onsets = [episode.onset for episode in ta.episodes(series, flags)]
        assert [episode["onset"] for episode in each["episodes"]] == onsets
    assert _of(found, "sim-02")["episodes"][0]["repaired"] is True
    assert _of(found, "sim-03")["episodes"][0]["repaired"] is False
    assert _of(found, "sim-01")["episodes"] == []


def test_detect_with_several_detectors_and_a_metric(alliance: Run) -> None:
    said = ("--metric", "mean", "--detector", "rci-drop", "--detector", "drop-from-best")
    found = alliance("detect", example_path("caseload"), "--json", *said).json
    assert {each["detector"] for each in found} == {"rci-drop", "drop-from-best"}
    assert {each["metric"] for each in found} == {"mean"}


def test_detect_for_a_person(alliance: Run) -> None:
    ran = alliance("detect", example_path("caseload"), "--score", "bond")
    assert ran.code == 0
    assert "drop-from-best" in ran.out
    assert ran.err.startswith("wai-srt is flagged: ")
    assert ran.err.count("\n") == 1


def test_detect_says_that_sessions_are_numbered_by_date(alliance: Run, make: Make) -> None:
    days = [f"c1,2026-03-{day:02},client,6,7,1,6,5\n" for day in range(1, 9)]
    table = make("case,date,rater,1,2,3,4,5\n" + "".join(days))
    ran = alliance("detect", table, "--measure", "arm-5")
    assert ran.code == 0
    assert "No possible rupture by these rules." in ran.out
    assert "sessions are numbered by date" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--detector", "drop-from-bet"), 2, "did you mean 'drop-from-best'?"),
        (("--score", "nothing"), 2, "no score of that id"),
        (("--metric", "median"), 2, "Invalid value for '--metric'"),
        (("--measure", "arm-5"), 1, "measure: the row is of another measure than arm-5"),
    ],
)
def test_detect_that_cannot(
    alliance: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = alliance("detect", example_path("caseload"), *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_detect_stops_at_a_bad_row(alliance: Run, make: Make) -> None:
    table = make("case,session,rater,1,2,3,4,5\nc1,1,client,6,7,1,6,98321\n")
    ran = alliance("detect", table, "--measure", "arm-5", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "alliance: t.csv, row 2, item 5: above the highest answer, 7\n"


def test_a_course_at_the_ceiling_is_noted(alliance: Run, make: Make) -> None:
    rows = "".join(f"c1,{n},client,7,7,1,7,7\n" for n in range(1, 9))
    table = make("case,session,rater,1,2,3,4,5\n" + rows)
    assert (
        "at the ceiling: little information" in alliance("detect", table, "--measure", "arm-5").out
    )


ARM_5 = "case,session,rater,1,2,3,4,5\n"


def _rows(case: str, answers: dict[int, int], rater: str = "client") -> str:
    """Forms whose five answers are all worth the same."""
    return "".join(
        f"{case},{session},{rater},{each},{each},{8 - each},{each},{each}\n"
        for session, each in answers.items()
    )


def _courses(out: str) -> dict[str, str]:
    """Case -> its row of the table, without what frames it."""
    rows = [line for line in out.splitlines() if "arm-5" in line and "possible" not in line]
    return {row.split()[0]: row.partition("client")[2].strip("| ") for row in rows}


def test_a_session_without_a_row_is_blank(alliance: Run, make: Make) -> None:
    table = make(
        ARM_5
        + _rows("c1", {1: 6, 3: 6, 6: 6, 10: 6})
        + _rows("c2", {3: 6, 4: 6, 9: 2})
        + _rows("c3", {6: 6, 900_000_000: 6})
    )
    shown = _courses(alliance("detect", table, "--measure", "arm-5").out)
    assert shown["c1"].startswith(("▇ ▇  ▇   ▇", "7 7  7   7"))
    assert shown["c2"].startswith(("▇▇…x", "77...x"))
    assert shown["c3"].startswith(("…▇…▇", "...7...7"))


def test_what_cannot_be_evaluated_is_not_unflagged(alliance: Run, make: Make) -> None:
    table = make(ARM_5 + _rows("c1", {1: 6, 2: 6, 3: 2}) + _rows("c2", {1: 6}))
    shown = _courses(alliance("detect", table, "--measure", "arm-5").out)
    assert "1 of 2" in shown["c1"]
    assert "too few" not in shown["c1"]
    assert shown["c2"].split("1 of 1")[1].split() in (
        ["-", "too", "few", "sessions"],
        ["|", "-", "|", "too", "few", "sessions"],
    )


def test_empty_columns_are_left_out(alliance: Run, make: Make) -> None:
    said = ("--measure", "arm-5")
    plain = alliance("detect", make(ARM_5 + _rows("c1", {1: 6, 2: 6})), *said).out
    assert not [name for name in ("person", "occasion", "note") if name in plain]
    rows = "c1,1,client,pre,6,6,2,6,6\nc1,2,client,pre,6,6,2,6,6\nc1,3,client,pre,2,2,6,2,2\n"
    table = make(ARM_5.replace("rater", "rater,occasion") + rows + rows.replace("pre", "post"))
    ran = alliance("detect", table, *said)
    assert "occasion" in ran.out
    assert "c1 arm-5 client pre: possible rupture" in ran.out
    assert "c1 arm-5 client post: possible rupture" in ran.out
    found = alliance("detect", table, *said, "--json").json
    assert [each["occasion"] for each in found] == ["post", "pre"]


def test_flags_of_post_session_scores_are_labelled(alliance: Run, make: Make) -> None:
    """H12: what lies between the ends of two sessions, in words and as data."""
    label = "a flag is a possible rupture between the ends of two sessions"
    rows = "c1,1,client,post,6,6,2,6,6\nc1,2,client,post,2,2,6,2,2\n"
    for occasion, labelled in (("post", 1), ("pre", 0)):
        table = make(ARM_5.replace("rater", "rater,occasion") + rows.replace("post", occasion))
        said = ("detect", table, "--measure", "arm-5")
        assert " ".join(alliance(*said).out.split()).count(label) == labelled
        [found] = alliance(*said, "--json").json
        assert sum(label in each for each in found["conventions"]) == labelled


def test_with_several_detectors_a_finding_names_its_rule(alliance: Run, make: Make) -> None:
    said = (make(ARM_5 + _rows("c1", {1: 6, 2: 6, 3: 2})), "--measure", "arm-5")
    assert "c1 arm-5 client: possible rupture" in alliance("detect", *said).out
    ids = ("--detector", "rci-drop", "--detector", "drop-from-best")
    both = alliance("detect", *said, *ids).out
    for detector in ("rci-drop", "drop-from-best"):
        assert f"c1 arm-5 client ({detector}): possible rupture" in both


@pytest.mark.parametrize("sessions", [30, 40, 90])
def test_a_course_is_whole_at_80_columns(sessions: int) -> None:
    """It is not wrapped as long as it leaves room, and never cut off."""
    registry = ta.Registry()
    forms = _forms("case-with-a-long-pseudonym-of-the-clinic", sessions)
    courses = ta.caseload(ta.score(registry.measure("arm-5"), form) for form in forms)
    shown = io.StringIO()
    detector = registry.detector("drop-from-best")
    show_findings(Console(file=shown, width=80), [findings(each, detector) for each in courses])
    rows = shown.getvalue().partition("x: flagged")[0].splitlines()
    assert sum(row.count("▇") for row in rows) == sessions
    assert sum("▇" in row for row in rows) == 1 or sessions > 40
    assert max(map(len, rows)) <= 80


def _forms(case: str, sessions: int) -> Iterator[ta.Administration]:
    for session in range(1, sessions + 1):
        answers = {"1": 6, "2": 6, "3": 2, "4": 6, "5": 6}
        yield ta.Administration("arm-5", case, session, "client", answers)


MIXED = "case,session,rater,measure,1,2,3,4,5\n"


def test_an_outcome_measure_is_left_aside(alliance: Run, make: Make) -> None:
    rows = "c1,1,client,arm-5,6,6,2,6,6\nc1,1,client,ors,5,5,5,5,\n"
    ran = alliance("detect", make(MIXED + rows), "--json")
    assert ran.code == 0
    assert [each["measure"] for each in ran.json] == ["arm-5"]
    assert "ors is left aside: it measures outcome, not the alliance\n" in ran.err
    ran = alliance("detect", make(MIXED + rows.splitlines(keepends=True)[1]))
    assert (ran.code, ran.out) == (1, "")
    assert "ors measures outcome, not the alliance" in ran.err


def test_a_measure_without_the_score_is_left_aside(alliance: Run) -> None:
    ran = alliance("detect", example_path("caseload"), "--score", "task", "--json")
    assert {each["measure"] for each in ran.json} == {"wai-sr"}
    assert ran.err == "wai-srt is left aside: it has no score task\n"
    assert "left aside" not in alliance("detect", example_path("caseload"), "--score", "bond").err
    ran = alliance("detect", example_path("caseload"), "--score", "nothing")
    assert (ran.code, ran.out) == (2, "")


def test_a_measure_of_something_else_is_told(alliance: Run, make: Make) -> None:
    heads = ",".join(map(str, range(1, 11)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join('4444444444')}\n")
    ran = alliance("detect", table, "--measure", "care")
    assert "care measures empathy, not the alliance\n" in ran.err


def test_a_measure_that_is_not_verified_is_told_as_score_tells_it(
    alliance: Run, make: Make
) -> None:
    stated = (make(ARM_5 + _rows("c1", {1: 6, 2: 6})), "--measure", "arm-5", "--range", "1-7")
    told = "arm-5 is stated: stated by the caller: scale\n"
    assert told in alliance("score", *stated).err
    ran = alliance("detect", *stated, "--json")
    assert ran.err == told
    [found] = ran.json
    own = ta.Registry().measure("arm-5").stated(low=1, high=7)
    assert found["measure_status"] == "stated"
    assert found["measure_version"] == own.version
    assert found["measure_provider"] == "caller"
    assert found["definition_sha256"] == own.fingerprint


def test_a_measure_without_a_reason_is_told_without_one() -> None:
    measure = ta.Registry().measure("arm-5")
    assert list(standing(measure)) == []
    assert list(standing(evolve(measure, status="flagged", status_reason=None))) == [
        "arm-5 is flagged"
    ]


def test_a_rule_of_a_plugin_does_not_look_like_ours() -> None:
    series = ta.Series.of([6.0, 6.0, 2.0], low=1, high=7)
    detector = ta.Registry().detector("drop-from-best")
    [ours] = rules([findings(series, detector)])
    assert ours.startswith("Rule drop-from-best; threshold:")
    [theirs] = rules([findings(series, detector, "acme-drop")])
    assert theirs.startswith("Rule drop-from-best; of acme-drop; source: ")
    assert ".." not in theirs
    assert " ".join(detector.citation.split())[:40] in theirs


@pytest.mark.parametrize(("columns", "width"), [("70", 70), ("", 120), ("wide", 120)])
def test_the_width_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert results().width == width


def test_findings_tell_the_parameters_of_their_rule(alliance: Run) -> None:
    ran = alliance("demo", "--json")
    [told] = {json.dumps(each["detector_parameters"]) for each in ran.json["findings"]}
    assert json.loads(told)["z"] == 1.96
