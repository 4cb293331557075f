"""``alliance detect``: a table of answers in, possible ruptures and their recovery out."""

import click

from therapeutic_alliance.cli.detectors import COHORT, default_detector, detectors_with
from therapeutic_alliance.cli.findings import findings, findings_json, show_findings
from therapeutic_alliance.cli.followed import METRIC, SCORE, Followed
from therapeutic_alliance.cli.options import Reading, reads_a_table
from therapeutic_alliance.cli.output import json_out, remark, results, tracked
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.importers.scored import good_sheets, scored_rows
from therapeutic_alliance.model.scored import Metric


@click.command()
@reads_a_table
@SCORE
@METRIC
@click.option(
    "--detector",
    "ids",
    multiple=True,
    metavar="ID",
    help="Detector (default: drop-from-best; eb-z with --cohort); repeatable.",
)
@COHORT
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def detect(
    reading: Reading,
    score_id: str,
    metric: Metric | None,
    ids: tuple[str, ...],
    constants: CohortConstants | None,
    as_json: bool,
) -> None:
    """Look for possible ruptures in the course of each case, rater and measure.

    A finding is something to ask about, not a judgement. No finding is no sign of a good
    alliance: withdrawal, politeness and a ceiling can hide one.
    """
    registry = reading.registry
    detectors = detectors_with(registry, ids or (default_detector(constants),), constants)
    providers = [registry.detectors.provider(each.id) for each in detectors]
    table = reading.table()
    rows = tracked(scored_rows(table, reading.rule), "forms scored")
    followed = Followed(score_id, metric)
    courses = followed.courses(good_sheets(rows))
    found = [
        findings(series, detector, provider)
        for series in courses
        for detector, provider in zip(detectors, providers, strict=True)
    ]
    if as_json:
        json_out(findings_json(found, followed.measures))
    else:
        show_findings(results(), found)
    for line in (*table.remarks, *followed.remarks):
        remark(line)
