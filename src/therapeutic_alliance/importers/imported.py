"""The forms that an importer reads, as rows to be scored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from therapeutic_alliance.errors import AllianceError, Problem, TableError
from therapeutic_alliance.importers.forms import Row
from therapeutic_alliance.importers.keys import SeenForms
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration


class ImportedForms:
    """Numbers the forms of an importer, and refuses a second one with the same key.

    Raises :class:`TableError` if there is none, as a table without a row does.
    """

    remarks: tuple[str, ...] = ()
    """An importer has none."""

    def __init__(
        self,
        path: Path,
        forms: Iterable[Administration],
        measure_of: Callable[[str], Measure],
        seen: SeenForms,
    ) -> None:
        self.path = path
        self._forms = forms
        self._measure_of = measure_of
        self._seen = seen

    def __iter__(self) -> Iterator[Row]:
        number = 0
        for number, form in enumerate(self._forms, 1):
            first = self._seen.earlier(form.key, number)
            if first is not None:
                yield self._bad(number, form, [Problem(rule=f"has the key of form {first}")])
                continue
            try:
                measure = self._measure_of(form.measure)
            except AllianceError as error:
                problems = error.problems
            else:
                yield Row(number, form, measure)
                continue
            yield self._bad(number, form, problems)
        if not number:
            raise TableError(Problem(file=self.path.name, rule="holds no form"))

    def _bad(self, number: int, form: Administration, problems: Sequence[Problem]) -> Row:
        row = Row(number, form, None)
        return evolve(row, problems=self.told(row, problems))

    def told(self, row: Row, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Problems with the file, and which form it is: rows are known to an importer only."""
        where = f"form {row.row}" + (f", session {row.form.session}" if row.form else "")
        return tuple(
            evolve(each, file=self.path.name, rule=f"{where}: {each.rule}") for each in problems
        )
