"""Twins of a sound exporter, each with one planted fault; see ``test_faults.py``.

The docstring of a class is its fault.
"""

import csv
import random
from collections.abc import Iterator
from io import StringIO
from typing import Any, ClassVar

from attrs import frozen

import therapeutic_alliance as ta
from tests.kit import exporter_documents, exporter_values
from tests.kit.exporter_documents import SoundHtml, SoundJson, SoundQuotes, SoundXml
from tests.kit.exporter_sound import SHEETS, Sheets, Sound
from tests.kit.exporter_values import SoundWords
from therapeutic_alliance.model.record import FormKey
from therapeutic_alliance.testing import (
    Contract,
    ExporterContract,
    Key,
    RoundTripExporterContract,
    WorkedExport,
)


@frozen
class BlankIsZero(Sound):
    """writes 0 for what is not scorable"""

    def value(self, score: ta.Score) -> Any:
        return score.value or 0.0


@frozen
class DropsNotScorable(Sound):
    """leaves out what is not scorable"""

    def rows(self, sheet: ta.ScoreSheet) -> Iterator[tuple[Any, ...]]:
        return (row for row in super().rows(sheet) if row[-2] != "")


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
            yield self.piece((len(_EXPORTS),))


_EXPORTS: list[int] = []


@frozen
class Leaks(Sound):
    """names the case whose measure it does not know"""

    def who(self, sheet: ta.ScoreSheet) -> FormKey:
        key = super().who(sheet)
        if sheet.measure.id == "invented-other":
            raise ta.AllianceError(f"{key.case}: a measure that is not known")
        return key


@frozen
class LeaksInContext(Sound):
    """raises in an except block, so that __context__ quotes the case"""

    def who(self, sheet: ta.ScoreSheet) -> FormKey:
        key = super().who(sheet)
        known = {f"{key.case} by client": key, f"{key.case} by therapist": key}
        try:
            return known[f"{key.case} by {key.rater}"]
        except KeyError:
            raise ta.AllianceError("a rater that is not known")  # noqa: B904


@frozen
class NoForm(Sound):
    """does not ask whether a sheet has its form"""

    def who(self, sheet: ta.ScoreSheet) -> FormKey:
        form: Any = sheet.form
        key: FormKey = form.key
        return key


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
class ByCaseAndSession(Sound):
    """keeps the last form of a case and session"""

    unknown: ClassVar[frozenset[str]] = frozenset({"measure", "rater", "person", "occasion"})

    def export(self, sheets: Sheets) -> Iterator[Any]:
        last = {}
        for sheet in sheets:
            key = self.who(sheet)
            known = [part for name, part in key._asdict().items() if name not in self.unknown]
            last[tuple(known)] = sheet
        yield from super().export(last.values())


@frozen
class OnePerson(ByCaseAndSession):
    """keeps the last of several persons"""

    unknown = frozenset({"person"})


@frozen
class OneMeasure(ByCaseAndSession):
    """keeps the last of several measures"""

    unknown = frozenset({"measure"})


@frozen
class Forgotten(Sound):
    """no sheet is worked"""

    sheets = ()


SOUND = (Sound, SoundJson, SoundHtml, SoundQuotes, SoundXml, SoundWords)
FAULTS: list[type[Sound]] = [
    each
    for module in (vars().copy(), vars(exporter_documents), vars(exporter_values))
    for each in module.values()
    if isinstance(each, type) and issubclass(each, Sound) and each not in SOUND
]


def read(_contract: Contract, content: bytes) -> dict[Key, float | None]:
    """What the CSV holds."""
    rows = list(csv.reader(StringIO(content.decode(), newline="")))[1:]
    found: dict[Key, float | None] = {}
    for case, session, measure, rater, person, occasion, score, value, _ in rows:
        who = case.removeprefix("'"), int(session), measure, rater
        more = person.removeprefix("'") or None, occasion or None
        found[(*who, *more, score)] = float(value) if value else None
    return found


def _sound(planted: type[Sound]) -> type[Sound]:
    """The sound twin of a class."""
    return next(each for each in reversed(SOUND) if issubclass(planted, each))


TWINS: list[type[Sound]] = [*SOUND, *FAULTS]


def _contract(planted: type[Sound]) -> type[Contract]:
    """The contract as an author would subclass it; the sound twin's file was read by us."""
    sound = _sound(planted)
    content = b"".join((planted if planted.one_way else sound)().export(SHEETS))
    worked = [WorkedExport(sheets=planted.sheets, content=content)] if planted.sheets else []
    given = {
        "__module__": __name__,
        "exporter": planted(),
        "worked": worked,
        "read": read,
    }
    base: Any = RoundTripExporterContract if sound is Sound else ExporterContract
    return type(f"Test{planted.__name__}", (base,), given)


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
