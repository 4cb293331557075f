"""A sound importer and twins of it, each with one planted fault; see ``test_importer_faults.py``.

The docstring of a class is its fault.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, TextIO

from attrs import frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import BadFile, Contract, ImporterContract, WorkedFile

MEASURE = "arm-5"
CONTENT = b"#lines\ncase-7;1;client;6 7 1 6 5\ncase-8;2;client;6 - 1 6 5\n"
MeasureOf = Callable[[str], ta.Measure]


def _form(case: str, session: int, rater: str, *answers: float | None) -> ta.Administration:
    return ta.Administration(
        MEASURE, case, session, rater, dict(zip("12345", answers, strict=True))
    )


FORMS = (
    _form("case-7", 1, "client", 6, 7, 1, 6, 5),
    _form("case-8", 2, "client", 6, None, 1, 6, 5),
)
WORKED = (WorkedFile(name="worked.txt", content=CONTENT, forms=FORMS),)
BAD = (
    BadFile(name="head.txt", content=b"lines\n", says="row 1"),
    BadFile(name="short.txt", content=b"#lines\ncase-7;1;client;6 7\n", says="row 2"),
    BadFile(name="text.txt", content=b"#lines\ncase-7;1;client;6 7 1 x 5\n", says="row 2"),
)


def refused(path: Path, row: int | None, rule: str) -> ta.TableError:
    return ta.TableError(ta.Problem(file=path.name, row=row, rule=rule))


@frozen
class Sound:
    """A line a form: case, session, rater, answers."""

    id, reads = "planted", "lines, invented for this test"
    bad: ClassVar[Any] = BAD

    def opened(self, path: Path) -> TextIO:
        try:
            return path.open(encoding="utf-8", errors="replace")
        except OSError:
            pass
        raise refused(path, None, "cannot be read")

    def answer(self, text: str) -> float | None:
        """One answer; ValueError if it is none."""
        return None if text == "-" else int(text)

    def line(self, text: str, _measure: ta.Measure) -> ta.Administration:
        """One form; ValueError if the line is none."""
        case, session, rater, answers = text.split(";")
        given = dict(zip("12345", map(self.answer, answers.split()), strict=True))
        return ta.Administration(MEASURE, case, int(session), rater, given)

    def made(self, path: Path, row: int, text: str, measure: ta.Measure) -> ta.Administration:
        try:
            return self.line(text, measure)
        except (ValueError, ta.AllianceError):
            pass
        raise refused(path, row, "not case;session;rater;answers")

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        with self.opened(path) as file:
            if file.readline() != "#lines\n":
                raise refused(path, 1, "does not begin with #lines")
            for row, text in enumerate(file, 2):
                yield self.made(path, row, text.rstrip("\n"), measure_of(MEASURE))


@frozen
class QuotesTheLine(Sound):
    """quotes the line in its error"""

    def made(self, path: Path, row: int, text: str, measure: ta.Measure) -> ta.Administration:
        try:
            return self.line(text, measure)
        except (ValueError, ta.AllianceError):
            pass
        raise refused(path, row, f"cannot read {text!r}")


@frozen
class RaisesInExcept(Sound):
    """raises in the except block, so that __context__ quotes the answer"""

    def made(self, path: Path, row: int, text: str, measure: ta.Measure) -> ta.Administration:
        try:
            return self.line(text, measure)
        except (ValueError, ta.AllianceError):
            raise refused(path, row, "not case;session;rater;answers")  # noqa: B904


@frozen
class QuotesAPiece(Sound):
    """raises from an error that quotes a piece of a field"""

    def made(self, path: Path, row: int, text: str, measure: ta.Measure) -> ta.Administration:
        try:
            return self.line(text, measure)
        except (ValueError, ta.AllianceError):
            pass
        reason = ValueError(f"no number: {text[-2:]!r}")
        raise refused(path, row, "not case;session;rater;answers") from reason


@frozen
class AddsANote(Sound):
    """adds a note with the case to its error"""

    def made(self, path: Path, row: int, text: str, measure: ta.Measure) -> ta.Administration:
        try:
            return super().made(path, row, text, measure)
        except ta.AllianceError as error:
            error.add_note(f"of {text.partition(';')[0]}")
            raise


@frozen
class OpenIfAbandoned(Sound):
    """closes the file only when all of it was read"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        file = self.opened(path)
        if file.readline() != "#lines\n":
            file.close()
            raise refused(path, 1, "does not begin with #lines")
        for row, text in enumerate(file, 2):
            try:
                form = self.made(path, row, text.rstrip("\n"), measure_of(MEASURE))
            except ta.AllianceError:
                file.close()
                raise
            yield form
        file.close()


