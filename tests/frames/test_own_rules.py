"""Missing rules of the caller's own: forms and frames hold them alike, and refuse them alike."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from attrs import define, frozen

import therapeutic_alliance as ta
from tests.frames.kinds import ALL, plain

ARM = ta.Registry().measure("arm-5")
CARE = ta.Registry().measure("care")
ITEMS = [str(n) for n in range(1, 6)]
THREE = [4.0, 4.0, 4.0, None, None]


@frozen
class Asks:
    """Says that so many are needed, whatever it is asked."""

    needs: Any
    label = "invented"

    def needed(self, _of: int) -> Any:
        return self.needs


class AtLeast(NamedTuple):
    n: int

    @property
    def label(self) -> str:
        return "at least n"

    def needed(self, _of: int) -> int:
        return self.n


class AtMost(NamedTuple):
    """Equal to the other, as tuples go, and has its hash."""

    n: int

    @property
    def label(self) -> str:
        return "up to n missing"

    def needed(self, of: int) -> int:
        return of - self.n


class Any1(NamedTuple):
    """Without a field it is empty, and so it is false."""

    @property
    def label(self) -> str:
        return "any one"

    def needed(self, _of: int) -> int:
        return 1


def _of_form(answers: list[float | None], rule: Any) -> Any:
    return ta.score(ARM, answers, missing=rule)["total"].value


def _of_frame(answers: list[float | None], rule: Any, kind: str = "polars") -> Any:
    frame = ALL[kind]({item: [answer] for item, answer in zip(ITEMS, answers, strict=True)})
    scored: Any = ta.score_frame(ARM, frame, missing=rule, invalid="null-and-count")
    return plain(scored, "arm_5_total")[0]


BOTH: list[Callable[..., Any]] = [_of_form, _of_frame]


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("needs", [-3, 0, 1, 3, 4, 5, 6])
@pytest.mark.parametrize("answered", range(6))
def test_how_many_are_needed(kind: str, needs: int, answered: int) -> None:
    """At least one is in any case, and no more than there are."""
    answers = [4.0] * answered + [None] * (5 - answered)
    found = _of_form(answers, Asks(needs))
    assert (found is not None) == (answered >= min(5, max(1, needs)))
    assert _of_frame(answers, Asks(needs), kind) == found


@pytest.mark.parametrize("of", BOTH)
def test_rules_that_are_equal_as_tuples(of: Callable[..., Any]) -> None:
    same: Any = AtMost(1)
    assert AtLeast(1) == same
    assert (of(THREE, AtLeast(1)), of(THREE, AtMost(1))) == (4.0, None)


@pytest.mark.parametrize("of", BOTH)
def test_a_rule_that_changes(of: Callable[..., Any]) -> None:
    @define(eq=False)
    class Changes:
        needs: int
        label = "changes"

        def needed(self, _of: int) -> int:
            return self.needs

    rule = Changes(5)
    assert of(THREE, rule) is None
    rule.needs = 3
    assert of(THREE, rule) == 4.0


@pytest.mark.parametrize("of", BOTH)
def test_a_rule_that_is_false(of: Callable[..., Any]) -> None:
    assert not Any1()
    assert of(THREE, Any1()) == 4.0


def test_a_rule_that_is_false_in_words() -> None:
    told = ta.explain(ta.score(ARM, THREE, missing=Any1()), "total")
    assert (told.needed, told.missing_rule) == (1, str(Any1()))


def test_a_rule_that_is_false_replaces_that_of_the_authors() -> None:
    two = [4, 4, *[None] * 8]
    assert ta.score(CARE, two)["total"].value is None
    assert ta.score(CARE, two, missing=Any1())["total"].value == 40.0


@pytest.mark.parametrize("needs", [None, 2.5, 3.0, "3", True, (3,)])
@pytest.mark.parametrize("of", BOTH)
def test_what_is_no_whole_number(of: Callable[..., Any], needs: Any) -> None:
    with pytest.raises(ta.AllianceError) as caught:
        of(THREE, Asks(needs))
    assert str(caught.value) == "missing: needed(of) of the rule gives no whole number"


@pytest.mark.parametrize("label", [None, 7])
@pytest.mark.parametrize("of", BOTH)
def test_a_rule_without_a_label(of: Callable[..., Any], label: Any) -> None:
    class Nameless:
        def needed(self, of: int) -> int:
            return of

    rule = Nameless()
    if label is not None:
        rule.label = label  # type: ignore[attr-defined]
    with pytest.raises(ta.AllianceError) as caught:
        of([4.0] * 5, rule)
    assert str(caught.value) == "missing: the rule has no label, a text that says whose it is"


def test_the_label_is_told_with_a_file(tmp_path: Path) -> None:
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pl.DataFrame({item: [4] for item in ITEMS}).write_parquet(source)
    ta.frames.score_file(ARM, source, out, missing=Any1())
    told = json.loads(pq.read_schema(out).metadata[b"therapeutic_alliance"])
    assert '"any one"' in json.dumps(told)
