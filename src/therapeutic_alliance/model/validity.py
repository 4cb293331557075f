"""What makes a definition impossible, each fault with its path in the file."""

import re
from collections.abc import Iterable, Iterator, Sequence

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.rule import OrderCoding, ScoreRule
from therapeutic_alliance.model.scale import Scale

ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = (
    "client",
    "therapist",
    "observer",
    "parent",
    "family-member",
    "group-member",
    "supervisee",
    "supervisor",
    "collateral",
)
OPEN = ("scale", "reverse", "aggregate", "key")
MAX_ITEMS = 1_000
LONGEST = 64
"""Characters of an id."""


def is_name(text: str) -> bool:
    """Whether a text can be the id of what is defined: :data:`KEBAB`, and not too long."""
    return len(text) <= LONGEST and KEBAB.fullmatch(text) is not None


def repeats(path: str, values: Sequence[str]) -> Iterator[Problem]:
    """One problem for each value that stood there before."""
    for index, value in enumerate(values):
        if value in values[:index]:
            yield Problem(path=f"{path}[{index}]", rule=f"{value!r} stands there twice")


def unknown(path: str, values: Iterable[str], known: Iterable[str], what: str) -> Iterator[Problem]:
    """One problem for each value that is not known."""
    known = frozenset(known)
    for index, value in enumerate(values):
        if value not in known:
            yield Problem(path=f"{path}[{index}]", rule=f"{value!r} is not {what}")


def identity(
    id_: str, aliases: Sequence[str], family: str, raters: Sequence[str]
) -> Iterator[Problem]:
    """Faults of names and roles."""
    named = {"$.id": id_} | ({} if family == id_ else {"$.family": family})
    named |= {f"$.aliases[{index}]": alias for index, alias in enumerate(aliases)}
    for path, name in named.items():
        if not is_name(name):
            yield Problem(
                path=path, rule="not an id: lower-case words joined by '-', up to 64 characters"
            )
    yield from repeats("$.aliases", (*aliases, id_))
    if not raters:
        yield Problem(path="$.raters", rule="no rater role accepted")
    yield from unknown("$.raters", raters, ROLES, "a rater role: " + ", ".join(ROLES))
    yield from repeats("$.raters", raters)


def words(*, version: str, name: str, construct: str) -> Iterator[Problem]:
    """Faults of what a person reads."""
    for path, text in (("$.version", version), ("$.name", name)):
        if not text.strip():
            yield Problem(path=path, rule="empty")
    if not KEBAB.fullmatch(construct):
        yield Problem(path="$.construct", rule="not an id: lower-case words joined by '-'")


def item_ids(
    items: Sequence[str], reverse: Sequence[str], wording: Iterable[str]
) -> Iterator[Problem]:
    """Faults of the item list and of what refers to it."""
    if not 0 < len(items) <= MAX_ITEMS:
        yield Problem(path="$.items", rule=f"a measure has 1 to {MAX_ITEMS} items")
    for index, item in enumerate(items):
        if not ID.fullmatch(item):
            yield Problem(path=f"$.items[{index}]", rule="not an item id: [A-Za-z0-9._-], up to 64")
    yield from repeats("$.items", items)
    yield from unknown("$.reverse", reverse, items, "an item")
    yield from repeats("$.reverse", reverse)
    yield from unknown("$.wording", wording, items, "an item")


def scales(
    scale: Scale | None, own: Sequence[tuple[str, Scale]], items: Sequence[str], is_open: bool
) -> Iterator[Problem]:
    """Faults of the response scales."""
    if is_open and (scale or own):
        yield Problem(path="$.scale", rule="the scale is open, yet one is given")
    if not is_open and not scale and {item for item, _ in own} != set(items):
        yield Problem(path="$.scale", rule="missing: give one, or list 'scale' under open")
    yield from unknown("$.item_scales", [item for item, _ in own], items, "an item")
    for path, each in (("$.scale", scale), *((f"$.item_scales.{item}", one) for item, one in own)):
        for rule in each.problems() if each else ():
            yield Problem(path=path, rule=rule)


def orders(codings: Sequence[OrderCoding], items: Sequence[str]) -> Iterator[Problem]:
    """Faults of the printed orders."""
    for order in codings:
        if not KEBAB.fullmatch(order.id):
            yield Problem(path=f"$.orders.{order.id}", rule="not an id: words joined by '-'")
        if not order.flipped:
            yield Problem(path=f"$.orders.{order.id}.flipped", rule="no item is flipped")
        yield from unknown(f"$.orders.{order.id}.flipped", order.flipped, items, "an item")


def score_rules(
    rules: Sequence[ScoreRule], items: Sequence[str], opened: Sequence[str], never_sum: bool
) -> Iterator[Problem]:
    """Faults of the scores; a total may only stand after the scores that it adds up."""
    ids = [rule.id for rule in rules]
    if not rules and "key" not in opened:
        yield Problem(path="$.scores", rule="no score: give one, or list 'key' under open")
    yield from repeats("$.scores", ids)
    for index, rule in enumerate(rules):
        path = f"$.scores[{index}]"
        if not KEBAB.fullmatch(rule.id):
            yield Problem(path=f"{path}.id", rule="not an id: lower-case words joined by '-'")
        if [bool(rule.items), bool(rule.of), rule.size is not None].count(True) != 1:
            yield Problem(path=path, rule="give exactly one of items, of, size")
        yield from unknown(f"{path}.items", rule.items, items, "an item")
        yield from repeats(f"{path}.items", rule.items)
        yield from unknown(
            f"{path}.of", rule.of, ids[:index], "a score that stands before this one"
        )
        yield from repeats(f"{path}.of", rule.of)
        kinds = {part.aggregate for part in rules[:index] if part.id in rule.of}
        if len(kinds) > 1 or "rating" in kinds:
            yield Problem(path=f"{path}.of", rule="parts are all sums or all means, never mixed")
        yield from _open(path, rule, opened)
        yield from _aggregate(path, rule, opened, never_sum)
        yield from _missing(path, rule, len(items))


def _open(path: str, rule: ScoreRule, opened: Sequence[str]) -> Iterator[Problem]:
    """What is open is not given as well."""
    if {"aggregate", "key"} & set(opened) and rule.aggregate is not None:
        yield Problem(path=f"{path}.aggregate", rule="the aggregate is open, yet one is given")
    if "key" in opened and rule.items:
        yield Problem(path=f"{path}.items", rule="the key is open, yet items are given; see size")
    if {"scale", "aggregate", "key"} & set(opened) and rule.range is not None:
        yield Problem(path=f"{path}.range", rule="no range can be known while this much is open")


def _aggregate(
    path: str, rule: ScoreRule, opened: Sequence[str], never_sum: bool
) -> Iterator[Problem]:
    if rule.aggregate is None:
        if not {"aggregate", "key"} & set(opened):
            yield Problem(path=f"{path}.aggregate", rule="missing: sum, mean or rating")
    elif rule.aggregate == "rating":
        if len(rule.items) != 1:
            yield Problem(path=path, rule="a rating is reported as it is: exactly one item")
    elif never_sum:
        yield Problem(path=f"{path}.aggregate", rule="this measure is never summed or averaged")
    if rule.size is not None and (rule.size < 1 or "key" not in opened):
        yield Problem(
            path=f"{path}.size", rule="a size of 1 or more, and only while the key is open"
        )


def _missing(path: str, rule: ScoreRule, items: int) -> Iterator[Problem]:
    if rule.missing and not 0 <= rule.missing.at_most < (len(rule.items) or items):
        yield Problem(path=f"{path}.missing.at_most", rule="from 0 to the score's items less 1")
