"""Scores of data frames and tables of engines: one call, the caller's own kind back."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from therapeutic_alliance.errors import MissingExtraError, TableError
from therapeutic_alliance.frames.long.table import LongTable
from therapeutic_alliance.frames.plan import Invalid, Plan, plan
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing

Frame = TypeVar("Frame")


def score_frame(
    measure: Measure,
    frame: Frame,
    columns: Mapping[str, str] | LongTable | None = None,
    *,
    missing: Missing | None = None,
    invalid: Invalid = "raise",
) -> Frame:
    """The scores of each form, as new columns of the caller's own kind of frame.

    ``frame`` is anything that Narwhals supports. Frames in memory (pandas, Polars, PyArrow) are
    scored at once, lazy ones (Polars, DuckDB relations, PySpark) when the caller computes them,
    with the same results to the last bit. It is never changed.

    Usually one row is one form. ``columns`` maps item ids to column names; an item that is not
    named there has a column called by its id. The caller's other columns, the order of rows and
    the index of pandas stay. Where each row is one answer, ``columns`` is a
    :class:`LongTable <therapeutic_alliance.frames.long.table.LongTable>`: the result has one row
    a form with the columns of ``by``, then one column an item, called by its id; the last new
    column is then ``arm_5_stray`` (Int64: answers that belong to no item, or to no form).

    Answers are in the unit of the scale, whole numbers or floats of up to 64 bits, and accepted if
    they are a number of the scale exactly. Null and ``NaN`` are not answered. A column of another
    dtype is refused, and so are columns that are absent, of one name, or called as a new one.

    New columns, named after the measure's id with ``-`` as ``_``: for each score ``arm_5_total``
    (Float64: the value in the metric of the score, between its low and high; null if not
    scorable) and ``arm_5_total_answered`` (Int16: how many of its items are answered); then
    ``arm_5_invalid`` (Int16: refused answers), ``arm_5_missing`` (Int16: items not answered) and
    ``arm_5_uniform`` (Boolean: at least two accepted answers, and all alike).

    ``missing`` is as in :func:`score <therapeutic_alliance.scoring.sheet.score>`. With
    ``invalid="raise"`` a refused answer is a :class:`TableError` that names rows (counted from
    0), items and rules. With ``invalid="null-and-count"`` it counts as not answered, and
    ``_invalid`` tells how many there were. A lazy frame needs the second, for it has no answers
    yet that could be refused.

    Raises :class:`TableError` for a frame or ``columns`` that do not fit,
    :class:`DefinitionError` while a part of the measure's key is open, :class:`AllianceError` if
    ``missing`` is no rule, :class:`MissingExtraError` without the extra ``frames``, and
    ``TypeError`` for what is no frame.

    >>> import polars
    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("arm-5")
    >>> columns = {str(n): f"q{n}" for n in range(1, 6)}
    >>> rows = [[6, 7, 1, 6, 5], [7, 7, None, 7, 7]]
    >>> frame = polars.DataFrame(rows, [*columns.values()], orient="row")
    >>> ta.score_frame(measure, frame, columns)["arm_5_total"].to_list()
    [6.2, None]
    >>> lazy = ta.score_frame(measure, frame.lazy(), columns, invalid="null-and-count")
    >>> lazy.select("arm_5_total", "arm_5_invalid").collect().rows()
    [(6.2, 0), (None, 0)]
    """
    try:
        import narwhals as nw
        import numpy as np  # noqa: F401 - the kernel's
    except ImportError:
        raise MissingExtraError.of("data frames need", "frames") from None
    from therapeutic_alliance.frames.headings import as_given, of_narwhals

    if invalid not in get_args(Invalid):
        raise TableError("invalid is 'raise' or 'null-and-count'")
    made = plan(measure, missing)
    table = of_narwhals(frame)
    if invalid == "raise" and isinstance(table, nw.LazyFrame):
        raise TableError(
            "a lazy frame, or an engine's table, holds no answers yet that could be refused: "
            f"give invalid='null-and-count', and look at {made.invalid}"
        )
    scored = _scored(made, table, {} if columns is None else columns, invalid)
    return as_given(scored, frame)  # type: ignore[no-any-return]


def _scored(
    made: Plan, table: Any, columns: Mapping[str, str] | LongTable, invalid: Invalid
) -> Any:
    """The frame of Narwhals with the new columns."""
    import narwhals as nw

    from therapeutic_alliance.frames import columns as named
    from therapeutic_alliance.frames.eager import score as eager
    from therapeutic_alliance.frames.lazy import score as lazy
    from therapeutic_alliance.frames.long import score as long

    if isinstance(columns, LongTable):
        return long.scored(made, table, columns, invalid)
    names = named.of_items(made, table, columns)
    if isinstance(table, nw.DataFrame):
        return eager.scored(made, table, names, invalid)
    return lazy.scored(made, table, names)
