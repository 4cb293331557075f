"""``alliance score`` where the input or the output holds columns."""

from pathlib import Path
from typing import Any

import click

from therapeutic_alliance.cli.options import Reading
from therapeutic_alliance.cli.output import json_out, progress, remark
from therapeutic_alliance.cli.standing import standing
from therapeutic_alliance.cli.stopping import go_on
from therapeutic_alliance.frames.files.score_file import check_packages
from therapeutic_alliance.frames.files.summary import NOT_ASKED, ScoredFile
from therapeutic_alliance.frames.sources.places import (
    COLUMNAR,
    TEXT,
    WRITTEN,
    CsvFile,
    DuckTable,
    Place,
    place_of,
)
from therapeutic_alliance.importers.coding import Coding
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.model.measure import Measure

_FORMS_ONLY = {"--rater": "rater", "--unit": "unit", "--order": "order", "--from": "importer"}
_CSV_ONLY = ("delimiter", "decimal", "encoding")


def is_columnar(file: Path, out: Path | None, table: str | None) -> bool:
    """Whether either end holds columns, by its name, or is a folder or a table of a database."""
    ends = [each.suffix.lower() for each in (file, out) if each]
    return table is not None or file.is_dir() or any(end in COLUMNAR for end in ends)


def score_columns(
    reading: Reading, out: Path | None, *, table: str | None, keep_going: bool, as_json: bool
) -> int:
    """Score a file of columns, and say what came of it."""
    if out is None or out.suffix.lower() not in WRITTEN:
        what = "FILE is a directory, and its" if reading.file.is_dir() else "the"
        raise click.UsageError(f"{what} columns are written to a file: --out, {', '.join(WRITTEN)}")
    check_packages()
    from therapeutic_alliance.frames.files.job import Job

    map_ = _map(reading)
    if map_.measure is None:
        raise click.UsageError("--measure is needed: each row of columns is one form of it")
    measure = reading.measure_of(map_.measure)
    job = Job(
        measure=measure,
        place=_place(reading, map_, table),
        out=out,
        columns=map_.items,
        missing=reading.rule,
        invalid="null-and-count" if keep_going else "raise",
        codes=tuple(sorted(map_.missing)),
        key=None if reading.trust_keys else {**map_.columns},
    )
    with progress("rows scored") as shown:

        def told(rows: int, total: int | None) -> None:
            go_on()
            shown(rows, total)

        done = job.run(told)
    _tell(done, measure, out)
    for line in Coding(map_).hidden(measure):
        remark(line)
    if as_json:
        json_out(
            {
                "rows": done.rows,
                "refused": done.refused,
                "compared": [*done.compared],
                "not_compared": done.not_compared,
                "without_key": done.without_key,
                "provenance": {**done.provenance},
            }
        )
    return 1 if done.refused else 0


def _map(reading: Reading) -> TableMap:
    """The map; :class:`click.UsageError` for what columns of numbers have no use for."""
    rule = f"does not go with columns: {_way_on(reading.file)}"
    for option, name in _FORMS_ONLY.items():
        if getattr(reading, name) is not None:
            raise click.UsageError(f"{option} {rule}")
    map_ = reading.map()
    unused = {
        "[labels]": map_.labels,
        "rater, unit or order in [coding]": map_.rater or map_.unit or map_.order,
        "[codes] (but for missing)": map_.codes,
        "item or answer in [columns]": {"item", "answer"} & map_.columns.keys(),
    }
    for what, said in unused.items():
        if said:
            raise click.BadParameter(f"{what} {rule}", param_hint="--map")
    return map_


def _way_on(file: Path) -> str:
    """What to do about answers that are no numbers of the scale yet."""
    recode = "recode FILE first"
    is_text = file.suffix.lower() in TEXT
    return f"{recode}, or have its scores table with --out .csv or .json" if is_text else recode


def _place(reading: Reading, map_: TableMap, table: str | None) -> Place:
    """What is read."""
    file = reading.file
    given: dict[str, Any] = {
        name: getattr(map_, name)
        for name in _CSV_ONLY
        if getattr(map_, name) != getattr(TableMap(), name)
    }
    if table is None and not file.is_dir() and file.suffix.lower() in TEXT:
        return CsvFile(file, **given)
    if given:
        raise click.UsageError(f"--{next(iter(given))} is for CSV files")
    return place_of(file) if table is None else DuckTable(file, table)


def _compared(done: ScoredFile) -> str:
    if done.not_compared == NOT_ASKED:
        return "rows were not compared: --trust-keys"
    if done.not_compared:
        hint = "name columns in [columns] of a --map"
        return f"rows were not compared: {done.not_compared}; {hint}"
    told = f"no two rows are alike in: {', '.join(done.compared)}"
    if not done.without_key:
        return told
    return (
        f"{told}; rows not compared, without {' or '.join(done.compared[:2])}: {done.without_key}"
    )


def _tell(done: ScoredFile, measure: Measure, out: Path) -> None:
    remark(f"rows: {done.rows}; refused answers: {done.refused}")
    remark(_compared(done))
    if out.suffix.lower() == ".csv":
        remark("a CSV file has no place for provenance; --json shows it")
    for line in standing(measure):
        remark(line)
    if measure.licence.terms:
        remark(f"{measure.id}, licence: {measure.licence.terms}")
