"""Who filled a form and when: the key cells of a row."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, UnknownIdError
from therapeutic_alliance.importers.header import Header
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import MAX_SESSION
from therapeutic_alliance.scoring.cells import unguarded

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]|$)|[0-9]{8}$")
_SESSION = re.compile(r"0*([1-9][0-9]{0,8})(\.0+)?")


@frozen
class WhoReader:
    """Turns the key cells of a row into the fields of an administration."""

    header: Header
    table: TableMap
    measure_of: Callable[[str], Measure]
    """The measure with an id, or :class:`AllianceError`."""
    sessions: dict[tuple[str, date], int] | None = None
    """Session numbers by case and date, where the table has no session column."""

    def __call__(self, record: Sequence[str]) -> tuple[Measure, dict[str, Any]]:
        """The measure of a row and the fields of its key.

        Raises :class:`AllianceError` whose problems name the columns, and quote none of them.
        """
        on = self._date(record)
        case = self._text(record, "case") or ""
        measure = self._measure(record)
        fields: dict[str, Any] = {
            "measure": measure.id,
            "case": case,
            "session": self._session(record, case, on),
            "date": on,
            "rater": self._rater(record),
            "person": self._text(record, "person"),
            "occasion": self._coded(record, "occasion"),
        }
        return measure, fields

    def cells(self, record: Sequence[str]) -> tuple[str, ...]:
        """The raw key cells, by which rows of one form are told to belong together."""
        return tuple(
            record[position].strip()
            for column, position in self.header.columns.items()
            if column not in ("item", "answer")
        )

    def _text(self, record: Sequence[str], column: str) -> str | None:
        position = self.header.columns.get(column)
        if position is None:
            return None
        return unguarded(record[position].strip()) or None

    def _coded(self, record: Sequence[str], column: str) -> str | None:
        text = self._text(record, column)
        return None if text is None else self.table.codes.get(column, {}).get(text, text)

    def _rater(self, record: Sequence[str]) -> str:
        named, stated = self._coded(record, "rater"), self.table.rater
        if stated is not None and named not in (None, stated):
            raise AllianceError(f"rater: the row is of another rater than {stated}")
        return named or stated or ""

    def _measure(self, record: Sequence[str]) -> Measure:
        named = self._coded(record, "measure")
        if self.table.measure is None:
            if named is None:
                raise AllianceError("measure: the cell is empty")
            return self._known(named)
        measure = self.measure_of(self.table.measure)
        if named not in (None, self.table.measure, measure.id, *measure.aliases):
            raise AllianceError(f"measure: the row is of another measure than {measure.id}")
        return measure

    def _known(self, named: str) -> Measure:
        """The measure that a cell names; its error holds the hint, and not the cell."""
        try:
            return self.measure_of(named)
        except UnknownIdError as error:
            hint = str(error).rpartition("; ")[2]
        raise AllianceError(f"measure: no such measure; {hint}")

    def _date(self, record: Sequence[str]) -> date | None:
        text = self._text(record, "date")
        if text is None:
            return None
        found = read_date(text)
        if found is None:
            raise AllianceError("date: not a date such as 2026-03-01")
        return found

    def _session(self, record: Sequence[str], case: str, on: date | None) -> int:
        if self.sessions is not None:
            if on is None:
                raise AllianceError("date: the cell is empty, and sessions are numbered by date")
            return self.sessions.get((case, on), 0)
        match = _SESSION.fullmatch(self._text(record, "session") or "")
        if not match:
            raise AllianceError(f"session: not a whole number from 1 to {MAX_SESSION}")
        return int(match[1])


def read_date(text: str) -> date | None:
    """A date such as 2026-03-01, or the date of a time that begins so; ``None`` if it is neither.

    The hyphens may be left out. Weeks and days of the year are refused: more often a slip.

    >>> read_date("2026-03-01T17:30:00+01:00"), read_date("1.3.2026"), read_date("2026-W01-1")
    (datetime.date(2026, 3, 1), None, None)
    """
    if not _DATE.match(text):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def number_by_date(records: Iterable[Sequence[str]], header: Header) -> dict[tuple[str, date], int]:
    """Session numbers 1, 2, 3, ... of each case in the order of its dates.

    Raters of one case share the numbers: forms of one date are of one session.
    """
    case, on = header.columns["case"], header.columns["date"]
    dates: dict[str, set[date]] = {}
    for record in records:
        if len(record) == len(header.names):
            found = read_date(unguarded(record[on].strip()))
            if found is not None:
                dates.setdefault(unguarded(record[case].strip()), set()).add(found)
    return {
        (name, each): number
        for name, each_of in dates.items()
        for number, each in enumerate(sorted(each_of), 1)
    }
