"""The command, run in this process."""

import pytest

from tests.cli.commands import Run, runner


@pytest.fixture
def alliance(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)
