"""The contract of importers."""

import gc
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from inspect import getattr_static, isfunction, isroutine, signature
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Self

from attrs import evolve, field, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Importer
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.scoring.sheet import score
from therapeutic_alliance.sdk.registry import Registry
from therapeutic_alliance.testing.contract import Contract, fail
from therapeutic_alliance.testing.files.damage import CANARIES, damages, with_canaries
from therapeutic_alliance.testing.files.leaks import kept_behind, leaked
from therapeutic_alliance.testing.silence import unprinted, unwarned
from therapeutic_alliance.testing.value import check_value


@frozen(kw_only=True)
class WorkedFile:
    """A file with the forms in it, as the author reads them, in the order of the file.

    ``secrets`` are texts of the file that no error may hold; unless given, the case and person
    ids of its forms that are 3 characters long or more.

    >>> form = Administration("arm-5", "case-7", 1, "client", {"1": 6})
    >>> WorkedFile(name="one.csv", content=b"...", forms=[form]).kept_out
    ('case-7',)
    """

    name: str
    content: bytes = field(repr=False)
    forms: Sequence[Administration]
    secrets: Sequence[str] | None = field(default=None, repr=False)
    note: str = ""

    @property
    def kept_out(self) -> tuple[str, ...]:
        """What no error may hold."""
        if self.secrets is not None:
            return tuple(self.secrets)
        ids = {each for form in self.forms for each in (form.case, form.person) if each}
        return tuple(sorted(each for each in ids if len(each) > 2))


@frozen(kw_only=True)
class BadFile:
    """A file that is to be refused, and what the error says of it, such as ``row 3``."""

    name: str
    content: bytes = field(repr=False)
    says: str
    note: str = ""


