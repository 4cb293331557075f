"""How a score came about, in words and as data."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from therapeutic_alliance.model.evidence import Evidence
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Score, ScoreSheet
from therapeutic_alliance.scoring.key import ScoreKey, compile_key

SCORE_FACTS = ("scale", "items", "scores", "reverse", "aggregate", "missing")


@frozen(kw_only=True)
class Explanation:
    """One score, explained: ``str()`` in words, :meth:`to_dict` as data; no answer is quoted."""

    measure: Measure
    score: Score
    items: tuple[str, ...]
    """Items of the score, in printed order."""
    reversed: tuple[str, ...]
    filled: tuple[str, ...]
    """Unanswered items that the missing rule filled."""
    unanswered: tuple[str, ...]
    formula: str
    missing_rule: str
    needed: int
    """How many items must be answered for a score."""
    evidence: tuple[Evidence, ...]

    def to_dict(self) -> Mapping[str, Any]:
        """The explanation as plain data, ready for JSON."""
        score, measure = self.score, self.measure
        return {
            "measure": measure.id,
            "measure_version": measure.version,
            "definition_sha256": measure.fingerprint,
            "status": measure.status,
            "score": score.id,
            "metric": score.metric,
            "value": score.value,
            "low": score.low,
            "high": score.high,
            "score_status": score.status,
            "items": list(self.items),
            "reversed": list(self.reversed),
            "filled": list(self.filled),
            "unanswered": list(self.unanswered),
            "formula": self.formula,
            "missing_rule": self.missing_rule,
            "needed": self.needed,
            "evidence": [
                {
                    "fact": fact.fact,
                    "grade": fact.grade,
                    "sources": self._cited(fact),
                    "note": fact.note,
                }
                for fact in self.evidence
            ],
            "terms": measure.licence.terms,
        }

    def _cited(self, fact: Evidence) -> list[str]:
        return [source.citation for source in self.measure.sources if source.id in fact.sources]

    def __str__(self) -> str:
        score, measure = self.score, self.measure
        value = "not scorable" if score.value is None else f"{score.value:g}"
        name = f"{measure.short or measure.id} {score.id}"
        span = f"possible range {score.low:g} to {score.high:g}"
        lines = [
            f"{name}: {value} ({score.metric}, {span}; {score.status})",
            f"  items used: {_listed(item for item in self.items if item not in self.unanswered)}",
            f"  reverse-keyed: {_listed(self.reversed)}",
            f"  filled: {_listed(self.filled)}",
            f"  unanswered: {_listed(self.unanswered)}",
            f"  formula: {self.formula}",
            f"  missing answers: {self.missing_rule}",
            f"  answered: {score.answered} of {score.of}, {self.needed} needed",
            f"  definition: {measure.id} version {measure.version}, {measure.status}"
            + (f" ({measure.status_reason})" if measure.status_reason else ""),
        ]
        for fact in self.evidence:
            cited = "; ".join(self._cited(fact)) or "the caller"
            note = f" ({fact.note})" if fact.note else ""
            lines.append(f"  {fact.fact}: {fact.grade}, by {cited}{note}")
        if measure.licence.terms:
            lines.append(f"  licence: {measure.licence.terms}")
        return "\n".join(lines)


def explain(sheet: ScoreSheet, score_id: str) -> Explanation:
    """Explain one score of a sheet: items used, reversed and filled, rule, sources.

    Raises :class:`UnknownIdError` if the sheet has no such score.

    >>> import therapeutic_alliance as ta
    >>> care = ta.Registry().measure("care")
    >>> told = ta.explain(ta.score(care, [5, 4, 4, 3, 4, 5, 3, 4, 4, None]), "total")
    >>> told.filled, told.score.value
    (('10',), 40.0)
    >>> told.missing_rule.startswith("the authors' rule")
    True
    """
    score = sheet[score_id]
    key = compile_key(sheet.measure)
    rule = next(each for each in key.scores if each.spec.id == score_id)
    chosen = [key.items[position] for position in rule.positions]
    empty = tuple(
        key.items[position].id for position in rule.positions if sheet.answers[position] is None
    )
    facts = [fact for fact in sheet.measure.evidence if fact.fact in SCORE_FACTS]
    return Explanation(
        measure=sheet.measure,
        score=score,
        items=tuple(item.id for item in chosen),
        reversed=tuple(item.id for item in chosen if item.reversed),
        filled=empty if score.status == "prorated" else (),
        unanswered=empty,
        formula=_formula(sheet.measure, rule),
        missing_rule=str(rule.rule(sheet.missing)),
        needed=rule.needed(sheet.missing),
        evidence=tuple(facts),
    )


def _formula(measure: Measure, rule: ScoreKey) -> str:
    own = next(each for each in measure.scores if each.id == rule.spec.id)
    what = "scores " + ", ".join(own.of) if own.of else f"{len(rule.positions)} items"
    words = {
        "sum": f"sum of the {what}",
        "mean": f"mean of the {what}",
        "rating": "the rating as given",
    }
    flipped = [
        item
        for item in (measure.items[position] for position in rule.positions)
        if item in measure.reverse
    ]
    scales = [measure.scale_of(item) for item in flipped]
    turns = sorted({f"{scale.low + scale.high:g} - answer" for scale in scales})
    return words[rule.spec.metric] + (
        f"; reverse-keyed items count {' or '.join(turns)}" if turns else ""
    )


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "none"
