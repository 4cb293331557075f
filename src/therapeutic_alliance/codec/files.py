"""Definitions in files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from therapeutic_alliance.codec.documents import migrated
from therapeutic_alliance.codec.limits import MAX_BYTES, MAX_COURSE_BYTES
from therapeutic_alliance.codec.measures import structure
from therapeutic_alliance.errors import AllianceError, DefinitionError, DocumentError
from therapeutic_alliance.model.measure import Measure

if TYPE_CHECKING:  # whoever reads a measure needs no courses
    from therapeutic_alliance.course.cohort import CohortConstants
    from therapeutic_alliance.model.course import Course

T = TypeVar("T")


def read_measure(path: str | Path) -> Measure:
    """Read a definition from a ``.toml`` or ``.json`` file.

    Raises :class:`DefinitionError` with the file's name, and the path of every problem.

    >>> import tempfile, pathlib, therapeutic_alliance as ta
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "own.json"
    >>> _ = file.write_text(ta.dumps(ta.Registry().measure("care")), encoding="utf-8")
    >>> ta.read_measure(file).id
    'care'
    """
    return read_as(path, lambda data: structure(migrated("measure", data)), DefinitionError)


def read_course(path: str | Path) -> "Course":
    """Read a course from a ``.json`` file.

    Raises :class:`DocumentError` with the file's name, and the path of every problem.

    >>> import tempfile, pathlib, therapeutic_alliance as ta
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "c1.json"
    >>> _ = file.write_text(ta.dumps(ta.Course(case="c1", system="couple")), encoding="utf-8")
    >>> ta.read_course(file).system
    'couple'
    """
    from therapeutic_alliance.codec.courses import course

    def make(data: object) -> "Course":
        return course(migrated("course", data))

    return read_as(path, make, DocumentError, MAX_COURSE_BYTES)


def read_cohort(path: str | Path) -> "CohortConstants":
    """Read the constants of a cohort from a ``.json`` file; errors as of :func:`read_course`."""
    from therapeutic_alliance.codec.cohorts import cohort

    return read_as(path, lambda data: cohort(migrated("cohort", data)), DocumentError)


def read_as(
    path: str | Path,
    make: Callable[[object], T],
    refusal: type[AllianceError],
    limit: int = MAX_BYTES,
) -> T:
    """What ``make`` makes of a file; problems get its name and are raised as a ``refusal``."""
    path = Path(path)
    try:
        return make(read_document(path, limit))
    except AllianceError as error:
        problems = [evolve(problem, file=path.name) for problem in error.problems]
    raise refusal(problems)


def read_document(path: Path, limit: int = MAX_BYTES) -> object:
    """Plain data of a ``.toml`` or ``.json`` file of at most ``limit`` bytes."""
    if path.suffix.lower() not in (".toml", ".json"):
        raise DocumentError("neither .toml nor .json")
    if path.exists() and not path.is_file():
        raise DocumentError("not a regular file")
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as fault:
        reason = fault.strerror
    else:
        return _parse(path.suffix, content, limit)
    raise DocumentError(f"cannot be read: {reason}")


def _parse(suffix: str, content: bytes, limit: int) -> object:
    if suffix.lower() == ".toml":
        from therapeutic_alliance.codec.toml_text import parse_toml

        return parse_toml(content)
    from therapeutic_alliance.codec.json_text import parse_json

    return parse_json(content, limit)
