"""Intraclass correlations of ratings, from the mean squares of a two-way table."""

from math import fsum

from attrs import frozen

from therapeutic_alliance.psychometrics.ratings import Missing, Rows, table
from therapeutic_alliance.psychometrics.spread import ZERO, mean

_NONE = 1e-9
"""ICC(A,k) has no meaning where its denominator is not above 0, up to this share."""


@frozen(kw_only=True)
class MeanSquares:
    """Of a table whose rows are what was rated, and whose columns are raters."""

    rows: float
    columns: float
    error: float
    """What neither rows nor columns account for."""
    within: float
    """Within rows: columns and error together."""


@frozen(kw_only=True)
class Icc:
    """The six intraclass correlations of McGraw & Wong; of single ratings and of means of k.

    One that cannot be computed is ``None``. Estimates can be negative.
    """

    one_way: float | None = None
    """ICC(1,1): every row has raters of its own."""
    one_way_k: float | None = None
    """ICC(1,k)."""
    agreement: float | None = None
    """ICC(A,1), also ICC(2,1): absolute agreement, two-way random."""
    agreement_k: float | None = None
    """ICC(A,k), also ICC(2,k): the one for observers."""
    consistency: float | None = None
    """ICC(C,1), also ICC(3,1): a rater may be higher than another throughout."""
    consistency_k: float | None = None
    """ICC(C,k), also ICC(3,k)."""
    mean_squares: MeanSquares | None = None
    cases: int
    """Rows that were used."""
    raters: int
    left_out: int
    """Incomplete rows that were left out, as the caller asked for."""
    why: str = ""
    """Why some of them are ``None``; empty if none is."""


def icc(rows: Rows, *, missing: Missing = "refuse") -> Icc:
    """Intraclass correlations of a table with a row for each case and a column for each rater.

    Closed forms from mean squares (Shrout & Fleiss 1979, McGraw & Wong 1996; general knowledge,
    confident). For two coders of one session use ``agreement_k``: absolute agreement of their
    mean, raters drawn at random.

    With fewer than two complete rows or raters, or rows whose means do not vary, all are
    ``None``: no agreement can be estimated where there is nothing to agree on. Raises
    :class:`AllianceError` for rows of unequal length, what is no finite number, and an incomplete
    row, unless ``missing="listwise"`` leaves such rows out.

    >>> found = icc([[4, 3], [2, 1], [5, 5], [3, 1]])
    >>> round(found.one_way, 4), round(found.agreement, 4), round(found.consistency, 4)
    (0.7391, 0.7568, 0.875)
    """
    complete = table(rows, missing)
    n, k = len(complete.rows), len(complete.rows[0]) if complete.rows else 0
    if n < 2 or k < 2:
        why = "at least two complete rows and two raters are needed"
        return Icc(cases=n, raters=k, left_out=complete.left_out, why=why)
    ms = _mean_squares(complete.rows)
    if ms.rows <= ZERO:
        why = "the rows do not vary: their means are all equal"
        return Icc(mean_squares=ms, cases=n, raters=k, left_out=complete.left_out, why=why)
    apart = ms.columns - ms.error
    under = ms.rows + apart / n
    agreement_k = (ms.rows - ms.error) / under if under > _NONE * (ms.rows + ms.error) else None
    return Icc(
        one_way=(ms.rows - ms.within) / (ms.rows + (k - 1) * ms.within),
        one_way_k=(ms.rows - ms.within) / ms.rows,
        agreement=(ms.rows - ms.error) / (ms.rows + (k - 1) * ms.error + k / n * apart),
        agreement_k=agreement_k,
        consistency=(ms.rows - ms.error) / (ms.rows + (k - 1) * ms.error),
        consistency_k=(ms.rows - ms.error) / ms.rows,
        mean_squares=ms,
        cases=n,
        raters=k,
        left_out=complete.left_out,
        why="" if agreement_k is not None else "the raters vary less than chance would have it",
    )


def _mean_squares(rows: tuple[tuple[float, ...], ...]) -> MeanSquares:
    n, k = len(rows), len(rows[0])
    of_rows = [mean(row) for row in rows]
    of_columns = [mean(column) for column in zip(*rows, strict=True)]
    whole = mean(of_rows)
    columns = n * fsum((each - whole) ** 2 for each in of_columns)
    within = fsum(
        (each - level) ** 2 for row, level in zip(rows, of_rows, strict=True) for each in row
    )
    error = fsum(
        (each - level - column + whole) ** 2
        for row, level in zip(rows, of_rows, strict=True)
        for each, column in zip(row, of_columns, strict=True)
    )
    return MeanSquares(
        rows=k * fsum((each - whole) ** 2 for each in of_rows) / (n - 1),
        columns=columns / (k - 1),
        error=error / ((n - 1) * (k - 1)),
        within=within / (n * (k - 1)),
    )
