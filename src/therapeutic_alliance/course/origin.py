"""Where numbers learned from a cohort come from, and what scores they are of."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Protocol, TypedDict

from therapeutic_alliance.course.parameters import is_line
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.validity import ID

SHA256 = re.compile("[0-9a-f]{64}")
LONGEST_SOURCE = 300
"""Characters of the words that say where numbers come from."""


class HasOrigin(Protocol):
    """What says where its numbers come from."""

    @property
    def source(self) -> str:
        """In words; every result that uses the numbers repeats them."""

    @property
    def n(self) -> int | None:
        """Cases that they were computed from, if that is known."""

    @property
    def scores(self) -> int | None:
        """Scores of those cases, if that is known."""

    @property
    def date(self) -> dt.date | None:
        """When they were computed."""

    @property
    def measure(self) -> str | None:
        """Id of the measure that they are of; ``None``: of any."""

    @property
    def score(self) -> str | None:
        """Id of the score that they are of; ``None``: of any."""

    @property
    def rater(self) -> str | None:
        """The role that rated; ``None``: any."""

    @property
    def occasion(self) -> str | None:
        """The occasion of the forms, such as ``post``; ``None``: any."""

    @property
    def definition_sha256(self) -> str | None:
        """Fingerprint of the measure's definition; ``None``: of any edition."""


class Asked(TypedDict, total=False):
    """What scores numbers are asked for; what is not known is left out, or ``None``."""

    measure: str | None
    score: str | None
    rater: str | None
    occasion: str | None
    definition_sha256: str | None


def misfit(
    subject: str,
    own: HasOrigin,
    *,
    measure: str | None = None,
    score: str | None = None,
    rater: str | None = None,
    occasion: str | None = None,
    definition_sha256: str | None = None,
) -> str:
    """Why numbers are not for what is asked; empty if nothing says so.

    ``subject`` begins the sentence, such as ``the cohort constants are``.
    """
    for what, mine, other in (
        ("measure", own.measure, measure),
        ("score", own.score, score),
        ("rater", own.rater, rater),
        ("occasion", own.occasion, occasion),
    ):
        if mine is not None and other is not None and mine != other:
            return f"{subject} of another {what}, {mine}"
    edition = own.definition_sha256
    if edition is not None and definition_sha256 is not None and edition != definition_sha256:
        return f"{subject} of another edition of {own.measure or 'the measure'}"
    return ""


def asked_by(series: Series) -> Asked:
    """What scores a series has."""
    return Asked(
        measure=series.measure,
        score=series.spec.id,
        rater=series.rater,
        occasion=series.occasion,
        definition_sha256=series.definition_sha256,
    )


def origin_problems(own: HasOrigin) -> Iterator[Problem]:
    """What is wrong with an origin, by field."""
    if not _says_where(own.source):
        rule = f"not a printable line of up to {LONGEST_SOURCE} characters that says where from"
        yield Problem(path="source", rule=rule)
    for name, count in (("n", own.n), ("scores", own.scores)):
        if count is not None and (type(count) is not int or count < 1):
            yield Problem(path=name, rule="not a whole number of 1 or more")
    if own.date is not None and type(own.date) is not dt.date:
        yield Problem(path="date", rule="not a date such as 2026-03-01")
    for name in ("measure", "score", "rater", "occasion"):
        if not _is(ID, getattr(own, name)):
            yield Problem(path=name, rule="not an id: [A-Za-z0-9._-], up to 64")
    if not _is(SHA256, own.definition_sha256):
        yield Problem(path="definition_sha256", rule="not 64 hexadecimal digits")


def _is(pattern: re.Pattern[str], value: object) -> bool:
    """Whether a value that may be left out is one of a pattern."""
    return value is None or (isinstance(value, str) and bool(pattern.fullmatch(value)))


def _says_where(text: object) -> bool:
    return is_line(text) and bool(str(text).strip()) and len(str(text)) <= LONGEST_SOURCE
