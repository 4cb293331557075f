"""The directives: one measure, and all plugins."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from docutils import nodes  # type: ignore[import-untyped]
from docutils.parsers.rst import directives  # type: ignore[import-untyped]
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from therapeutic_alliance.codec.files import read_measure
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.exporters.blocks import Block, Paragraph, Table
from therapeutic_alliance.exporters.card import card_blocks
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.folder import MeasureFolder
from therapeutic_alliance.sdk.installed import installed_plugins
from therapeutic_alliance.sdk.registry import Registry
from therapeutic_alliance.sdk.status import PluginStatus
from therapeutic_alliance.sphinxext.rendering import rendered

_LOG = logging.getLogger(__name__)


def _names(argument: str | None) -> frozenset[str]:
    return frozenset((argument or "").replace(",", " ").split())


class MeasureCard(SphinxDirective):
    """``alliance-measure``: the card of a measure, given by its id or by its file.

    A path is relative to the page, or from ``/`` to the folder of the sources. An id is looked up
    among the built-in measures and those of the distributions under ``:allow:``.
    """

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"allow": _names, "no-heading": directives.flag}

    def run(self) -> list[nodes.Node]:
        """The card; or nothing, and a warning with its place."""
        try:
            measure = self._measure(self.arguments[0])
        except AllianceError as error:
            words = "; ".join(str(error).splitlines())
            place = self.get_location()
            _LOG.warning("alliance-measure: %s", words, location=place, type="alliance")
            return []
        first, *others = card_blocks(measure)
        blocks = others if "no-heading" in self.options else (first, *others)
        return rendered(blocks, measure.id, self.state.document)

    def _measure(self, named: str) -> Measure:
        if named.endswith((".toml", ".json")):
            _, path = self.env.relfn2path(named)
            self.env.note_dependency(path)
            return read_measure(path)
        registry = Registry.discover(allow=self.options.get("allow", ()))
        measure = registry.measure(named)
        for file in _files(registry, measure):
            self.env.note_dependency(str(file))
        return measure


def _files(registry: Registry, measure: Measure) -> Iterator[Path]:
    """The file that a measure was read from, where its provider gives a folder of them."""
    for provider, part in registry.measures.parts:
        if provider == measure.provider and isinstance(part, MeasureFolder):
            yield from part.path.glob(f"{measure.id}.*")


class Plugins(SphinxDirective):
    """``alliance-plugins``: a table of what is installed, and of what the allowed ones add.

    Without ``:allow:`` nothing of a plugin is loaded, and only names and versions are told.
    """

    option_spec: ClassVar = {"allow": _names}

    def run(self) -> list[nodes.Node]:
        """The table, made anew with every build."""
        self.env.note_reread()
        allow = self.options.get("allow", frozenset())
        registry = Registry.discover(allow=allow)
        blocks = [_plugins(installed_plugins(registry))]
        return rendered(blocks, "plugins", self.state.document)


def _plugins(found: tuple[PluginStatus, ...]) -> Block:
    if not found:
        return Paragraph("No plugin is installed.")
    if all(status.stage == "not-allowed" for status in found):
        rows = tuple((status.distribution, status.version or "") for status in found)
        return Table(("plugin", "version"), rows)
    return Table(("plugin", "version", "stage", "adds"), tuple(map(_plugin, found)))


def _plugin(status: PluginStatus) -> tuple[str, ...]:
    return status.distribution, status.version or "", status.stage, status.summary
