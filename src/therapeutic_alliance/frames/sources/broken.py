"""What packages say of a bad file may quote from it; what we say names the file and the rule."""

from collections.abc import Callable
from os import strerror
from typing import TypeVar

from therapeutic_alliance.errors import Problem, TableError

T = TypeVar("T")


def told(call: Callable[[], T], file: str, rule: str, *faults: type[Exception]) -> T:
    """What a call gives; :class:`TableError` with the rule in place of one of the faults."""
    try:
        return call()
    except faults as fault:
        number = fault.errno if isinstance(fault, OSError) else None
    reason = f"cannot be read: {strerror(number)}" if number else rule
    raise TableError(Problem(file=file, rule=reason))
