"""Tables of ``alliance compare --simulate --json``, from stdin to stdout, for the page."""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from therapeutic_alliance.course.compare.accuracy import MEASURES

PAIRED = (
    ("eb-z", "onset"),
    ("eb-z", "episodes"),
    ("state-probability", "state"),
    ("drop-from-best", "f1"),
)
"""Reference and measure of each table of differences."""
OURS = "set-aside-z"
"""The rule that was meant to beat the others."""
GOALS = (("eb-z", "onset"), ("eb-z", "episodes"), ("state-probability", "state"))
"""What it was meant to beat them at."""


def page(study: Mapping[str, Any]) -> Iterator[str]:
    """The part of the page that is made of numbers, line by line."""
    yield (
        f"{study['replications']} replications, each of {study['cases']} cases to try the rules "
        f"on and as many others to learn on; seed {study['seed']}. Mean ± standard error over "
        "replications. A star marks rules that look back from the end."
    )
    for trial in study["trials"]:
        yield f"\n### {_named(trial).capitalize()}\n"
        yield from _table(["rule", *MEASURES.values()], map(_row, trial["rules"]))
    if any(rule["detector"] == OURS for rule in study["trials"][0]["rules"]):
        yield f"\n## How far `{OURS}` got\n"
        yield "Ahead and behind mean by more than two standard errors, paired.\n"
        yield from _goals(study["trials"])
    yield "\n## Paired differences"
    for reference, measure in PAIRED:
        if any(reference in rule["less"] for rule in study["trials"][0]["rules"]):
            name = MEASURES[measure]
            yield f"\n### {name[0].upper()}{name[1:]}, less that of `{reference}`\n"
            headings = ["rule", *(_named(each) for each in study["trials"])]
            yield from _table(headings, _differences(study["trials"], reference, measure))


def _goals(trials: list[Any]) -> Iterator[str]:
    """How often the rule is ahead by more than two standard errors, and how often behind."""
    for reference, measure in GOALS:
        less = {
            _named(trial): rule["less"][reference][measure]
            for trial in trials
            for rule in trial["rules"]
            if rule["detector"] == OURS and reference in rule["less"]
        }
        sure = {name: each for name, each in less.items() if abs(each["mean"]) > 2 * each["se"]}
        ahead = [name for name, each in sure.items() if each["mean"] > 0]
        behind = [name for name, each in sure.items() if each["mean"] < 0]
        yield (
            f"- {MEASURES[measure]}, less that of `{reference}`: ahead in {len(ahead)} of "
            f"{len(less)}{_among(ahead, len(less))}, behind in {len(behind)}"
            f"{_among(behind, len(less))}, no difference in {len(less) - len(sure)}"
        )


def _among(names: list[str], of: int) -> str:
    return f" ({'; '.join(names)})" if 0 < len(names) < of else ""


def _named(trial: Mapping[str, Any]) -> str:
    learned, tried = trial["learned_on"], trial["tried_on"]
    return str(tried) if learned == tried else f"{tried}, learned on {learned}"


def _row(rule: Mapping[str, Any]) -> list[str]:
    return [_rule(rule), *(_estimate(rule[name]) for name in MEASURES)]


def _differences(trials: list[Any], reference: str, measure: str) -> Iterator[list[str]]:
    for rules in zip(*(trial["rules"] for trial in trials), strict=True):
        if rules[0]["detector"] != reference:
            less = [each["less"][reference][measure] for each in rules]
            yield [_rule(rules[0]), *(_estimate(each, "+") for each in less)]


def _rule(rule: Mapping[str, Any]) -> str:
    star = " \\*" if rule["mode"] == "retrospective" else ""
    return f"{rule['detector']}{star}"


def _estimate(estimate: Mapping[str, Any] | None, sign: str = "") -> str:
    if estimate is None:
        return "-"
    error = "" if estimate["se"] is None else f"\u00a0±\u00a0{estimate['se']:.3f}"
    return f"{estimate['mean']:{sign}.3f}{error}"


def _table(headings: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    for cells in (headings, ["---"] * len(headings), *rows):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in page(json.load(sys.stdin)))
