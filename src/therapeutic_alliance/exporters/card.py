"""A measure on one page: key, range, evidence, licence, cautions."""

from collections.abc import Iterator

from therapeutic_alliance.exporters.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Link,
    Paragraph,
    Strong,
    Table,
    Words,
    markdown,
)
from therapeutic_alliance.model.evidence import CutOff, Source, Statistic
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import ScoreRule
from therapeutic_alliance.model.scale import Scale


def card(measure: Measure) -> str:
    """The page of a measure as Markdown.

    >>> import therapeutic_alliance as ta
    >>> card(ta.Registry().measure("arm-5")).splitlines()[0]
    '# ARM-5: Agnew Relationship Measure, 5 items'
    """
    return markdown(card_blocks(measure))


def card_blocks(measure: Measure) -> Iterator[Block]:
    """The page of a measure, made from its definition and nothing else; its heading comes first.

    >>> import therapeutic_alliance as ta
    >>> blocks = card_blocks(ta.Registry().measure("arm-5"))
    >>> [block.text for block in blocks if isinstance(block, Heading)][1:4]
    ['Items and answers', 'Scores', 'Evidence']
    """
    yield Heading(1, f"{measure.short or measure.id}: {measure.name}")
    yield Bullets(tuple(_identity(measure)))
    yield Heading(2, "Items and answers")
    yield Bullets(tuple(_answers(measure)))
    yield Heading(2, "Scores")
    yield from _scores(measure)
    yield Heading(2, "Evidence")
    yield from _evidence(measure)
    yield Heading(2, "Cut-offs")
    yield _cut_offs(measure)
    if measure.statistics:
        yield Heading(2, "Published statistics")
        yield Bullets(tuple((_statistic(each),) for each in measure.statistics))
    yield Heading(2, "Licence")
    yield Bullets(tuple(_licence(measure)))
    if measure.cautions:
        yield Heading(2, "Cautions")
        yield Bullets(tuple((caution.text,) for caution in measure.cautions))


def scale_words(measure: Measure) -> str:
    """The answer range in a few words.

    >>> import therapeutic_alliance as ta
    >>> scale_words(ta.Registry().measure("srs")), scale_words(ta.Registry().measure("sai"))
    ('0 to 10 cm in steps of 0.1', 'stated by the caller')
    """
    if measure.scale is None:
        return "see the items" if measure.item_scales else "stated by the caller"
    return _range(measure.scale)


def _range(scale: Scale) -> str:
    unit = f" {scale.unit}" if scale.unit else ""
    step = "" if scale.step == 1 else f" in steps of {scale.step:g}"
    return f"{scale.low:g} to {scale.high:g}{unit}{step}"


def _identity(measure: Measure) -> Iterator[Words]:
    yield "Id: ", Code(measure.id), f", version {measure.version}"
    if measure.aliases:
        first, *others = measure.aliases
        more = (piece for alias in others for piece in (", ", Code(alias)))
        yield "Also found as: ", Code(first), *more
    reason = f": {measure.status_reason}" if measure.status_reason else ""
    yield "Status: ", Strong(measure.status), reason
    yield (f"Raters: {', '.join(measure.raters)}",)
    yield (f"Family: {measure.family}; construct: {measure.construct}",)
    yield "Fingerprint: ", Code(measure.fingerprint)


def _answers(measure: Measure) -> Iterator[Words]:
    numbered = measure.items == tuple(str(n) for n in range(1, len(measure.items) + 1))
    named = "" if numbered else f": {', '.join(measure.items)}"
    yield (f"Items: {len(measure.items)}{named}",)
    yield (f"Answers: {scale_words(measure)}",)
    for each in measure.item_scales:
        yield (f"Answers of item {each.item}: {_range(each.scale)}",)
    if measure.scale and measure.scale.anchors:
        labels = "; ".join(f"{each.answer} {each.label}" for each in measure.scale.anchors)
        yield (f"Labels: {labels}",)
    if {"reverse", "key"} & set(measure.open):
        yield ("Reverse-keyed: not verified; the caller states them",)
    else:
        yield (f"Reverse-keyed: {', '.join(measure.reverse) or 'none'}",)
    for order in measure.orders:
        flipped = ", ".join(order.flipped)
        yield "Order ", Code(order.id), f": printed the other way round for items {flipped}"
    if measure.not_applicable:
        yield ("The form offers a does-not-apply answer, which counts as missing",)
    own = any(rule.missing for rule in measure.scores)
    rule = measure.missing or "no author rule verified: every item is needed"
    yield (f"Missing answers: {'each score has its own rule, below' if own else rule}",)


