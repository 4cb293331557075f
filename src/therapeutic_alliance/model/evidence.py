"""Where a fact comes from and how far it can be trusted."""

from typing import Literal

from attrs import frozen

Grade = Literal["verified", "single-source", "stated"]
"""``verified``: two independent sources, or the instrument's own form, manual or table.
``single-source``: one source, or derived from a verified parent.
``stated``: by the caller; this library cannot vouch for it."""

Status = Literal["verified", "flagged", "stated", "open"]
"""A measure as a whole: ``verified``; ``flagged`` (a part of the key is single-source, or a
reason is given); ``stated`` (an edition that the caller stated); ``open`` (not scorable until
the caller states what is missing)."""

Fact = Literal[
    "raters",
    "items",
    "scale",
    "scores",
    "reverse",
    "aggregate",
    "missing",
    "cut_offs",
    "orders",
]
"""Facts of a definition that can carry a grade."""


@frozen(kw_only=True)
class Source:
    """A publication, page or form in which a fact was read."""

    id: str
    citation: str
    doi: str | None = None
    url: str | None = None


@frozen(kw_only=True)
class Evidence:
    """Grade and sources of one fact of a definition."""

    fact: Fact
    grade: Grade
    sources: tuple[str, ...] = ()
    """Ids in ``Measure.sources``; empty only for what the caller stated."""
    note: str | None = None


@frozen(kw_only=True)
class Licence:
    """Who owns the instrument and on which terms it is used."""

    holder: str | None = None
    terms: str | None = None
    """Shown wherever the measure is listed, explained or scored."""
    wording_may_ship: bool = False
    grade: Grade | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Caution:
    """What a person who scores the measure, or reads its scores, must know."""

    text: str


@frozen(kw_only=True)
class CutOff:
    """A published threshold. It is shown, never applied: no band and no advice follows from it."""

    value: float
    direction: Literal["below", "above"]
    grade: Grade
    sources: tuple[str, ...]
    score: str | None = None
    """Score id; ``None`` together with ``each_item``."""
    each_item: bool = False
    boundary: str | None = None
    """What happens exactly at the value, in words."""
    boundary_grade: Grade | None = None
    meaning: str | None = None
    population: str | None = None


@frozen(kw_only=True)
class Statistic:
    """A published number about a score: reliability, norm, reliable change."""

    kind: str
    """``alpha``, ``omega``, ``icc``, ``retest``, ``mean``, ``sd``, ``reliable-change``, ..."""
    score: str
    value: float
    grade: Grade
    sources: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    n: int | None = None
    sample: str | None = None
