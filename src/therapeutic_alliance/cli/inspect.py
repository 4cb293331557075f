"""``alliance inspect``: what a table looks like before anything is scored."""

from pathlib import Path

import click

from therapeutic_alliance.cli.options import DELIMITER, ENCODING, FILE
from therapeutic_alliance.cli.output import json_out, printable, results, table
from therapeutic_alliance.cli.plugged import Plugins, uses_plugins
from therapeutic_alliance.importers.look import Look, look
from therapeutic_alliance.importers.mapping import TableMap


@click.command("inspect")
@click.argument("file", type=FILE)
@DELIMITER
@click.option("--decimal", type=click.Choice([".", ","]), default=".", help="Decimal mark.")
@ENCODING
@uses_plugins
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def inspect(
    file: Path,
    delimiter: str | None,
    decimal: str,
    encoding: str | None,
    plugins: Plugins,
    as_json: bool,
) -> None:
    """Show shape, columns, measures that could fit, and odd cells. Nothing is relabelled."""
    table_map = TableMap(delimiter=delimiter, decimal=decimal, encoding=encoding or "utf-8")
    seen = look(file, table_map, plugins.registry())
    if as_json:
        json_out(seen.to_dict())
        return
    _show(seen)


def _show(seen: Look) -> None:
    console = results()
    console.print(f"{seen.file}: {seen.rows} rows, {len(seen.columns)} columns, {seen.layout}")
    rows = [
        (each.position, each.name, each.use, each.filled, each.distinct, each.span, each.odd)
        for each in seen.columns
    ]
    headings = ("column", "heading", "use", "filled", "different", "numbers", "odd cells")
    table(console, "Columns", headings, rows)
    if seen.candidates:
        fits = [(each.measure, each.columns, each.verdict) for each in seen.candidates]
        table(console, "Measures with as many items", ("measure", "columns", "answers"), fits)
    else:
        console.print("No run of item columns with as many items as a measure has.")
    for hint in seen.hints:
        console.print(f"- {printable(hint)}", soft_wrap=True)
