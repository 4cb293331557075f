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
    """By which facts cite it."""
    citation: str
    """Authors, year, title, place; or what kind of form or page it is."""
    doi: str | None = None
    """Without an address before it."""
    url: str | None = None
    """Where it can be read."""


@frozen(kw_only=True)
class Evidence:
    """Grade and sources of one fact of a definition."""

    fact: Fact
    """What the evidence is for."""
    grade: Grade
    """How sure the fact is."""
    sources: tuple[str, ...] = ()
    """Ids in ``sources``; empty only for what is stated."""
    note: str | None = None
    """What a reader should know of this fact."""


@frozen(kw_only=True)
class Licence:
    """Who owns the instrument and on which terms it is used."""

    holder: str | None = None
    """Who owns the instrument."""
    terms: str | None = None
    """Shown wherever the measure is listed, explained or scored."""
    wording_may_ship: bool = False
    """Whether the licence lets item texts stand in the file."""
    grade: Grade | None = None
    """How sure that is."""
    sources: tuple[str, ...] = ()
    """Ids in ``sources``."""


@frozen(kw_only=True)
class Caution:
    """What a person who scores the measure, or reads its scores, must know."""

    text: str
    """In full sentences."""


@frozen(kw_only=True)
class CutOff:
    """A published threshold. It is shown, never applied: no band and no advice follows from it."""

    value: float
    """The threshold, in the score's own aggregate."""
    direction: Literal["below", "above"]
    """On which side of it something is said."""
    grade: Grade
    """How sure it is."""
    sources: tuple[str, ...]
    """Ids in ``sources``."""
    score: str | None = None
    """Score id; left out together with ``each_item``."""
    each_item: bool = False
    """It holds for every single item."""
    boundary: str | None = None
    """What happens exactly at the value, in words."""
    boundary_grade: Grade | None = None
    """How sure that is."""
    meaning: str | None = None
    """What the source says of such a score."""
    population: str | None = None
    """Whom it was found in."""


@frozen(kw_only=True)
class Statistic:
    """A published number about a score: reliability, norm, reliable change."""

    kind: str
    """``alpha``, ``omega``, ``icc``, ``retest``, ``mean``, ``sd``, ``reliable-change``, ..."""
    score: str
    """Score id."""
    value: float
    """The number."""
    grade: Grade
    """How sure it is."""
    sources: tuple[str, ...]
    """Ids in ``sources``."""
    low: float | None = None
    """Lower end, where the source gives a range or an interval."""
    high: float | None = None
    """Upper end, likewise."""
    n: int | None = None
    """Size of the sample."""
    sample: str | None = None
    """Who they were."""
