"""Whether two rows are of one form, and whether rows are of the measure at all."""

from collections.abc import Mapping, Sequence

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from attrs import define, field

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.files.digest import of_columns
from therapeutic_alliance.frames.files.faults import told
from therapeutic_alliance.frames.files.form_keys import FormKeys
from therapeutic_alliance.frames.files.source import Source
from therapeutic_alliance.model.measure import Measure

WHOSE = ("case", "session")
"""Parts that say whose form it is; ``date`` stands for a session that is not there."""
MORE = ("measure", "rater", "person", "occasion")
PARTS = ("case", "session", "date", *MORE)


@define(kw_only=True)
class Forms:
    """The rows of a source, looked at as forms."""

    source: Source
    measure: Measure
    names: tuple[str, ...]
    """Columns by which rows are compared; none if not."""
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
        names = () if key is None else _compared(columns)
        for name in names:
            _check_type(source, name)
        return cls(
            source=source,
            measure=measure,
            names=names,
            measures=columns.get("measure"),
        )

    def add(self, batch: pa.RecordBatch) -> None:
        """More rows. Raises :class:`TableError` if one says that it is of another measure."""
        if self.measures is not None:
            self._check_measure(batch.column(self.measures))
        if self.names:
            self._keys.add([batch.column(name) for name in self.names], len(WHOSE))
        self._rows += len(batch)

    def check(self) -> None:
        """Raise :class:`TableError` that names both rows of each form that is there twice."""
        if self.names and (pairs := self._keys.seconds()):
            raise TableError(self._second(*pair) for pair in pairs)

    def _second(self, first: int, second: int) -> Problem:
        (file, row), (earlier, before) = self.source.at(second), self.source.at(first)
        where = f"row {before}" + (f" of {earlier}" if earlier != file else "")
        rule = f"a second form with the key of {where} ({', '.join(self.names)})"
        return Problem(file=file, row=row, rule=rule)

    def _check_measure(self, column: pa.Array) -> None:
        known = {self.measure.id, *self.measure.aliases, None}
        if known.issuperset(pc.unique(column).to_pylist()):
            return
        other = next(at for at, each in enumerate(column.to_pylist()) if each not in known)
        file, row = self.source.at(self._rows + other)
        rule = f"measure: the row is of another measure than {self.measure.id}"
        raise TableError(Problem(file=file, row=row, rule=rule))


def _check_type(source: Source, name: str) -> None:
    empty = pa.nulls(0, source.schema.field(name).type)
    rule = f'column "{name}": is of a type that no key has'
    told(lambda: of_columns([empty]), source.name, rule, pa.ArrowException)


def _compared(columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of the key, those that say whose form it is first."""
    when = "session" if "session" in columns else "date"
    parts: Sequence[str] = ("case", when, *MORE)
    if not {"case", when} <= columns.keys():
        return ()
    return tuple(columns[part] for part in parts if part in columns)
