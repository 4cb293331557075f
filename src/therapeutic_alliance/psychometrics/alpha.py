"""Cronbach's alpha."""

from attrs import frozen

from therapeutic_alliance.psychometrics.ratings import Missing, Rows, table
from therapeutic_alliance.psychometrics.spread import ZERO, variance


@frozen(kw_only=True)
class Alpha:
    """Cronbach's alpha of a sample, and of how much."""

    value: float | None
    """At most 1; it can be negative. ``None``: see ``why``."""
    cases: int
    """Rows that were used."""
    items: int
    left_out: int
    """Incomplete rows that were left out, as the caller asked for."""
    why: str = ""
    """Why there is no value; empty if there is one."""


def alpha(rows: Rows, *, missing: Missing = "refuse") -> Alpha:
    """Cronbach's alpha of a table with a row for each person and a column for each item.

    ``k / (k - 1) * (1 - sum of the item variances / variance of the sums)``, sample variances
    (Cronbach 1951; general knowledge, confident). Items are keyed one way: reverse first. Give
    one row a person: rows of several sessions of one person are not independent.

    With fewer than two complete rows or items, or sums that do not vary, the value is ``None``.
    Raises :class:`AllianceError` for rows of unequal length, what is no finite number, and an
    incomplete row, unless ``missing="listwise"`` leaves such rows out.

    >>> round(alpha([[1, 2], [2, 2], [3, 4], [5, 4]]).value, 4)
    0.8791
    """
    complete = table(rows, missing)
    items = list(zip(*complete.rows, strict=True))
    of_sums = variance([sum(row) for row in complete.rows])
    if len(complete.rows) < 2 or len(items) < 2:
        value, why = None, "at least two complete rows and two items are needed"
    elif of_sums <= ZERO:
        value, why = None, "the sums do not vary"
    else:
        value = len(items) / (len(items) - 1) * (1 - sum(map(variance, items)) / of_sums)
        why = ""
    return Alpha(
        value=value,
        cases=len(complete.rows),
        items=len(items),
        left_out=complete.left_out,
        why=why,
    )
