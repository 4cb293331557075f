"""The index of concepts as tables of a page: the directive ``alliance-concepts``."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.model.course import SECTIONS

INDEX = Path(__file__).parents[1] / "concepts.toml"
VOCABULARY = "reference/vocabulary"
TOLD = {
    "taxonomy": f"{VOCABULARY}.md#taxonomies",
    "prompt": f"{VOCABULARY}.md#prompts",
    "exemplar": f"{VOCABULARY}.md#exemplars",
    "claim": f"{VOCABULARY}.md#claims",
    "source": f"{VOCABULARY}.md#claims",
    "measure": "reference/measures/{}",
    "detector": "reference/detectors.md#{}",
    "episode": "guide/course.md#episodes",
    "phase-model": "guide/phases.md#phase-models",
    "indicator": "reference/indicators",
    "example": "guide/story",
    "table": "guide/tables.md#a-course-as-tables",
    "command": "reference/cli",
    "doc": "{}",
}
"""The page, or its section, on each kind of place but those of names and words."""
SECTION = {record.__name__: section for section, record in SECTIONS.items()}
WORDS = {
    "constructs": "constructs",
    "facets": "facets",
    "skills": "skills-and-strategies",
    "parts": "skills-and-strategies",
    "strategies": "skills-and-strategies",
    "events": "events",
    "event-targets": "events",
    "feelings": "events",
    "aspects": "aspects-of-participants",
}
"""The section on the words of a vocabulary."""


class Concepts(SphinxDirective):
    """The concepts of one article; or without an argument, how many there are in all."""

    optional_arguments = 1

    def run(self) -> list[Any]:
        """A table, or a line."""
        self.env.note_dependency(str(INDEX))
        head = ["| id | concept | where | used by |", "| --- | --- | --- | --- |"]
        lines = [*head, *rows(self.arguments[0])] if self.arguments else [count()]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join(lines))
        return nodes


def rows(article: str) -> Iterator[str]:
    """A row for each concept of an article: its name, where it lives, what uses it."""
    for id_, row in _concepts().items():
        if id_.startswith(article):
            where = ", ".join(map(_linked, row.get("where", ()))) or _reason(row)
            used = ", ".join(map(_linked, row.get("used", ()))) or "not modelled"
            yield f"| {id_} | {row['name']} | {where} | {used} |"


def count() -> str:
    """How many there are, and how many things hold and use them."""
    concepts = _concepts().values()
    where = {place for row in concepts for place in row.get("where", ())}
    used = {place for row in concepts for place in row.get("used", ())}
    left_out = sum("not_modelled" in row for row in concepts)
    modelled = f"{len(concepts) - left_out} are modelled, by {len(where)} things"
    silent = f"; {left_out} are not modelled, each with the reason" if left_out else ""
    return (
        f"{len(concepts)} concepts are numbered. {modelled}, and {len(used)} things make use of "
        f"them{silent}."
    )


def _concepts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(INDEX.read_text(encoding="utf-8"))


def _reason(row: dict[str, Any]) -> str:
    """Why a concept is not modelled, with links to where it is held for reference."""
    return re.sub("`([^`]+)`", lambda place: _linked(place[1]), row["not_modelled"])


def _linked(place: str) -> str:
    """A place such as ``class:Goal``, with a link to what tells of it."""
    kind, _, name = place.partition(":")
    page = _page(kind, name)
    return f"[`{place}`](/{page})" if ".md" in page else f"[`{place}`](/{page}.md)"


def _page(kind: str, name: str) -> str:
    if kind == "term":
        return f"{VOCABULARY}.md#{WORDS.get(name.partition('/')[0], 'other-words')}"
    if kind in ("class", "field", "function"):
        of = name.partition(".")[0]
        record = f"reference/course-document.md#{SECTION.get(of, '')}"
        return record if of in SECTION else "reference/api" if of in ta.__all__ else VOCABULARY
    return TOLD[kind].format(name.partition("#")[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive; Sphinx calls this."""
    app.add_directive("alliance-concepts", Concepts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
