"""``alliance cohort``: a table of answers in, the constants of the cohort out."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from math import sqrt
from pathlib import Path
from typing import Any

import click

from therapeutic_alliance.cli.followed import SCORE, Followed
from therapeutic_alliance.cli.options import OUT, Reading, reads_a_table
from therapeutic_alliance.cli.output import json_out, remark, tracked
from therapeutic_alliance.codec.text import dumps
from therapeutic_alliance.course.cohort import LEAST_SCORES, CohortConstants
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.importers.scored import good_sheets, scored_rows
from therapeutic_alliance.whole_file import replacing


@click.command()
@reads_a_table
@SCORE
@click.option("--of-measure", metavar="ID", help="Forms of this measure only.")
@click.option("--of-rater", metavar="ROLE", help="Forms of this rater only.")
@click.option("--of-occasion", metavar="pre|post", help="Forms of this occasion only.")
@click.option("--growth", is_flag=True, help="Fit a growth curve over the sessions, too.")
@click.option("-o", "--out", type=OUT, help="Output, .json (default: stdout).")
@click.option("--json", "as_json", is_flag=True, help="With -o: a summary as JSON on stdout.")
def cohort(
    reading: Reading, score_id: str, growth: bool, out: Path | None, as_json: bool, **only: Any
) -> None:
    """Compute the constants of a cohort, for alliance detect --cohort.

    Level, spread between and within cases, and on demand growth of the scores of one measure by
    one rater. A cohort has at least 30 cases with 3 scores or more. No id of a case is kept.
    """
    _check_places(reading.file, out, as_json)
    table = reading.table()
    followed = Followed(score_id, None)
    courses = followed.courses(
        good_sheets(tracked(scored_rows(table, reading.rule), "forms scored"))
    )
    for option, asked in only.items():
        courses = _only(courses, option, asked)
    _one_of_each(courses)
    constants = CohortConstants.fit(courses, growth=growth)
    with replacing(out) if out else nullcontext(sys.stdout) as file:
        file.write(dumps(constants, indent=2) + "\n")
    if as_json:
        json_out(_summary(constants, len(courses)))
    for line in (*_told(constants, len(courses)), *table.remarks, *followed.remarks):
        remark(line)


def _check_places(file: Path, out: Path | None, as_json: bool) -> None:
    if as_json and not out:
        raise click.UsageError("--json goes with -o: the constants stand on stdout otherwise")
    if out and out.suffix.lower() != ".json":
        raise click.BadParameter("a .json file", param_hint="--out")
    if out and out.resolve() == file.resolve():
        raise click.UsageError("FILE and --out are two different files")


_KEYS: dict[str, Callable[[Series], str | None]] = {
    "of_measure": lambda each: each.measure,
    "of_rater": lambda each: each.rater,
    "of_occasion": lambda each: each.occasion,
}


def _one_of_each(courses: Sequence[Series]) -> None:
    """Refuse several measures, raters or occasions, and say which option chooses one."""
    for option, key in _KEYS.items():
        if (several := len({key(each) for each in courses})) > 1:
            what, flag = option.removeprefix("of_"), f"--{option.replace('_', '-')}"
            rule = f"a cohort has one {what}; here are {several}: say which with {flag}"
            raise SeriesError(rule)


def _only(courses: Sequence[Series], option: str, asked: str | None) -> tuple[Series, ...]:
    """The courses of a measure, rater or occasion; all if none is asked for."""
    if asked is None:
        return tuple(courses)
    there = {_KEYS[option](each) for each in courses}
    if asked not in there:
        named = ", ".join(sorted(each for each in there if each)) or "none"
        hint = f"--{option.replace('_', '-')}"
        raise click.BadParameter(f"no form of it here; there are: {named}", param_hint=hint)
    return tuple(each for each in courses if _KEYS[option](each) == asked)


def _summary(constants: CohortConstants, courses: int) -> dict[str, Any]:
    return {
        "measure": constants.measure,
        "score": constants.score,
        "rater": constants.rater,
        "occasion": constants.occasion,
        "cases": constants.n,
        "scores": constants.scores,
        "left_out": courses - (constants.n or 0),
        "mean": constants.mean,
        "between_sd": sqrt(constants.between_variance),
        "within_sd": sqrt(constants.within_variance),
        "reliability": constants.reliability,
    }


def _told(constants: CohortConstants, courses: int) -> Iterator[str]:
    between, within = sqrt(constants.between_variance), sqrt(constants.within_variance)
    yield f"constants of {constants.source}, {constants.scores} scores"
    yield (
        f"of the possible range: mean {constants.mean:.3f}, SD between cases {between:.3f}, "
        f"within {within:.3f}; ICC(1) {constants.reliability:.2f}"
    )
    if left_out := courses - (constants.n or 0):
        yield f"left out: {left_out} with fewer than {LEAST_SCORES} scores"
