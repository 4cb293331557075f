"""The command, run in this process."""

import signal
from collections.abc import Iterator

import pytest

from tests.cli.commands import Run, runner


@pytest.fixture
def alliance(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """Shells start what runs in the background with Ctrl-C ignored; children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
