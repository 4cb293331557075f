"""The contracts of exporters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from math import isnan
from typing import ClassVar

from attrs import evolve, field, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Exporter
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.testing.contract import Contract, fail, holds, tried
from therapeutic_alliance.testing.files.blanks import in_place_of_a_value, seems_a_value
from therapeutic_alliance.testing.files.documents import formulas, more_markup, no_document
from therapeutic_alliance.testing.files.leaks import kept_behind, leaked
from therapeutic_alliance.testing.files.samples import (
    ANSWERS,
    LAID_BESIDE,
    MARKED,
    MARKS,
    ORDINARY,
    RELATED,
    SECRETS,
    THIRDS,
    UNROUNDED,
    drawn_sheets,
    named,
    samples,
)
from therapeutic_alliance.testing.silence import unprinted, unwarned
from therapeutic_alliance.testing.value import check_value

Key = tuple[str, int, str, str, str | None, str | None, str]
"""Case, session, measure, rater, person, occasion and score; ``None`` where a form says nothing."""
_PLAIN = ("one case", "not scorable, prorated")
"""Samples that no exporter may refuse."""


@frozen(kw_only=True)
class WorkedExport:
    r"""Sheets with the file that is to come of them, byte by byte.

    >>> WorkedExport(sheets=[], content=b"case,value\n").content
    b'case,value\n'
    """

    sheets: Sequence[ScoreSheet]
    content: bytes = field(repr=False)
    note: str = ""


class ExporterContract(Contract):
    """What is asked of every exporter. Give ``exporter`` and ``worked``.

    >>> import therapeutic_alliance as ta
    >>> from attrs import frozen
    >>> @frozen
    ... class Totals:
    ...     id, media_type, suffix = "totals", "text/plain", ".txt"
    ...     def export(self, sheets):
    ...         for sheet in sheets:
    ...             value = sheet["total"].value
    ...             yield b"blank" if value is None else f"{value} ".encode()
    >>> measure = ta.Registry().measure("arm-5")
    >>> sheets = [ta.score(measure, [6, 7, 1, 6, 5]), ta.score(measure, [None] * 5)]
    >>> class TestTotals(ExporterContract):
    ...     exporter = Totals()
    ...     worked = [WorkedExport(sheets=sheets, content=b"6.2 blank")]
    >>> TestTotals().test_worked_sheets_give_their_bytes()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "exporter": "the exporter to be tested, with its parameters",
        "worked": "sheets with the file that is to come of them, at least one with a score that "
        "is not scorable, each a WorkedExport; nothing else can show that the file is right",
    }

    @property
    def _exporter(self) -> Exporter:
        exporter: Exporter = self.needed("exporter")
        return exporter

    def _export(self, sheets: Iterable[ScoreSheet]) -> bytes:
        return b"".join(self._exporter.export(sheets))

    def _answer(self, what: str, sheets: Sequence[ScoreSheet]) -> bytes | AllianceError:
        """What becomes of sheets: a file, or a refusal; any other exception is told."""
        try:
            return unwarned(lambda: self._export(sheets))
        except AllianceError as error:
            return error
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            said = f"a {type(error).__name__}, where only an AllianceError may be raised: {error}"
        raise AssertionError(f"sheets, {what}: {said}")

    def _file(self, what: str, sheets: Sequence[ScoreSheet]) -> bytes:
        """The file of sheets that no exporter may refuse."""
        content = self._answer(what, sheets)
        if isinstance(content, AllianceError):
            fail(f"sheets, {what}: refused: {content}")
        return content

    def _exports(self) -> Iterator[tuple[str, bytes | AllianceError]]:
        """What becomes of each kind of sheets."""
        for what, sheets in samples().items():
            yield what, self._answer(what, sheets)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """The files of all sheets that are not refused, and of none."""
        yield "no sheet", self._file("no sheet", [])
        for what, content in self._exports():
            if isinstance(content, bytes):
                yield what, content

    def test_worked_sheets_give_their_bytes(self) -> None:
        """Exactly the file that the author says."""
        worked: Sequence[WorkedExport] = self.needed("worked")
        for number, each in enumerate(worked, 1):
            found = self._export(each.sheets)
            if found != each.content:
                note = f" ({each.note})" if each.note else ""
                fail(f"worked export {number}{note}: {_difference(found, each.content)}")
        scores = [score for each in worked for sheet in each.sheets for score in sheet]
        if all(score.value is not None for score in scores):
            fail("no worked sheet has a score that is not scorable: is it left blank, or made a 0?")

    def test_pieces_are_bytes(self) -> None:
        """One after the other, not a file as a whole, and not text."""
        for piece in self._exporter.export(ORDINARY):
            assert isinstance(piece, bytes), f"a piece is {type(piece).__name__}, not bytes"

    def test_the_same_sheets_give_the_same_bytes(self) -> None:
        """Also after other sheets, and by a copy of the exporter: no clock, no memory."""
        first = self._export(ORDINARY)
        self._export(samples()["not scorable, prorated"])
        assert self._export(ORDINARY) == first, "the same sheets give another file the second time"
        again = b"".join(evolve(self.needed("exporter")).export(ORDINARY))
        assert again == first, "a copy of the exporter gives another file"

    def test_sheets_are_read_once(self) -> None:
        """A generator will do, so that a warehouse need not fit into memory."""
        expected = self._export(ORDINARY)
        assert self._export(sheet for sheet in ORDINARY) == expected, (
            "sheets of a generator give another file than the same in a tuple: are they read twice?"
        )

    def test_sheets_stay_as_they_were(self) -> None:
        """Their list is the caller's."""
        given = list(ORDINARY)
        before = copy(given)
        self._export(given)
        assert given == before, "the list of sheets is changed"

    def test_no_sheets_give_a_whole_document(self) -> None:
        """One of its format, such as a heading without rows, and no exception.

        Only plain text and JSON line by line are whole without a byte.
        """
        fault = no_document(self._file("no sheet", []), self._exporter.media_type)
        assert not fault, f"no sheets: not {self._exporter.media_type}: {fault}"

    def test_every_kind_of_sheet_is_answered(self) -> None:
        """Several measures, raters, persons, no form: a file or an AllianceError."""
        for what, content in self._exports():
            if isinstance(content, AllianceError) and what in _PLAIN:
                fail(f"sheets, {what}: refused: {content}")

    def test_files_are_of_their_media_type(self) -> None:
        """JSON, XML and tables can be read back as such; JSON has no NaN."""
        for what, content in self._files():
            fault = no_document(content, self._exporter.media_type)
            assert not fault, f"sheets, {what}: not {self._exporter.media_type}: {fault}"

    def test_what_is_not_scorable_shows_no_number(self) -> None:
        """No 0, ``nan`` or ``None`` stands where a score would: nothing, or words."""
        files = [self._file("one score, or not scorable", each) for each in LAID_BESIDE]
        found = next(filter(seems_a_value, in_place_of_a_value(*files)), None)
        assert found is None, (
            f"a score that is not scorable shows {found!r}: leave its place empty, or say so in "
            "words; in JSON, write null"
        )

    def test_values_are_not_rounded(self) -> None:
        """Of a score of 10/3, ten digits or more stand in the file. Of packed formats, say so."""
        content = self._file("a score of 10/3", THIRDS)
        assert UNROUNDED.search(content), (
            "3.333333333, the first ten digits of a score of 10/3, stands nowhere in the file: "
            "write values unrounded; if they are packed, or rounded for readers, say so in deviates"
        )

    def test_no_answers_are_written(self) -> None:
        """Scores alone are handed on: marks such as 73.21 that no score can be stand nowhere."""
        found = ANSWERS.search(self._file("marks that no score can be", MARKS))
        assert found is None, (
            f"an answer stands in the file, at byte {found and found.start()}: write scores alone"
        )

    def test_no_cell_is_a_formula(self) -> None:
        """Text of a table that begins with = + - @, a tab or CR is run by spreadsheets."""
        for what, content in self._files():
            found = next(formulas(content, self._exporter.media_type), None)
            broken = f"\r{found}".encode() in content
            remedy = "quote the cell or take it out" if broken else "put a quote first"
            why = "a carriage return breaks the row: " if broken else ""
            assert found is None, f"sheets, {what}: a spreadsheet runs {found!r}: {why}{remedy}"

    def test_markup_is_escaped(self) -> None:
        """A measure's name in HTML or XML is text: it adds no element and no attribute."""
        content = dict(self._exports())[MARKED]
        if isinstance(content, bytes):
            plain = self._export(named("Invented (simulated)"))
            more = more_markup(content, plain, self._exporter.media_type)
            assert not more, f"text of a measure's name stands there as markup: {', '.join(more)}"

    def test_errors_hold_no_answers(self) -> None:
        """Nor a case or a person, nor in what they were raised from."""
        for what, error in self._exports():
            if isinstance(error, AllianceError):
                secret = leaked(error, SECRETS)
                assert secret is None, f"sheets, {what}: the error holds {secret!r} of a sheet"
                hidden = kept_behind(error)
                assert not hidden, f"sheets, {what}: {hidden}"

    def test_faults_of_the_sheets_pass(self) -> None:
        """What is raised while sheets are read reaches the caller as it is."""

        def broken() -> Iterator[ScoreSheet]:
            yield ORDINARY[0]
            raise _Broken

        try:
            self._export(broken())
        except _Broken:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            fail(f"an error of the sheets becomes {type(error).__name__}")
        fail("an error of the sheets is swallowed: half a file passes for a whole one")

    def test_exporter_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value("exporters", self._exporter)

    def test_suffix_and_media_type(self) -> None:
        """Such as ``.csv`` and ``text/csv``."""
        suffix, media_type = self._exporter.suffix, self._exporter.media_type
        assert suffix.startswith(".") and len(suffix) > 1, "the suffix is not like .csv"  # noqa: PT018
        assert all(media_type.partition("/")), "the media type is not like text/csv"

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr."""
        unprinted(lambda: list(self._exports()))


class RoundTripExporterContract(ExporterContract):
    """What is asked also of an exporter whose files hold every value. Define ``read``."""

    def read(self, content: bytes) -> Mapping[Key, float | None]:
        """The values in a file, by all that tells a form from others, and score.

        A key is ``(case, session, measure, rater, person, occasion, score)``.
        """
        del content
        fail(
            f"{type(self).__name__} gives no read: the values by case, session, measure, rater, "
            "person, occasion and score"
        )

    def test_everything_needed_is_given(self) -> None:
        """``read``, too."""
        super().test_everything_needed_is_given()
        self.read(self._export(ORDINARY))

    def test_values_come_back(self) -> None:
        """Every one exactly, to the last digit; ``None`` where there is none."""

        def law(sheets: Sequence[ScoreSheet]) -> None:
            expected = {
                (*sheet.form.key, score.id): score.value
                for sheet in sheets
                if sheet.form
                for score in sheet
            }
            found = dict(self.read(self._export(sheets)))
            assert found.keys() == expected.keys(), _other_keys(found, expected)
            wrong = [key for key, value in expected.items() if not _same(found[key], value)]
            assert not wrong, f"another value comes back: {found[wrong[0]]}, {expected[wrong[0]]}"

        tried(law, RELATED)
        holds(law, drawn_sheets())


class _Broken(Exception):  # noqa: N818 - a signal
    """What the sheets raise midway."""


def _other_keys(found: Mapping[Key, object], expected: Mapping[Key, object]) -> str:
    """The first key that is lost, and the first that is new; all of it is simulated."""
    lost = next((key for key in expected if key not in found), None)
    new = next((key for key in found if key not in expected), None)
    told = [f"{key} {what}" for key, what in ((lost, "is lost"), (new, "is new")) if key]
    return (
        f"{len(found)} values come back of {len(expected)}; {' and '.join(told)}: a key is "
        "(case, session, measure, rater, person, occasion, score)"
    )


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return not isinstance(one, bool) and not isnan(one) and one == two


def _difference(found: bytes, expected: bytes) -> str:
    """Where two files part."""
    pairs = zip(found, expected, strict=False)
    place = next((n for n, (one, two) in enumerate(pairs) if one != two), None)
    place = min(len(found), len(expected)) if place is None else place
    begin = max(0, place - 20)
    return (
        f"differs at byte {place}: {found[begin : place + 20]!r}, "
        f"worked: {expected[begin : place + 20]!r}"
    )
