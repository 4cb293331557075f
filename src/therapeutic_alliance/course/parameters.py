"""What a parameter of a rule may be: one message for each kind of fault, and no value in it."""

from sys import float_info
from typing import TypeGuard

from therapeutic_alliance.errors import AllianceError


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a finite number of Python's own, and no bool: parameters are kept and told."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= float_info.max  # a whole number may be too large for a float


def positive(rule: str, name: str, value: object) -> None:
    """Refuse what is no finite number above 0.

    >>> positive("own-mean-sd", "k", 0)
    Traceback (most recent call last):
    therapeutic_alliance.errors.AllianceError: own-mean-sd: k is a finite number above 0
    """
    if not (is_number(value) and value > 0):
        raise AllianceError(f"{rule}: {name} is a finite number above 0")


def not_negative(rule: str, name: str, value: object) -> None:
    """Refuse what is no finite number of 0 or more."""
    if not (is_number(value) and value >= 0):
        raise AllianceError(f"{rule}: {name} is a finite number, 0 or more")


def whole(rule: str, name: str, value: object, least: int) -> None:
    """Refuse what is no whole number of at least ``least``."""
    if type(value) is not int or value < least:
        raise AllianceError(f"{rule}: {name} is a whole number, {least} or more")


def one_of(rule: str, name: str, value: object, among: tuple[str, ...]) -> None:
    """Refuse what is not among the words."""
    if value not in among:
        raise AllianceError(f"{rule}: {name} is one of {', '.join(among)}")
