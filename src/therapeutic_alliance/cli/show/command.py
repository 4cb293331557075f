"""``alliance show``: a course document in, what a supervisor would want to know of it out."""

from pathlib import Path
from typing import Any

import click
from attrs import frozen

from therapeutic_alliance.cli.followed import METRIC
from therapeutic_alliance.cli.options import FILE, OUT
from therapeutic_alliance.cli.output import json_out, results
from therapeutic_alliance.cli.plugged import Plugins, uses_plugins
from therapeutic_alliance.cli.show.data import summary_json
from therapeutic_alliance.cli.show.page import show_summary
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.table import write_table
from therapeutic_alliance.codec.files import read_course
from therapeutic_alliance.course.observes import scores_only
from therapeutic_alliance.course.summary.summary import summarise
from therapeutic_alliance.exporters.course_tables import TABLES
from therapeutic_alliance.model.scored import Metric


@frozen(kw_only=True)
class _Asked:
    """What the options say."""

    score: str | None
    metric: Metric | None
    detectors: tuple[str, ...]
    text: bool
    whole: bool
    table: str | None
    out: Path | None
    as_json: bool


@click.command()
@click.argument("file", metavar="COURSE", type=FILE)
@click.option("--score", help="Score to follow (default: total, or all where there is none).")
@METRIC
@click.option(
    "--detector",
    "detectors",
    multiple=True,
    metavar="ID",
    help="Detector (default: drop-from-best); repeatable.",
)
@click.option("--text", is_flag=True, help="Show free text of goals, tasks, events, too.")
@click.option("--all", "whole", is_flag=True, help="Leave out nothing of a long course.")
@click.option(
    "--table", type=click.Choice(TABLES), metavar="NAME", help="Write one section as a table."
)
@click.option("-o", "--out", type=OUT, help="With --table: .csv, .tsv or .json (default: stdout).")
@uses_plugins
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def show(file: Path, plugins: Plugins, **said: Any) -> None:
    """Summarise a course: who, when, scores, goals and tasks, bond, what happened, what is open.

    COURSE is a course document (JSON). No free text is shown without --text. No flag is no sign
    of a good alliance. With --table the records of one section are written instead: a NAME such
    as goals, events, answers, scores, or sessions-wide.
    """
    asked = _Asked(**said)
    if asked.out and not asked.table:
        raise click.UsageError("--out goes with --table")
    if asked.out and asked.out.resolve() == file.resolve():
        raise click.UsageError("COURSE and --out are two different files")
    registry = plugins.registry()
    detectors = [registry.detector(each) for each in asked.detectors or ("drop-from-best",)]
    for each in detectors:
        scores_only(each)
    recorded = read_course(file)
    if not asked.text:
        recorded = recorded.without_free_text()
    if asked.table:
        write_table(
            recorded, asked.table, registry, asked.out, text=asked.text, as_json=asked.as_json
        )
        return
    scores = Scores.of(recorded.current(), registry)
    providers = [registry.detectors.provider(each.id) for each in detectors]
    scores.follow(asked.score, asked.metric, detectors, providers)
    families = {measure.id: measure.family for measure in scores.measures.values()}
    summary = summarise(recorded, scores.series, scores.found, families)
    if asked.as_json:
        json_out(summary_json(summary, scores))
    else:
        show_summary(results(), summary, scores, whole=asked.whole)
