"""What can go wrong, said once and safely.

Every error of this library is an :class:`AllianceError` with a list of :class:`Problem`.
A problem names the file, row, item and rule. It never holds an answer, a case or person id
or free text, so that it can be logged: raise these errors outside ``except`` blocks, because
Python keeps the caught exception (and what it quotes) in ``__context__``.
"""

from collections.abc import Iterable

from attrs import frozen

SHOWN = 20
"""How many problems a message lists; all of them are in ``problems``."""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong, and where.

    >>> print(Problem(file="march.csv", row=7, item="4", rule="above the highest answer, 5"))
    march.csv, row 7, item 4: above the highest answer, 5
    """

    rule: str
    """What is wrong, in words."""
    path: str = ""
    """Place in a document, such as ``$.items[6]``."""
    file: str = ""
    """Name of the file, without its folder."""
    row: int | None = None
    """Line number in the file; the header is row 1."""
    item: str = ""
    """Item id of the measure."""

    def __str__(self) -> str:
        where = [
            self.file,
            f"row {self.row}" if self.row is not None else "",
            self.path,
            f"item {self.item}" if self.item else "",
        ]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.rule}" if place else self.rule


def _problems(given: str | Problem | Iterable[Problem]) -> tuple[Problem, ...]:
    if isinstance(given, str):
        return (Problem(rule=given),)
    return (given,) if isinstance(given, Problem) else tuple(given)


class AllianceError(Exception):
    """Base of every error that this library raises on purpose.

    >>> try:
    ...     raise AllianceError("no such score")
    ... except AllianceError as error:
    ...     print(error, len(error.problems))
    no such score 1
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: str | Problem | Iterable[Problem]) -> None:
        self.problems = _problems(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"... and {len(self.problems) - SHOWN} more")
        return "\n".join(lines)


class DefinitionError(AllianceError):
    """A measure definition is malformed or contradicts itself."""


class DocumentError(AllianceError):
    """A JSON or TOML document does not have the shape that its schema asks for."""


class AnswerError(AllianceError):
    """Answers break a rule of the measure: range, step, unknown item, rater."""


class TableError(AllianceError):
    """A table cannot be read: encoding, columns, rows, duplicate forms."""


class SeriesError(AllianceError):
    """Observations cannot form a series: order, range, finite numbers."""


class UnknownIdError(AllianceError, LookupError):
    """No measure, score or detector has this id."""


class AmbiguousIdError(AllianceError, LookupError):
    """Two providers have different definitions for one id, and the caller has not said which."""


class PluginError(AllianceError):
    """A plugin that was allowed did not load; the original fault is its ``__cause__``."""


class MissingExtraError(AllianceError, ImportError):
    """A feature needs a package that an extra of this distribution brings."""
