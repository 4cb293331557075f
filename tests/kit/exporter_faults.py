"""A sound exporter and twins of it, each with one planted fault; see ``test_exporter_faults.py``.

Those of other formats begin with a sound twin of their own. The docstring of a class is its fault.
"""

import csv
import json
import random
from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO
from typing import Any

from attrs import frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import (
    Contract,
    ExporterContract,
    RoundTripExporterContract,
    WorkedExport,
)

ARM = ta.Registry().measure("arm-5")
SHEETS = (
    ta.score(ARM, ta.Administration("arm-5", "c1", 1, "client", dict.fromkeys("12345", 4))),
    ta.score(ARM, ta.Administration("arm-5", "c1", 2, "client", {"1": 4})),
)
Sheets = Iterable[ta.ScoreSheet]


@frozen
class Sound:
    """A row a score: case, session, score, value, version."""

    id, media_type, suffix = "planted", "text/csv", ".csv"

    def text(self, text: str) -> str:
        return f"'{text}" if text.lstrip("'")[:1] in tuple("=+-@\t\r") else text

    def value(self, score: ta.Score) -> Any:
        return "" if score.value is None else score.value

    def who(self, sheet: ta.ScoreSheet) -> tuple[str, int]:
        if sheet.form is None:
            raise ta.AllianceError("a sheet without its form")
        return sheet.form.case, sheet.form.session

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        case, session = self.who(sheet)
        for score in sheet:
            version = self.text(sheet.measure.version)
            yield self.text(case), session, score.id, self.value(score), version

    def piece(self, row: tuple[Any, ...]) -> Any:
        text = StringIO(newline="")
        csv.writer(text).writerow(row)
        return text.getvalue().encode()

    def export(self, sheets: Sheets) -> Iterator[Any]:
        yield self.piece(("case", "session", "score", "value", "version"))
        for sheet in sheets:
            for row in self.rows(sheet):
                yield self.piece(row)


@frozen
class BlankIsZero(Sound):
    """writes 0 for what is not scorable"""

    def value(self, score: ta.Score) -> Any:
        return score.value or 0.0


@frozen
class DropsNotScorable(Sound):
    """leaves out what is not scorable"""

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        return (row for row in super().rows(sheet) if row[3] != "")


@frozen
class Rounds(Sound):
    """rounds values to two decimals"""

    def value(self, score: ta.Score) -> Any:
        return "" if score.value is None else round(score.value, 2)


@frozen
class Formulas(Sound):
    """writes text that a spreadsheet runs"""

    def text(self, text: str) -> str:
        return text


@frozen
class AnyOrder(Sound):
    """writes rows in no order"""

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        rows = list(super().rows(sheet))
        random.shuffle(rows)
        return iter(rows)


@frozen
class Stamped(Sound):
    """numbers each export"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        _EXPORTS.append(1)
        yield from super().export(sheets)
        if len(_EXPORTS) > 3:
            yield self.piece((len(_EXPORTS), 0, "", "", ""))


_EXPORTS: list[int] = []


@frozen
class Leaks(Sound):
    """names the case whose measure it does not know"""

    def who(self, sheet: ta.ScoreSheet) -> tuple[str, int]:
        case, session = super().who(sheet)
        if sheet.measure.id == "invented-other":
            raise ta.AllianceError(f"{case}: a measure that is not known")
        return case, session


@frozen
class LeaksInContext(Sound):
    """raises in an except block, so that __context__ quotes the case"""

    def who(self, sheet: ta.ScoreSheet) -> tuple[str, int]:
        case, session = super().who(sheet)
        known = {f"{case} by client": session, f"{case} by therapist": session}
        try:
            return case, known[f"{case} by {sheet.form.rater if sheet.form else None}"]
        except KeyError:
            raise ta.AllianceError("a rater that is not known")  # noqa: B904


@frozen
class NoForm(Sound):
    """does not ask whether a sheet has its form"""

    def who(self, sheet: ta.ScoreSheet) -> tuple[str, int]:
        form: Any = sheet.form
        return form.case, form.session


@frozen
class Text(Sound):
    """gives text, not bytes"""

    def piece(self, row: tuple[Any, ...]) -> Any:
        return super().piece(row).decode()


@frozen
class ReadsTwice(Sound):
    """reads the sheets twice"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        count = sum(1 for _ in sheets)
        yield from super().export(sheets if count else ())


