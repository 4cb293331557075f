"""How items become scores: score rules, missing rules, orders of printing."""

from collections.abc import Hashable
from operator import index
from typing import Literal, Protocol, SupportsIndex

from attrs import field, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.scale import places

Aggregate = Literal["sum", "mean", "rating"]
"""``rating``: one item reported as it is, never summed."""


class Missing(Protocol):
    """A rule for unanswered items, hashable: any object with these, the caller's own, too.

    What it fills is always the person's own mean of that score.
    """

    def __hash__(self) -> int:
        """Rules are values."""

    @property
    def label(self) -> str:
        """Whose rule it is and what it asks, in a few words for a document."""

    def needed(self, of: int) -> int:
        """How many of ``of`` items must be answered for a score: a whole number.

        Less than 1 is taken as 1, more than ``of`` as ``of``.
        """

    def __str__(self) -> str:
        """The rule in words."""


@frozen(kw_only=True)
class MissingRule:
    """A rule that the measure's authors publish.

    >>> MissingRule(at_most=2).needed(10)
    8
    """

    at_most: int
    """Most items that may be unanswered: from 1 to the items less 1; in the rule of a single score
    0 means that none may."""
    fill: Literal["person-mean"] = "person-mean"
    """What fills them: the mean of the person's answered items of that score."""

    @property
    def label(self) -> str:
        """``author: ...``."""
        return f"author: at most {self.at_most} missing, {self.fill}"

    def needed(self, of: int) -> int:
        """How many of ``of`` items must be answered for a score (at least 1)."""
        return max(1, of - self.at_most)

    def __str__(self) -> str:
        if not self.at_most:
            return "the authors' rule: every item must be answered"
        return (
            f"the authors' rule: up to {self.at_most} missing items are filled "
            "with the mean of the person's answered items of that score"
        )


@frozen
class Prorate:
    """The caller's own choice to fill missing items with the person's mean.

    ``share`` is the part of the items that must be answered, above 0 and up to 1:
    at least ``ceil(share * n)`` of ``n``, computed on the decimal as written.
    Raises :class:`AllianceError` for any other share.

    >>> [Prorate(0.8).needed(n) for n in (4, 10, 12)]
    [4, 8, 10]
    """

    share: float = field()

    @share.validator
    def _in_range(self, _attribute: object, value: float) -> None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and 0 < value <= 1 and "e" not in repr(float(value))):
            raise AllianceError("Prorate: the share must be a decimal above 0 and up to 1")

    @property
    def label(self) -> str:
        """``caller: ...``."""
        return f"caller: share of at least {self.share:g} answered, person-mean"

    def needed(self, of: int) -> int:
        """How many of ``of`` items must be answered for a score."""
        grid: int = 10 ** places(self.share)
        return -(-round(self.share * grid) * of // grid)

    def __str__(self) -> str:
        return (
            f"prorated at the caller's request: at least {self.share:.0%} of the items answered, "
            "missing ones filled with the mean of the person's answered items of that score"
        )


@frozen(kw_only=True)
class AllAnswered:
    """The default: a score needs every one of its items."""

    @property
    def label(self) -> str:
        """``none``."""
        return "none"

    def needed(self, of: int) -> int:
        """All of them."""
        return of

    def __str__(self) -> str:
        return "none: every item must be answered"


class NothingToFillWith(AllAnswered):
    """For a score whose items have different ranges: their mean cannot stand for a missing one."""

    __slots__ = ()

    def __str__(self) -> str:
        return "none: the items have different ranges, so that no mean of them can fill a gap"


def check_missing(missing: object) -> None:
    """Raise :class:`AllianceError` for what is neither a rule nor ``None``.

    >>> check_missing(Prorate(0.8))
    >>> check_missing(0.8)
    Traceback (most recent call last):
        ...
    therapeutic_alliance.errors.AllianceError: missing: a rule is needed, such as ta.Prorate(0.8)
    """
    if missing is None:
        return
    value = isinstance(missing, Hashable) and not isinstance(missing, type)
    if not (value and callable(getattr(missing, "needed", None))):
        raise AllianceError("missing: a rule is needed, such as ta.Prorate(0.8)")
    if not isinstance(getattr(missing, "label", None), str):
        raise AllianceError("missing: the rule has no label, a text that says whose it is")


def needed(missing: Missing, of: int) -> int:
    """How many of ``of`` items a rule asks for, from 1 to ``of``.

    Raises :class:`AllianceError` if it answers with no whole number.

    >>> needed(Prorate(0.8), 4), needed(MissingRule(at_most=9), 4)
    (4, 1)
    """
    asked: object = missing.needed(of)
    if isinstance(asked, bool) or not isinstance(asked, SupportsIndex):
        raise AllianceError("missing: needed(of) of the rule gives no whole number")
    return min(of, max(1, index(asked)))


@frozen(kw_only=True, field_transformer=as_tuples)
class ScoreRule:
    """One score of a measure: over items, over other scores, or known by its size only."""

    id: str
    """A single score is called ``total``."""
    items: tuple[str, ...] = ()
    """Its items."""
    of: tuple[str, ...] = ()
    """Its parts: scores that stand above; all sums or all means."""
    size: int | None = None
    """How many items it has, where their numbers are not known; only with ``open = ["key"]``."""
    aggregate: Aggregate | None = None
    """How its items become one number; a ``rating`` is one item as it was given. Left out only
    while the caller still has to state it."""
    component: str | None = None
    """What it measures within the construct: ``task``, ``bond``, ``goal``, ..."""
    range: tuple[float, float] | None = None
    """Lowest and highest value as declared by the source, in the score's own aggregate;
    ``alliance check`` compares it with what can be reached."""
    rated: Literal["person", "system"] | None = None
    """Whether each person is rated or the whole couple, family or group."""
    missing: MissingRule | None = None
    """Overrides the measure's rule for this score."""


@frozen(kw_only=True, field_transformer=as_tuples)
class OrderCoding:
    """A printed form on which the answers of some items run the other way.

    It is a coding of data, undone at import as ``low + high - answer``; the key never sees it.
    """

    id: str
    """By which ``--order`` names it."""
    flipped: tuple[str, ...]
    """Items whose answers are printed the other way round."""
