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

HEADINGS = ("rule", *MEASURES.values())
"""Of the table of a trial."""
CAUTIONS = """\
AUC: chance that a session inside a rupture, or the first one of it, has a higher statistic than one
outside. Episodes: caught within 3 observed sessions; delay: sessions until then. *: in hindsight.
Simulated with assumed parameters, none of them a norm. Alarms are matched at 1 in 20 sessions
outside a rupture: nothing is said about the thresholds that rules ship with. Ruptures of real
patients may leave no trace in their scores: real sensitivity is lower."""


@frozen
class Estimate:
    """A mean over replications."""

    mean: float
    se: float | None
    """Standard error: SD over replications, divided by the root of their number; ``None`` of 1."""
    n: int
    """Replications in which it could be computed."""

    def __str__(self) -> str:
        """Both without a leading zero, so that a row of them fits into a line."""
        error = "" if self.se is None else f" ({self.se:.3f})".replace("(0", "(")
        return f"{self.mean:.3f}".removeprefix("0") + error


@frozen(kw_only=True, field_transformer=as_tuples)
class Tried:
    """One rule on one scenario."""

    detector: str
    mode: str
    replications: tuple[Accuracy, ...]

    def estimate(self, measure: str) -> Estimate | None:
        """Of a measure, such as ``onset``; ``None`` if it could never be computed."""
        return _estimate([getattr(each, measure) for each in self.replications])

    @property
    def row(self) -> tuple[str, ...]:
        """Name and estimates in words, under ``HEADINGS``."""
        name = f"{self.detector} *" if self.mode == "retrospective" else self.detector
        estimates = (self.estimate(measure) for measure in MEASURES)
        return (name, *("-" if each is None else str(each) for each in estimates))

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

    @property
    def title(self) -> str:
        """The scenario, in words."""
        learned = f", learned on {self.learned_on}" * (self.learned_on != self.tried_on)
        return f"Scenario {self.tried_on}{learned}"

    def __str__(self) -> str:
        rows = [HEADINGS, *(each.row for each in self.rules)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
        return "\n".join([self.title, *lines])

    def __getitem__(self, detector: str) -> Tried:
        for each in self.rules:
            if each.detector == detector:
                return each
        raise UnknownIdError("there is no such rule in the trial")


@frozen(kw_only=True, field_transformer=as_tuples)
class Study:
    """Accuracy of rules on simulated cohorts. It says nothing about the thresholds they ship with.

    ``str()`` is words, ``to_dict()`` plain data.
    """

    trials: tuple[Trial, ...]
    cases: int
    """Cases that rules are tried on, and as many others to learn on, in each replication."""
    replications: int
    seed: int

    @property
    def remarks(self) -> str:
        """What the numbers are, and what they do not show."""
        noun = "replication" if self.replications == 1 else "replications"
        of = f"{self.replications} {noun} of {self.cases} cases, seed {self.seed}"
        return f"Mean and standard error of {of}.\n{CAUTIONS}"

    def __str__(self) -> str:
        return "\n\n".join([*map(str, self.trials), self.remarks])

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
