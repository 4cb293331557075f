"""One run: rows in, through the kernel, scores on, rows out."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from attrs import evolve, frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.files import missing_codes
from therapeutic_alliance.frames.files.categories import numbers
from therapeutic_alliance.frames.files.forms import Forms
from therapeutic_alliance.frames.files.provenance import Metadata, provenance, with_provenance
from therapeutic_alliance.frames.files.sink import writing
from therapeutic_alliance.frames.files.summary import ScoredFile
from therapeutic_alliance.frames.plan import Invalid, Plan, plan
from therapeutic_alliance.frames.score import score_frame
from therapeutic_alliance.frames.sources.batches import evenly, rows_at_once
from therapeutic_alliance.frames.sources.open import opened
from therapeutic_alliance.frames.sources.places import Place, check_out
from therapeutic_alliance.frames.sources.source import Source
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing

Told = Callable[[int, int | None], None]
"""Called with the rows that are done, and how many there are if that is known."""


@frozen(kw_only=True, slots=False)
class Job:
    """What is to be scored, how, and where to."""

    measure: Measure
    place: Place
    out: Path
    columns: Mapping[str, str]
    missing: Missing | None
    invalid: Invalid
    codes: tuple[str, ...]
    key: Mapping[str, str] | None

    def run(self, told: Told = lambda _done, _total: None) -> ScoredFile:
        """Do it. Raises :class:`AllianceError`; what stood at ``out`` stays then."""
        check_out(self.place, self.out)
        source = opened(self.place, [*self._items.values()], missing_codes.words(self.codes))
        names = self._plan.names
        made = self._scored(
            self._numbers(pa.Table.from_batches([], source.schema)), source, 0
        ).schema
        how = provenance(
            self.measure, self._plan, self._items, self.missing, self.codes, self.invalid
        )
        metadata = with_provenance(_metadata(source), source.schema.names, how)
        schema = pa.schema([*source.schema, *map(made.field, names)], metadata)
        forms = Forms.of(source, self.key, self.measure)
        rows = refused = 0
        with writing(self.out, schema) as write:
            for read in evenly(source.batches(self._rows(schema)), self._rows(schema)):
                batch = source.cells.numbers(read)
                forms.add(batch)
                scored = self._scored(self._answers(batch), source, rows, read)
                new = [scored[name].combine_chunks() for name in names]
                refused += pc.sum(scored[self._plan.invalid]).as_py()
                old = source.cells.written(batch).columns
                write(pa.RecordBatch.from_arrays([*old, *new], schema=schema))
                rows += len(batch)
                told(rows, source.total)
            if not rows:
                raise TableError(Problem(file=source.name, rule="there are no rows"))
            forms.check()
            told(rows, source.total)  # the last moment at which a signal that was lost is heard
        return ScoredFile(
            rows=rows,
            refused=refused,
            compared=forms.names,
            not_compared=forms.not_compared,
            without_key=forms.without_key,
            provenance=how,
        )

    @cached_property
    def _plan(self) -> Plan:
        return plan(self.measure, self.missing)

    @cached_property
    def _items(self) -> dict[str, str]:
        """Item id -> column."""
        return {item.id: self.columns.get(item.id, item.id) for item in self._plan.items}

    @cached_property
    def _codes(self) -> list[float]:
        return missing_codes.numbers(self.codes)

    def _rows(self, schema: pa.Schema) -> int:
        return rows_at_once(len(schema))

    def _answers(self, batch: pa.RecordBatch) -> pa.Table:
        """The columns of the items, with null for codes."""
        table = self._numbers(pa.Table.from_batches([batch]).select([*self._items.values()]))
        columns = [missing_codes.without(column, self._codes) for column in table.columns]
        return pa.table(columns, names=table.column_names)

    def _numbers(self, table: pa.Table) -> pa.Table:
        """The table with answers that stand in it as categories, as Parquet never gives them."""
        answers = set(self._items.values())
        for position, column in enumerate(table.schema):
            if column.name in answers and pa.types.is_dictionary(column.type):
                table = table.set_column(position, column.name, numbers(table.column(position)))
        return table

    def _scored(
        self, table: pa.Table, source: Source, start: int, read: pa.RecordBatch | None = None
    ) -> pa.Table:
        """The table with scores; problems are told with the file, and the row in it.

        ``read`` are its rows as the file has them.
        """
        try:
            return score_frame(
                self.measure, table, self.columns, missing=self.missing, invalid=self.invalid
            )
        except TableError as error:
            problems, count = error.problems, error.count
        raise TableError((self._told(each, source, start, read) for each in problems), count=count)

    def _told(
        self, problem: Problem, source: Source, start: int, read: pa.RecordBatch | None
    ) -> Problem:
        if problem.row is None or read is None:
            return evolve(problem, file=source.name)
        name, row = source.at(start + problem.row)
        placed, column = evolve(problem, file=name, row=row), self._items[problem.item]
        rule = source.cells.why(read, problem.row, column)
        if not rule:
            return placed
        return evolve(placed, rule=rule, column=None if column == problem.item else column)


def _metadata(source: Source) -> dict[str, Metadata]:
    """File of a folder -> its metadata; under no name those of a source that is one file."""
    of_files = {name: each for (_, name), each in zip(source.parts, source.metadata, strict=True)}
    return of_files or {"": source.schema.metadata or {}}
