"""Rules side by side, as a value, in words and as plain data."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.compare.agreement import Agreement
from therapeutic_alliance.course.compare.verdicts import Compared
from therapeutic_alliance.model.immutable import as_tuples


@frozen(kw_only=True)
class Standing:
    """One rule over all series."""

    detector: str
    mode: str
    observed: int
    """Sessions with a score."""
    evaluable: int
    """Sessions that it can judge; the others are neither flagged nor unflagged."""
    flagged: int
    onsets: int


@frozen(kw_only=True, field_transformer=as_tuples)
class Comparison:
    """Rules side by side. How far they agree does not tell which one is right.

    ``str()`` is words, ``to_dict()`` plain data.

    >>> import therapeutic_alliance as ta
    >>> rules = [ta.Registry().detector(id_) for id_ in ("drop-from-best", "rci-drop")]
    >>> found = ta.compare(ta.Series.of([4.2, 4.3, 3.4, 3.5, 4.3], low=1, high=5), rules)
    >>> found.detectors, [rule.flagged for rule in found.rules]
    (('drop-from-best', 'rci-drop'), [2, 1])
    """

    series: tuple[Compared, ...]
    rules: tuple[Standing, ...]
    pairs: tuple[Agreement, ...]
    """Each pair once, in the order of the rules."""
    onset_tolerance: int
    """Beginnings so many session numbers apart count as the same."""

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the rules."""
        return tuple(each.detector for each in self.rules)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        count = len(self.series)
        yield f"{len(self.rules)} rules on {count} series"
        for rule in self.rules:
            hindsight = ", in hindsight" if rule.mode == "retrospective" else ""
            yield (
                f"{rule.detector}{hindsight}: {rule.flagged} of {rule.evaluable} evaluable "
                f"sessions flagged ({rule.observed} observed), {rule.onsets} beginnings"
            )
        for pair in self.pairs:
            yield (
                f"{pair.first} and {pair.second}: kappa {_told(pair.kappa)} over {pair.both} "
                f"sessions that both can judge; beginnings in common {_told(pair.jaccard)} "
                f"(Jaccard; session numbers at most {self.onset_tolerance} apart)"
            )
        yield "Agreement does not tell which rule is right. No flag is no sign of a good alliance."

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data: lists, mappings, numbers, texts, ``None``."""
        return {
            "onset_tolerance": self.onset_tolerance,
            "rules": [
                {
                    "detector": each.detector,
                    "mode": each.mode,
                    "observed": each.observed,
                    "evaluable": each.evaluable,
                    "flagged": each.flagged,
                    "onsets": each.onsets,
                }
                for each in self.rules
            ],
            "pairs": [
                {
                    "first": each.first,
                    "second": each.second,
                    "both_evaluable": each.both,
                    "kappa": each.kappa,
                    "onsets": list(each.onsets),
                    "same_onsets": each.same,
                    "jaccard": each.jaccard,
                }
                for each in self.pairs
            ],
            "series": [_plain(each, self.detectors) for each in self.series],
        }


def _plain(compared: Compared, detectors: Sequence[str]) -> dict[str, Any]:
    series = compared.series
    return {
        "case": series.case,
        "measure": series.measure,
        "rater": series.rater,
        "person": series.person,
        "occasion": series.occasion,
        "sessions": [
            {"session": session, "flags": dict(zip(detectors, flags, strict=True))}
            for session, flags in compared.matrix
        ],
        "onsets": {each.detector: list(each.onsets) for each in compared.verdicts},
    }


def _told(number: float | None) -> str:
    return "undefined" if number is None else f"{number:.2f}"
