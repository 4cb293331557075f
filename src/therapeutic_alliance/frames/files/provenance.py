"""What a file says of how its scores came about, in the metadata of its schema."""

import json
from collections.abc import Collection, Mapping
from posixpath import join
from typing import Any

from therapeutic_alliance._version import __version__
from therapeutic_alliance.frames.plan import Invalid, Plan
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing

KEY = b"therapeutic_alliance"
Metadata = Mapping[bytes, bytes]


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
    files: Mapping[str, Metadata], names: Collection[str], scoring: Mapping[str, Any]
) -> dict[bytes, bytes]:
    """The metadata of a file that is made of others, with one scoring more.

    ``files`` are those of the others by name, of a file that stands alone by an empty one;
    ``names`` the columns that are read. All on which the files agree stays.

    >>> first = with_provenance({"": {b"geo": b"."}}, [], {"columns": ["a", "b"]})
    >>> both = with_provenance({"1": first, "2": {b"geo": b"."}}, ["a", "x"], {"columns": ["c"]})
    >>> sorted(both), scorings(both)
    ([b'geo', b'therapeutic_alliance'], [{'columns': ['a'], 'files': ['1']}, {'columns': ['c']}])
    """
    first, *others = files.values()
    agreed = {
        key: value
        for key, value in first.items()
        if all(other.get(key) == value for other in others)
    }
    scored = {"scored": [*_earlier(files, names), dict(scoring)]}
    return {**agreed, KEY: json.dumps(scored).encode()}


def scorings(metadata: Metadata) -> list[dict[str, Any]]:
    """The scorings that a file tells of, in their order; none if it tells of none."""
    try:
        told = json.loads(metadata.get(KEY, b"{}"))
    except (ValueError, RecursionError):
        return []
    scored = told.get("scored") if isinstance(told, dict) else None
    return [each for each in scored if _whole(each)] if isinstance(scored, list) else []


def _whole(scoring: Any) -> bool:
    """Whether it is one of ours."""
    return isinstance(scoring, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names)
        for names in (scoring.get("columns"), scoring.get("files", []))
    )


def _earlier(files: Mapping[str, Metadata], names: Collection[str]) -> list[dict[str, Any]]:
    """Each scoring once, with those of its columns that are still there; none without any.

    One that does not hold for all files names those for which it does.
    """
    held: dict[str, dict[str, None]] = {}
    for file, metadata in files.items():
        for scoring in scorings(metadata):
            within = [join(file, each) for each in scoring.pop("files", [])]
            scoring["columns"] = [name for name in scoring["columns"] if name in names]
            if scoring["columns"]:
                held.setdefault(json.dumps(scoring), {}).update(dict.fromkeys(within or [file]))
    return [
        json.loads(scoring) | ({} if of.keys() == files.keys() else {"files": [*of]})
        for scoring, of in held.items()
    ]
