"""The files of a project, as text by place."""

from collections.abc import Mapping
from importlib.resources import files
from string import Template

from therapeutic_alliance._version import __version__
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.packaging.bounds import allowed
from therapeutic_alliance.scaffold.kinds import Kind
from therapeutic_alliance.scaffold.names import Name
from therapeutic_alliance.sdk.registry import OURS, Registry

_TEMPLATES = files(__package__) / "templates"


def project(kind: Kind, name: Name) -> Mapping[str, str]:
    """Text by place, places with ``/``; :class:`AllianceError` if the id is built in.

    >>> from therapeutic_alliance.scaffold.kinds import KINDS
    >>> from therapeutic_alliance.scaffold.names import name_of
    >>> sorted(project(KINDS["measure-pack"], name_of("own-pulse")))[-2:]
    ['src/own_pulse/measures/own-pulse.toml', 'tests/test_measure.py']
    """
    if name.id in _built_in(kind):
        raise AllianceError(f"NAME gives the id {name.id}, which is built in: choose another one")
    words = _words(kind, name)
    return {
        Template(place).substitute(words): _filled(template, words)
        for place, template in kind.files.items()
    }


def _built_in(kind: Kind) -> set[str]:
    listing = getattr(Registry(), kind.listing)
    aliases = {alias for each in listing.values() for alias in getattr(each, "aliases", ())}
    return {*listing, *aliases}


def _words(kind: Kind, name: Name) -> Mapping[str, str]:
    """What a template may name."""
    needed = (f"{OURS}{allowed(__version__)}", *kind.dependencies)
    names = {"name": name.distribution, "package": name.package, "id": name.id}
    return {
        **names,
        **kind.words,
        "kind": kind.id,
        "what": kind.id.replace("-", " "),
        "group": kind.group,
        "home": kind.home,
        "module": kind.module,
        "source": Template(kind.source).substitute(names),
        "dependencies": ", ".join(f'"{each}"' for each in needed),
    }


def _filled(template: str, words: Mapping[str, str]) -> str:
    text = (_TEMPLATES / f"{template}.template").read_text(encoding="utf-8")
    return Template(text).substitute(words)
