"""``alliance demo``: a simulated caseload, scored and looked at."""

import shutil
import sys
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console

from therapeutic_alliance.cli.findings import Finding, findings, findings_json, show_findings
from therapeutic_alliance.cli.output import json_out, results, table
from therapeutic_alliance.course.caseload import caseload
from therapeutic_alliance.exporters.scores import score_rows
from therapeutic_alliance.importers.simulated import example, example_path
from therapeutic_alliance.model.scored import Score, ScoreSheet
from therapeutic_alliance.scoring.explain import explain
from therapeutic_alliance.scoring.sheet import score
from therapeutic_alliance.sdk.registry import Registry

MEASURE = "wai-sr"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def demo(as_json: bool) -> None:
    """Score a simulated caseload and show the scores, the courses and what stands out."""
    registry = Registry()
    sheets = [score(registry.measure(form.measure), form) for form in example("caseload")]
    detector = registry.detector("drop-from-best")
    found = [findings(series, detector) for series in caseload(sheets)]
    if as_json:
        measures = {sheet.measure.id: sheet.measure for sheet in sheets}
        rows = [row for sheet in sheets for row in score_rows(sheet)]
        json_out({"simulated": True, "scores": rows, "findings": findings_json(found, measures)})
        return
    console = results()
    cases = {sheet.form.case for sheet in sheets if sheet.form}
    console.print(
        f"{len(sheets)} simulated forms of {len(cases)} clients, who rate the WAI-SR, and of their "
        "therapists, who rate the WAI-SRT.\nNobody ever gave these answers.\n"
    )
    _show_last(console, sheets)
    show_findings(console, found)
    _show_explanation(console, sheets, found)
    _show_next(console)


def _show_last(console: Console, sheets: Sequence[ScoreSheet]) -> None:
    """The scores of each client's last form."""
    last: dict[str, ScoreSheet] = {}
    for sheet in sheets:
        if sheet.form and sheet.measure.id == MEASURE:
            last[sheet.form.case] = sheet
    [any_sheet, *_] = last.values()
    spans = [f"{each.id} ({each.low:g} to {each.high:g})" for each in any_sheet]
    rows: list[list[Any]] = [
        [case, sheet.form and sheet.form.session, *map(_shown, sheet)]
        for case, sheet in sorted(last.items())
    ]
    title = "Last session as the client sees it (WAI-SR, sums; possible range in brackets)"
    table(console, title, ["case", "session", *spans], rows)


def _shown(score: Score) -> str:
    if score.value is None:
        return f"not scorable, {score.answered} of {score.of} answered"
    return f"{score.value:g}"


def _show_explanation(
    console: Console, sheets: Sequence[ScoreSheet], found: Sequence[Finding]
) -> None:
    """How one score came about: that of the first possible rupture."""
    first = next(finding for finding in found if finding.episodes)
    wanted = (first.series.case, first.series.measure, first.episodes[0].onset)
    sheet = next(
        sheet
        for sheet in sheets
        if sheet.form and (sheet.form.case, sheet.measure.id, sheet.form.session) == wanted
    )
    console.print(f"\nHow the total of {wanted[0]} at session {wanted[2]} came about:")
    console.print(str(explain(sheet, "total")), soft_wrap=True)


def _show_next(console: Console) -> None:
    command = "alliance" if shutil.which("alliance") else sys.argv[0]
    file = example_path("caseload")
    console.print("\nWhat to type next:")
    for line, what in (
        (f"{command} measures", "what can be scored"),
        (f"{command} measures {MEASURE}", "one measure: key, range, sources, licence, cautions"),
        (f"{command} score {file} -o scores.csv", "the scores table of this caseload"),
        (f"{command} detect {file} --detector rci-drop", "another rule on the same courses"),
        (f"{command} inspect YOUR.csv", "what your own table looks like from here"),
    ):
        console.print(f"  {line}\n      {what}", soft_wrap=True)
