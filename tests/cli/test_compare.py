"""``alliance compare``: on a table, and on simulated courses."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import therapeutic_alliance as ta
from tests.cli.commands import Run
from therapeutic_alliance.cli.guarded import Guarded
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.simulate import BASE

CLINIC = ("examples/tables/clinic.csv", "--map", "examples/tables/mapping.toml")
QUICK = ("--simulate", "--cases", 40, "--replications", 2, "--detector", "eb-z")


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def test_rules_stand_side_by_side(alliance: Run) -> None:
    ran = alliance("compare", *CLINIC, "--detector", "drop-from-best", "--detector", "rci-drop")
    assert ran.code == 0
    assert "sim-02   wai-sr    client   drop-from-best   ?....xx....." in ran.out
    assert "sim-05   wai-sr    client   rci-drop         ?. ." in ran.out
    assert "x: flagged; .: not; ?: cannot be judged; blank: no score" in ran.out
    assert "No flag is no sign of a good alliance." in ran.out


@pytest.mark.parametrize("columns", [80, 60, 120, 200])
def test_no_cell_of_the_matrix_is_broken(
    alliance: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """With all rules that can be used; each two meet once above and once below the diagonal."""
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = alliance("compare", *CLINIC, "--cohort", "examples/tables/constants.json")
    matrix = ran.out.partition("Agreement of each two rules")[2].partition("below the")[0]
    cells = re.findall(r"(?<= )(?:-?[0-9]\.[0-9]{2}|-)(?= )", matrix)
    rules = max(int(each) for each in re.findall(r"(?m)^ +([0-9]+) ", matrix))
    assert len(cells) == rules * (rules - 1)
    assert all(len(line) <= columns for line in matrix.splitlines())
    assert not re.search(r"[0-9]\.[0-9]?(\s|$)", matrix)
    for name in ("state-probability-smoothed", "individuals-chart-past"):
        assert name in ran.out.partition("Rules")[2].partition("Agreement")[0]


def test_as_json(alliance: Run) -> None:
    ran = alliance(
        "compare", *CLINIC, "--detector", "drop-from-best", "--detector", "rci-drop", "--json"
    )
    [pair] = ran.json["pairs"]
    assert (pair["first"], pair["second"], pair["both_evaluable"]) == (
        "drop-from-best",
        "rci-drop",
        13,
    )
    assert pair["same_onsets"] == 1
    assert pair["jaccard"] == 1.0
    assert [each["provider"] for each in ran.json["providers"]] == ["therapeutic-alliance"] * 2
    first = ran.json["series"][0]
    assert first["case"] == "sim-02"
    assert first["sessions"][5]["flags"] == {"drop-from-best": True, "rci-drop": True}


def test_without_a_detector_all_that_can_be_used(alliance: Run) -> None:
    ran = alliance("compare", *CLINIC, "--json")
    used = {each["detector"] for each in ran.json["rules"]}
    assert {"drop-from-best", "rci-drop", "own-mean-sd", "trend-residual"} <= used
    assert not used & {"eb-z", "srs-rules", "direct-report", "waning"}
    assert "eb-z is left out: it can judge no session (needs cohort constants)" in ran.err
    assert "waning is left out: it looks for a waning" in ran.err


def test_with_constants_more_can_be_used(alliance: Run) -> None:
    ran = alliance("compare", *CLINIC, "--cohort", "examples/tables/constants.json", "--json")
    assert ran.code == 0, ran.err
    assert {"eb-z", "drop-sd"} <= {each["detector"] for each in ran.json["rules"]}


def test_the_tolerance_of_onsets(alliance: Run, make: Callable[..., Path]) -> None:
    """A slide over two sessions: one rule sees it a session later than the other."""
    head = "case,session,rater," + ",".join(str(n) for n in range(1, 13))
    rows = [f"c1,{n},client," + ",".join(str(score) for _ in range(12))
            for n, score in enumerate((5, 5, 5, 4, 3, 5, 5, 5), 1)]  # fmt: skip
    path = make("\n".join([head, *rows]))
    arguments = ("compare", path, "--measure", "wai-sr", "--json", "--metric", "mean",
                 "--detector", "drop-from-best", "--detector", "trend-residual")  # fmt: skip
    none = alliance(*arguments, "--onset-tolerance", 0).json["pairs"][0]
    one = alliance(*arguments).json["pairs"][0]
    assert (none["same_onsets"], one["same_onsets"]) == (0, 1)


def test_a_plugins_rule_stands_beside_ours(alliance: Run) -> None:
    pytest.importorskip("therapeutic_alliance_changepoint")
    both = ("--plugin", "therapeutic-alliance-changepoint", "--detector", "partition",
            "--detector", "drop-from-best", "--json")  # fmt: skip
    given = alliance("compare", *CLINIC, *both).json
    assert [each["provider"] for each in given["providers"]] == [
        "therapeutic-alliance-changepoint",
        "therapeutic-alliance",
    ]
    assert given["pairs"][0]["kappa"] == 1.0
    simulated = alliance("compare", *QUICK, *both).json["trials"][0]["rules"]
    partition = next(each for each in simulated if each["detector"] == "partition")
    assert (partition["mode"], partition["state"]["mean"] > 0.7) == ("retrospective", True)


@frozen
class Faulty:
    """A plugin's rule that is at fault; its words may quote what it saw."""

    cohort: Any = None
    id, mode, citation = "faulty", "online", "invented for this test"

    def flags(self, series: ta.Series) -> ta.Flags:
        raise ValueError(f"a score of {series[0].value} in a cohort of {self.cohort.n}")


