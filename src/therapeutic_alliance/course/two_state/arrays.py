"""NumPy, or the line that names the extra it comes with."""

from therapeutic_alliance.errors import MissingExtraError

__all__ = ["NEEDED", "ROWS", "Array", "np"]

NEEDED = "the state model needs the extra: pip install 'therapeutic-alliance[stats]'"

try:
    import numpy as np
    from numpy.typing import NDArray
except ImportError:
    raise MissingExtraError(NEEDED) from None

ROWS = 64
"""Cases at a time: their arrays fit in a processor's cache."""

Array = NDArray[np.float64]
