"""A comparison of rules on simulated courses, for a person and as data."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from therapeutic_alliance.cli.constants import detectors_with
from therapeutic_alliance.cli.output import json_out, remark, results, table
from therapeutic_alliance.cli.usable import score_detectors, usable
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.compare import study as studies
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS, TRANSFERS
from therapeutic_alliance.sdk.registry import Registry

REFERENCES = ("eb-z", "drop-from-best", "state-probability")
"""Rules that the JSON compares all others with, replication by replication."""
HEADINGS = {
    "state": "AUC state",
    "onset": "AUC onset",
    "sensitivity": "sensitivity",
    "f1": "F1",
    "episodes": "episodes",
    "delay": "delay",
}
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
        found, left = usable(probe, courses)
        chosen = [each.id for each in found]
    with _bar() as progress, redirect_stdout(sys.stderr):
        study = studies.study(
            detectors_with(registry, chosen, None),
            scenarios=scenarios,
            transfers=TRANSFERS if transfers else (),
            cases=cases,
            replications=replications,
            seed=seed,
            progress=progress,
        )
    if as_json:
        json_out(study.to_dict(REFERENCES))
    else:
        show_study(results(), study)
    for line in left:
        remark(line)


@contextmanager
def _bar() -> Iterator[studies.Progress | None]:
    """A bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_study(console: Console, study: studies.Study) -> None:
    """A table for each trial, and what it does not show."""
    for trial in study.trials:
        rows = [
            (_named(each), *(_told(each.estimate(name)) for name in HEADINGS))
            for each in trial.rules
        ]
        title = f"Scenario {trial.tried_on}"
        if trial.learned_on != trial.tried_on:
            title += f", learned on {trial.learned_on}"
        table(console, title, ("rule", *HEADINGS.values()), rows)
    told = f"{study.replications} replications of {study.cases} cases, seed {study.seed}"
    console.print(f"Mean and standard error of {told}.")
    console.print(CAUTIONS)


def _named(rule: studies.Tried) -> str:
    return f"{rule.detector} *" if rule.mode == "retrospective" else rule.detector


def _told(estimate: studies.Estimate | None) -> str:
    """Both without a leading zero, so that a row fits into a line."""
    if estimate is None:
        return "-"
    error = "" if estimate.se is None else f" ({estimate.se:.3f})".replace("(0", "(")
    return f"{estimate.mean:.3f}".removeprefix("0") + error
