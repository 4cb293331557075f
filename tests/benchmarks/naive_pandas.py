"""The full job in pandas as a careful user would write it: the yardstick of eager frames."""

from math import ceil
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
from frame_data import HIGH, LOW, SHARE, Answers


def scored(answers: Answers, frame: pd.DataFrame) -> Any:
    """The frame with the new columns; not 8 bits but floats wherever an answer is taken out."""
    items, reverse = answers.columns, answers.reverse
    raw = frame[items]
    valid = raw.ge(LOW) & raw.le(HIGH)
    given = raw.where(valid)
    keyed = given.copy()
    keyed[reverse] = LOW + HIGH - keyed[reverse]
    made = {}
    for name, own in (*answers.scales.items(), ("total", items)):
        part, k = keyed[own], len(own)
        n = part.count(axis=1)
        made[f"timed_{name}"] = (part.sum(axis=1) * k / n).where(n >= ceil(SHARE * k))
        made[f"timed_{name}_answered"] = n.astype("int16")
    made["timed_invalid"] = (raw.notna().sum(axis=1) - valid.sum(axis=1)).astype("int16")
    made["timed_missing"] = raw.isna().sum(axis=1).astype("int16")
    alike = given.max(axis=1) == given.min(axis=1)
    made["timed_uniform"] = alike & (given.count(axis=1) >= 2)
    return frame.assign(**made)
