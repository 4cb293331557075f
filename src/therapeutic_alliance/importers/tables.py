"""The importer of tables."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen
from attrs.converters import optional

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.importers.mapping import TableMap, read_mapping
from therapeutic_alliance.importers.table import FormTable
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration


@frozen(kw_only=True)
class Table:
    """Reads CSV and TSV files, wide or long, as a mapping file says; without one, tidy tables."""

    mapping: Path | None = field(default=None, converter=optional(Path))
    """A mapping file: columns, items, codes, labels, coding."""
    measure: str | None = None
    """Id of the measure of the whole table; otherwise its measure column says."""
    rater: str | None = None
    """Role of the rater of the whole table; otherwise its rater column says."""

    @property
    def id(self) -> str:
        """``table``."""
        return "table"

    @property
    def reads(self) -> str:
        """What it reads."""
        return "CSV and TSV tables, wide or long"

    def forms(self, path: Path, measure_of: Callable[[str], Measure]) -> Iterator[Administration]:
        """The forms, one at a time; :class:`TableError` at the first bad row."""
        table = read_mapping(self.mapping) if self.mapping else TableMap()
        said = {"measure": self.measure, "rater": self.rater}
        given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        for row in FormTable(path, evolve(table, **given), measure_of):
            if row.form is None:
                raise TableError(row.problems)
            yield row.form