def _scores(measure: Measure) -> Iterator[Block]:
    if measure.open:
        yield Paragraph(f"Not scorable as it ships. {measure.what_is_open()}.")
    if measure.scores:
        headings: tuple[str, ...] = ("score", "from", "how", "range")
        rows = tuple(map(_score, measure.scores))
        if any(rule.missing for rule in measure.scores):
            headings = (*headings, "may be missing")
            allowed = (_missing(measure, rule) for rule in measure.scores)
            rows = tuple((*row, each) for row, each in zip(rows, allowed, strict=True))
        yield Table(headings, rows)
    if measure.never_sum:
        yield Paragraph("The ratings are reported one by one and never summed.")
    if measure.not_partition:
        yield Paragraph(f"Scores do not partition the items: {measure.not_partition}")


_RATED = {"person": "each person", "system": "the whole couple, family or group"}


def _missing(measure: Measure, rule: ScoreRule) -> str:
    """How many items of a score may be missing."""
    in_force = rule.missing or measure.missing
    return f"up to {in_force.at_most}" if in_force and in_force.at_most else "none"


def _score(rule: ScoreRule) -> tuple[str, ...]:
    span = f"{rule.range[0]:g} to {rule.range[1]:g}" if rule.range else "not stated"
    whom = f", of {_RATED[rule.rated]}" if rule.rated else ""
    how = (rule.aggregate or "stated by the caller") + whom
    return rule.id, _from(rule), how, span


def _from(rule: ScoreRule) -> str:
    if rule.of:
        return "scores " + ", ".join(rule.of)
    if rule.items:
        return "items " + ", ".join(rule.items)
    return f"{rule.size} items, numbers not verified"


def _evidence(measure: Measure) -> Iterator[Block]:
    if not measure.evidence:
        yield Paragraph("None given.")
    else:
        rows = ((f.fact, f.grade, ", ".join(f.sources), f.note or "") for f in measure.evidence)
        yield Table(("fact", "grade", "sources", "note"), tuple(rows))
    if measure.sources:
        yield Bullets(tuple(map(_source, measure.sources)))


def _source(source: Source) -> Words:
    doi = f" doi {source.doi}" if source.doi else ""
    cited = f"{source.id}: {source.citation}{doi}"
    return (f"{cited} ", Link(source.url)) if source.url else (cited,)


def _cut_offs(measure: Measure) -> Block:
    if not measure.cut_offs:
        return Paragraph("None published that could be verified. This library invents none.")
    return Bullets(tuple((_cut_off(each),) for each in measure.cut_offs))


def _cut_off(cut_off: CutOff) -> str:
    what = "each item" if cut_off.each_item else cut_off.score
    boundary = f"; boundary: {cut_off.boundary}" if cut_off.boundary else ""
    sure = f" ({cut_off.boundary_grade})" if cut_off.boundary_grade else ""
    who = f", {cut_off.population}" if cut_off.population else ""
    meaning = f": {cut_off.meaning}" if cut_off.meaning else ""
    value = f"{what} {cut_off.direction} {cut_off.value:g}{who}{meaning}"
    return f"{value} [{cut_off.grade}]{boundary}{sure}"


def _statistic(statistic: Statistic) -> str:
    span = (
        f" ({statistic.low:g} to {statistic.high:g})"
        if statistic.low is not None and statistic.high is not None
        else ""
    )
    size = f", n = {statistic.n}" if statistic.n else ""
    sample = f", {statistic.sample}" if statistic.sample else ""
    value = f"{statistic.kind} of {statistic.score}: {statistic.value:g}"
    return f"{value}{span}{size}{sample} [{statistic.grade}]"


def _licence(measure: Measure) -> Iterator[Words]:
    yield (f"Holder: {measure.licence.holder or 'not verified'}",)
    if measure.licence.terms:
        yield (f"Terms: {measure.licence.terms}",)
    yield (f"Item wording ships: {'yes' if measure.licence.wording_may_ship else 'no'}",)
