"""``alliance export``: a table of answers in, its scores out in the format of an exporter."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from therapeutic_alliance.cli.foreign import Foreign, Handed
from therapeutic_alliance.cli.options import OUT, Reading, reads_a_table
from therapeutic_alliance.cli.output import json_out, remark, tracked
from therapeutic_alliance.importers.scored import good_sheets, scored_rows
from therapeutic_alliance.whole_file import replacing


@click.command()
@reads_a_table
@click.option("--to", "exporter_id", required=True, metavar="ID", help="Exporter, e.g. scores-csv.")
@click.option("-o", "--out", type=OUT, help="Output file (default: stdout).")
@click.option("--json", "as_json", is_flag=True, help="With -o: a summary as JSON on stdout.")
def export(reading: Reading, exporter_id: str, out: Path | None, as_json: bool) -> None:
    """Score every form of a table and write the scores as an exporter does.

    Nothing is written unless every row is good. The exporters are scores-csv, scores-tsv and
    scores-json, and those of plugins.
    """
    if as_json and not out:
        raise click.UsageError("--json goes with -o: what is exported stands on stdout otherwise")
    if out and out.resolve() == reading.file.resolve():
        raise click.UsageError("FILE and --out are two different files")
    exporter = reading.registry.exporter(exporter_id)
    table = reading.table()
    sheets = Handed(good_sheets(tracked(scored_rows(table, reading.rule), "forms scored")))
    written = 0
    with replacing(out) if out else _stdout() as file:
        foreign = Foreign.of("exporter", exporter, handed=sheets)
        for piece in foreign.each(lambda: exporter.export(sheets), bytes):
            written += file.buffer.write(piece)
        sheets.finish()
    for line in table.remarks:
        remark(line)
    if as_json:
        json_out({"exporter": exporter_id, "media_type": exporter.media_type, "bytes": written})


@contextmanager
def _stdout() -> Iterator[TextIO]:
    """A file that is copied to stdout, byte by byte, once the block has ended well."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as held:
        file: TextIO = held
        yield file
        file.buffer.seek(0)
        shutil.copyfileobj(file.buffer, sys.stdout.buffer)
