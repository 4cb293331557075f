"""What the tests of the commands share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Run, runner

TIDY = "case,session,rater,1,2,3,4,5\n"
FORMS = "c1,1,client,6,7,1,6,5\nc1,2,client,6,6,2,6,5\nc2,1,client,7,7,1,7,\n"


@pytest.fixture(autouse=True)
def _as_wide_as_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def alliance(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file into the test's folder."""

    def made(content: str | bytes = TIDY + FORMS, name: str = "t.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return made
