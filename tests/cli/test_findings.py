"""``alliance demo`` and ``alliance detect``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import Run
from therapeutic_alliance.importers.simulated import example_path

Make = Callable[..., Path]
FINDING = {
    "case", "measure", "rater", "person", "score", "metric", "detector", "mode", "evaluable",
    "low_information", "conventions", "flags", "episodes",
}  # fmt: skip
EPISODE = {
    "onset", "nadir", "end", "pre_score", "nadir_score", "depth", "depth_std", "length",
    "repaired", "repair_session", "latency", "shape", "words",
}  # fmt: skip
FLAG = {"session", "flag", "statistic", "threshold", "why"}


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
    assert ran.err == ""


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
