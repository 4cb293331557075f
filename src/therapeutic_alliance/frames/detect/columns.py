"""What a rule says of each row, as new columns."""

import numpy as np

from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.eager.attach import Column
from therapeutic_alliance.frames.kernel.scored import Nulls
from therapeutic_alliance.frames.rules.courses import Codes, Floats, Truths


def columns(
    task: Task, flag: Codes, statistic: Floats, threshold: Floats | float, nulls: Nulls
) -> dict[str, Column]:
    """Flags, statistics and thresholds as :class:`Found` has them, for each row of a frame."""
    absent = np.isnan(statistic)
    if isinstance(threshold, float):
        threshold = np.where(absent, np.nan, threshold)
    flagged, unclear, none = flag == 1, flag < 0, np.isnan(threshold)
    if nulls == "bits":
        made = (
            Column(_bits(flagged), _bits(~unclear)),
            Column(statistic, _bits(~absent)),
            Column(threshold, _bits(~none)),
        )
    elif nulls == "mask":
        made = Column(flagged, unclear), Column(statistic, absent), Column(threshold, none)
    else:
        made = Column(flagged, unclear), Column(statistic), Column(threshold)
    return dict(zip(task.names, made, strict=True))


def _bits(truths: Truths) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.packbits(truths, bitorder="little")