def test_a_fault_of_a_plugin_is_told_as_its_fault() -> None:
    faulty: Any = Faulty()
    rule = Guarded(faulty)
    with pytest.raises(ta.PluginError) as caught:
        ta.study([rule], cases=40, replications=1)
    told = str(caught.value)
    assert told.startswith("detector faulty of ")
    assert "failed: ValueError" in told
    assert "cohort of" not in told


def test_a_guarded_rule_learns_and_flags_as_the_rule_does() -> None:
    plain, guarded = (
        ta.study([each], cases=40, replications=1).trial("base")["eb-z"]
        for each in (EbZ(), Guarded(EbZ()))
    )
    assert plain == guarded


def test_on_simulated_courses(alliance: Run) -> None:
    ran = alliance("compare", *QUICK)
    assert ran.code == 0
    assert "Scenario base" in ran.out
    assert "near-oracle" in ran.out
    assert "assumed parameters" in ran.out
    assert "nothing is said about the thresholds" in ran.out


def test_simulated_as_json_is_reproducible(alliance: Run) -> None:
    first = alliance("compare", *QUICK, "--json").json
    again = alliance("compare", *QUICK, "--json").json
    other = alliance("compare", *QUICK, "--seed", 2, "--json").json
    assert first == again
    assert first["trials"] != other["trials"]
    assert first["assumptions"]["within_sd"] == BASE.within_sd
    rule: Any = first["trials"][0]["rules"][0]
    assert rule["detector"] == "eb-z"
    assert 0.5 < rule["state"]["mean"] <= 1
    assert rule["state"]["se"] > 0


def test_all_scenarios_and_transfers(alliance: Run) -> None:
    ran = alliance("compare", "--simulate", "--scenario", "all", "--cases", 40,
                   "--replications", 1, "--detector", "rci-drop", "--json")  # fmt: skip
    pairs = [(each["learned_on"], each["tried_on"]) for each in ran.json["trials"]]
    assert len(pairs) == 11
    assert pairs[-1] == ("base", "growth")
    assert ran.json["scenarios"]["noisy"] == {"within_sd": 0.4}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "either FILE or --simulate"),
        ((*CLINIC, "--simulate"), "either FILE or --simulate"),
        ((*CLINIC, "--seed", 3), "--seed: only together with --simulate"),
        (("--simulate", "--score", "bond"), "--score: not together with --simulate"),
        (("--simulate", "--scenario", "calm"), "'calm' is not one of"),
        (("--simulate", "--cases", 10), "x>=40"),
        (("--simulate", "--detector", "no-such"), "no such detector"),
        (("--simulate", "--detector", "direct-report"), "direct-report looks at direct reports"),
        ((*CLINIC, "--detector", "direct-report"), "direct-report looks at direct reports"),
        ((*CLINIC, *["--detector", "rci-drop"] * 2), "two detectors are the same"),
    ],
    ids=str,
)
def test_wrong_usage(alliance: Run, arguments: tuple[object, ...], told: str) -> None:
    ran = alliance("compare", *arguments)
    assert ran.code != 0
    assert ran.out == ""
    assert told in ran.err


