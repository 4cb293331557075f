"""A table of answers, read as administrations, one at a time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import evolve

from therapeutic_alliance.errors import AllianceError, Problem, TableError
from therapeutic_alliance.importers.forms import FormBuilder, Given, Row
from therapeutic_alliance.importers.header import read_header
from therapeutic_alliance.importers.keys import SeenForms
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.importers.records import Record, records
from therapeutic_alliance.importers.who import WhoReader, number_by_date
from therapeutic_alliance.model.measure import Measure

_NOT_TOGETHER = (
    "the rows of one form are not together, {}: sort the table by case, session, measure, rater, "
    "person and occasion"
)
_SECOND = "a second form with the key of row {} (case, session, measure, rater, ...)"


class FormTable:
    """The forms of a CSV or TSV file, wide or long, streamed in the order of the file.

    Iterating gives a :class:`Row` for each form, good or bad. Raises :class:`TableError` for what
    spoils the whole table: heading, encoding, a line too long, no rows at all.
    """

    def __init__(
        self,
        path: str | Path,
        table: TableMap,
        measure_of: Callable[[str], Measure],
        seen: SeenForms | None = None,
    ) -> None:
        self.path = Path(path)
        self._table = table
        self._measure_of = measure_of
        self._seen = SeenForms() if seen is None else seen
        self._positions: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        first = next(records(self.path, table), None)
        if first is None:
            raise TableError(Problem(file=self.path.name, rule="the file is empty"))
        self.header = read_header(first[1], table, self.path.name)
        again = _NOT_TOGETHER.format("it began at row {}") if self.header.long else _SECOND
        self._forms = FormBuilder(self.path.name, table, self._seen, again)
        self.by_date = "session" not in self.header.columns
        """Whether sessions are numbered by date, for want of a session column."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was decided about the table so far, for the person who reads it."""
        said = []
        if self.by_date:
            by_date = "sessions are numbered by date, from 1 for each case"
            said.append(f"{by_date}; a missed one leaves no gap")
        used = set(self.header.columns.values())
        used.update(*(own for own, _ in self._positions.values()))
        if self._positions and len(used) < len(self.header.names):
            said.append(f"columns not used: {len(self.header.names) - len(used)}")
        return (*said, *self._forms.coding.remarks())

    def told(self, row: Row, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Problems of answers, with file and row, and what may be meant where the map says it."""
        hint = self._forms.coding.with_hint
        return tuple(
            evolve(
                hint(each, row.measure) if row.measure else each, file=self.path.name, row=row.row
            )
            for each in problems
        )

    def __iter__(self) -> Iterator[Row]:
        who = WhoReader(self.header, self._table, self._measure_of, self._sessions())
        read = self._long if self.header.long else self._wide
        empty = True
        for row in read(who):
            empty = False
            yield row
        if empty:
            rule = "a heading and no row below it"
            raise TableError(Problem(file=self.path.name, row=1, rule=rule))
        self._forms.check_coding()

    def _body(self) -> Iterator[Record]:
        body = records(self.path, self._table)
        next(body, None)
        return body

    def _sessions(self) -> dict[Any, int] | None:
        if not self.by_date:
            return None
        return number_by_date((cells for _, cells in self._body()), self.header)

    def _wide(self, who: WhoReader) -> Iterator[Row]:
        for row, cells in self._body():
            yield self._read([(row, cells)], who, self._wide_form)

    def _long(self, who: WhoReader) -> Iterator[Row]:
        apart = self._apart(who)
        for key, group in self._groups(who):
            if key in apart:
                began, further = apart[key]
                row = group[0][0]
                rule = (
                    f"it goes on at row {further}" if row == began else f"it began at row {began}"
                )
                yield self._forms.bad(row, [Problem(rule=_NOT_TOGETHER.format(rule))])
            else:
                yield self._read(group, who, self._long_form)

    def _groups(self, who: WhoReader) -> Iterator[tuple[tuple[str, ...], list[Record]]]:
        """Adjacent rows of one form with their key cells; a ragged row stands alone."""

        def form_of(record: Record) -> tuple[str, ...]:
            row, cells = record
            return who.cells(cells) if len(cells) == len(self.header.names) else (f"row {row}",)

        for key, group in groupby(self._body(), form_of):
            yield key, list(group)

    def _apart(self, who: WhoReader) -> dict[tuple[str, ...], tuple[int, int]]:
        """Forms whose rows are not together: where they begin and go on.

        They are sought before the first is scored, since half a form must not get a score.
        """
        begun = type(self._seen)()
        apart: dict[tuple[str, ...], tuple[int, int]] = {}
        for key, group in self._groups(who):
            first = begun.earlier(key, group[0][0])
            if first is not None:
                apart.setdefault(key, (first, group[0][0]))
        return apart

    def _read(
        self,
        group: list[Record],
        who: WhoReader,
        form_of: Callable[[list[Record], Measure, dict[str, Any]], Row],
    ) -> Row:
        row, cells = group[0]
        width = len(self.header.names)
        if len(cells) != width:
            rule = f"{len(cells)} cells where the heading has {width}"
            return self._forms.bad(row, [Problem(rule=rule)])
        try:
            measure, fields = who(cells)
        except AllianceError as error:
            problems = error.problems
        else:
            return form_of(group, measure, fields)
        return self._forms.bad(row, problems)

    def _wide_form(self, group: list[Record], measure: Measure, fields: dict[str, Any]) -> Row:
        [(row, cells)] = group
        if measure.id not in self._positions:
            own, strange = self.header.item_positions(measure), self.header.strangers(measure)
            self._positions[measure.id] = own, strange
        own, strange = self._positions[measure.id]
        given = [
            (item, row, cells[position]) for item, position in zip(measure.items, own, strict=True)
        ]
        return self._forms.form(row, measure, fields, given, self._strange(cells, strange, measure))

    def _long_form(self, group: list[Record], measure: Measure, fields: dict[str, Any]) -> Row:
        names = {self.header.items.get(item, item): item for item in measure.items}
        item_at, answer_at = self.header.columns["item"], self.header.columns["answer"]
        given: dict[str, Given] = {}
        problems = []
        for row, cells in group:
            item = names.get(cells[item_at].strip())
            if item is None:
                known = f"{measure.items[0]} to {measure.items[-1]}"
                rule = f"names no item of {measure.id} ({known}); see [items] of a mapping file"
                problems.append(Problem(row=row, rule=rule))
            elif item in given:
                rule = f"stands twice in one form, first at row {given[item][1]}"
                problems.append(Problem(row=row, item=item, rule=rule))
            else:
                given[item] = (item, row, cells[answer_at])
        return self._forms.form(group[0][0], measure, fields, list(given.values()), problems)

    def _strange(self, cells: list[str], strange: Sequence[int], measure: Measure) -> list[Problem]:
        filled = [position for position in strange if self._forms.holds_answer(cells[position])]
        return [
            Problem(rule=f"column {position + 1} holds an answer to no item of {measure.id}")
            for position in filled
        ]
