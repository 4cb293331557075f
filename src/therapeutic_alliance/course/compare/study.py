"""Rules against simulated truth, over scenarios and replications."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from therapeutic_alliance.course.compare.accuracy import Accuracy, accuracy
from therapeutic_alliance.course.compare.oracle import NearOracle
from therapeutic_alliance.course.compare.results import Study, Trial, Tried
from therapeutic_alliance.course.compare.rules import rules_of
from therapeutic_alliance.course.compare.statistics import statistics
from therapeutic_alliance.course.compare.trained import Training
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.simulate.case import SimulatedCase
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenario import Scenario
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS
from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.contracts import Detector

ORACLE = ("near-oracle", "near-oracle-smoothed")
SEEDS = 10_000
"""Replications have seeds of their own; so many lie between two seeds of a study."""
Notify = Callable[[int, int], None]
"""Called with how many parts are done, and of how many."""


def study(
    detectors: Iterable[Detector[Series]],
    *,
    scenarios: Sequence[str] = ("base",),
    transfers: Sequence[tuple[str, str]] = (),
    cases: int = 300,
    replications: int = 10,
    seed: int = 1,
    progress: Notify | None = None,
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
    for a rule that refuses the simulated series, or, if a rule needs to learn, for fewer than 30
    cases with 3 scores, which 40 cases have; :class:`PluginError` if a rule does not keep its
    contract.

    >>> import therapeutic_alliance as ta
    >>> found = ta.study([ta.Registry().detector("drop-from-best")], cases=60, replications=2)
    >>> best, oracle = found.trial("base").rules[:2]
    >>> oracle.less(best, "state").mean > 0
    True
    >>> print(found)  # doctest: +ELLIPSIS
    Scenario base
    rule ... AUC state ...
    """
    for name, value in (("cases", cases), ("replications", replications)):
        whole("study", name, value, 1)
    whole("study", "seed", seed, 0)
    rules = rules_of(detectors)
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
