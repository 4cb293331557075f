"""The scores table as exporters: CSV, TSV and JSON."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from io import StringIO

from attrs import frozen

from therapeutic_alliance.exporters.scores import COLUMNS, score_rows
from therapeutic_alliance.exporters.tables import writer_for
from therapeutic_alliance.model.scored import ScoreSheet


@frozen
class ScoreTable(ABC):
    """One row a score, with all that is needed to trace it; subclasses name the format."""

    @property
    @abstractmethod
    def id(self) -> str:
        """Kebab-case id."""

    @property
    @abstractmethod
    def media_type(self) -> str:
        """Of what it makes."""

    @property
    def suffix(self) -> str:
        """Of the files it makes: the last word of the id."""
        return "." + self.id.rpartition("-")[2]

    def export(self, sheets: Iterable[ScoreSheet]) -> Iterator[bytes]:
        """The table, in one piece a sheet."""
        text = StringIO(newline="")
        writer = writer_for(self.suffix, text, COLUMNS)
        for sheet in sheets:
            for row in score_rows(sheet):
                writer.row(row)
            yield _taken(text)
        writer.end()
        yield _taken(text)


def _taken(text: StringIO) -> bytes:
    """What was written since the last time."""
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece


@frozen
class ScoresCsv(ScoreTable):
    """RFC 4180 quoting, line feeds, dot decimals.

    >>> import therapeutic_alliance as ta
    >>> sheet = ta.score(ta.Registry().measure("arm-5"), [6, 7, 1, 6, 5])
    >>> table = b"".join(ScoresCsv().export([sheet])).decode()
    >>> table.splitlines()[1].startswith(",,,,,,arm-5,total,mean,6.2,1,7,5,5,scored,")
    True
    """

    @property
    def id(self) -> str:
        """``scores-csv``."""
        return "scores-csv"

    @property
    def media_type(self) -> str:
        """``text/csv``."""
        return "text/csv"


@frozen
class ScoresTsv(ScoreTable):
    """As :class:`ScoresCsv`, with tabs."""

    @property
    def id(self) -> str:
        """``scores-tsv``."""
        return "scores-tsv"

    @property
    def media_type(self) -> str:
        """``text/tab-separated-values``."""
        return "text/tab-separated-values"


@frozen
class ScoresJson(ScoreTable):
    """A JSON array, one object a score."""

    @property
    def id(self) -> str:
        """``scores-json``."""
        return "scores-json"

    @property
    def media_type(self) -> str:
        """``application/json``."""
        return "application/json"
