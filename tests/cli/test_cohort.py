"""``alliance cohort`` and ``--cohort``. All answers are simulated."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.cli.commands import Run
from tests.cli.conftest import TIDY

Make = Callable[..., Path]
ARM = ("--measure", "arm-5")


def rows(cases: int, sessions: int = 5, rater: str = "client", fall: bool = False) -> str:
    """Answers of 1 to 7 to five items; with a fall, everybody's last session is low."""
    draw = Random(3)  # noqa: S311 - simulated
    lines = []
    for case in range(cases):
        level = draw.gauss(5.5, 0.7)
        for session in range(1, sessions + 1):
            low = 2.5 if fall and session == sessions else 0
            answers = [max(1, min(7, round(draw.gauss(level - low, 0.6)))) for _ in range(5)]
            lines.append(f"c{case},{session},{rater},{','.join(map(str, answers))}\n")
    return "".join(lines)


@pytest.fixture
def cohort(make: Make) -> Path:
    return make(TIDY + rows(40), "cohort.csv")


@pytest.fixture
def constants(alliance: Run, cohort: Path, tmp_path: Path) -> Path:
    out = tmp_path / "constants.json"
    assert alliance("cohort", cohort, *ARM, "-o", out).code == 0
    return out


def test_constants_on_stdout(alliance: Run, cohort: Path) -> None:
    ran = alliance("cohort", cohort, *ARM)
    assert ran.code == 0
    known = ta.loads("cohort", ran.out)
    assert (known.n, known.scores, known.measure, known.rater) == (40, 200, "arm-5", "client")
    assert known.growth == ()
    assert "constants of a cohort of 40 cases" in ran.err
    assert f"ICC(1) {known.reliability:.2f}" in ran.err


def test_they_are_those_of_the_library(alliance: Run, cohort: Path) -> None:
    measure = ta.Registry().measure("arm-5")
    sheets = [ta.score(measure, form) for form in ta.read_forms(cohort, measure)]
    known = ta.CohortConstants.fit(ta.caseload(sheets), growth=True)
    assert ta.loads("cohort", alliance("cohort", cohort, *ARM, "--growth").out) == known


def test_a_file_and_a_summary(alliance: Run, cohort: Path, tmp_path: Path) -> None:
    out = tmp_path / "constants.json"
    ran = alliance("cohort", cohort, *ARM, "-o", out, "--json")
    assert ran.code == 0
    known = ta.loads("cohort", out.read_bytes())
    assert ran.json["cases"] == 40
    assert ran.json["left_out"] == 0
    assert ran.json["reliability"] == known.reliability
    assert ran.json["within_sd"] ** 2 == pytest.approx(known.within_variance)
    assert out.stat().st_mode & 0o077 == 0


def test_cases_with_few_scores_are_told(alliance: Run, make: Make) -> None:
    ran = alliance("cohort", make(TIDY + rows(40) + "d1,1,client,6,6,2,6,6\n"), *ARM)
    assert ran.code == 0
    assert "left out: 1 with fewer than 3 scores" in ran.err


def test_a_cohort_that_is_too_small(alliance: Run, make: Make, tmp_path: Path) -> None:
    out = tmp_path / "constants.json"
    out.write_text("as it was", encoding="utf-8")
    ran = alliance("cohort", make(TIDY + rows(29)), *ARM, "-o", out)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "alliance: a cohort has at least 30 cases with 3 scores or more; here are 29"
    ]
    assert out.read_text(encoding="utf-8") == "as it was"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_cohort_of_two_raters(alliance: Run, make: Make) -> None:
    table = make(TIDY + rows(40) + rows(35, rater="therapist"))
    ran = alliance("cohort", table, *ARM)
    assert (ran.code, ran.err) == (
        1,
        "alliance: a cohort has one rater; here are 2: say which with --of-rater\n",
    )
    ran = alliance("cohort", table, *ARM, "--of-rater", "therapist")
    known = ta.loads("cohort", ran.out)
    assert (known.n, known.rater) == (35, "therapist")


def test_of_one_measure(alliance: Run, make: Make) -> None:
    heads = "case,session,rater,measure,1,2,3,4,5,6,7,8,9,10,11,12\n"
    arm = rows(40).replace(",client,", ",client,arm-5,").replace("\n", ",,,,,,,\n")
    wai = "".join(
        f"c{case},{session},client,wai-sr,{','.join([str(1 + (case + session) % 5)] * 12)}\n"
        for case in range(31)
        for session in (1, 2, 3)
    )
    table = make(heads + arm + wai)
    ran = alliance("cohort", table)
    assert (ran.code, ran.err) == (
        1,
        "alliance: a cohort has one measure; here are 2: say which with --of-measure\n",
    )
    known = ta.loads("cohort", alliance("cohort", table, "--of-measure", "wai-sr").out)
    assert (known.n, known.measure) == (31, "wai-sr")


@pytest.mark.parametrize("option", ["--of-measure", "--of-rater", "--of-occasion"])
def test_of_what_is_not_there(alliance: Run, cohort: Path, option: str) -> None:
    ran = alliance("cohort", cohort, *ARM, option, "other")
    assert (ran.code, ran.out) == (2, "")
    assert f"{option}: no form of it here; there are: " in ran.err