class ImporterContract(Contract):
    r"""What is asked of every importer. Give ``importer``, ``worked`` and ``bad``.

    ``measures`` is a registry, or a function that gives the measure with an id, itself or from a
    property or method; without it the built-in measures are asked. Files are written to folders
    that vanish afterwards, and may be called as a case: an error has to name the file.

    >>> from therapeutic_alliance import Registry
    >>> head, row = b"case,session,rater,1,2,3,4,5", b"case-7,1,client,6,7,1,6,5"
    >>> class TestTable(ImporterContract):
    ...     importer = Registry().importer("table", measure="arm-5")
    ...     worked = [
    ...         WorkedFile(
    ...             name="one.csv",
    ...             content=head + b"\n" + row,
    ...             forms=[
    ...                 Administration(
    ...                     "arm-5", "case-7", 1, "client", {"1": 6, "2": 7, "3": 1, "4": 6, "5": 5}
    ...                 )
    ...             ],
    ...         )
    ...     ]
    ...     bad = [BadFile(name="short.csv", content=head + b"\ncase-7,1", says="row 2")]
    >>> TestTable().test_bad_files_are_refused()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "importer": "the importer to be tested, with its parameters",
        "worked": "files with the forms in them, each a WorkedFile; nothing else can show that "
        "what is read is what stands there",
        "bad": "files that it has to refuse, each a BadFile with what the error says",
    }
    measures: Any = None

    @property
    def _importer(self) -> Importer:
        importer: Importer = self.needed("importer")
        return importer

    @property
    def _worked(self) -> Sequence[WorkedFile]:
        worked: Sequence[WorkedFile] = self.needed("worked")
        return worked

    @property
    def _measure_of(self) -> Callable[[str], Measure]:
        held = getattr_static(self, "measures")
        given = held if _is_plain(held) else self.measures
        given = given() if isroutine(given) and not signature(given).parameters else given
        given = _built_in() if given is None else given
        return given.measure if isinstance(given, Registry) else given

    def _forms(self, importer: Importer, path: Path) -> Iterator[Administration]:
        """The forms of a file; none holds more of them than bytes."""
        most = path.stat().st_size if path.is_file() else 0
        for number, form in enumerate(importer.forms(path, self._measure_of)):
            if number == most:
                fail("more forms than the file has bytes: do they ever end?")
            yield form

    def _read(self, path: Path) -> tuple[Administration, ...]:
        return tuple(self._forms(self._importer, path))

    def _refusal(self, path: Path) -> AllianceError | None:
        """The error of a file, if it is refused; any other exception fails."""
        try:
            for form in unwarned(lambda: self._read(path)):
                assert isinstance(form, Administration), "not every form is an Administration"
        except AllianceError as error:
            return error
        except AssertionError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            fail(f"a {type(error).__name__}, where only an AllianceError may be raised: {error}")
        return None

    def test_worked_files_give_their_forms(self) -> None:
        """Exactly those that the author says, in their order."""
        for each in self._worked:
            with _Files() as files:
                found = self._read(files.of(each.name, each.content))
            note = f" ({each.note})" if each.note else ""
            for number, (form, expected) in enumerate(zip(found, each.forms, strict=False), 1):
                wrong = _differing(form, expected)
                if wrong:
                    fail(f"{each.name}{note}: form {number} differs in {', '.join(wrong)}")
            if len(found) != len(each.forms):
                fail(f"{each.name}{note}: {len(found)} forms, worked: {len(each.forms)}")
        if not any(each.forms for each in self._worked):
            fail("no worked file has a form: an importer that reads nothing would pass")

    def test_forms_are_the_same_again(self) -> None:
        """Also after other files, and by a copy of the importer: nothing is remembered."""
        with _Files() as files:
            paths = [files.of(each.name, each.content) for each in self._worked]
            first, second = ([self._read(path) for path in paths] for _ in range(2))
            again = evolve(self.needed("importer"))
            copied = [tuple(self._forms(again, path)) for path in paths]
        worked = [tuple(each.forms) for each in self._worked]
        assert first == second == worked, "the same file gives other forms the second time"
        assert first == copied, "a copy of the importer gives other forms"

    def test_files_stay_as_they_were(self) -> None:
        """Nothing in the folder is written, made, renamed or removed."""
        for each in self._worked:
            with _Files() as files:
                path = files.of(each.name, each.content)
                self._read(path)
                assert sorted(path.parent.iterdir()) == [path], "files were made or removed"
                assert path.read_bytes() == each.content, "the file is changed"

    def test_files_are_closed(self) -> None:
        """When all forms are read, when one is, and when the file is refused."""
        files: list[WorkedFile | BadFile] = [*self._worked, *self.needed("bad")]
        for each in files:
            with _Files() as folder, warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                path = folder.of(each.name, each.content)
                for most in (None, 1):
                    self._look(path, most)
                gc.collect()
            left = [each for each in caught if issubclass(each.category, ResourceWarning)]
            assert not left, "the file is left open: open it in a with block"

    def _look(self, path: Path, most: int | None) -> None:
        """Read some forms and forget them."""
        try:
            for _ in islice(self._forms(self._importer, path), most):
                pass
        except AllianceError:
            pass

    def test_every_form_is_accepted_by_its_measure(self) -> None:
        """``ta.score`` takes it: the measure, rater and answers fit."""
        for each in self._worked:
            with _Files() as files:
                forms = self._read(files.of(each.name, each.content))
            for number, form in enumerate(forms, 1):
                try:
                    score(self._measure_of(form.measure), form)
                except AllianceError as error:
                    fail(f"{each.name}: form {number} cannot be scored: {error}")

    def test_bad_files_are_refused(self) -> None:
        """With an error that names the file and says what the author says."""
        bad: Sequence[BadFile] = self.needed("bad")
        for each in bad:
            with _Files() as files:
                error = self._refusal(files.of(each.name, each.content))
            note = f" ({each.note})" if each.note else ""
            if error is None:
                fail(f"{each.name}{note}: is not refused")
            if each.says not in str(error):
                fail(f"{each.name}{note}: the error does not say {each.says!r}: {error}")
            if {problem.file for problem in error.problems} != {each.name}:
                fail(f"{each.name}{note}: the error does not name the file (Problem.file): {error}")

    def test_damaged_files_give_forms_or_an_alliance_error(self) -> None:
        """Bytes lost, changed or added: no other exception, no warning."""
        for number, content in damages(tuple(each.content for each in self._worked)):
            each = self._worked[number]
            with _Files() as files:
                error = self._refusal(files.of(each.name, content))
            _leaks_nothing(error, each.kept_out, each.name)

    def test_cut_files_give_forms_or_an_alliance_error(self) -> None:
        """As far as a broken transfer brought them."""
        for each in self._worked:
            lengths = range(0, len(each.content), len(each.content) // 100 + 1)
            for length in lengths:
                with _Files() as files:
                    error = self._refusal(files.of(each.name, each.content[:length]))
                _leaks_nothing(error, each.kept_out, each.name)

    def test_errors_hold_nothing_of_the_file(self) -> None:
        """No answer, case, person or free text: words of the files are replaced by canaries."""
        files: list[WorkedFile | BadFile] = [*self._worked, *self.needed("bad")]
        for each in files:
            secrets = each.kept_out if isinstance(each, WorkedFile) else ()
            for content in (each.content, *with_canaries(each.content)):
                with _Files() as folder:
                    error = self._refusal(folder.of(each.name, content))
                _leaks_nothing(error, (*CANARIES, *secrets), each.name)

    def test_odd_paths_are_refused(self) -> None:
        """An empty file, a missing one, a folder: each an AllianceError."""
        name = self._worked[0].name
        with _Files() as files:
            found = {
                "an empty file": self._refusal(files.of(name, b"")),
                "a missing file": self._refusal(files.folder / "missing" / name),
                "a folder": self._refusal(files.folder),
            }
        for what, error in found.items():
            assert error is not None, f"{what} is not refused"

    def test_importer_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value("importers", self._importer)

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr, of good files and bad ones."""
        files: list[WorkedFile | BadFile] = [*self._worked, *self.needed("bad")]
        for each in files:
            with _Files() as folder:
                path = folder.of(each.name, each.content)
                unprinted(lambda path=path: self._look(path, None))  # type: ignore[misc]