@frozen
class Consumes(Sound):
    """takes the sheets out of the caller's list"""

    def export(self, sheets: Any) -> Iterator[bytes]:
        yield from super().export(tuple(sheets))
        if isinstance(sheets, list):
            sheets.clear()


@frozen
class RefusesBlank(Sound):
    """refuses what is not scorable"""

    def value(self, score: ta.Score) -> Any:
        if score.value is None:
            raise ta.AllianceError("not scorable")
        return score.value


@frozen
class Swallows(Sound):
    """ends the file quietly if the sheets fail"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        try:
            yield from super().export(sheets)
        except Exception as error:
            if isinstance(error, ta.AllianceError):
                raise


@frozen
class NothingIsAnError(Sound):
    """fails if there is no sheet"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        sheets = iter(sheets)
        first = next(sheets, None)
        if first is None:
            raise ta.AllianceError("nothing to export")
        yield from super().export((first, *sheets))


@frozen
class Prints(Sound):
    """prints each row"""

    def piece(self, row: tuple[Any, ...]) -> Any:
        print(row)
        return super().piece(row)


@frozen
class SuffixWithoutDot(Sound):
    """has a suffix without its dot"""

    suffix = "csv"


@frozen(eq=False)
class HashesById(Sound):
    """is compared and hashed by identity"""

    __eq__, __hash__ = object.__eq__, object.__hash__


@frozen
class SoundJson(Sound):
    """JSON, and nothing is wrong"""

    media_type, suffix = "application/json", ".json"

    def json_value(self, score: ta.Score) -> Any:
        return score.value

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        rows = [
            [*self.who(sheet), score.id, self.json_value(score)]
            for sheet in sheets
            for score in sheet
        ]
        yield json.dumps(rows).encode()


@frozen
class NotANumber(SoundJson):
    """JSON with NaN for what is not scorable"""

    def json_value(self, score: ta.Score) -> Any:
        return float("nan") if score.value is None else score.value


@frozen
class CommaAtTheEnd(SoundJson):
    """JSON with a comma after the last row"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        [text] = super().export(sheets)
        yield text.replace(b"]]", b"],]")


@frozen
class SoundHtml(Sound):
    """HTML, and nothing is wrong"""

    media_type, suffix = "text/html", ".html"

    def markup(self, text: str) -> str:
        return escape(text)

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        yield b"<!doctype html><title>Scores</title>"
        for sheet in sheets:
            values = " ".join(str(self.value(score)) for score in sheet)
            yield f"<p>{self.markup(sheet.measure.name)}: {values}</p>".encode()


@frozen
class RawMarkup(SoundHtml):
    """HTML with the name of a measure as markup"""

    def markup(self, text: str) -> str:
        return text


SOUND = (Sound, SoundJson, SoundHtml)
FAULTS: list[type[Sound]] = [
    each
    for each in vars().copy().values()
    if isinstance(each, type) and issubclass(each, Sound) and each not in SOUND
]


def read(_contract: Contract, content: bytes) -> dict[tuple[str, int, str], float | None]:
    """What the CSV holds."""
    rows = list(csv.reader(StringIO(content.decode(), newline="")))[1:]
    return {
        (case.removeprefix("'"), int(session), score): float(value) if value else None
        for case, session, score, value, _ in rows
    }


def _sound(planted: type[Sound]) -> type[Sound]:
    """The sound twin of a class."""
    return next(each for each in reversed(SOUND) if issubclass(planted, each))


TWINS: list[type[Sound]] = [*SOUND, *FAULTS]


def _contract(planted: type[Sound]) -> type[Contract]:
    """The contract as an author would subclass it; the sound twin's file was read by us."""
    sound = _sound(planted)
    content = b"".join(sound().export(SHEETS))
    given = {
        "__module__": __name__,
        "exporter": planted(),
        "worked": (WorkedExport(sheets=SHEETS, content=content),),
        "read": read,
    }
    base: Any = RoundTripExporterContract if sound is Sound else ExporterContract
    return type(f"Test{planted.__name__}", (base,), given)


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
