"""What this distribution contributes; the entry point names this module."""

from collections.abc import Iterable

import therapeutic_alliance as ta
from therapeutic_alliance_changepoint.partition import Partition


@ta.hookimpl
def alliance_detectors() -> Iterable[Partition]:
    """The detector with its defaults."""
    return [Partition()]
