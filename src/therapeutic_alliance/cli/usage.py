"""What makes a value of an option wrong: told with the option's name, before a table is read."""

import re
from typing import Any

import click

from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.importers.coding import has_order, has_unit
from therapeutic_alliance.importers.mapping import ORDER_AND_LABELS, TableMap
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scale import Scale

_RANGE = re.compile(r"(-?[0-9.]+)-(-?[0-9.]+)(?::([0-9.]+))?")


def delimiter(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """The character that ``--delimiter`` means."""
    character = "\t" if given in ("\\t", "tab") else given
    try:
        TableMap(delimiter=character)
    except DocumentError as error:
        rule = error.problems[0].rule
    else:
        return character
    raise click.BadParameter(rule)


def encoding(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """An encoding of text that is known here."""
    try:
        "".encode(given or "utf-8")
    except (LookupError, ValueError):
        known = False
    else:
        known = True
    if known:
        return given
    raise click.BadParameter("no such encoding of text files")


def span(_context: click.Context, _option: click.Parameter, given: str | None) -> dict[str, Any]:
    """What ``LOW-HIGH[:STEP]`` states of a scale."""
    if given is None:
        return {}
    stated = _numbers(given)
    if stated is None:
        raise click.BadParameter("LOW-HIGH or LOW-HIGH:STEP, such as 1-7 or 0-5:0.5")
    # without a step the measure's own holds, which may be less than 1
    wrong = Scale(**{"step": stated["high"] - stated["low"], **stated}).problems()
    if wrong:
        raise click.BadParameter(wrong[0])
    return stated


def _numbers(text: str) -> dict[str, Any] | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    parts = zip(("low", "high", "step"), match.groups(), strict=True)
    try:
        return {name: float(part) for name, part in parts if part}
    except ValueError:  # two points
        return None


def check_order(order: str | None, table: TableMap) -> None:
    """Refuse ``--order`` beside labels, which are numbers of the form already."""
    if order is not None and table.labels:
        raise click.BadParameter(ORDER_AND_LABELS, param_hint="--order")


def check_span(measure: Measure) -> None:
    """Refuse ``--range`` where items have scales of their own, which it would all replace."""
    if measure.item_scales:
        rule = f"items of {measure.id} have scales of their own: state them in a measure file"
        raise click.BadParameter(rule, param_hint="--range")


def check_measure(measure: Measure, unit: str | None, order: str | None) -> None:
    """Refuse ``--unit`` or ``--order`` that the one measure of a table does not have."""
    if unit is not None and not has_unit(measure):
        rule = f"{measure.id} has no visual analogue scale, so there is no unit"
        raise click.BadParameter(rule, param_hint="--unit")
    if order is not None and not has_order(measure, order):
        there = ", ".join(each.id for each in measure.orders) or "none"
        rule = f"{measure.id} has no such order of printing; it has: {there}"
        raise click.BadParameter(rule, param_hint="--order")


_OF_TABLES = {
    "mapping": "--map",
    "measure": "--measure",
    "rater": "--rater",
    "missing": "--missing",
    "unit": "--unit",
    "order": "--order",
    "delimiter": "--delimiter",
    "decimal": "--decimal",
    "encoding": "--encoding",
}


def check_importer(reading: object) -> None:
    """Refuse options that only the reading of tables heeds, beside another importer."""
    given = [option for name, option in _OF_TABLES.items() if getattr(reading, name)]
    if given:
        rule = f"an importer reads its file in its own way; not together with {', '.join(given)}"
        raise click.BadParameter(rule, param_hint="--from")
