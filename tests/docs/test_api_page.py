"""The page of the API has an entry for every public name of the package and of its namespaces."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import therapeutic_alliance as ta

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^\.\. auto(?:class|function|data|module):: (\S+)$", PAGE, re.MULTILINE)
ROOMS = {
    name: room
    for name in ta.__all__
    if isinstance(room := getattr(ta, name), ModuleType) and name != "vocabulary"
}
"""Namespaces; the vocabulary has a page of its own."""
OF_THE_PACKAGE = [("ta", name) for name in ta.__all__ if name not in ROOMS and name != "vocabulary"]
OF_ROOMS = [(room, name) for room, module in ROOMS.items() for name in module.__all__]
NAMES = [(room, name) for room, name in (*OF_THE_PACKAGE, *OF_ROOMS) if name != "__version__"]


def _value(room: str, name: str) -> Any:
    return getattr(ta if room == "ta" else ROOMS[room], name)


def _homes(name: str) -> Iterator[str]:
    """Entries under this name."""
    yield from (each for each in ENTRIES if each.rpartition(".")[2] == name)


def test_there_are_namespaces() -> None:
    assert {"evidence", "mixed", "psychometrics", "raters", "shapes", "simulate"} <= set(ROOMS)


@pytest.mark.parametrize(("room", "name"), NAMES)
def test_a_public_name_has_an_entry(room: str, name: str) -> None:
    """Of a class or function, by the module that it lives in."""
    value = _value(room, name)
    home = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"
    of_its_own = inspect.isclass(value) or inspect.isfunction(value)
    assert (home in ENTRIES) if of_its_own else list(_homes(name)), f"{room}.{name}"


def test_no_entry_stands_twice() -> None:
    assert len(ENTRIES) == len(set(ENTRIES))


@pytest.mark.parametrize(
    ("room", "name"),
    [(room, name) for room, name in OF_ROOMS if inspect.isroutine(_value(room, name))],
)
def test_a_function_has_an_example(room: str, name: str) -> None:
    """Run by Sybil; here only that there is one."""
    assert ">>>" in (_value(room, name).__doc__ or ""), f"{room}.{name}"


@pytest.mark.parametrize(
    ("room", "name"),
    [(room, name) for room, name in OF_ROOMS if inspect.isclass(_value(room, name))],
)
def test_a_class_says_what_it_is(room: str, name: str) -> None:
    said = _value(room, name).__doc__ or ""
    assert said.strip(), f"{room}.{name}"
    assert not said.startswith("Method generated"), f"{room}.{name}"


@pytest.mark.parametrize("id_", ta.Registry().detectors)
def test_every_detector_has_an_entry(id_: str) -> None:
    class_ = type(ta.Registry().detector(id_))
    assert f"{class_.__module__}.{class_.__qualname__}" in ENTRIES
