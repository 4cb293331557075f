"""What a well-kept definition has beyond being possible."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.evidence import CutOff, Fact, Grade, Statistic
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.scoring.key import compile_key

REQUIRED = ("raters", "items", "scale", "scores", "reverse", "aggregate")
DECISIVE = ("items", "scale", "scores", "reverse", "aggregate")
"""Facts whose worst grade is the status of the measure."""


def lint(measure: Measure) -> tuple[Problem, ...]:
    """Everything that ``alliance check`` finds in a definition that can be built at all.

    Scores partition the items or say why not; the declared range of each score is the one that
    can be reached; evidence, sources and status fit together; no wording without a licence.

    >>> import therapeutic_alliance as ta
    >>> lint(ta.Registry().measure("wai-sr"))
    ()
    """
    return tuple(
        problem
        for rule in (
            _partition,
            _names,
            _ranges,
            _anchors,
            _evidence,
            _sources,
            _status,
            _references,
            _published,
            _licence,
        )
        for problem in rule(measure)
    )


def _partition(measure: Measure) -> Iterator[Problem]:
    used = Counter(item for rule in measure.scores for item in rule.items)
    structure = any(rule.size is not None for rule in measure.scores) or not measure.scores
    odd = [item for item in measure.items if used[item] != 1]
    if odd and not structure and not measure.not_partition:
        rule = "in two scores or in none: say why in not_partition; items " + ", ".join(odd)
        yield Problem(path="$.scores", rule=rule)
    if measure.not_partition and not odd:
        yield Problem(path="$.not_partition", rule="every item stands in exactly one score")
    sizes = sum(rule.size or 0 for rule in measure.scores)
    if structure and sizes > len(measure.items):
        yield Problem(path="$.scores", rule="the sizes add up to more than the items")


def _names(measure: Measure) -> Iterator[Problem]:
    ids = [rule.id for rule in measure.scores]
    if len(ids) == 1 and ids != ["total"] and measure.scores[0].aggregate != "rating":
        yield Problem(path="$.scores[0].id", rule="a single score is named total")
    for index, caution in enumerate(measure.cautions):
        if not caution.text.strip():
            yield Problem(path=f"$.cautions[{index}].text", rule="empty")


def _anchors(measure: Measure) -> Iterator[Problem]:
    own = [(f"$.item_scales.{each.item}", each.scale) for each in measure.item_scales]
    for path, scale in ([("$.scale", measure.scale)] if measure.scale else []) + own:
        answers = {f"{answer:g}" for answer in scale.answers()}
        for anchor in scale.anchors:
            if anchor.answer not in answers:
                yield Problem(path=f"{path}.anchors.{anchor.answer}", rule="not an answer")


def _ranges(measure: Measure) -> Iterator[Problem]:
    if measure.open:
        return
    for index, (rule, key) in enumerate(
        zip(measure.scores, compile_key(measure).scores, strict=True)
    ):
        spec = key.spec
        if not key.fillable and (rule.missing or measure.missing):
            path = f"$.scores[{index}].missing"
            yield Problem(path=path, rule="items of different ranges cannot be filled with a mean")
        if rule.range and tuple(rule.range) != (spec.low, spec.high):
            reached = f"the reachable range is {spec.low:g} to {spec.high:g}"
            yield Problem(path=f"$.scores[{index}].range", rule=reached)


def _evidence(measure: Measure) -> Iterator[Problem]:
    graded: list[str] = [fact.fact for fact in measure.evidence]
    for name in get_args(Fact):
        if graded.count(name) > 1:
            yield Problem(path=f"$.evidence.{name}", rule="graded twice")
    if "key" in measure.open:
        excused = {"scores", *measure.open, "reverse", "aggregate"}
    else:
        excused = set(measure.open) | ({"scores"} if measure.open else set())
    for name in REQUIRED:
        if name not in graded and name not in excused:
            yield Problem(path=f"$.evidence.{name}", rule="missing: grade and sources of this fact")
    if measure.missing and "missing" not in graded:
        yield Problem(path="$.evidence.missing", rule="a missing rule needs its grade and sources")
    if measure.orders and "orders" not in graded:
        yield Problem(path="$.evidence.orders", rule="a printed order needs its grade and sources")


def _sources(measure: Measure) -> Iterator[Problem]:
    known = {source.id for source in measure.sources}
    cited: set[str] = set(measure.licence.sources)
    for fact in measure.evidence:
        cited |= set(fact.sources)
        yield from _cites(f"$.evidence.{fact.fact}", fact.grade, fact.sources, known)
    published: tuple[tuple[str, Sequence[CutOff | Statistic]], ...] = (
        ("cut_offs", measure.cut_offs),
        ("statistics", measure.statistics),
    )
    for name, entries in published:
        for index, entry in enumerate(entries):
            cited |= set(entry.sources)
            yield from _cites(f"$.{name}[{index}]", entry.grade, entry.sources, known)
    for source in sorted(set(measure.licence.sources) - known):
        yield Problem(path="$.licence.sources", rule=f"{source!r} is not in sources")
    for source in sorted(known - cited):
        yield Problem(path=f"$.sources.{source}", rule="nothing cites it")


def _cites(path: str, grade: Grade, sources: tuple[str, ...], known: set[str]) -> Iterator[Problem]:
    for source in sources:
        if source not in known:
            yield Problem(path=f"{path}.sources", rule=f"{source!r} is not in sources")
    if not sources and grade != "stated":
        yield Problem(path=f"{path}.sources", rule=f"graded {grade}, yet no source is named")


def _status(measure: Measure) -> Iterator[Problem]:
    grades = {fact.grade for fact in measure.evidence if fact.fact in DECISIVE}
    if bool(measure.open) != (measure.status == "open"):
        yield Problem(path="$.status", rule="'open' goes with a list of what is open, and only so")
        return
    if measure.status == "open":
        return
    worst = next((status for grade, status in _WORST if grade in grades or not grades), "verified")
    if _RANK.index(measure.status) < _RANK.index(worst):
        yield Problem(path="$.status", rule=f"the evidence allows no better than {worst!r}")
    if measure.status != "verified" and not measure.status_reason:
        yield Problem(path="$.status_reason", rule=f"say why the status is {measure.status!r}")


_WORST = (("stated", "stated"), ("single-source", "flagged"), ("verified", "verified"))
_RANK = ("verified", "flagged", "stated")


def _references(measure: Measure) -> Iterator[Problem]:
    ids = {rule.id for rule in measure.scores}
    for index, cut_off in enumerate(measure.cut_offs):
        if (cut_off.score is None) != cut_off.each_item:
            yield Problem(path=f"$.cut_offs[{index}]", rule="give score, or each_item = true")
        elif cut_off.score and cut_off.score not in ids:
            yield Problem(path=f"$.cut_offs[{index}].score", rule="not a score of this measure")
    for index, statistic in enumerate(measure.statistics):
        if statistic.score not in ids:
            yield Problem(path=f"$.statistics[{index}].score", rule="not a score of this measure")


def _published(measure: Measure) -> Iterator[Problem]:
    specs = {} if measure.open else {key.spec.id: key.spec for key in compile_key(measure).scores}
    for index, cut_off in enumerate(measure.cut_offs):
        spec = specs.get(cut_off.score or "")
        if spec and not spec.low <= cut_off.value <= spec.high:
            yield Problem(path=f"$.cut_offs[{index}].value", rule="outside the score's range")
    for index, statistic in enumerate(measure.statistics):
        path = f"$.statistics[{index}]"
        ends = (statistic.low, statistic.high)
        if None not in ends and not ends[0] <= statistic.value <= ends[1]:  # type: ignore[operator]
            yield Problem(path=path, rule="the value is not between low and high")
        if statistic.n is not None and statistic.n < 1:
            yield Problem(path=f"{path}.n", rule="not 1 or more")
        if statistic.kind in RELIABILITIES and not -1 <= statistic.value <= 1:
            yield Problem(path=f"{path}.value", rule="a coefficient lies between -1 and 1")


RELIABILITIES = ("alpha", "omega", "icc", "retest")


def _licence(measure: Measure) -> Iterator[Problem]:
    if measure.wording and not measure.licence.wording_may_ship:
        yield Problem(path="$.wording", rule="item wording without a licence that lets it ship")
    if measure.wording and not (measure.licence.holder and measure.licence.terms):
        yield Problem(path="$.licence", rule="wording needs the licence's holder and terms")
