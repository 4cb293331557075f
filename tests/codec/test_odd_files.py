"""Files that are no definitions, and text that is no text."""

import os
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.model.scale import Scale

OWN = (
    '{"id": "own", "version": "1", "name": "%s", "raters": ["client"], "items": 2,'
    ' "scale": {"low": 0, "high": 4},'
    ' "scores": [{"id": "total", "items": ["1", "2"], "aggregate": "sum"}]}'
)


@pytest.mark.parametrize("name", ["a\\ud800", "a\\u0000", "a\\u001b[31m", "a\\u0085b"])
def test_half_and_control_characters_are_refused(name: str) -> None:
    with pytest.raises(ta.DefinitionError) as refused:
        ta.loads("measure", OWN % name)
    assert [problem.path for problem in refused.value.problems] == ["$.name"]


@pytest.mark.parametrize("name", ["own.yaml", "own.toml.txt", "own"])
def test_other_files_are_told_by_their_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(OWN % "Own", encoding="utf-8")
    with pytest.raises(ta.DefinitionError, match=r"neither \.toml nor \.json"):
        ta.read_measure(tmp_path / name)


def test_the_ending_may_shout(tmp_path: Path) -> None:
    (tmp_path / "own.JSON").write_text(OWN % "Own", encoding="utf-8")
    assert ta.read_measure(tmp_path / "own.JSON").id == "own"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "own.toml")
    with pytest.raises(ta.DefinitionError, match="not a regular file"):
        ta.read_measure(tmp_path / "own.toml")


@pytest.mark.parametrize("source", [{"case": "canary"}, None, 7, memoryview(b"{}")])
def test_what_is_no_text_is_refused_and_not_held(source: object) -> None:
    with pytest.raises(ta.DocumentError) as refused:
        ta.loads("administration", source)  # type: ignore[call-overload]
    assert "canary" not in repr(refused.value)
    assert refused.value.__context__ is None


@pytest.mark.parametrize("step", [0.00001, 0.00005, 0.000001, 0.000125])
def test_small_steps(step: float) -> None:
    assert Scale(low=0, high=step * 4, step=step).problems() == []


@pytest.mark.parametrize("step", [0.0000001, 1e-9, float("nan"), float("inf")])
def test_too_small_steps(step: float) -> None:
    assert Scale(low=0, high=1, step=step).problems() != []