@frozen
class Forgetful(ta.RetrospectiveDetector):
    """A plugin's rule that leaves sessions out, and forgets itself when it learns."""

    learns: bool = False
    id, citation = "forgetful", "invented for this test"

    def judge(self, observed: Any, _spec: ta.ScoreSpec) -> Any:
        return (ta.Flag(session=each, flag=False, why="no") for each, _ in observed[2:])


@frozen
class Lost(Forgetful):
    """And one that learns to be something else."""

    def trained(self, _cases: object) -> str:
        return "constants"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Forgetful(), "forgetful: judge gave no flag for session"),
        (Lost(), "detector forgetful: trained gives a str, no detector"),
    ],
)
def test_what_we_say_of_a_plugin_is_told(rule: Any, told: str) -> None:
    for each in (rule, Guarded(rule)):
        with pytest.raises(ta.PluginError, match=told):
            ta.study([each], cases=40, replications=1)


def test_the_least_number_of_cases_is_enough_to_learn_on(alliance: Run) -> None:
    """29 of 30 simulated cases often have the 3 scores that are needed."""
    for seed in range(1, 6):
        ran = alliance("compare", "--simulate", "--cases", 40, "--replications", 3,
                       "--seed", seed, "--detector", "drop-sd", "--json")  # fmt: skip
        assert ran.code == 0, ran.err


@pytest.mark.parametrize("command", ["compare", "detect"])
def test_what_looks_at_something_else_says_where_that_is_shown(alliance: Run, command: str) -> None:
    ran = alliance(command, *CLINIC, "--detector", "direct-report")
    assert (ran.code, ran.out) == (2, "")
    assert "direct-report looks at direct reports, not at scores; see alliance show" in ran.err
    ran = alliance(command, *CLINIC, "--detector", "pre-post")
    assert ran.code == 2
    assert "pre-post looks at pairs of scores before and after a session, not at scores" in ran.err
    assert "alliance show" not in ran.err


def test_a_table_in_which_nobody_can_be_judged(alliance: Run, tmp_path: Path) -> None:
    """The usage is right: the data say no."""
    table = tmp_path / "one.csv"
    table.write_text("case,session,1,2,3,4,5\nc1,1,6,7,1,6,5\n", encoding="utf-8")
    ran = alliance("compare", table, "--measure", "arm-5", "--rater", "client")
    assert (ran.code, ran.out) == (1, "")
    assert "no detector can judge a session of these courses" in ran.err


def test_courses_that_are_pooled_are_told_of(alliance: Run, tmp_path: Path) -> None:
    rows = [f"c{case},{session},{rater},6,7,1,6,5" for case in (1, 2) for session in (1, 2, 3)
            for rater in ("client", "therapist")]  # fmt: skip
    table = tmp_path / "two.csv"
    table.write_text("\n".join(["case,session,rater,1,2,3,4,5", *rows]), encoding="utf-8")
    arguments = ("compare", table, "--measure", "arm-5", "--detector", "rci-drop")
    ran = alliance(*arguments)
    assert ran.code == 0
    assert (
        "counts and agreement are over all 4 courses together, of several raters: client, therapist"
    ) in ran.err
    assert "together" in alliance(*arguments, "--json").err
    one = alliance("compare", *CLINIC, "--detector", "rci-drop")
    assert "together" not in one.err


def test_a_long_gap_is_a_mark(alliance: Run, tmp_path: Path) -> None:
    """As in ``alliance detect``: a thousand blanks are no picture of a course."""
    answers = {1: "6,7,1,6,5", 2: "6,7,1,6,5", 1000: "2,2,6,2,2", 1002: "6,7,1,6,5"}
    lines = "".join(f"c1,{session},{each}\n" for session, each in answers.items())
    table = tmp_path / "gap.csv"
    table.write_text(f"case,session,1,2,3,4,5\n{lines}", encoding="utf-8")
    ran = alliance(
        "compare", table, "--measure", "arm-5", "--rater", "client", "--detector", "drop-from-best"
    )
    assert re.search(r"drop-from-best +\?\.~x \.", ran.out)
    assert "~: more than 3 in a row" in ran.out


def test_one_replication_is_one(alliance: Run) -> None:
    ran = alliance("compare", "--simulate", "--cases", 40, "--replications", 1,
                   "--detector", "rci-drop")  # fmt: skip
    assert "Mean and standard error of 1 replication of 40 cases" in ran.out
