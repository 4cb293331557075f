"""The forms of a table, for programs."""

from collections.abc import Iterator
from pathlib import Path

from therapeutic_alliance.importers.tables import Table
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.sdk.registry import Registry


def read_forms(
    path: str | Path,
    measure: Measure | None = None,
    *,
    rater: str | None = None,
    mapping: str | Path | None = None,
    registry: Registry | None = None,
) -> Iterator[Administration]:
    """The forms of a CSV or TSV file, wide or long, one at a time in the order of the file.

    ``measure`` is that of the whole table (an edition that was stated, too); without it the
    measure column says, and ``registry`` (default: the built-in measures) is asked. ``rater`` is
    the role of the whole table, ``mapping`` a mapping file. Memory grows with the form keys, not
    with the answers.

    Raises :class:`TableError` at the first bad row, with file, row, item and rule.

    >>> import pathlib, tempfile, therapeutic_alliance as ta
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "forms.csv"
    >>> lines = ["case,session,rater,1,2,3,4,5", "c1,1,client,6,7,1,6,5"]
    >>> _ = file.write_text(chr(10).join(lines))
    >>> measure = ta.Registry().measure("arm-5")
    >>> [ta.score(measure, form)["total"].value for form in ta.read_forms(file, measure)]
    [6.2]
    """
    table = Table(
        mapping=Path(mapping) if mapping else None,
        measure=measure.id if measure else None,
        rater=rater,
    )
    known = registry or Registry()
    yield from table.forms(Path(path), known.measure if measure is None else lambda _id: measure)
