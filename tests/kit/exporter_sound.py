"""A sound exporter of CSV."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, ClassVar

from attrs import frozen

import therapeutic_alliance as ta
from therapeutic_alliance.model.record import FormKey

ARM = ta.Registry().measure("arm-5")
SHEETS = (
    ta.score(ARM, ta.Administration("arm-5", "c1", 1, "client", dict.fromkeys("12345", 4))),
    ta.score(ARM, ta.Administration("arm-5", "c1", 2, "client", {"1": 4})),
)
Sheets = Iterable[ta.ScoreSheet]


@frozen
class Sound:
    """A row a score: the form's key, score, value, version."""

    id, media_type, suffix = "planted", "text/csv", ".csv"
    sheets: ClassVar[tuple[ta.ScoreSheet, ...]] = SHEETS
    one_way: ClassVar[bool] = False
    """Whether its author worked out just the bytes that it gives, and reads none of them."""

    def text(self, text: str) -> str:
        return f"'{text}" if text.lstrip("'")[:1] in tuple("=+-@\t\r") else text

    def value(self, score: ta.Score) -> Any:
        return "" if score.value is None else score.value

    def who(self, sheet: ta.ScoreSheet) -> FormKey:
        if sheet.form is None:
            raise ta.AllianceError("a sheet without its form")
        return sheet.form.key

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        for score in sheet:
            version = self.text(sheet.measure.version)
            key = [self.text(each) if isinstance(each, str) else each for each in self.who(sheet)]
            yield *key, score.id, self.value(score), version

    def piece(self, row: tuple[Any, ...]) -> Any:
        text = StringIO(newline="")
        csv.writer(text).writerow(row)
        return text.getvalue().encode()

    def export(self, sheets: Sheets) -> Iterator[Any]:
        yield self.piece((*FormKey._fields, "score", "value", "version"))
        for sheet in sheets:
            for row in self.rows(sheet):
                yield self.piece(row)
