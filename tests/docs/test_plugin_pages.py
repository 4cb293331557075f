"""The pages for authors and embedders name everything that there is."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import fields, has
from sphinx.pycode import ModuleAnalyzer

import therapeutic_alliance as ta
from therapeutic_alliance import errors, testing
from therapeutic_alliance.model import evidence, measure, rule, scale
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.sdk import hooks
from therapeutic_alliance.sdk.status import Stage
from therapeutic_alliance.sphinxext.directives import MeasureCard, Plugins
from therapeutic_alliance.testing import Contract

DOCS = Path(__file__).parents[2] / "docs"
HOOKS = [name for name in vars(hooks) if name.startswith("alliance_")]
GRAMMAR = [
    class_
    for module in (measure, scale, rule, evidence)
    for class_ in vars(module).values()
    if has(class_) and class_.__module__ == module.__name__
]
SHORT = {"ItemScale", "Wording", "Anchor"}
"""Written as `name = value`, so that a table of their keys would say nothing."""
NO_FILE = {"Prorate", "AllAnswered", "NothingToFillWith"}
"""Rules of a caller, and the default: they stand in no file."""
WRITTEN = [class_ for class_ in GRAMMAR if class_.__name__ not in NO_FILE]
CONTRACTS = [
    each
    for each in (getattr(testing, name) for name in testing.__all__)
    if isinstance(each, type) and issubclass(each, Contract)
]


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading {heading}"
    return found[1]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_a_heading_a_reference_and_an_example(hook: str) -> None:
    section = _section(_page("plugins/hooks.md"), hook)
    assert f".. autofunction:: {hooks.__name__}.{hook}\n" in section
    example = "\n".join(re.findall(r"```python\n(.*?)```", section, re.DOTALL))
    assert f"@ta.hookimpl\ndef {hook}():" in example
    assert "assert " in example


def test_there_are_hooks() -> None:
    assert len(HOOKS) == 5


@pytest.mark.parametrize("contract", ["Detector", "PhaseModel", "Importer", "Exporter"])
def test_a_contract_stands_with_its_hook(contract: str) -> None:
    home = getattr(ta, contract).__module__
    assert f".. autoclass:: {home}.{contract}\n   :members:" in _page("plugins/hooks.md")


@pytest.mark.parametrize("group", [hooks.CODE_GROUP, hooks.DATA_GROUP])
def test_the_groups_are_named_right(group: str) -> None:
    assert f'[project.entry-points."{group}"]' in _page("plugins/hooks.md")
    assert f"`{group}`" in _page("plugins/compatibility.md")


@pytest.mark.parametrize("class_", WRITTEN, ids=lambda class_: class_.__name__)
def test_every_key_of_a_measure_file_has_words(class_: Any) -> None:
    words = ModuleAnalyzer.for_module(class_.__module__).find_attr_docs()
    names = {each.name for each in fields(class_)}
    assert {name for name in names if (class_.__name__, name) not in words} == set()


@pytest.mark.parametrize(
    "class_",
    [each for each in WRITTEN if each.__name__ not in SHORT],
    ids=lambda each: each.__name__,
)
def test_every_table_of_a_measure_file_is_on_its_page(class_: Any) -> None:
    assert f"```{{alliance-fields}} {class_.__name__}\n" in _page("reference/measure-file.md")


def _rows(class_: Any) -> list[str]:
    """The table of a class, as the pages are built with it."""
    spec = spec_from_file_location("alliance_measures", DOCS / "_ext" / "alliance_measures.py")
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return list(made.keys(class_))


@pytest.mark.parametrize(
    "row",
    [
        "| `raters` | list of texts | **required** | Roles that may fill",
        "| `scale` | table |  | The answers of all items",
        "| `never_sum` | true or false | `false` | Every score is a `rating`. |",
        '| `construct` | text | `"alliance"` | An id;',
        "| `statistics` | list of tables |  | ",
        "| `sources` | table of tables, by id |  | ",
    ],
)
def test_a_table_of_keys_speaks_the_language_of_the_file(row: str) -> None:
    assert [line for line in _rows(ta.Measure) if line.startswith(row)]


def test_a_range_is_two_numbers_and_a_choice_lists_its_words() -> None:
    rows = {line.split("|")[1].strip(): line for line in _rows(ta.ScoreRule)}
    assert rows["`range`"].startswith("| `range` | two numbers |  | ")
    assert rows["`aggregate`"].startswith('| `aggregate` | `"sum"`, `"mean"`, `"rating"` |  | ')
    assert rows["`size`"].startswith("| `size` | whole number |  | ")


def test_a_key_that_is_decided_elsewhere_is_left_out() -> None:
    assert not [line for line in _rows(ta.Measure) if "`provider`" in line]


@pytest.mark.parametrize("name", ta.__all__[1:])
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert re.search(rf"^\.\. auto\w+:: \S+\.{name}$", _page("reference/api.md"), re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, Exception)
    ],
)
def test_every_error_has_a_row(name: str) -> None:
    assert f"| `{name}` |" in _page("reference/errors.md")


@pytest.mark.parametrize("name", [name for name in testing.__all__ if name != "Contract"])
def test_every_name_of_the_kit_is_on_its_page(name: str) -> None:
    assert re.search(rf"^\.\. auto\w+:: \S+\.{name}$", _page("plugins/testing.md"), re.MULTILINE)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.__name__)
def test_every_test_of_the_kit_says_what_it_demands(contract: type[Contract]) -> None:
    silent = [
        name
        for name, member in vars(contract).items()
        if name.startswith("test_") and not member.__doc__
    ]
    assert silent == []


@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_is_explained_to_embedders(stage: str) -> None:
    assert f"| `{stage}` |" in _page("guide/embedding.md")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_project_is_in_the_table(kind: str) -> None:
    assert f"`alliance new {kind}`" in _page("plugins/index.md")


@pytest.mark.parametrize("directive", [MeasureCard, Plugins])
def test_the_directives_and_their_options_are_told(directive: Any) -> None:
    rows = _section(_page("plugins/publishing.md"), "A page for your measure")
    name = {MeasureCard: "alliance-measure", Plugins: "alliance-plugins"}[directive]
    assert f"| `{name}`" in rows
    assert [option for option in directive.option_spec if f"| `:{option}:` |" not in rows] == []
