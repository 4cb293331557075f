"""Tables on disk for tests, and what comes out of them. Everything is simulated."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.scores import score_rows
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.importers.scored import ScoredRow, scored_rows
from therapeutic_alliance.importers.table import FormTable
from therapeutic_alliance.model.measure import Measure

REGISTRY = ta.Registry()
ARM = [str(n) for n in range(1, 6)]
WAI = [str(n) for n in range(1, 13)]


def write(path: Path, rows: Iterable[Any], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV file of rows."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return path


def text(path: Path, content: str) -> Path:
    """A file of exactly this text."""
    path.write_text(content, encoding="utf-8", newline="")
    return path


def read(
    path: Path,
    *,
    measure_of: Callable[[str], Measure] = REGISTRY.measure,
    **said: Any,
) -> FormTable:
    """The table, with what a mapping file would say."""
    return FormTable(path, TableMap(**said), measure_of)


def scored(
    path: Path,
    *,
    rule: ta.Prorate | None = None,
    measure_of: Callable[[str], Measure] = REGISTRY.measure,
    **said: Any,
) -> list[ScoredRow]:
    """Each form with its scores, or with its problems."""
    return list(scored_rows(read(path, measure_of=measure_of, **said), rule))


def score_table(rows: Iterable[ScoredRow]) -> list[dict[str, Any]]:
    """The scores table of good rows."""
    table: list[dict[str, Any]] = []
    for row in rows:
        assert row.sheet is not None, [str(problem) for problem in row.problems]
        table.extend(score_rows(row.sheet))
    return table


def totals(path: Path, **said: Any) -> list[float | None]:
    """The last score of each form, the total."""
    sheets = [row.sheet for row in scored(path, **said)]
    assert all(sheets), problems(path, **said)
    return [sheet.scores[-1].value for sheet in sheets if sheet]


def problems(path: Path, **said: Any) -> list[str]:
    """What is told about the bad rows."""
    return [str(problem) for row in scored(path, **said) for problem in row.problems]
