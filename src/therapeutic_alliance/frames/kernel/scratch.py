"""Arrays that are used again for each block of rows, so that they stay in the cache."""

from typing import Any

import numpy as np


class Scratch:
    """Arrays of one length by name and kind of number; what they hold is left from before.

    >>> scratch = Scratch(3)
    >>> scratch("code", np.uint8) is scratch("code", np.uint8)
    True
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._made: dict[tuple[str, Any], Any] = {}

    def __call__(self, name: str, kind: Any) -> Any:
        """The array of that name."""
        found = self._made.get((name, kind))
        if found is None:
            found = self._made[name, kind] = np.empty(self.size, kind)
        return found

    def zeros(self, name: str, kind: Any) -> Any:
        """The array of that name, all zero."""
        array = self(name, kind)
        array.fill(0)
        return array
