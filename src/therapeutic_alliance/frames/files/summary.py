"""What a run over a file comes to."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

NOT_ASKED = "not asked for"


@frozen(kw_only=True)
class ScoredFile:
    """Counts of a file that was scored, and how its scores came about."""

    rows: int
    """Rows read and written."""
    refused: int
    """Answers that were refused and count as not answered; 0 unless they were to be counted."""
    compared: tuple[str, ...]
    """Columns of the form key by which rows were compared; empty if they were not."""
    not_compared: str
    """Why they were not, in words; empty if they were."""
    without_key: int
    """Rows that were compared with none: without a case, or without a session (or date)."""
    provenance: Mapping[str, Any]
    """What Parquet and Arrow files hold as metadata: measure, version, fingerprint, provider,
    version of this library, missing rule, codes, what became of refused answers, items and their
    columns, new columns."""