@frozen
class KeyErrorWhenCut(Sound):
    """raises KeyError where the file is cut off"""

    def line(self, text: str, measure: ta.Measure) -> ta.Administration:
        cells = dict(enumerate(text.split(";")))
        return super().line(";".join(cells[n] for n in range(4)), measure)


@frozen
class UnicodeErrors(Sound):
    """lets UnicodeDecodeError through"""

    def opened(self, path: Path) -> TextIO:
        super().opened(path).close()
        return path.open(encoding="utf-8")


@frozen
class OSErrors(Sound):
    """lets OSError through"""

    def opened(self, path: Path) -> TextIO:
        return path.open(encoding="utf-8", errors="replace")


@frozen
class Guesses(Sound):
    """takes 0 for what it cannot read"""

    def answer(self, text: str) -> float | None:
        return int(text) if text.isdecimal() else 0


@frozen
class LeavesOutBadLines(Sound):
    """leaves out lines that it cannot read"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        with self.opened(path) as file:
            for text in file:
                try:
                    yield self.line(text.rstrip("\n"), measure_of(MEASURE))
                except (ValueError, ta.AllianceError):
                    continue


@frozen
class AnswersAsText(Sound):
    """gives answers as text"""

    def answer(self, text: str) -> Any:
        super().answer(text)
        return None if text == "-" else text


@frozen
class SessionsFromZero(Sound):
    """numbers sessions one too high"""

    def line(self, text: str, measure: ta.Measure) -> ta.Administration:
        case, session, rest = text.split(";", 2)
        return super().line(f"{case};{int(session) + 1};{rest}", measure)


_SEEN: set[str] = set()


@frozen
class RemembersForms(Sound):
    """remembers in the module which forms it has read"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        for form in super().forms(path, measure_of):
            if form.case not in _SEEN:
                yield form
            _SEEN.add(form.case)


@frozen
class Prints(Sound):
    """prints what it reads"""

    def line(self, text: str, measure: ta.Measure) -> ta.Administration:
        print(text)
        return super().line(text, measure)


@frozen
class WritesBeside(Sound):
    """leaves a file of its own beside the one it reads"""

    def opened(self, path: Path) -> TextIO:
        file = super().opened(path)
        path.with_suffix(".index").write_text("read", encoding="utf-8")
        return file


@frozen
class EmptyIsFine(Sound):
    """takes an empty file for one without forms"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        if not path.exists() or path.is_dir() or path.stat().st_size:
            yield from super().forms(path, measure_of)


@frozen
class NamesNoFile(Sound):
    """names no file in its errors"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        told = None
        try:
            yield from super().forms(path, measure_of)
        except ta.TableError as error:
            told = error.problems[0]
        if told is not None:
            raise ta.TableError(ta.Problem(row=told.row, rule=told.rule))


@frozen
class UnknownRater(Sound):
    """gives a rater role that the measure does not accept"""

    def line(self, text: str, measure: ta.Measure) -> ta.Administration:
        return super().line(text.replace("client", "supervisor"), measure)


@frozen
class WithoutEnd(Sound):
    """begins again at the end of the file"""

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        while True:
            yield from super().forms(path, measure_of)
            if not path.read_bytes().count(b";"):
                return


@frozen(eq=False)
class HashesById(Sound):
    """is compared and hashed by identity"""

    __eq__, __hash__ = object.__eq__, object.__hash__


@frozen
class Forgotten(Sound):
    """no bad file is given"""

    bad: ClassVar[Any] = ()


@frozen
class LeavesItOpen(Sound):
    """does not close the file"""

    # the last, because pytest tells of such a file when it is collected, maybe tests later

    def forms(self, path: Path, measure_of: MeasureOf) -> Iterator[ta.Administration]:
        file = self.opened(path)
        if file.readline() != "#lines\n":
            raise refused(path, 1, "does not begin with #lines")
        for row, text in enumerate(file, 2):
            yield self.made(path, row, text.rstrip("\n"), measure_of(MEASURE))


FAULTS: list[type[Sound]] = [
    each
    for each in vars().copy().values()
    if isinstance(each, type) and issubclass(each, Sound) and each is not Sound
]

TWINS: list[type[Sound]] = [Sound, *FAULTS]


def _contract(planted: type[Sound]) -> type[Contract]:
    """The contract as an author would subclass it."""
    given = {"__module__": __name__, "importer": planted(), "worked": WORKED, "bad": planted.bad}
    return type(f"Test{planted.__name__}", (ImporterContract,), given)


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
