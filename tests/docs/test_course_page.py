"""The guide to courses names every detector, under its mode, and draws some of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import therapeutic_alliance as ta

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "guide" / "course.md").read_text(encoding="utf-8")
REGISTRY = ta.Registry()


def _modes() -> Iterator[tuple[str, str]]:
    """Each id of the table of all detectors, with the row of its mode above it."""
    mode = ""
    for row in PAGE.partition("### All of them")[2].partition("### Parameters")[0].splitlines():
        first = row.split("|")[1].strip() if row.startswith("|") else ""
        if first in ("**online**", "**retrospective**"):
            mode = first.strip("*")
        for id_, link in re.findall(
            r"\[`([a-z0-9-]+)`\]\(\.\./reference/detectors\.md#(\S+?)\)", first
        ):
            assert id_ == link
            yield id_, mode


def test_the_table_has_each_detector_once_under_its_mode() -> None:
    found = list(_modes())
    known = {id_: REGISTRY.detector(id_).mode for id_ in REGISTRY.detectors}
    assert len(found) == len(known)
    assert dict(found) == known


@pytest.mark.parametrize("words", ["drop-from-best", "eb-z", "set-aside-z", "waning", "srs-rules"])
def test_which_one_to_choose_is_told(words: str) -> None:
    choice = PAGE.partition("### Which one?")[2].partition("### With constants")[0]
    assert f"`{words}`" in choice


def test_the_picture_is_drawn() -> None:
    assert "```{alliance-flags}\n```" in PAGE
    assert '"alliance_flags"' in (DOCS / "conf.py").read_text(encoding="utf-8")
