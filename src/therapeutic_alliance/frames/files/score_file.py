"""Scores of a file of columns, in memory that does not grow with it."""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from therapeutic_alliance.errors import AllianceError, MissingExtraError
from therapeutic_alliance.frames.files.summary import ScoredFile
from therapeutic_alliance.frames.plan import Invalid
from therapeutic_alliance.frames.sources.places import Place, path_of, place_of
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing

_NONE: Mapping[str, str] = MappingProxyType({})


def score_file(
    measure: Measure,
    source: str | Place,
    out: str | Path,
    *,
    columns: Mapping[str, str] = _NONE,
    missing: Missing | None = None,
    invalid: Invalid = "raise",
    codes: str | float | Iterable[str | float] = (),
    key: Mapping[str, str] | None = _NONE,
) -> ScoredFile:
    """The rows of ``source`` with their scores, written to ``out``.

    ``source`` is a Parquet file, a folder of Parquet files, an Arrow IPC file or stream
    (``.arrow``, ``.feather``, ``.ipc``), a CSV file (or ``ta.frames.CsvFile``), or a
    ``ta.frames.DuckTable``; ``out`` ends in ``.parquet``, ``.arrow`` or ``.csv``. All columns and
    the order of rows stay; new columns follow as in ``ta.score_frame``, which also says what
    ``columns``, ``missing`` and ``invalid`` are. ``codes``, one or several, stand for not answered
    in the columns of items, such as ``"99"``; what is written still has them. A code hides an
    answer of the same number. In CSV files, where all columns but those of items stay text, a code
    can be a word, which becomes null.

    Rows are read, scored and written in batches. Where there are columns ``case`` and ``session``
    (or ``date``), and as far as there are ``rater``, ``person`` and ``occasion``, two rows of one
    form are an error, and so is one whose ``measure`` is another. ``key`` maps these names to
    columns called otherwise, and ``None`` leaves rows uncompared, which saves 16 bytes a row.

    ``out`` is there whole, or not at all. Parquet and Arrow files hold, as metadata, how the scores
    came about (key ``therapeutic_alliance``, JSON); CSV has no place for it.

    Raises :class:`TableError` with file, row (counted from 0) and item of refused answers, for
    files that cannot be read, and for a file without rows; :class:`DefinitionError` while a part of
    the measure's key is open, and for one that columns cannot hold, as :func:`score_frame` does;
    :class:`MissingExtraError` without the extra ``files`` (``duckdb`` for a ``DuckTable``);
    :class:`AllianceError` for a place that cannot be written, and for arguments of another kind.

    >>> import pathlib, tempfile
    >>> import pyarrow, pyarrow.parquet
    >>> import therapeutic_alliance as ta
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> answers = {"1": [6, 7], "2": [7, 7], "3": [1, None], "4": [6, 7], "5": [5, 7]}
    >>> pyarrow.parquet.write_table(pyarrow.table(answers), folder / "forms.parquet")
    >>> measure = ta.Registry().measure("arm-5")
    >>> done = score_file(measure, folder / "forms.parquet", folder / "scores.parquet")
    >>> done.rows, done.refused, done.provenance["measure"]
    (2, 0, 'arm-5')
    >>> pyarrow.parquet.read_table(folder / "scores.parquet")["arm_5_total"].to_pylist()
    [6.2, None]
    """
    check_packages()
    from therapeutic_alliance.frames.files import missing_codes
    from therapeutic_alliance.frames.files.form_parts import PARTS
    from therapeutic_alliance.frames.files.job import Job

    if not isinstance(columns, Mapping):
        raise AllianceError("columns: a mapping of item ids to column names is needed")
    if key is not None and not (isinstance(key, Mapping) and {*PARTS}.issuperset(key)):
        raise AllianceError(f"key: a mapping of {', '.join(PARTS)} to columns is needed, or None")
    job = Job(
        measure=measure,
        place=place_of(source),
        out=path_of(out, "out: the path of the file to write"),
        columns=columns,
        missing=missing,
        invalid=invalid,
        codes=missing_codes.texts(codes),
        key=key,
    )
    return job.run()


def check_packages() -> None:
    """Raise :class:`MissingExtraError` without a package that every file of columns needs."""
    for package in ("narwhals", "numpy", "pyarrow"):
        if find_spec(package) is None:
            raise MissingExtraError.of("files of columns need", "files")
