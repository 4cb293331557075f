"""One section of a course as a table: CSV, TSV or JSON."""

import io
from pathlib import Path

import click

from therapeutic_alliance.cli.output import json_out, remark
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.sections import counted
from therapeutic_alliance.exporters.course_tables import SCORED, columns, rows
from therapeutic_alliance.exporters.tables import writer_for
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.sdk.registry import Registry
from therapeutic_alliance.whole_file import replacing


def write_table(
    course: Course, name: str, registry: Registry, out: Path | None, *, text: bool, as_json: bool
) -> None:
    """Write the rows of a table; to stdout in one piece, once all of it is made."""
    scores = Scores.of(course.current(), registry) if name in SCORED else Scores()
    held = io.StringIO()
    writer = writer_for(
        out.suffix if out else (".json" if as_json else ".csv"),
        held,
        columns(course, name, scores.sheets, text=text),
    )
    made = list(rows(course, name, scores.sheets, text=text))
    for row in made:
        writer.row(row)
    writer.end()
    if out:
        with replacing(out) as file:
            file.write(held.getvalue())
    else:
        click.echo(held.getvalue(), nl=False)
    if out and as_json:
        json_out({"table": name, "rows": len(made)})
    elif out:
        remark(f"{name}: {counted(len(made), 'row')}")
    for line in scores.remarks:
        remark(line)
