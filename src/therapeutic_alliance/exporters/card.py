"""A measure on one page, in Markdown: key, range, evidence, licence, cautions."""

from collections.abc import Iterator

from therapeutic_alliance.model.evidence import CutOff, Statistic
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import ScoreRule
from therapeutic_alliance.model.scale import Scale


def card(measure: Measure) -> str:
    """The page of a measure, made from its definition and nothing else.

    >>> import therapeutic_alliance as ta
    >>> card(ta.Registry().measure("arm-5")).splitlines()[0]
    '# ARM-5: Agnew Relationship Measure, 5 items'
    """
    sections = (_head, _answers, _scores, _evidence, _cut_offs, _statistics, _licence, _cautions)
    return "\n".join(line for section in sections for line in section(measure)).rstrip() + "\n"


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


def _head(measure: Measure) -> Iterator[str]:
    yield f"# {measure.short or measure.id}: {measure.name}"
    yield ""
    reason = f": {measure.status_reason}" if measure.status_reason else ""
    yield f"- Id: `{measure.id}`, version {measure.version}"
    if measure.aliases:
        yield f"- Also found as: {', '.join(f'`{alias}`' for alias in measure.aliases)}"
    yield f"- Status: **{measure.status}**{reason}"
    yield f"- Raters: {', '.join(measure.raters)}"
    yield f"- Family: {measure.family}; construct: {measure.construct}"
    yield f"- Fingerprint: `{measure.fingerprint}`"
    yield ""


def _answers(measure: Measure) -> Iterator[str]:
    yield "## Items and answers"
    yield ""
    numbered = measure.items == tuple(str(n) for n in range(1, len(measure.items) + 1))
    named = "" if numbered else f": {', '.join(measure.items)}"
    yield f"- Items: {len(measure.items)}{named}"
    yield f"- Answers: {scale_words(measure)}"
    for each in measure.item_scales:
        yield f"- Answers of item {each.item}: {_range(each.scale)}"
    if measure.scale and measure.scale.anchors:
        labels = "; ".join(f"{each.answer} {each.label}" for each in measure.scale.anchors)
        yield f"- Labels: {labels}"
    if {"reverse", "key"} & set(measure.open):
        yield "- Reverse-keyed: not verified; the caller states them"
    else:
        yield f"- Reverse-keyed: {', '.join(measure.reverse) or 'none'}"
    for order in measure.orders:
        flipped = ", ".join(order.flipped)
        yield f"- Order `{order.id}`: printed the other way round for items {flipped}"
    if measure.not_applicable:
        yield "- The form offers a does-not-apply answer, which counts as missing"
    yield f"- Missing answers: {measure.missing or 'no author rule verified: every item is needed'}"
    yield ""


def _scores(measure: Measure) -> Iterator[str]:
    yield "## Scores"
    yield ""
    if measure.open:
        yield f"Not scorable as it ships. {measure.what_is_open()}."
        yield ""
    if measure.scores:
        yield "| score | from | how | range |"
        yield "| --- | --- | --- | --- |"
    for rule in measure.scores:
        span = f"{rule.range[0]:g} to {rule.range[1]:g}" if rule.range else "not stated"
        whom = f", of {_RATED[rule.rated]}" if rule.rated else ""
        how = (rule.aggregate or "stated by the caller") + whom
        yield f"| {rule.id} | {_source(rule)} | {how} | {span} |"
    yield ""
    if measure.never_sum:
        yield "The ratings are reported one by one and never summed."
        yield ""
    if measure.not_partition:
        yield f"Scores do not partition the items: {measure.not_partition}"
        yield ""


_RATED = {"person": "each person", "system": "the whole couple, family or group"}


def _source(rule: ScoreRule) -> str:
    if rule.of:
        return "scores " + ", ".join(rule.of)
    if rule.items:
        return "items " + ", ".join(rule.items)
    return f"{rule.size} items, numbers not verified"


def _evidence(measure: Measure) -> Iterator[str]:
    yield "## Evidence"
    yield ""
    yield "| fact | grade | sources | note |"
    yield "| --- | --- | --- | --- |"
    for fact in measure.evidence:
        yield f"| {fact.fact} | {fact.grade} | {', '.join(fact.sources)} | {fact.note or ''} |"
    yield ""
    for source in measure.sources:
        doi = f" doi {source.doi}" if source.doi else ""
        url = f" <{source.url}>" if source.url else ""
        yield f"- {source.id}: {source.citation}{doi}{url}"
    yield ""


def _cut_offs(measure: Measure) -> Iterator[str]:
    yield "## Cut-offs"
    yield ""
    if not measure.cut_offs:
        yield "None published that could be verified. This library invents none."
    for cut_off in measure.cut_offs:
        yield f"- {_cut_off(cut_off)}"
    yield ""


def _cut_off(cut_off: CutOff) -> str:
    what = "each item" if cut_off.each_item else cut_off.score
    boundary = f"; boundary: {cut_off.boundary}" if cut_off.boundary else ""
    sure = f" ({cut_off.boundary_grade})" if cut_off.boundary_grade else ""
    who = f", {cut_off.population}" if cut_off.population else ""
    meaning = f": {cut_off.meaning}" if cut_off.meaning else ""
    value = f"{what} {cut_off.direction} {cut_off.value:g}{who}{meaning}"
    return f"{value} [{cut_off.grade}]{boundary}{sure}"


def _statistics(measure: Measure) -> Iterator[str]:
    if not measure.statistics:
        return
    yield "## Published statistics"
    yield ""
    for statistic in measure.statistics:
        yield f"- {_statistic(statistic)}"
    yield ""


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


def _licence(measure: Measure) -> Iterator[str]:
    yield "## Licence"
    yield ""
    yield f"- Holder: {measure.licence.holder or 'not verified'}"
    if measure.licence.terms:
        yield f"- Terms: {measure.licence.terms}"
    yield f"- Item wording ships: {'yes' if measure.licence.wording_may_ship else 'no'}"
    yield ""


def _cautions(measure: Measure) -> Iterator[str]:
    if not measure.cautions:
        return
    yield "## Cautions"
    yield ""
    for caution in measure.cautions:
        yield f"- {caution.text}"
    yield ""
