"""The page on the command line names every command and every option."""

from pathlib import Path

import click
import pytest

from therapeutic_alliance.cli.app import alliance

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
CONTEXT = click.Context(alliance)
NAMES = alliance.list_commands(CONTEXT)
OPTIONS = [
    (name, option)
    for name in NAMES
    if (command := alliance.get_command(CONTEXT, name))
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]


def _page() -> str:
    assert PAGE.is_file(), f"{PAGE} is missing"
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_has_a_place(name: str) -> None:
    assert f"alliance {name}" in _page(), f"docs/reference/cli.md does not name alliance {name}"


@pytest.mark.parametrize("option", sorted({option for _, option in OPTIONS}))
def test_an_option_is_named(option: str) -> None:
    words = {word.strip("`,;:.()[]|=") for word in _page().replace("`", " ").split()}
    of = ", ".join(name for name, each in OPTIONS if each == option)
    assert option in words, f"docs/reference/cli.md does not name {option} (of {of})"


def test_exit_codes_are_told() -> None:
    page = _page()
    assert all(f"{code}" in page for code in (0, 1, 2))
    assert "exit" in page.lower()
