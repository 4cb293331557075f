"""What can go wrong, said once and safely.

Every error of this library is an :class:`AllianceError` with a list of :class:`Problem`.
A problem names the file, row, item, column and rule. It never holds an answer, a case or person id
or free text, so that it can be logged: raise these errors outside ``except`` blocks, because
Python keeps the caught exception (and what it quotes) in ``__context__``.
"""

from collections.abc import Iterable

from attrs import frozen

SHOWN = 20
"""How many problems a message lists; more of them are in ``problems``."""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong, and where.

    >>> print(Problem(file="march.csv", row=7, item="4", rule="above the highest answer, 5"))
    march.csv, row 7, item 4: above the highest answer, 5
    >>> print(Problem(row=0, item="4", column="q4", rule="not a number"))
    row 0, item 4, column "q4": not a number
    """

    rule: str
    """What is wrong, in words."""
    path: str = ""
    """Place in a document, such as ``$.items[6]``."""
    file: str = ""
    """Name of the file, without its folder."""
    row: int | None = None
    """In a table that is read as forms, the line in the file, where the heading is row 1. In a data
    frame, and in a file of columns, the row counted from 0, without a heading."""
    item: str = ""
    """Item id of the measure."""
    column: str | None = None
    """Name of the column, where the item does not tell it."""

    def __str__(self) -> str:
        where = [
            self.file,
            f"row {self.row}" if self.row is not None else "",
            self.path,
            f"item {self.item}" if self.item else "",
            f'column "{self.column}"' if self.column is not None else "",
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
    count: int
    """How many problems there are; of very many, ``problems`` holds the first."""

    def __init__(
        self, problems: str | Problem | Iterable[Problem], *, count: int | None = None
    ) -> None:
        self.problems = _problems(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if self.count > len(lines):
            lines.append(f"... and {self.count - len(lines)} more")
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
    """A feature needs a package that an extra of this distribution brings.

    >>> print(MissingExtraError.of("mixed models need", "stats"))
    mixed models need the extra: pip install 'therapeutic-alliance[stats]'
    """

    @classmethod
    def of(cls, feature: str, extra: str) -> "MissingExtraError":
        """The one line that names the extra, and how it is installed."""
        return cls(f"{feature} the extra: pip install 'therapeutic-alliance[{extra}]'")
