"""Runs what must neither warn nor print."""

import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TypeVar

from therapeutic_alliance.testing.contract import fail

T = TypeVar("T")


def unwarned(act: Callable[[], T]) -> T:
    """What ``act`` gives; a warning is raised as an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return act()


def unprinted(act: Callable[[], object]) -> None:
    """Fail if ``act`` prints."""
    text = StringIO()
    with redirect_stdout(text), redirect_stderr(text):
        act()
    if text.getvalue():
        fail("something is printed: a host decides what is shown, and logs must hold no data")
