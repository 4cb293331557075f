"""Rules against simulated truth, over scenarios and replications."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

from attrs import asdict, fields, frozen

from therapeutic_alliance.course.compare.accuracy import Accuracy, accuracy
from therapeutic_alliance.course.compare.names import named
from therapeutic_alliance.course.compare.oracle import NearOracle
from therapeutic_alliance.course.compare.trained import Training, statistics
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.simulate.case import SimulatedCase
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenario import Scenario
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS
from therapeutic_alliance.course.vet import scores_only
from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean, sd

MEASURES = tuple(each.name for each in fields(Accuracy))
ORACLE = ("near-oracle", "near-oracle-smoothed")
SEEDS = 10_000
"""Replications have seeds of their own; so many lie between two seeds of a study."""
Progress = Callable[[int, int], None]
"""Called with how many parts are done, and of how many."""


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


def study(
    detectors: Iterable[Detector[Series]],
    *,
    scenarios: Sequence[str] = ("base",),
    transfers: Sequence[tuple[str, str]] = (),
    cases: int = 300,
    replications: int = 10,
    seed: int = 1,
    progress: Progress | None = None,
) -> Study:
    """Try rules on simulated cohorts whose truth is known.

    In each replication a rule learns on ``cases`` unlabelled cases what it can learn, and is
    tried on ``cases`` others: one with a parameter ``cohort`` that is ``None`` gets the constants
    of those cases, with growth, and ``state-probability`` the hyper-parameters that fit them
    best. A rule of a plugin may have a method ``trained(cases)``, which gives the rule to try.
    ``scenarios`` are names of ``ta.simulate.SCENARIOS``; ``transfers`` are pairs: learned on,
    tried on. A near-oracle, which knows the true parameters of each person, is tried, too.
    ``progress`` is called with how many parts are done, and of how many.

    Raises :class:`AllianceError` for numbers that are no whole numbers of 1 or more, and as
    :func:`compare` does; :class:`UnknownIdError` for an unknown scenario; :class:`SeriesError`
    for a rule that refuses the simulated series, or for fewer than 30 cases to learn on, if a
    rule needs to.

    >>> import therapeutic_alliance as ta
    >>> found = ta.study([ta.Registry().detector("drop-from-best")], cases=60, replications=2)
    >>> best, oracle = found.trial("base").rules[:2]
    >>> oracle.less(best, "state").mean > 0
    True
    """
    for name, value in (("cases", cases), ("replications", replications)):
        whole("study", name, value, 1)
    whole("study", "seed", seed, 0)
    rules = named(list(detectors))
    for each in rules.values():
        scores_only(each)
    pairs = list(dict.fromkeys([*((name, name) for name in scenarios), *transfers]))
    if {name for pair in pairs for name in pair} - SCENARIOS.keys():
        raise UnknownIdError(f"no such scenario; there are: {', '.join(SCENARIOS)}")
    found: dict[tuple[str, str], list[Mapping[str, Accuracy]]] = {pair: [] for pair in pairs}
    total = len(pairs) * replications
    done = 0
    for replication in range(seed * SEEDS, seed * SEEDS + replications):
        learned = {name: _training(SCENARIOS[name], cases, replication) for name, _ in pairs}
        for pair, results in found.items():
            tried = simulate(SCENARIOS[pair[1]], cases, replication)
            results.append(_replication(rules, learned[pair[0]], SCENARIOS[pair[1]], tried))
            done += 1
            if progress:
                progress(done, total)
    modes = {name: each.mode for name, each in rules.items()}
    modes |= dict(zip(ORACLE, ("online", "retrospective"), strict=True))
    return Study(
        trials=tuple(_trial(pair, modes, each) for pair, each in found.items()),
        cases=cases,
        replications=replications,
        seed=seed,
    )


def _training(scenario: Scenario, cases: int, seed: int) -> Training:
    """Cases with other numbers than those that rules are tried on."""
    return Training(tuple(each.series for each in simulate(scenario, cases, seed, first=cases)))


def _replication(
    rules: Mapping[str, Detector[Series]],
    training: Training,
    scenario: Scenario,
    tried: Sequence[SimulatedCase],
) -> Mapping[str, Accuracy]:
    series = [each.series for each in tried]
    found = {
        name: accuracy(tried, statistics(training.trained(rule), series))
        for name, rule in rules.items()
    }
    oracle = NearOracle.of(scenario, tried)
    for name, hindsight in zip(ORACLE, (False, True), strict=True):
        known = [oracle.statistics(each, hindsight=hindsight) for each in tried]
        found[name] = accuracy(tried, known)
    return found


def _trial(
    pair: tuple[str, str], modes: Mapping[str, str], found: Sequence[Mapping[str, Accuracy]]
) -> Trial:
    rules = [
        Tried(detector=name, mode=mode, replications=tuple(each[name] for each in found))
        for name, mode in modes.items()
    ]
    return Trial(learned_on=pair[0], tried_on=pair[1], rules=tuple(rules))


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
