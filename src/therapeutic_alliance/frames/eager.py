"""Frames in memory: columns out, through the kernel, new columns on."""

from typing import Any

from therapeutic_alliance.frames.answers import answers
from therapeutic_alliance.frames.attach import attached, nulls_of
from therapeutic_alliance.frames.kernel import run
from therapeutic_alliance.frames.plan import Plan
from therapeutic_alliance.frames.refused import refuse


def scored(plan: Plan, frame: Any, columns: tuple[str, ...], invalid: str) -> Any:
    """The frame of Narwhals with the new columns."""
    given = [answers(frame, column) for column in columns]
    nulls = nulls_of(frame, columns[0])
    made = run(plan, given, len(frame), nulls)
    if invalid == "raise":
        refuse(plan, given, made.invalid)
    return attached(plan, frame, made, nulls)