def test_of_one_occasion(alliance: Run, make: Make) -> None:
    heads = "case,session,rater,occasion,1,2,3,4,5\n"
    both = rows(40).replace(",client,", ",client,pre,") + rows(40).replace(
        ",client,", ",client,post,"
    )
    table = make(heads + both)
    ran = alliance("cohort", table, *ARM)
    assert ran.code == 1
    assert ran.err == (
        "alliance: a cohort has one occasion; here are 2: say which with --of-occasion\n"
    )
    ran = alliance("cohort", table, *ARM, "--of-occasion", "pre")
    assert ta.loads("cohort", ran.out).n == 40


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--json",), "--json goes with -o"),
        (("-o", "constants.csv"), "--out: a .json file"),
        (("--score", "bond"), "no score of that id"),
    ],
)
def test_wrong_usage(alliance: Run, cohort: Path, said: tuple[str, ...], told: str) -> None:
    ran = alliance("cohort", cohort, *ARM, *said)
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert told in ran.err


def test_the_table_is_not_written_over(alliance: Run, make: Make) -> None:
    table = make(TIDY + rows(40), "t.json")
    ran = alliance("cohort", table, *ARM, "-o", table)
    assert ran.code == 2
    assert "two different files" in ran.err


EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_example_is_what_its_script_prints() -> None:
    program = [sys.executable, str(EXAMPLES / "make_cohort.py")]
    printed = subprocess.run(program, capture_output=True, check=True).stdout
    assert printed == (EXAMPLES / "tables" / "cohort.csv").read_bytes()


def test_the_constants_of_the_example(alliance: Run) -> None:
    shipped = ta.loads("cohort", (EXAMPLES / "tables" / "constants.json").read_bytes())
    ran = alliance("cohort", EXAMPLES / "tables" / "cohort.csv")
    again = ta.loads("cohort", ran.out)
    assert evolve(again, date=shipped.date, source=shipped.source) == shipped


# What the constants are for


def test_detect_with_constants(alliance: Run, make: Make, constants: Path) -> None:
    table = make(TIDY + rows(12, fall=True))
    ran = alliance("detect", table, *ARM, "--cohort", constants, "--json")
    assert ran.code == 0
    assert {each["detector"] for each in ran.json} == {"eb-z"}
    said = str(ta.loads("cohort", constants.read_bytes()))
    assert all(each["conventions"] == [f"constants used: {said}"] for each in ran.json)
    flags = [each["flags"] for each in ran.json]
    assert sum(flag[-1]["flag"] for flag in flags) > 8
    assert all(said in each["why"] for flag in flags for each in flag)
    assert said in alliance("detect", table, *ARM, "--cohort", constants).out


def test_detectors_that_take_constants_get_them(alliance: Run, make: Make, constants: Path) -> None:
    ids = ("--detector", "eb-z", "--detector", "rci-drop", "--detector", "cusum")
    table = make(TIDY + rows(3))
    ran = alliance("detect", table, *ARM, *ids, "--cohort", constants, "--json")
    evaluable = {each["detector"]: each["evaluable"] for each in ran.json}
    assert evaluable == {"eb-z": 3, "rci-drop": 4, "cusum": 3}


def test_constants_that_nobody_takes(alliance: Run, make: Make, constants: Path) -> None:
    said = ("--detector", "rci-drop", "--cohort", constants)
    ran = alliance("detect", make(TIDY + rows(3)), *ARM, *said)
    assert (ran.code, ran.out) == (2, "")
    assert "--cohort: no constants are needed by rci-drop" in ran.err


def test_a_detector_without_its_constants_says_so(alliance: Run, make: Make) -> None:
    table = make(TIDY + rows(3))
    ran = alliance("detect", table, *ARM, "--detector", "eb-z")
    assert ran.code == 0
    assert "needs cohort constants" in ran.out
    assert "too few sessions" not in ran.out
    assert "drop-from-best" in alliance("detect", table, *ARM).out, "the default without a cohort"


def test_constants_of_another_measure(
    alliance: Run, make: Make, constants: Path, tmp_path: Path
) -> None:
    other = {**json.loads(constants.read_bytes()), "measure": "srs"}
    file = tmp_path / "other.json"
    file.write_text(json.dumps(other), encoding="utf-8")
    ran = alliance("detect", make(TIDY + rows(2)), *ARM, "--cohort", file, "--json")
    assert ran.code == 0
    assert {each["evaluable"] for each in ran.json} == {0}
    why = {flag["why"] for each in ran.json for flag in each["flags"]}
    assert why == {"the cohort constants are of another measure, srs"}


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ('{"mean": 3}', 1, "bad.json, $.source: missing"),
        ("[]", 1, "bad.json: cohort: not an object"),
        ("", 1, "bad.json: not JSON"),
    ],
)
def test_bad_constants(alliance: Run, make: Make, content: str, code: int, told: str) -> None:
    ran = alliance("detect", make(TIDY + rows(2)), *ARM, "--cohort", make(content, "bad.json"))
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_no_such_file(alliance: Run, make: Make) -> None:
    ran = alliance("detect", make(TIDY + rows(2)), *ARM, "--cohort", "nowhere.json")
    assert (ran.code, ran.out) == (2, "")
