"""What is said of detectors that go case by case; it needs no other package."""

from warnings import warn as say

from therapeutic_alliance.frames.detect.task import Task


class PerCaseWarning(UserWarning):
    """A detector has no form for whole columns and goes case by case, in Python: slow."""


def warn(task: Task, stacklevel: int) -> None:
    """Say that it will take long; ``stacklevel`` counts from the function that calls this one."""
    say(
        f"{task.detector.id} runs case by case in Python: slow on many cases",
        PerCaseWarning,
        stacklevel=stacklevel + 1,
    )
