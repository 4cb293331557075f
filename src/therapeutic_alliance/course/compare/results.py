"""What a study of rules on simulated cohorts found: estimates with standard errors."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

from attrs import asdict, frozen

from therapeutic_alliance.course.compare.accuracy import MEASURES, Accuracy
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS
from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean, sd


@frozen
class Estimate:
    """A mean over replications."""

    mean: float
    se: float | None
    """Standard error: SD over replications, divided by the root of their number; ``None`` of 1."""
    n: int
    """Replications in which it could be computed."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Tried:
    """One rule on one scenario."""

    detector: str
    mode: str
    replications: tuple[Accuracy, ...]

    def estimate(self, measure: str) -> Estimate | None:
        """Of a measure, such as ``onset``; ``None`` if it could never be computed."""
        return _estimate([getattr(each, measure) for each in self.replications])

    def less(self, other: "Tried", measure: str) -> Estimate | None:
        """This rule's less the other's, on the same simulated cases: paired by replication."""
        pairs = zip(self.replications, other.replications, strict=True)
        values = [(getattr(one, measure), getattr(two, measure)) for one, two in pairs]
        return _estimate([None if one is None or two is None else one - two for one, two in values])


@frozen(kw_only=True, field_transformer=as_tuples)
class Trial:
    """All rules on one scenario; what they need to know was learned on the same or another one."""

    learned_on: str
    tried_on: str
    rules: tuple[Tried, ...]

    def __getitem__(self, detector: str) -> Tried:
        for each in self.rules:
            if each.detector == detector:
                return each
        raise UnknownIdError("there is no such rule in the trial")


@frozen(kw_only=True, field_transformer=as_tuples)
class Study:
    """Accuracy of rules on simulated cohorts. It says nothing about the thresholds they ship with.

    ``to_dict()`` is plain data.
    """

    trials: tuple[Trial, ...]
    cases: int
    """Cases that rules are tried on, and as many others to learn on, in each replication."""
    replications: int
    seed: int

    def trial(self, tried_on: str, learned_on: str | None = None) -> Trial:
        """The trial on a scenario; rules learned on the same one unless said otherwise."""
        wanted = (learned_on or tried_on, tried_on)
        for each in self.trials:
            if (each.learned_on, each.tried_on) == wanted:
                return each
        raise UnknownIdError("there is no such trial in the study")

    def to_dict(self, references: Iterable[str] = ()) -> dict[str, Any]:
        """Estimates as plain data; ``references`` are rules that all others are compared with."""
        references = list(references)
        base = asdict(SCENARIOS["base"])
        names = {name for trial in self.trials for name in (trial.learned_on, trial.tried_on)}
        return {
            "cases": self.cases,
            "replications": self.replications,
            "seed": self.seed,
            "assumptions": base,
            "scenarios": {
                name: {
                    key: value
                    for key, value in asdict(each).items()
                    if value != base[key] and key != "name"
                }
                for name, each in SCENARIOS.items()
                if name in names
            },
            "trials": [_plain(trial, references) for trial in self.trials],
        }


def _estimate(values: Iterable[float | None]) -> Estimate | None:
    known = [each for each in values if each is not None]
    if not known:
        return None
    n = len(known)
    return Estimate(mean(known), sd(known) / sqrt(n) if n > 1 else None, n)


def _plain(trial: Trial, references: Sequence[str]) -> dict[str, Any]:
    there = [each for each in trial.rules if each.detector in references]
    return {
        "learned_on": trial.learned_on,
        "tried_on": trial.tried_on,
        "rules": [
            {
                "detector": rule.detector,
                "mode": rule.mode,
                **{measure: _told(rule.estimate(measure)) for measure in MEASURES},
                "less": {
                    other.detector: {
                        measure: _told(rule.less(other, measure)) for measure in MEASURES
                    }
                    for other in there
                    if other is not rule
                },
            }
            for rule in trial.rules
        ],
    }


def _told(estimate: Estimate | None) -> dict[str, float | None] | None:
    return None if estimate is None else {"mean": estimate.mean, "se": estimate.se}