class _Files:
    """A folder that vanishes, for one file."""

    def __enter__(self) -> Self:
        self._temporary = TemporaryDirectory()
        self.folder = Path(self._temporary.name)
        return self

    def __exit__(self, *_error: object) -> None:
        self._temporary.cleanup()

    def of(self, name: str, content: bytes) -> Path:
        """The file of this name, with this content."""
        path = self.folder / name
        path.write_bytes(content)
        return path


@cache
def _built_in() -> Registry:
    return Registry()


def _is_plain(held: object) -> bool:
    """Whether it is a function that takes an id, which is not to be bound as a method."""
    return isfunction(held) and next(iter(signature(held).parameters), "self") != "self"


def _differing(form: object, expected: Administration) -> Iterable[str]:
    """Names of the fields in which a form differs, and never what they hold."""
    if not isinstance(form, Administration):
        return ["its class"]
    names = ("measure", "case", "session", "rater", "date", "person", "occasion", "measure_version")
    wrong = [name for name in names if getattr(form, name) != getattr(expected, name)]
    items = form.answers.keys() | expected.answers.keys()
    odd = sorted(item for item in items if form.answers.get(item) != expected.answers.get(item))
    return [*wrong, *(f"answer {item}" for item in odd)]


def _leaks_nothing(error: AllianceError | None, secrets: Sequence[str], name: str) -> None:
    """Fail if an error of the file with this name holds a secret; the name itself may be one."""
    secret = leaked(error, secrets, apart_from=name) if error else None
    if secret is not None:
        fail(
            f"an error holds {secret!r}, which stands in the file: say file, row, item and rule, "
            "and raise outside of except blocks, since __context__ keeps what was caught"
        )
    hidden = kept_behind(error) if error else ""
    if hidden:
        fail(f"{name}: {hidden}")
