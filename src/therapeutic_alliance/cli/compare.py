"""``alliance compare``: rules side by side, on a table of answers or on simulated courses."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from therapeutic_alliance.cli.compared import show_comparison
from therapeutic_alliance.cli.detectors import COHORT, detectors_with
from therapeutic_alliance.cli.findings import OURS, findings
from therapeutic_alliance.cli.followed import METRIC, SCORE, Followed
from therapeutic_alliance.cli.options import Reading, may_read_a_table
from therapeutic_alliance.cli.output import json_out, remark, results, tracked
from therapeutic_alliance.cli.simulated import simulated
from therapeutic_alliance.cli.usable import score_detectors, usable
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.compare.compare import side_by_side
from therapeutic_alliance.course.compare.names import named
from therapeutic_alliance.course.compare.verdicts import Compared, Verdict
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.simulate.scenarios import SCENARIOS
from therapeutic_alliance.importers.scored import good_sheets, scored_rows
from therapeutic_alliance.model.scored import Metric

ALL = "all"
OF_FILES = ("score_id", "metric", "onset_tolerance", "constants")
OF_SIMULATION = ("scenarios", "cases", "replications", "seed")


@click.command()
@may_read_a_table
@SCORE
@METRIC
@click.option(
    "--detector",
    "ids",
    multiple=True,
    metavar="ID",
    help="Detector (default: all built-in ones that can be used); repeatable.",
)
@COHORT
@click.option(
    "--onset-tolerance",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Beginnings so many sessions apart count as the same.",
)
@click.option("--simulate", "simulating", is_flag=True, help="Simulated courses in place of FILE.")
@click.option(
    "--scenario",
    "scenarios",
    type=click.Choice([*SCENARIOS, ALL]),
    multiple=True,
    default=("base",),
    show_default=True,
    help="With --simulate: assumptions, or all of them and four transfers; repeatable.",
)
@click.option(
    "--cases",
    type=click.IntRange(min=40),
    default=300,
    show_default=True,
    help="With --simulate: cases to try rules on, and as many to learn on.",
)
@click.option(
    "--replications",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="With --simulate.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="With --simulate: another one gives other cases.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
@click.pass_context
def compare(
    context: click.Context,
    /,
    *,
    reading: Reading,
    ids: tuple[str, ...],
    simulating: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Put detectors side by side: flags by session, and how far they agree.

    With --simulate, on simulated courses whose truth is known: how well each finds ruptures at
    the same rate of false alarms. The simulation rests on assumptions, and says nothing about the
    thresholds that detectors ship with.
    """
    _check(context, reading, simulating)
    if simulating:
        of_simulation = {name: said[name] for name in OF_SIMULATION}
        if ALL in said["scenarios"]:
            of_simulation["scenarios"] = tuple(SCENARIOS)
        of_simulation["transfers"] = ALL in said["scenarios"]
        simulated(reading.registry, ids, as_json=as_json, **of_simulation)
    else:
        _compared(reading, ids, as_json=as_json, **{name: said[name] for name in OF_FILES})


def _check(context: click.Context, reading: Reading, simulating: bool) -> None:
    """Refuse what goes with the other way of the command only."""
    if simulating == (reading.file is not None):
        raise click.UsageError("either FILE or --simulate")
    heeded = {*OF_SIMULATION, "ids", "simulating", "as_json", "named", "prefer", "file"}
    for each in context.command.params:
        name = each.name or ""
        given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and (name in OF_SIMULATION if not simulating else name not in heeded):
            with_ = "not together with" if simulating else "only together with"
            raise click.UsageError(f"{each.opts[0]}: {with_} --simulate")


def _compared(
    reading: Reading,
    ids: tuple[str, ...],
    *,
    score_id: str,
    metric: Metric | None,
    onset_tolerance: int,
    constants: CohortConstants | None,
    as_json: bool,
) -> None:
    registry = reading.registry
    table = reading.table()
    followed = Followed(score_id, metric)
    sheets = good_sheets(tracked(scored_rows(table, reading.rule), "forms scored"))
    detectors = detectors_with(registry, ids or score_detectors(registry), constants)
    courses = followed.courses(sheets)
    left: tuple[str, ...] = ()
    if not ids:
        detectors, left = usable(detectors, courses)
    rules = named(detectors)
    providers = {name: registry.detectors.provider(each.id) for name, each in rules.items()}
    compared = []
    for series in courses:
        found = {name: findings(series, each, providers[name]) for name, each in rules.items()}
        verdicts = (Verdict.of(name, each.flags, each.episodes) for name, each in found.items())
        compared.append(Compared(series=series, verdicts=tuple(verdicts)))
    comparison = side_by_side(compared, onset_tolerance)
    if as_json:
        whose = [{"detector": name, "provider": each} for name, each in providers.items()]
        json_out({**comparison.to_dict(), "providers": whose})
    else:
        show_comparison(results(), comparison)
        for name, each in providers.items():
            if each != OURS:
                remark(f"{name} is of {each}")
    for line in (*left, *_pooled(courses), *table.remarks, *followed.remarks):
        remark(line)


def _pooled(courses: Sequence[Series]) -> Iterator[str]:
    """What is counted together, though each measure and rater has a course of its own."""
    measures, raters = ({each.measure for each in courses}, {each.rater for each in courses})
    for what, several in (("measures", measures), ("raters", raters)):
        if len(several) > 1:
            named = ", ".join(sorted(each or "not named" for each in several))
            yield (
                f"counts and agreement are over all {len(courses)} courses together, of several "
                f"{what}: {named}"
            )
