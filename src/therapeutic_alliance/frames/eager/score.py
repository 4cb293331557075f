"""Frames in memory: columns out, through the kernel, new columns on."""

from typing import Any

from therapeutic_alliance.frames.eager.answers import answers
from therapeutic_alliance.frames.eager.attach import Column, attached, nulls_of
from therapeutic_alliance.frames.eager.refused import refuse
from therapeutic_alliance.frames.kernel.run import run
from therapeutic_alliance.frames.plan import Invalid, Plan


def scored(plan: Plan, frame: Any, columns: tuple[str, ...], invalid: Invalid) -> Any:
    """The frame of Narwhals with the new columns."""
    given = [answers(frame, column) for column in columns]
    nulls = nulls_of(frame, columns[0])
    made = run(plan, given, len(frame), nulls)
    if invalid == "raise":
        refuse(plan, columns, given, made.invalid)
    new = {name: Column(*each) for name, each in zip(plan.names, made.columns(), strict=True)}
    return attached(frame, new, nulls)
