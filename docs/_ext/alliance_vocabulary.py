"""Tables of vocabularies, taxonomies, prompts, exemplars and claims, from the data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.model.vocabulary.mapping import RELATED
from therapeutic_alliance.model.vocabulary.meaning import Meaning
from therapeutic_alliance.model.vocabulary.sources import NAMED_IN


class Terms(SphinxDirective):
    """``alliance-terms``: a vocabulary, or another table of what the words of a course mean."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """A table."""
        for file in Path(ta.vocabulary.__file__).parent.glob("*.py"):
            self.env.note_dependency(str(file))
        head, *rows = term_rows(self.arguments[0])
        lines = [head, "| --- " * (head.count("|") - 1) + "|", *rows]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join(lines))
        return nodes


def term_rows(table: str) -> Iterator[str]:
    """The head and a row for each entry."""
    if table in TABLES:
        yield from TABLES[table]()
        return
    yield "| word | meaning | concepts |"
    for term in ta.vocabulary.VOCABULARIES[table].values():
        yield f"| `{term.id}` | {_meaning(term)} | {_ids(term)} |"


def _taxonomies() -> Iterator[str]:
    yield "| element | meaning | what speaks to it | concepts |"
    for each in ta.vocabulary.TAXONOMIES.values():
        yield f"| **{each.id}** | {each.words} | | |"
        for it in each.elements.values():
            belonging = ", ".join(f"{where}: {word}" for where, word in it.belonging())
            yield f"| `{each.id}/{it.id}` | {_meaning(it)} | {belonging} | {_ids(it)} |"


def _counterparts() -> Iterator[str]:
    yield "| element | | element |"
    for left, relation, right in RELATED:
        yield f"| `{left}` | {relation} | `{right}` |"


def _prompts() -> Iterator[str]:
    yield "| prompt | question | skill | answered by | concepts |"
    for it in ta.vocabulary.PROMPTS.values():
        answer = ", ".join(f"`{each}`" for each in it.answered_by)
        yield f"| `{it.id}` | {it.words} | {it.skill} | {answer} | {_ids(it)} |"


def _exemplars() -> Iterator[str]:
    yield "| exemplar | code | what is said | against | concepts |"
    for it in ta.vocabulary.EXEMPLARS.values():
        against = f"`{it.against}`" if it.against else ""
        yield f"| `{it.id}` | `{it.code}` {it.polarity} | {it.text} | {against} | {_ids(it)} |"


def _claims() -> Iterator[str]:
    yield "| claim | what is claimed | sources | grade | concepts |"
    for it in ta.vocabulary.CLAIMS.values():
        yield f"| `{it.id}` | {it.text} | {', '.join(it.sources)} | {it.grade} | {_ids(it)} |"


def _sources() -> Iterator[str]:
    yield "| source | | named in |"
    for it in ta.vocabulary.SOURCES.values():
        yield f"| `{it.id}` | {it.citation} | {NAMED_IN.get(it.id, '')} |"


TABLES = {
    "taxonomies": _taxonomies,
    "counterparts": _counterparts,
    "prompts": _prompts,
    "exemplars": _exemplars,
    "claims": _claims,
    "sources": _sources,
}
"""The tables that are no plain list of words."""


def _meaning(term: Meaning) -> str:
    """Its words, its other definitions, and whether it is inferred, adverse or such."""
    other = "".join(f"; or: {each.words} ({_ids(each)})" for each in term.variants)
    marks = [mark for mark in ("inferred", "sensitive", "adverse") if getattr(term, mark)]
    marks += [f"of {term.construct}, not of the alliance"] if term.construct else []
    return f"{term.words}{other}" + "".join(f" *({mark})*" for mark in marks)


def _ids(concepts: Any) -> str:
    return " ".join(concepts.concepts)


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-terms", Terms)
