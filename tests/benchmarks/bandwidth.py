"""What no program that reads these bytes and writes those can be much faster than."""

from collections.abc import Callable

import numpy as np


def limit(read: int, write: int) -> Callable[[], object]:
    """Read so many bytes, then write so many into fresh memory, with one thread."""
    source = np.ones(max(1, read // 8), np.int64)

    def job() -> object:
        total = int(source.sum())
        target = np.empty(max(1, write // 8), np.int64)
        target.fill(total)
        return target

    return job
