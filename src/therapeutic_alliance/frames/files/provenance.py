"""What a file says of how its scores came about, in the metadata of its schema."""

import json
from collections.abc import Mapping
from typing import Any

from therapeutic_alliance._version import __version__
from therapeutic_alliance.frames.plan import Invalid, Plan
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing

KEY = b"therapeutic_alliance"


def provenance(
    measure: Measure,
    plan: Plan,
    columns: Mapping[str, str],
    missing: Missing | None,
    codes: tuple[str, ...],
    invalid: Invalid,
) -> dict[str, Any]:
    """Measure, rules and columns of one scoring, as plain data.

    ``missing_rule`` is ``None`` where each score's own rule was applied.
    """
    return {
        "measure": measure.id,
        "measure_version": measure.version,
        "measure_status": measure.status,
        "definition_sha256": measure.fingerprint,
        "provider": measure.provider,
        "library_version": __version__,
        "missing_rule": None if missing is None else missing.label,
        "missing_codes": list(codes),
        "invalid": invalid,
        "items": dict(columns),
        "columns": list(plan.names),
    }


def with_provenance(
    metadata: Mapping[bytes, bytes] | None, scoring: Mapping[str, Any]
) -> dict[bytes, bytes]:
    """The metadata of a schema with one scoring more; all else in it stays.

    >>> first = with_provenance({b"geo": b"..."}, {"measure": "wai-sr"})
    >>> second = with_provenance(first, {"measure": "srs"})
    >>> [each["measure"] for each in scorings(second)], sorted(second)
    (['wai-sr', 'srs'], [b'geo', b'therapeutic_alliance'])
    """
    told = {"scored": [*scorings(metadata), dict(scoring)]}
    return {**(metadata or {}), KEY: json.dumps(told, ensure_ascii=False).encode()}


def scorings(metadata: Mapping[bytes, bytes] | None) -> list[Any]:
    """The scorings that a file tells of, in their order; none if it tells of none."""
    try:
        told = json.loads((metadata or {}).get(KEY, b"{}"))
    except ValueError:
        return []
    scored = told.get("scored") if isinstance(told, dict) else None
    return scored if isinstance(scored, list) else []
