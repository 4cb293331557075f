"""``alliance score``: a table of answers in, the scores table out."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TextIO

import click
from attrs import define, field

from therapeutic_alliance.cli.columns import is_columnar, score_columns
from therapeutic_alliance.cli.options import OUT, Reading, reads_a_file_or_folder
from therapeutic_alliance.cli.output import json_out, remark, tracked
from therapeutic_alliance.cli.rejects import BadRows, ListInFile, Refuse
from therapeutic_alliance.cli.standing import standing
from therapeutic_alliance.exporters.scores import COLUMNS, score_rows
from therapeutic_alliance.exporters.tables import writer_for
from therapeutic_alliance.importers.scored import Forms, scored_rows
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.whole_file import replacing


@define
class _Tally:
    forms: int = 0
    rejected: int = 0
    statuses: dict[str, int] = field(
        factory=lambda: {"scored": 0, "prorated": 0, "not-scorable": 0}
    )
    measures: dict[str, Measure] = field(factory=dict)

    def add(self, sheet: ScoreSheet) -> None:
        self.forms += 1
        self.measures[sheet.measure.id] = sheet.measure
        for score in sheet:
            self.statuses[score.status] += 1


@click.command()
@reads_a_file_or_folder
@click.option(
    "-o",
    "--out",
    type=OUT,
    help="Output, .csv, .tsv or .json (default: CSV on stdout); .parquet or .arrow for columns.",
)
@click.option("--table", "table_name", metavar="NAME", help="FILE is DuckDB's; the table in it.")
@click.option(
    "--keep-going", is_flag=True, help="Score the good rows; list the rest by row and rule."
)
@click.option(
    "--rejects", type=OUT, help="Where to list them (default: NAME.rejects.csv beside -o)."
)
@click.option(
    "--json", "as_json", is_flag=True, help="JSON on stdout: scores, or a summary with -o."
)
def score(
    reading: Reading,
    out: Path | None,
    table_name: str | None,
    keep_going: bool,
    rejects: Path | None,
    as_json: bool,
) -> int:
    """Score every form of a table.

    FILE is a CSV or TSV file with a heading: case, session (or date), rater, and a column for
    each item (wide), or item and answer (long). Nothing is written unless every row is good;
    --keep-going scores the good rows and exits with 1 if there were others.

    Where FILE or --out holds columns (Parquet, Arrow, a folder of Parquet, a DuckDB --table),
    all columns of FILE are written, and those of the scores after them.
    """
    if is_columnar(reading.file, out, table_name):
        if rejects:
            raise click.UsageError("--rejects does not go with columns: they count refused answers")
        return score_columns(reading, out, table=table_name, keep_going=keep_going, as_json=as_json)
    if rejects and not keep_going:
        raise click.UsageError("--rejects goes with --keep-going")
    listed = (rejects or _beside(out, reading.file)) if keep_going else None
    places = [os.path.realpath(place) for place in (reading.file, out, listed) if place]
    if len({*places}) < len(places):
        raise click.UsageError("FILE, --out and --rejects are three different files")
    table = reading.table()
    suffix = out.suffix if out else (".json" if as_json else ".csv")
    tally = _Tally()
    with (
        replacing(out) if out else _stdout() as scores,
        replacing(listed) if listed else nullcontext() as refused,
    ):
        writer = writer_for(suffix, scores, COLUMNS)
        bad: BadRows = ListInFile(refused) if refused else Refuse()
        for row in tracked(scored_rows(table, reading.rule), "forms scored"):
            if row.sheet is None:
                tally.rejected += 1
                bad.add(row)
                continue
            tally.add(row.sheet)
            for each in score_rows(row.sheet):
                writer.row(each)
        bad.end()
        writer.end()
    _tell(table, tally, listed)
    if out and as_json:
        json_out({"forms": tally.forms, "rejected": tally.rejected, "scores": tally.statuses})
    return 1 if tally.rejected else 0


def _beside(out: Path | None, file: Path) -> Path:
    """Where rejects go unless told: beside the output, else into the current folder."""
    return out.with_suffix(".rejects.csv") if out else Path(f"{file.stem}.rejects.csv")


@contextmanager
def _stdout() -> Iterator[TextIO]:
    """A file that is copied to stdout once the block has ended well."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as held:
        yield held
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout)


def _tell(table: Forms, tally: _Tally, listed: Path | None) -> None:
    counts = ", ".join(f"{count} {status}" for status, count in tally.statuses.items() if count)
    remark(f"forms: {tally.forms}; scores: {counts or 'none'}")
    if listed:
        remark(f"rejected: {tally.rejected}, listed in {listed}")
    for line in table.remarks:
        remark(line)
    for measure in tally.measures.values():
        for line in standing(measure):
            remark(line)
        if measure.licence.terms:
            remark(f"{measure.id}, licence: {measure.licence.terms}")
