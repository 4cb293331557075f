"""The detectors of a command, with the constants that its option ``--cohort`` gives."""

from collections.abc import Sequence
from pathlib import Path

import click

from therapeutic_alliance.codec.files import read_cohort
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.observes import looks_elsewhere, observes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.sdk.registry import Registry


def _read(
    _context: click.Context, _option: click.Parameter, given: Path | None
) -> CohortConstants | None:
    return read_cohort(given) if given else None


COHORT = click.option(
    "--cohort",
    "constants",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_read,
    metavar="FILE",
    help="Constants of a cohort, .json, for the detectors that take them; see alliance cohort.",
)
"""Handed on as ``constants``, a :class:`CohortConstants` or ``None``."""


SHOWN = ("reports", "codes")
"""What ``alliance show`` tells of besides scores."""


def default_detector(constants: CohortConstants | None) -> str:
    """The id of the rule that is used unless another one is asked for."""
    return "drop-from-best" if constants is None else "eb-z"


def detectors_with(
    registry: Registry, ids: Sequence[str], constants: CohortConstants | None
) -> list[Detector[Series]]:
    """Detectors by id, each that has a field ``cohort`` with the constants.

    Constants that no detector takes are refused.
    """
    plain = [registry.detector(each) for each in ids]
    for each in plain:
        if why := looks_elsewhere(each):
            shown = "; see alliance show" * (observes(each) in SHOWN)
            raise click.BadParameter(f"{why}{shown}", param_hint="--detector")
    takers = [each.id for each in plain if hasattr(each, "cohort")]
    if constants is None:
        return plain
    if not takers:
        rule = f"no constants are needed by {', '.join(ids)}"
        raise click.BadParameter(rule, param_hint="--cohort")
    return [
        registry.detector(each, cohort=constants) if each in takers else registry.detector(each)
        for each in ids
    ]
