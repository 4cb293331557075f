"""The detectors of the library, each with its parameters and its source, from the registry."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import getdoc, getfile
from typing import Any, Literal, get_args, get_origin, get_type_hints

from attrs import Attribute, fields
from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.course.observations import WORDS
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.model.confidence import MARKS, confidence_of

MODES = {
    "online": "online: a flag uses sessions up to its own only",
    "retrospective": "retrospective: a flag can change with every later session",
}


class Detectors(SphinxDirective):
    """``alliance-detectors``: a table of all, and a section for each."""

    def run(self) -> list[Any]:
        """As Markdown, from the registry and the classes of the detectors and nothing else."""
        for each in known().values():
            for class_ in _classes(type(each)):
                self.env.note_dependency(getfile(class_))
        tables = [*marks(), "", *overview()]
        return [*self.parse_text_to_nodes("\n".join(tables)), *map(self._section, known().values())]

    def _section(self, detector: Any) -> nodes.section:
        made = nodes.section("", nodes.title("", detector.id), names=[detector.id])
        self.state.document.note_explicit_target(made, made)
        made += self.parse_text_to_nodes("\n".join(section(detector)))
        return made


@cache
def known() -> Mapping[str, Any]:
    """The detectors of the library by their ids."""
    registry = ta.Registry()
    return {id_: registry.detector(id_) for id_ in registry.detectors}


def overview() -> Iterator[str]:
    """A table of all detectors."""
    yield from ("| id | what it does | mode |", "| --- | --- | --- |")
    for id_, each in known().items():
        words = _paragraphs(type(each))[0]
        others = "" if observes(each) == "scores" else f", of {_observed(each)}"
        yield f"| [`{id_}`](#{id_}) | {words} | {each.mode}{others} |"


def section(detector: Any) -> Iterator[str]:
    """What a detector flags, when, of what, by which parameters, and where that comes from."""
    for paragraph in _paragraphs(type(detector)):
        yield from (paragraph, "")
    yield f"- {MODES[detector.mode]}"
    yield f"- observes {_observed(detector)}"
    yield f"- from: {detector.citation}"
    yield from _confidence(detector)
    rows = list(_parameters(type(detector)))
    if rows:
        yield from ("", "| parameter | what it is | default |", "| --- | --- | --- |", *rows)


def _confidence(detector: Any) -> Iterator[str]:
    """Each part of a rule with its mark, if it says how sure they are."""
    stated = [f"{part} `[{mark}]`" for part, mark in confidence_of(detector)]
    if stated:
        yield f"- confidence: {'; '.join(stated)}"


def marks() -> Iterator[str]:
    """What the marks mean."""
    yield from ("| mark | what it means |", "| --- | --- |")
    for mark, words in MARKS.items():
        yield f"| `[{mark}]` | {words} |"


def _observed(detector: Any) -> str:
    """In words; a kind of observation that has none stands for itself."""
    kind = observes(detector)
    return WORDS.get(kind, kind)


def _paragraphs(class_: type[Any]) -> list[str]:
    """What its docstring says, without the errors and the example, which are in the API."""
    said = (getdoc(class_) or "").partition(">>>")[0].strip().split("\n\n")
    kept = [re.split(r"(?:^|(?<=\.)\s)Raises ", each)[0] for each in said]
    return [_markdown(each) for each in kept if each]


def _parameters(class_: type[Any]) -> Iterator[str]:
    said = {
        name: _markdown(" ".join(text))
        for each in reversed(_classes(class_))
        for (owner, name), text in _attribute_docs(each)
        if owner == each.__name__
    }
    types = get_type_hints(class_)
    for each in fields(class_):
        if each.init:
            words = [_choices(types[each.name]), said.get(each.name, "")]
            yield f"| `{each.name}` | {' '.join(filter(None, words))} | {_default(each)} |"


def _classes(class_: type[Any]) -> list[type[Any]]:
    """The class and those of ours that it inherits from."""
    return [each for each in class_.__mro__ if each.__module__.startswith("therapeutic_alliance")]


def _attribute_docs(class_: type[Any]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    yield from ModuleAnalyzer.for_module(class_.__module__).find_attr_docs().items()


def _choices(type_: Any) -> str:
    """Words that a parameter may be, if it is one of some."""
    options = [type_, *get_args(type_)]
    words = [word for each in options if get_origin(each) is Literal for word in get_args(each)]
    return f"One of {', '.join(f'`{word}`' for word in words)}." if words else ""


def _default(each: "Attribute[Any]") -> str:
    if each.default is None:
        return "none"
    if isinstance(each.default, tuple):
        return ", ".join(f"`{word}`" for word in each.default)
    return f"`{getattr(each.default, 'id', each.default)}`"


def _markdown(text: str) -> str:
    """A docstring's reStructuredText as Markdown, on one line; a detector by its id."""
    return re.sub(r"(?::\w+:)?`{1,2}~?(.+?)`{1,2}", _code, " ".join(text.split()))


def _code(found: re.Match[str]) -> str:
    ids = {type(each).__name__: id_ for id_, each in known().items()}
    name = re.sub(r"^therapeutic_alliance\.", "ta.", found[1])
    return f"`{ids.get(name, name)}`"


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-detectors", Detectors)
