"""Exporters whose worked files agree with their fault, so that the bytes cannot show it.

The docstring of a class is its fault.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import frozen

import therapeutic_alliance as ta
from tests.kit.exporter_documents import SoundHtml, SoundJson
from tests.kit.exporter_sound import Sheets, Sound


@frozen
class SoundWords(Sound):
    """CSV that is never read back, with words for what is not scorable, and nothing is wrong"""

    one_way: ClassVar[bool] = True
    blank: ClassVar[Any] = "not scorable"

    def value(self, score: ta.Score) -> Any:
        return self.blank if score.value is None else score.value


@frozen
class BlankIsNan(SoundWords):
    """writes nan for what is not scorable, as its author worked it"""

    blank = float("nan")


@frozen
class BlankIsNone(SoundWords):
    """writes None for what is not scorable, as its author worked it"""

    blank = "None"


@frozen
class BlankIsZeroAsWorked(SoundWords):
    """writes 0 for what is not scorable, as its author worked it"""

    blank = 0


@frozen
class SixDigits(SoundWords):
    """writes six digits of a value, as its author worked it"""

    def value(self, score: ta.Score) -> Any:
        return super().value(score) if score.value is None else f"{score.value:.6g}"


@frozen
class WritesAnswers(SoundWords):
    """writes the answers into a column, as its author worked it"""

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        for row in super().rows(sheet):
            yield *row, *sheet.answers


@frozen
class NoHeading(SoundWords):
    """writes no heading if there is no sheet"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        head, *rows = super().export(sheets)
        yield from (head, *rows) if rows else ()


@frozen
class BreaksTheRow(SoundWords):
    """leaves a carriage return unquoted, so that what follows begins a row"""

    def piece(self, row: tuple[Any, ...]) -> Any:
        return super().piece(row).replace(b'"\'\r=1"', b"'\r=1")


@frozen
class DividesByTheCount(SoundWords):
    """divides by the number of sheets, also if there is none"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        all_sheets = list(sheets)
        yield from super().export(all_sheets)
        yield self.piece((sum(map(len, all_sheets)) / len(all_sheets),))


@frozen
class ZeroInJson(SoundJson):
    """JSON with 0 for what is not scorable, as its author worked it"""

    one_way: ClassVar[bool] = True

    def json_value(self, score: ta.Score) -> Any:
        return score.value or 0


@frozen
class ZeroInHtml(SoundHtml):
    """HTML with 0 for what is not scorable, as its author worked it"""

    one_way: ClassVar[bool] = True

    def value(self, score: ta.Score) -> Any:
        return score.value or 0


@frozen
class EmptyPage(SoundHtml):
    """HTML that is empty if there is no sheet"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        head, *rows = super().export(sheets)
        yield from (head, *rows) if rows else ()
