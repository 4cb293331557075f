"""What every engine should give for a table, from ``ta.score``; compared to the last bit."""

from collections.abc import Mapping
from typing import Any

import therapeutic_alliance as ta
from tests.frames.engines import Scored
from tests.frames.generated import Table


def by_hand(table: Table) -> Scored:
    """The scores of ``ta.score``, form by form, without the answers that it would refuse."""
    measure, stem = table.measure, table.measure.id.replace("-", "_")
    accepted = {item: frozenset(measure.scale_of(item).answers()) for item in measure.items}
    found: dict[str, list[Any]] = {}
    for row in range(table.rows):
        given = {item: column.answers[row] for item, column in table.columns.items()}
        there = {item: x for item, x in given.items() if x is not None and x == x}  # noqa: PLR0124
        good = {item: answer for item, answer in there.items() if answer in accepted[item]}
        sheet = ta.score(measure, good, missing=table.missing)
        cells: dict[str, Any] = {}
        for score in sheet.scores:
            name = f"{stem}_{score.id.replace('-', '_')}"
            cells |= {name: score.value, f"{name}_answered": score.answered}
        cells[f"{stem}_invalid"] = len(there) - len(good)
        cells[f"{stem}_missing"] = len(given) - len(there)
        cells[f"{stem}_uniform"] = len(good) >= 2 and len(set(good.values())) == 1
        for name, cell in cells.items():
            found.setdefault(name, []).append(cell)
    return found


def bits(columns: Scored) -> Mapping[str, list[Any]]:
    """Floats as all their bits; counts and truth values only as what they are."""
    return {
        name: [each.hex() if isinstance(each, float) else each for each in column]
        for name, column in columns.items()
    }
