"""The full job in SQL of DuckDB, staged by hand as a good user would: the yardstick of relations.

The same as in by_hand_polars.
"""

from collections.abc import Mapping, Sequence
from math import ceil


def query(
    table: str,
    scales: Mapping[str, Sequence[str]],
    *,
    low: int,
    high: int,
    reverse: Sequence[str] = (),
    share: float,
) -> str:
    """The statement; each item is in one of the scales, given by its column.

    The columns of the table that are no items are left out.
    """
    items = [item for scale in scales.values() for item in scale]
    sizes = {name: len(scale) for name, scale in scales.items()} | {"total": len(items)}
    names = ", ".join(f'"{item}"' for item in items)
    kept = ", ".join(
        f'CASE WHEN "{item}" BETWEEN {low} AND {high} THEN "{item}"::SMALLINT END AS "_{item}"'
        for item in items
    )
    keyed = {
        item: f'{low + high} - "_{item}"' if item in reverse else f'"_{item}"' for item in items
    }
    sums = ", ".join(
        f"{' + '.join(f'coalesce({keyed[item]}, 0)' for item in scale)} AS _sum_{name}"
        for name, scale in scales.items()
    )
    answered = ", ".join(
        f"{' + '.join(_one(f'_{item}', 'IS NOT NULL') for item in scale)} AS {name}_answered"
        for name, scale in scales.items()
    )
    missing = " + ".join(_one(item, "IS NULL") for item in items)
    all_kept = ", ".join(f'"_{item}"' for item in items)
    values = ", ".join(
        f"CASE WHEN {name}_answered >= {ceil(share * k)} "
        f"THEN _sum_{name}::DOUBLE * {k} / {name}_answered END AS {name}, {name}_answered"
        for name, k in sizes.items()
    )
    return f"""
        WITH kept AS (SELECT {names}, {kept} FROM {table}),
        sums AS (
            SELECT {names}, {sums}, {answered}, {missing} AS missing,
                greatest({all_kept}) AS _highest, least({all_kept}) AS _lowest
            FROM kept
        ),
        totals AS (
            SELECT *, {" + ".join(f"_sum_{name}" for name in scales)} AS _sum_total,
                {" + ".join(f"{name}_answered" for name in scales)} AS total_answered
            FROM sums
        )
        SELECT {names}, {values}, {len(items)} - total_answered - missing AS invalid, missing,
            coalesce(_highest = _lowest AND total_answered >= 2, false) AS uniform
        FROM totals
    """  # noqa: S608 - names of a benchmark's own columns


def _one(column: str, holds: str) -> str:
    return f'("{column}" {holds})::SMALLINT'
