"""What must be known of a measure beside its scores: how far its key can be trusted, and whose."""

from collections.abc import Iterator
from typing import Any

from therapeutic_alliance.model.measure import Measure


def standing(measure: Measure) -> Iterator[str]:
    """One line if the measure is not verified, with the reason if there is one."""
    if measure.status != "verified":
        reason = f": {measure.status_reason}" if measure.status_reason else ""
        yield f"{measure.id} is {measure.status}{reason}"


def standing_json(measure: Measure) -> dict[str, Any]:
    """Version, status, provider and fingerprint."""
    return {
        "measure_version": measure.version,
        "measure_status": measure.status,
        "measure_status_reason": measure.status_reason,
        "measure_provider": measure.provider,
        "definition_sha256": measure.fingerprint,
    }
