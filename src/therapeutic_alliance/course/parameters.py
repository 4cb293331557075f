"""Parameters of a rule: what they may be, and how results tell them.

One message for each kind of fault, and no value in it.
"""

from sys import float_info
from typing import TypeGuard

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.finding import Parameter


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


def is_line(value: object) -> bool:
    """Whether it is a text that can be printed on one line; it may be empty."""
    return isinstance(value, str) and value.isprintable()


def yes_or_no(rule: str, name: str, value: object) -> None:
    """Refuse what is no bool."""
    if not isinstance(value, bool):
        raise AllianceError(f"{rule}: {name} is True or False")


def is_plain(value: object) -> TypeGuard[str | float | bool]:
    """Whether a value can be told as it is: a line, a finite number or a bool."""
    return isinstance(value, bool) or is_line(value) or is_number(value)


def parameters_of(rule: object) -> tuple[Parameter, ...]:
    """The parameters of an attrs value that are given and plain, in their order.

    What is ``None`` is not given. Of what is no attrs value there are none.

    >>> from therapeutic_alliance import Registry
    >>> parameters_of(Registry().detector("own-mean-sd-online", k=3))
    (('k', 3),)
    """
    fields = getattr(type(rule), "__attrs_attrs__", ())
    named = [each.name for each in fields if each.init and not each.name.startswith("_")]
    values = ((name, getattr(rule, name)) for name in named)
    return tuple((name, value) for name, value in values if is_plain(value))
