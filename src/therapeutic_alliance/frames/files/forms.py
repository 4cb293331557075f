"""Whether two rows are of one form, and whether rows are of the measure at all."""

from collections.abc import Mapping

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from attrs import define, field

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.files.digest import of_columns
from therapeutic_alliance.frames.files.form_keys import FormKeys
from therapeutic_alliance.frames.files.form_parts import PARTS, cells, compared, lacking
from therapeutic_alliance.frames.files.summary import NOT_ASKED
from therapeutic_alliance.frames.sources.broken import told
from therapeutic_alliance.frames.sources.source import Source
from therapeutic_alliance.model.measure import Measure

_WHOSE = 2
"""So many parts say whose form it is: case, and session or date."""


@define(kw_only=True)
class Forms:
    """The rows of a source, looked at as forms."""

    source: Source
    measure: Measure
    parts: Mapping[str, str]
    """Part of the key -> column; none if rows are not compared."""
    not_compared: str
    """Why they are not, in words."""
    measures: str | None
    """The column that says which measure a row is of."""
    _keys: FormKeys = field(factory=FormKeys)
    _rows: int = 0

    @classmethod
    def of(cls, source: Source, key: Mapping[str, str] | None, measure: Measure) -> "Forms":
        """Of a source whose columns are called as ``key`` says, else by the names of the parts.

        Raises :class:`TableError` for a column that ``key`` names and that is not there.
        """
        named = {part: part for part in PARTS} | dict(key or {})
        there = source.schema.names
        absent = [part for part in key or {} if named[part] not in there]
        if absent:
            rule = f"the column for {', '.join(absent)} is not there"
            raise TableError(Problem(file=source.name, rule=rule))
        columns = {part: name for part, name in named.items() if there.count(name) == 1}
        parts = {} if key is None else compared(columns)
        forms = cls(
            source=source,
            measure=measure,
            parts=parts,
            not_compared="" if parts else NOT_ASKED if key is None else lacking(columns),
            measures=columns.get("measure"),
        )
        for part, name in parts.items():
            forms._cells(part, pa.nulls(0, source.schema.field(name).type))
        return forms

    @property
    def names(self) -> tuple[str, ...]:
        """Columns by which rows are compared."""
        return tuple(self.parts.values())

    @property
    def without_key(self) -> int:
        """Rows that are compared with none, for want of a case, or of a session or date."""
        return self._keys.without

    def add(self, batch: pa.RecordBatch) -> None:
        """More rows. Raises :class:`TableError` if one says that it is of another measure."""
        if self.measures is not None:
            self._check_measure(batch.column(self.measures))
        if self.parts:
            columns = [self._cells(part, batch.column(name)) for part, name in self.parts.items()]
            self._keys.add(columns, _WHOSE)
        self._rows += len(batch)

    def check(self) -> None:
        """Raise :class:`TableError` that names both rows of each form that is there twice."""
        if self.parts and (pairs := self._keys.seconds()):
            raise TableError(self._second(*pair) for pair in pairs)

    def _second(self, first: int, second: int) -> Problem:
        (file, row), (earlier, before) = self.source.at(second), self.source.at(first)
        where = f"row {before}" + (f" of {earlier}" if earlier != file else "")
        rule = f"a second form with the key of {where} ({', '.join(self.names)})"
        return Problem(file=file, row=row, rule=rule)

    def _cells(self, part: str, column: pa.Array) -> pa.Array:
        """A column of the key; :class:`TableError` if it can be none."""
        rule = f'column "{self.parts[part]}": is of a type that no key has'
        own = told(lambda: cells(part, column), self.source.name, rule, pa.ArrowException)
        if not len(own):
            told(lambda: of_columns([own]), self.source.name, rule, pa.ArrowException)
        return own

    def _check_measure(self, column: pa.Array) -> None:
        known = {self.measure.id, *self.measure.aliases, ""}
        if known.issuperset(map(_named, pc.unique(column).to_pylist())):
            return
        at = next(at for at, each in enumerate(column.to_pylist()) if _named(each) not in known)
        file, row = self.source.at(self._rows + at)
        rule = f"measure: the row is of another measure than {self.measure.id}"
        raise TableError(Problem(file=file, row=row, rule=rule))


def _named(cell: object) -> str:
    """The measure that a cell names; none if it is empty."""
    return "" if cell is None else str(cell).strip()
