"""What a table looks like: columns, candidate measures, odd cells."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.importers.fit import Candidate
from therapeutic_alliance.importers.header import other_separator
from therapeutic_alliance.importers.mapping import COLUMNS, TableMap
from therapeutic_alliance.importers.records import records
from therapeutic_alliance.importers.runs import Run, is_long, item_runs
from therapeutic_alliance.importers.tally import Tally
from therapeutic_alliance.scoring.cells import AnswerReader, unguarded
from therapeutic_alliance.sdk.registry import Registry


@frozen
class ColumnLook:
    """One column."""

    position: int
    """From 1."""
    name: str
    use: str
    """What it is taken for: case, session, ..., item 3, or nothing."""
    filled: int
    distinct: int | str
    """How many different cells; ``200+`` for more than are counted."""
    span: str
    """Lowest and highest number, without suspected missing codes; of ids, none."""
    odd: str
    """What does not fit, and at which rows; never the cell."""


@frozen
class Look:
    """A table at a glance."""

    file: str
    rows: int
    layout: str
    columns: tuple[ColumnLook, ...]
    candidates: tuple[Candidate, ...]
    hints: tuple[str, ...]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def look(path: Path, table: TableMap, registry: Registry) -> Look:
    """Read the whole table once, and remember counts, never cells of persons.

    Raises :class:`TableError` if it cannot be read as a table at all.
    """
    rows = iter(records(path, table))
    first = next(rows, None)
    if first is None:
        raise TableError(Problem(file=path.name, rule="the file is empty"))
    names = [unguarded(name.strip()) for name in first[1]]
    read = AnswerReader(table.decimal)
    tallies = [Tally() for _ in names]
    count, ragged = 0, []
    for row, cells in rows:
        count += 1
        if len(cells) != len(names):
            ragged.append(row)
            continue
        for tally, cell in zip(tallies, cells, strict=True):
            tally.add(row, cell, read)
    runs = item_runs(names, tallies, registry)
    for run in runs:
        run.settle()
    of_items = {position for run in runs for position in run.columns}
    for position, tally in enumerate(tallies):
        if position not in of_items:
            tally.settle(set())
    items = {position: number for run in runs for position, number in run.items.items()}
    return Look(
        file=path.name,
        rows=count,
        layout=_layout(names, tallies),
        columns=tuple(
            _column(position, name, tally, items)
            for position, (name, tally) in enumerate(zip(names, tallies, strict=True))
        ),
        candidates=tuple(each for run in runs for each in run.candidates()),
        hints=tuple(_hints(names, runs, table.decimal, ragged)),
    )


def _layout(names: Sequence[str], tallies: Sequence[Tally]) -> str:
    if is_long(names):
        items = tallies[names.index("item")].distinct
        return f"long: one row an answer, {items} different items"
    return "wide: one row a form"


def _column(position: int, name: str, tally: Tally, items: Mapping[int, int]) -> ColumnLook:
    use = name if name in COLUMNS else f"item {items[position]}" if position in items else ""
    expects_numbers = position in items or use == "answer"
    odd = []
    if expects_numbers and tally.odd_rows:
        odd.append("not a number, e.g. rows " + ", ".join(map(str, tally.odd_rows)))
    if tally.suspects:
        codes = ", ".join(f"{code:g}" for code in sorted(tally.suspects))
        odd.append(f"missing code? {codes}")
    mostly = tally.low is not None and 2 * tally.numbers >= tally.filled
    shown = mostly and use not in ("case", "person")
    return ColumnLook(
        position=position + 1,
        name=name,
        use=use,
        filled=tally.filled,
        distinct=tally.distinct,
        span=f"{tally.low:g} to {tally.high:g}" if shown else "",
        odd="; ".join(odd),
    )


def _key_hints(names: Sequence[str]) -> Iterator[str]:
    if not set(COLUMNS) & set(names):
        yield "row 1 is taken for the heading: is it one?"
    for wanted in (("case",), ("session", "date"), ("rater",)):
        if not set(wanted) & set(names):
            yield (
                f"no column called {' or '.join(wanted)}: name it in a mapping file, "
                f'[columns] {wanted[0]} = "..."' + (", or say --rater" if "rater" in wanted else "")
            )


def _hints(
    names: Sequence[str], runs: Sequence[Run], decimal: str, ragged: list[int]
) -> Iterator[str]:
    if separator := other_separator(names):
        yield f"one column only, and its heading has {separator}: say --delimiter {separator}"
    yield from _key_hints(names)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        places = ", ".join(str(at) for at, each in enumerate(names, 1) if each == name)
        yield f"columns {places} have the same heading"
    if codes := {code for run in runs for code in run.codes}:
        said = " ".join(f"--missing={code:g}" for code in sorted(codes))
        yield f"if these codes mean not answered, say {said}"
    for run in runs:
        yield from _text_hints(run, decimal)
    items = [(names[at], number) for run in runs for at, number in run.items.items()]
    for name, number in items:
        if name != str(number):
            yield (
                f"item columns are not called 1, 2, 3, ...: name them in a mapping file, "
                f'[items] "{number}" = "{name}" and so on'
            )
            break
    if ragged:
        told = ", ".join(map(str, ragged[:5]))
        yield f"{len(ragged)} rows have more or fewer cells than the heading, e.g. rows {told}"


def _text_hints(run: Run, decimal: str) -> Iterator[str]:
    """What may be meant by answers that are no numbers."""
    if any(tally.other_mark for tally in run.columns.values()):
        other = "." if decimal == "," else ","
        yield f"{run.where}: numbers with another decimal mark are read with --decimal {other}"
    elif not run.of_numbers:
        yield (
            f"{run.where}: mostly texts; if they are answers, the [labels] of a mapping file say "
            "their numbers"
        )
