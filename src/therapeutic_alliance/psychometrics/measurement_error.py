"""What a reliability says of a score: its error, and the change that error does not explain."""

from math import sqrt

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.psychometrics.numbers import is_number


def sem(sd: float, reliability: float) -> float:
    """Standard error of measurement, ``sd * sqrt(1 - reliability)``, in the metric of ``sd``.

    ``sd`` is above 0, ``reliability`` from 0 to below 1; otherwise :class:`AllianceError`.

    >>> round(sem(0.7, 0.9), 4)
    0.2214
    """
    refuse_sd(sd)
    refuse_reliability(reliability)
    return sd * sqrt(1 - reliability)


def difference_error(sd: float, reliability: float) -> float:
    """Standard error of a difference of two scores, ``sqrt(2) * SEM``.

    >>> round(difference_error(0.7, 0.9), 4)
    0.313
    """
    return sqrt(2) * sem(sd, reliability)


def reliable_change(sd: float, reliability: float, z: float = 1.96) -> float:
    """The smallest reliable change, ``z`` times the standard error of a difference.

    The formula is of Jacobson & Truax 1991, JCCP 59:12-19 (verified). The reliability should be
    test-retest; alpha knows no change between occasions and makes it a lower bound.

    >>> round(reliable_change(0.7, 0.9), 4)
    0.6136
    """
    refuse_z(z)
    return z * difference_error(sd, reliability)


def refuse_sd(sd: object) -> None:
    """What is no finite number above 0."""
    if not (is_number(sd) and sd > 0):
        raise AllianceError("sd: a finite number above 0 is needed")


def refuse_reliability(reliability: object) -> None:
    """What is no number from 0 to below 1."""
    if not (is_number(reliability) and 0 <= reliability < 1):
        raise AllianceError("reliability: a number from 0 to below 1 is needed")


def refuse_z(z: object) -> None:
    """What is no finite number above 0."""
    if not (is_number(z) and z > 0):
        raise AllianceError("z: a finite number above 0 is needed")
