"""A measure as data: who answers what, and which scores come of it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from therapeutic_alliance.errors import DefinitionError, Problem, UnknownIdError
from therapeutic_alliance.model import validity
from therapeutic_alliance.model.evidence import (
    Caution,
    CutOff,
    Evidence,
    Fact,
    Licence,
    Source,
    Statistic,
    Status,
)
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.rule import (
    Aggregate,
    MissingRule,
    OrderCoding,
    ScoreRule,
)
from therapeutic_alliance.model.scale import Scale


@frozen(kw_only=True)
class ItemScale:
    """The scale of one item that is answered differently from the rest."""

    item: str
    """Item id."""
    scale: Scale
    """Its answers."""


@frozen(kw_only=True)
class Wording:
    """The text of one item; only where a licence lets it ship."""

    item: str
    """Item id."""
    text: str
    """The item as it is printed."""


@frozen(kw_only=True, hash=False, field_transformer=as_tuples)
class Measure:
    """One instrument in one version, exactly as its key is printed.

    Raises :class:`DefinitionError` with every fault found and its path.

    >>> pulse = Measure(
    ...     id="pulse", version="1", name="Pulse (invented)", raters=["client"],
    ...     items=["1", "2"], scale=Scale(low=0, high=4), reverse=["2"],
    ...     scores=[ScoreRule(id="total", items=["1", "2"], aggregate="sum")],
    ... )
    >>> pulse.fingerprint == pulse.stated(low=0, high=4).fingerprint
    False
    """

    id: str
    """Lower-case words joined by ``-``, up to 64 characters; in a folder, the name of the file."""
    version: str
    """A new one whenever a number changes."""
    name: str
    """As printed on the form."""
    raters: tuple[str, ...]
    """Roles that may fill the form; others are refused."""
    items: tuple[str, ...]
    """Item ids, ``[A-Za-z0-9._-]{1,64}``, in printed order; at most 1000."""
    scale: Scale | None = None
    """The answers of all items; left out while the caller still has to state it."""
    item_scales: tuple[ItemScale, ...] = ()
    """Answers of single items that are answered differently."""
    reverse: tuple[str, ...] = ()
    """Reverse-keyed items: ``low + high - answer`` counts."""
    scores: tuple[ScoreRule, ...] = ()
    """What is computed; a score over other scores stands below them."""
    missing: MissingRule | None = None
    """The authors' rule for unanswered items, for each score by itself; left out if they have none
    that could be verified. Not for scores whose items have different ranges."""
    open: tuple[str, ...] = ()
    """What the caller must state before anything is scored: ``"scale"``, ``"reverse"``,
    ``"aggregate"``, ``"key"``."""
    short: str = ""
    """Short name, such as ``WAI-SR``."""
    aliases: tuple[str, ...] = ()
    """Other ids by which it is found; no other measure may have them."""
    family: str = field()
    """Forms of one family are linked (client, therapist, observer), never merged. By default the
    id."""
    construct: str = "alliance"
    """An id; others in use: ``supervisory-alliance``, ``relationship``, ``empathy``,
    ``cultural-humility``; ``"outcome"`` makes no series of the alliance."""
    status: Status = "stated"
    """How far the key as a whole can be trusted: no better than its evidence."""
    status_reason: str | None = None
    """Needed where the status is not ``verified``."""
    never_sum: bool = False
    """Every score is a ``rating``."""
    not_applicable: str | None = None
    """``"missing"`` where the form offers a does-not-apply answer, which counts as missing; shown,
    decides nothing."""
    not_partition: str | None = None
    """Why some item stands in two scores or in none."""
    orders: tuple[OrderCoding, ...] = ()
    """Forms on which the answers of some items are printed the other way round."""
    wording: tuple[Wording, ...] = ()
    """Item texts; only with ``licence.wording_may_ship``, a holder and terms."""
    evidence: tuple[Evidence, ...] = ()
    """Where each fact comes from."""
    sources: tuple[Source, ...] = ()
    """What was read."""
    licence: Licence = field(factory=Licence)
    """Who owns the instrument, and on which terms it is used."""
    cautions: tuple[Caution, ...] = ()
    """What must be known to score it, or to read its scores."""
    cut_offs: tuple[CutOff, ...] = ()
    """Published thresholds: shown, never applied."""
    statistics: tuple[Statistic, ...] = ()
    """Published reliabilities, norms and reliable changes: shown, never applied."""
    provider: str = field(default="caller", eq=False)
    """Distribution that contributed it; ``caller`` for one that was read from a file."""

    @family.default
    def _own_family(self) -> str:
        return self.id

    def __attrs_post_init__(self) -> None:
        problems = tuple(self._problems())
        if problems:
            raise DefinitionError(problems)

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    def _problems(self) -> Iterator[Problem]:
        own = [(each.item, each.scale) for each in self.item_scales]
        yield from validity.identity(self.id, self.aliases, self.family, self.raters)
        yield from validity.words(version=self.version, name=self.name, construct=self.construct)
        yield from validity.item_ids(self.items, self.reverse, [text.item for text in self.wording])
        yield from validity.unknown(
            "$.open", self.open, validity.OPEN, "one of scale, reverse, aggregate, key"
        )
        yield from validity.repeats("$.open", self.open)
        yield from validity.scales(self.scale, own, self.items, "scale" in self.open)
        yield from validity.orders(self.orders, self.items)
        yield from validity.score_rules(self.scores, self.items, self.open, self.never_sum)
        if self.reverse and {"reverse", "key"} & set(self.open):
            yield Problem(path="$.reverse", rule="reverse is open, yet a set is given")
        if self.missing and not 0 < self.missing.at_most < len(self.items):
            yield Problem(path="$.missing.at_most", rule="from 1 to the number of items less 1")

    def scale_of(self, item: str) -> Scale:
        """The scale of an item: its own, else the measure's.

        Raises :class:`DefinitionError` while the scale is open.
        """
        for each in self.item_scales:
            if each.item == item:
                return each.scale
        if self.scale is None:
            raise DefinitionError(self.what_is_open())
        return self.scale

    def what_is_open(self) -> str:
        """One line that says what the caller has to state, and how.

        >>> import therapeutic_alliance as ta
        >>> ta.Registry().measure("sai").what_is_open().partition(";")[0]
        'sai: the answer range, the reversed items, sum or mean could not be verified'
        """
        words = {
            "scale": "the answer range",
            "reverse": "the reversed items",
            "aggregate": "sum or mean",
            "key": "the items of each score, the reversed items and the aggregate",
        }
        missing = ", ".join(words[part] for part in self.open)
        how = (
            "measure.completed(scores=..., reverse=...)"
            if "key" in self.open
            else "measure.stated(low=..., high=..., reverse=..., aggregate=...)"
        )
        how += ", on the command line --key FILE"
        return f"{self.id}: {missing} could not be verified; state them: {how}"

    def order(self, order_id: str) -> OrderCoding:
        """The printed order with this id; :class:`UnknownIdError` if there is none."""
        for order in self.orders:
            if order.id == order_id:
                return order
        known = ", ".join(order.id for order in self.orders) or "none"
        raise UnknownIdError(f"{self.id}: no such order of printing; known: {known}")

    @cached_property
    def fingerprint(self) -> str:
        """sha256 (hex) over what decides a number, and nothing else.

        Id, version, items, scales (low, high, step), reverse set, scores (id, items, of,
        aggregate, missing rule) and missing rule, as canonical JSON; not over prose, names,
        evidence or anchors.
        """
        import hashlib
        import json

        decides = {
            "id": self.id,
            "version": self.version,
            "items": self.items,
            "scales": [self._decisive_scale(item) for item in self.items],
            "reverse": sorted(self.reverse),
            "scores": [
                [rule.id, rule.items, rule.of, rule.aggregate, _decisive_missing(rule.missing)]
                for rule in self.scores
            ],
            "missing": _decisive_missing(self.missing),
            "open": sorted(self.open),
        }
        text = json.dumps(decides, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _decisive_scale(self, item: str) -> list[float] | None:
        if "scale" in self.open:
            return None
        scale = self.scale_of(item)
        return [float(scale.low), float(scale.high), float(scale.step)]

    def stated(
        self,
        *,
        low: float | None = None,
        high: float | None = None,
        step: float | None = None,
        unit: Any = None,
        reverse: Iterable[str] | None = None,
        aggregate: Aggregate | None = None,
    ) -> "Measure":
        """A new edition with facts that the caller vouches for: own fingerprint, grade ``stated``.

        A scale that is stated holds for every item.
        For an open scale (``low``, ``high`` and ``reverse`` are required; ``aggregate`` is ``sum``
        unless stated), and for another edition of a known one, such as seven points for five.
        What is not given stays as the definition has it; printed orders stay, declared ranges,
        cut-offs and statistics go, because they belong to the published edition.

        Raises :class:`DefinitionError` if something needed is not stated, or contradicts the rest.

        >>> import therapeutic_alliance as ta
        >>> seven = ta.Registry().measure("wai-sr").stated(low=1, high=7)
        >>> seven.version, seven.status, seven.scale.high
        ('1+stated', 'stated', 7)
        """
        if "key" in self.open:
            raise DefinitionError(self.what_is_open())
        self._require_stated(low, high, reverse)
        stated: dict[Fact, bool] = {
            "scale": (low, high, step, unit) != (None, None, None, None),
            "reverse": reverse is not None,
            "aggregate": aggregate is not None or "aggregate" in self.open,
        }
        facts = [fact for fact, given in stated.items() if given]
        if not facts:
            raise DefinitionError(f"{self.id}: nothing is stated: give low and high, or reverse")
        notes: dict[Fact, str | None] = {"aggregate": _UNNAMED if aggregate is None else None}
        return self._edition(
            [Evidence(fact=fact, grade="stated", note=notes.get(fact)) for fact in facts],
            scale=self._stated_scale(low, high, step, unit),
            item_scales=() if stated["scale"] else self.item_scales,
            reverse=self.reverse if reverse is None else tuple(reverse),
            scores=[
                evolve(rule, range=None, aggregate=aggregate or rule.aggregate or "sum")
                for rule in self.scores
            ],
        )

    def completed(
        self,
        *,
        scores: Sequence[ScoreRule],
        reverse: Iterable[str],
        low: float | None = None,
        high: float | None = None,
        step: float | None = None,
        not_partition: str | None = None,
    ) -> "Measure":
        """A new edition of a measure whose key is open, with the caller's key.

        ``scores`` name their items; ``reverse`` may be empty but must be said. ``not_partition``
        says why some item stands in two scores or in none, if one does. ``low`` and
        ``high`` are required where the scale is open too.
        Raises :class:`DefinitionError` as :meth:`stated` does.

        >>> import therapeutic_alliance as ta
        >>> star = ta.Registry().measure("star-p")
        >>> total = ScoreRule(id="total", items=star.items, aggregate="sum")
        >>> star.completed(scores=[total], reverse=[]).status
        'stated'
        """
        if "key" not in self.open:
            raise DefinitionError(f"{self.id}: its key is not open; see Measure.stated")
        self._require_stated(low, high, reverse)
        self._require_sizes(scores)
        facts: list[Fact] = ["scores", "reverse", "aggregate"]
        facts += ["scale"] if low is not None else []
        return self._edition(
            [Evidence(fact=fact, grade="stated") for fact in facts],
            scale=self._stated_scale(low, high, step, None),
            reverse=tuple(reverse),
            scores=tuple(scores),
            not_partition=not_partition or self.not_partition,
        )

    def _require_stated(
        self, low: float | None, high: float | None, reverse: Iterable[str] | None
    ) -> None:
        """Say what is still to be stated, and only that."""
        absent = [name for name, value in (("low", low), ("high", high)) if value is None]
        if "scale" not in self.open and not (self.item_scales and len(absent) == 1):
            absent = []
        if {"reverse", "key"} & set(self.open) and reverse is None:
            absent.append("reverse")
        if absent:
            raise DefinitionError(f"{self.id}: still to be stated: {', '.join(absent)}")

    def _require_sizes(self, scores: Sequence[ScoreRule]) -> None:
        """How many items a score has is verified, even where their numbers are not."""
        sizes = {rule.id: rule.size for rule in self.scores if rule.size is not None}
        wrong = [
            Problem(path=f"$.scores[{index}].items", rule=f"{rule.id} has {sizes[rule.id]} items")
            for index, rule in enumerate(scores)
            if rule.id in sizes and rule.items and len(rule.items) != sizes[rule.id]
        ]
        if wrong:
            raise DefinitionError(wrong)

    def _stated_scale(
        self, low: float | None, high: float | None, step: float | None, unit: Any
    ) -> Scale | None:
        if low is not None and high is not None and self.scale is None:
            kind: Any = "visual-analogue" if unit else "numeric"
            return Scale(low=low, high=high, step=1 if step is None else step, kind=kind, unit=unit)
        changes = {"low": low, "high": high, "step": step, "unit": unit}
        given = {name: value for name, value in changes.items() if value is not None}
        return evolve(self.scale, **given, anchors=()) if self.scale and given else self.scale

    def _edition(self, facts: Sequence[Evidence], **changes: Any) -> "Measure":
        names = [fact.fact for fact in facts]
        evidence = (*(fact for fact in self.evidence if fact.fact not in names), *facts)
        cited = {id_ for each in evidence for id_ in each.sources} | set(self.licence.sources)
        return evolve(
            self,
            **changes,
            sources=tuple(source for source in self.sources if source.id in cited),
            open=(),
            version=f"{self.version.removesuffix('+stated')}+stated",
            provider="caller",
            status="stated",
            status_reason="stated by the caller: " + ", ".join(names),
            evidence=evidence,
            cut_offs=(),
            statistics=(),
        )


_UNNAMED = "the caller named none: the sum, this library's choice; the authors' rule is not settled"


def _decisive_missing(rule: MissingRule | None) -> list[object] | None:
    return None if rule is None else [rule.fill, rule.at_most]
