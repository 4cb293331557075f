"""``alliance measures``: what can be scored, and the page of one measure."""

import sys

import click
from rich.markdown import Markdown

from therapeutic_alliance.cli.output import json_out, remark, results, table
from therapeutic_alliance.cli.plugged import Plugins, uses_plugins
from therapeutic_alliance.codec.text import dumps
from therapeutic_alliance.exporters.card import card, scale_words
from therapeutic_alliance.model.measure import Measure


@click.command()
@click.argument("measure_id", required=False, metavar="[ID]")
@uses_plugins
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout; with ID, the definition.")
def measures(measure_id: str | None, plugins: Plugins, as_json: bool) -> None:
    """List the measures, or show one: key, range, sources, grade, licence, cautions."""
    registry = plugins.registry()
    if measure_id is not None:
        measure = registry.measure(measure_id)
        if as_json:
            click.echo(dumps(measure, indent=2))
        elif sys.stdout.isatty():
            results().print(Markdown(card(measure), hyperlinks=False))
        else:
            click.echo(card(measure), nl=False)
        return
    for id_, providers in registry.measures.ambiguous.items():
        remark(f"{id_} is left out: {', '.join(providers)} define it differently")
    known = registry.measures.agreed
    if as_json:
        json_out([_summary(measure) for measure in known])
        return
    headings = ("id", "name", "items", "answers", "raters", "status")
    rows = [
        (
            measure.id,
            measure.name,
            len(measure.items),
            scale_words(measure),
            ", ".join(measure.raters),
            measure.status,
        )
        for measure in known
    ]
    table(results(), "Measures (alliance measures ID shows one)", headings, rows)


def _summary(measure: Measure) -> dict[str, object]:
    return {
        "id": measure.id,
        "name": measure.name,
        "aliases": list(measure.aliases),
        "family": measure.family,
        "construct": measure.construct,
        "raters": list(measure.raters),
        "items": len(measure.items),
        "answers": scale_words(measure),
        "scores": [rule.id for rule in measure.scores],
        "open": list(measure.open),
        "status": measure.status,
        "status_reason": measure.status_reason,
        "version": measure.version,
        "definition_sha256": measure.fingerprint,
        "provider": measure.provider,
        "licence_terms": measure.licence.terms,
    }
