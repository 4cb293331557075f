"""A folder of measure files, read one by one and only when asked."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import evolve, field, frozen

from therapeutic_alliance.errors import AllianceError, DefinitionError, Problem
from therapeutic_alliance.model.measure import Measure

SUFFIXES = (".toml", ".json")
"""How the names of measure files end."""


def measure_files(path: Path) -> list[Path]:
    """The measure files that lie in a folder itself, by name."""
    return [file for file in sorted(path.iterdir()) if file.suffix in SUFFIXES]


@frozen(eq=False, repr=False)
class MeasureFolder(Mapping[str, Measure]):
    """Measures by id, where the name of each ``.toml`` or ``.json`` file is the id.

    Listing reads no file; ``folder["wai-sr"]`` reads that one. Raises :class:`DefinitionError`
    for a file that is malformed, too large, or named otherwise than its id.
    """

    path: Path
    provider: str = "caller"

    _files: Callable[[], Mapping[str, Path]] = field(init=False, repr=False)
    _read: Callable[[str], Measure] = field(init=False, repr=False)

    @_files.default
    def _listed(self) -> Callable[[], Mapping[str, Path]]:
        return cache(self._list)

    @_read.default
    def _remembered(self) -> Callable[[str], Measure]:
        return cache(self._load)

    def _list(self) -> Mapping[str, Path]:
        found = measure_files(self.path)
        names = [file.stem for file in found]
        for file in found:
            if names.count(file.stem) > 1:
                raise DefinitionError(Problem(file=file.name, rule="a second file with this id"))
        return {file.stem: file for file in found}

    def __getitem__(self, measure_id: str) -> Measure:
        return self._read(measure_id)

    def _load(self, measure_id: str) -> Measure:
        from therapeutic_alliance.codec.files import read_measure

        file = self._files()[measure_id]
        measure = read_measure(file)
        if measure.id != file.stem:
            raise DefinitionError(
                Problem(file=file.name, path="$.id", rule="differs from the name of the file")
            )
        return evolve(measure, provider=self.provider)

    def read(self) -> tuple[Measure, ...]:
        """Every measure; :class:`DefinitionError` with the problems of all files together."""
        measures: list[Measure] = []
        problems: list[Problem] = []
        for measure_id in self:
            try:
                measures.append(self[measure_id])
            except AllianceError as error:
                problems += error.problems
        if problems:
            raise DefinitionError(problems)
        return tuple(measures)

    def __contains__(self, measure_id: object) -> bool:
        return measure_id in self._files()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files())

    def __len__(self) -> int:
        return len(self._files())
