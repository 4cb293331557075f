"""What is printed of rules that look for no rupture, and of few sessions."""

from pathlib import Path

import pytest

from tests.cli.commands import process


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Simulated WAI-SR forms of one client: nine that decline slowly."""
    file = tmp_path / "forms.csv"
    answers = [[5] * (12 - n) + [3] * n for n in range(9)]
    rows = [f"c1,{n},client,{','.join(map(str, each))}" for n, each in enumerate(answers, 1)]
    head = ["case", "session", "rater", *map(str, range(1, 13))]
    file.write_text("\n".join([",".join(head), *rows]), encoding="utf-8")
    return file


def told(*given: object) -> str:
    """What ``alliance detect`` prints, on one line."""
    return " ".join(process("detect", *given).out.split())


def test_a_possible_waning_is_called_so(table: Path) -> None:
    out = told(table, "--measure", "wai-sr", "--detector", "waning")
    assert "possible waning: from session 9" in out
    assert "possible rupture" not in out


def test_none_is_told_by_its_name(table: Path) -> None:
    """Of rules that could judge a session only."""
    waning, best = ("--detector", "waning"), ("--detector", "drop-from-best")
    lines = table.read_text(encoding="utf-8").splitlines()
    level = [f"c1,{n},client,{','.join('4' * 12)}" for n in range(1, 10)]
    table.write_text("\n".join([lines[0], *level]), encoding="utf-8")
    assert "No possible waning by" in told(table, "--measure", "wai-sr", *waning)
    assert "No possible rupture or waning by" in told(table, "--measure", "wai-sr", *best, *waning)
    table.write_text("\n".join(lines[:4]), encoding="utf-8")
    assert "No possible" not in told(table, "--measure", "wai-sr", *waning)
    assert "No possible rupture by" in told(table, "--measure", "wai-sr", *best, *waning)


def test_few_sessions_are_no_ceiling(table: Path) -> None:
    """H5: a chart of fewer than 8 sessions sees little."""
    short = table.read_text(encoding="utf-8").splitlines()[:8]
    table.write_text("\n".join(short), encoding="utf-8")
    out = told(table, "--measure", "wai-sr", "--detector", "individuals-chart")
    assert "few sessions: little information" in out
    assert "ceiling: little" not in out
