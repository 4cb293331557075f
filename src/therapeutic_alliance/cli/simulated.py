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
from therapeutic_alliance.course.compare.results import HEADINGS, Study
from therapeutic_alliance.course.compare.study import Notify, study
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS, TRANSFERS
from therapeutic_alliance.sdk.registry import Registry

REFERENCES = ("eb-z", "drop-from-best", "state-probability")
"""Rules that the JSON compares all others with, replication by replication."""


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
        table(console, trial.title, HEADINGS, [rule.row for rule in trial.rules])
    console.print(found.remarks)
