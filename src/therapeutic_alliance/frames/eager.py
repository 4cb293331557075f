"""Eager data frames, row by row through the evaluator of single forms."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from attrs import evolve

from therapeutic_alliance.errors import AnswerError, MissingExtraError, Problem, TableError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing
from therapeutic_alliance.scoring.key import compile_key
from therapeutic_alliance.scoring.sheet import score

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT


def score_frame(
    measure: Measure,
    frame: "IntoDataFrameT",
    columns: Mapping[str, str] | None = None,
    *,
    missing: Missing | None = None,
) -> "IntoDataFrameT":
    """Score each row of a pandas, Polars or PyArrow data frame; the caller's own kind comes back.

    ``columns`` names the column of an item where it is not the item's id; every item needs one.
    Null and ``NaN`` are not answered. All columns of the frame stay, in their order and with
    their index; new ones follow, here for ``wai-sr``: for each score ``wai_sr_task`` (float, null
    if not scorable) and ``wai_sr_task_answered``, then ``wai_sr_invalid`` (0: a refused answer
    raises), ``wai_sr_missing`` (unanswered items) and ``wai_sr_uniform`` (every answered item, of
    two or more, has the same answer).

    Raises :class:`TableError` that names columns and rows for missing columns or answers that
    the measure refuses, and :class:`MissingExtraError` without the extra ``frames``.

    >>> import polars, therapeutic_alliance as ta
    >>> columns = {str(n): f"q{n}" for n in range(1, 6)}
    >>> rows = [[6, 7, 1, 6, 5], [7, 7, None, 7, 7]]
    >>> frame = polars.DataFrame(rows, [*columns.values()], orient="row")
    >>> ta.score_frame(ta.Registry().measure("arm-5"), frame, columns)["arm_5_total"].to_list()
    [6.2, None]
    """
    try:
        import narwhals as nw
    except ImportError:
        raise MissingExtraError(
            "data frames need the extra: pip install 'therapeutic-alliance[frames]'"
        ) from None
    native = nw.from_native(frame, eager_only=True)
    names = _names(measure, native.columns, columns or {})
    cells = [native.get_column(name) for name in names]
    answers = [_answers(column.is_null().to_list(), column.to_list()) for column in cells]
    rows = list(zip(*answers, strict=True))
    scored = _columns(measure, rows, missing)
    taken = [name for name in scored if name in native.columns]
    if taken:
        raise TableError(f"the frame has a column {taken[0]} already")
    kinds = {float: nw.Float64(), int: nw.Int64(), bool: nw.Boolean()}
    new = [
        nw.new_series(name, values, kinds[kind], backend=native.implementation)
        for name, (kind, values) in scored.items()
    ]
    return native.with_columns(*new).to_native()


def _names(measure: Measure, headings: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """The column of each item, in printed order."""
    strangers = [item for item in columns if item not in measure.items]
    if strangers:
        raise TableError(f"columns: no item of {measure.id}: {', '.join(map(str, strangers))}")
    names = [columns.get(item, item) for item in measure.items]
    by_item = list(zip(measure.items, names, strict=True))
    absent = [item for item, name in by_item if name not in headings]
    if absent:
        raise TableError(
            f"the frame has no column for item {', '.join(absent)}; name it in columns"
        )
    shared = [item for item, name in by_item if names.count(name) > 1]
    if shared:
        raise TableError(f"columns: one column for the items {', '.join(shared)}")
    return names


def _answers(nulls: Sequence[bool], cells: Sequence[Any]) -> list[object]:
    return [
        None if null or (isinstance(cell, float) and isnan(cell)) else cell
        for null, cell in zip(nulls, cells, strict=True)
    ]


def _columns(
    measure: Measure, rows: Sequence[Sequence[object]], missing: Missing | None
) -> dict[str, tuple[type, list[Any]]]:
    """The new columns: name -> kind and values."""
    sheets = []
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        try:
            sheets.append(score(measure, row, missing=missing))
        except AnswerError as error:
            problems += [evolve(problem, path=f"row {number}") for problem in error.problems]
    if problems:
        raise TableError(problems)
    stem = measure.id.replace("-", "_")
    columns: dict[str, tuple[type, list[Any]]] = {}
    for position, rule in enumerate(compile_key(measure).scores):
        name = f"{stem}_{rule.spec.id.replace('-', '_')}"
        columns[name] = float, [sheet.scores[position].value for sheet in sheets]
        columns[f"{name}_answered"] = int, [sheet.scores[position].answered for sheet in sheets]
    columns[f"{stem}_invalid"] = int, [0] * len(sheets)  # a refused answer raises
    columns[f"{stem}_missing"] = int, [sheet.answers.count(None) for sheet in sheets]
    columns[f"{stem}_uniform"] = bool, [_uniform(sheet.answers) for sheet in sheets]
    return columns


def _uniform(answers: Sequence[float | None]) -> bool:
    given = [answer for answer in answers if answer is not None]
    return len(given) > 1 and len(set(given)) == 1
