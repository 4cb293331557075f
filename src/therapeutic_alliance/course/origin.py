"""Where numbers learned from a cohort come from, and what scores they are of."""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.validity import ID

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


def misfit(
    subject: str, own: HasOrigin, *, measure: str | None, score: str | None, rater: str | None
) -> str:
    """Why numbers are not for a measure, score or rater; empty if nothing says so.

    ``subject`` begins the sentence, such as ``the cohort constants are``.
    """
    for what, mine, asked in (
        ("measure", own.measure, measure),
        ("score", own.score, score),
        ("rater", own.rater, rater),
    ):
        if mine is not None and asked is not None and mine != asked:
            return f"{subject} of another {what}, {mine}"
    return ""


def origin_problems(own: HasOrigin) -> Iterator[Problem]:
    """What is wrong with an origin, by field."""
    if not _is_line(own.source):
        rule = f"not a printable line of up to {LONGEST_SOURCE} characters that says where from"
        yield Problem(path="source", rule=rule)
    for name, count in (("n", own.n), ("scores", own.scores)):
        if count is not None and (type(count) is not int or count < 1):
            yield Problem(path=name, rule="not a whole number of 1 or more")
    if own.date is not None and type(own.date) is not dt.date:
        yield Problem(path="date", rule="not a date such as 2026-03-01")
    for name, value in (("measure", own.measure), ("score", own.score), ("rater", own.rater)):
        if value is not None and not (isinstance(value, str) and ID.fullmatch(value)):
            yield Problem(path=name, rule="not an id: [A-Za-z0-9._-], up to 64")


def _is_line(text: object) -> bool:
    return (
        isinstance(text, str)
        and text.isprintable()
        and bool(text.strip())
        and len(text) <= LONGEST_SOURCE
    )
