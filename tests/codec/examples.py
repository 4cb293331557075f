"""A small invented measure as plain data, and how problems are told of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import therapeutic_alliance as ta

PULSE: dict[str, Any] = {
    "schema": 1,
    "id": "pulse",
    "version": "1",
    "name": "Pulse (invented)",
    "raters": ["client"],
    "items": 8,
    "scale": {"low": 1, "high": 5},
    "reverse": ["2"],
    "scores": [{"id": "total", "items": [str(n) for n in range(1, 9)], "aggregate": "sum"}],
    "sources": {"form": {"citation": "invented"}},
    "evidence": {"items": {"grade": "verified", "sources": ["form"]}},
    "licence": {"holder": "nobody"},
}

FORM: dict[str, Any] = {
    "measure": "pulse",
    "case": "c1",
    "session": 1,
    "rater": "client",
    "answers": {"1": 5, "2": None},
}


def told(act: Callable[[], object]) -> list[tuple[str, str]]:
    """(path, rule) of each problem of the error that it raises."""
    with pytest.raises(ta.AllianceError) as caught:
        act()
    return [(problem.path, problem.rule) for problem in caught.value.problems]


def measure_problems(**changes: Any) -> list[tuple[str, str]]:
    return told(lambda: ta.loads("measure", json.dumps({**PULSE, **changes})))


def form_problems(**changes: Any) -> list[tuple[str, str]]:
    return told(lambda: ta.loads("administration", json.dumps({**FORM, **changes})))
