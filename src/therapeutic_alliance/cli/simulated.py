"""A comparison of rules on simulated courses, for a person and as data."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from therapeutic_alliance.cli.detectors import detectors_with
from therapeutic_alliance.cli.findings import OURS
from therapeutic_alliance.cli.guarded import Guarded
from therapeutic_alliance.cli.output import json_out, remark, results, table
from therapeutic_alliance.cli.usable import score_detectors, usable
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.compare.accuracy import MEASURES
from therapeutic_alliance.course.compare.results import Estimate, Study, Tried
from therapeutic_alliance.course.compare.study import Notify, study
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS, TRANSFERS
from therapeutic_alliance.sdk.registry import Registry

REFERENCES = ("eb-z", "drop-from-best", "state-probability")
"""Rules that the JSON compares all others with, replication by replication."""
CAUTIONS = """\
AUC: chance that a session inside a rupture, or the first one of it, has a higher statistic than one
outside. Episodes: caught within 3 observed sessions; delay: sessions until then. *: in hindsight.
Simulated with assumed parameters, none of them a norm. Alarms are matched at 1 in 20 sessions
outside a rupture: nothing is said about the thresholds that rules ship with. Ruptures of real
patients may leave no trace in their scores: real sensitivity is lower."""


def simulated(
    registry: Registry,
    ids: Sequence[str],
    *,
    scenarios: Sequence[str],
    transfers: bool,
    cases: int,
    replications: int,
    seed: int,
    as_json: bool,
) -> None:
    """Run a study and tell of it."""
    chosen = list(ids)
    left: tuple[str, ...] = ()
    if not ids:
        constants = CohortConstants.illustrative()
        probe = detectors_with(registry, score_detectors(registry), constants)
        courses = [each.series for each in simulate(SCENARIOS[scenarios[0]], 30, seed)]
        used, left = usable(probe, courses)
        chosen = [each.id for each in used]
    rules = [
        each if registry.detectors.provider(each.id) == OURS else Guarded(each)
        for each in detectors_with(registry, chosen, None)
    ]
    with _bar() as progress:
        found = study(
            rules,
            scenarios=scenarios,
            transfers=TRANSFERS if transfers else (),
            cases=cases,
            replications=replications,
            seed=seed,
            progress=progress,
        )
    if as_json:
        json_out(found.to_dict(REFERENCES))
    else:
        show_study(results(), found)
    for line in left:
        remark(line)


@contextmanager
def _bar() -> Iterator[Notify | None]:
    """A bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_study(console: Console, found: Study) -> None:
    """A table for each trial, and what it does not show."""
    for trial in found.trials:
        rows = [
            (_named(each), *(_told(each.estimate(name)) for name in MEASURES))
            for each in trial.rules
        ]
        title = f"Scenario {trial.tried_on}"
        if trial.learned_on != trial.tried_on:
            title += f", learned on {trial.learned_on}"
        table(console, title, ("rule", *MEASURES.values()), rows)
    told = f"{found.replications} replications of {found.cases} cases, seed {found.seed}"
    console.print(f"Mean and standard error of {told}.")
    console.print(CAUTIONS)


def _named(rule: Tried) -> str:
    return f"{rule.detector} *" if rule.mode == "retrospective" else rule.detector


def _told(estimate: Estimate | None) -> str:
    """Both without a leading zero, so that a row fits into a line."""
    if estimate is None:
        return "-"
    error = "" if estimate.se is None else f" ({estimate.se:.3f})".replace("(0", "(")
    return f"{estimate.mean:.3f}".removeprefix("0") + error
