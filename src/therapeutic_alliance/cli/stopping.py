"""Ctrl-C, SIGTERM and SIGHUP: the stack unwinds, so that a half-written file is taken away."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import current_thread, main_thread
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""The last is not there on every system."""


class _Stop:
    """A plain attribute: a lock could be held when the signal comes."""

    heard = False


@contextmanager
def stoppable() -> Iterator[None]:
    """The first of these signals raises ``KeyboardInterrupt`` in the block.

    Others do not: they would interrupt what takes the file away. One that was to be ignored (as
    ``nohup`` does) still is.
    """
    _Stop.heard = False
    with ExitStack() as before:
        if current_thread() is main_thread():  # elsewhere Python sets no handlers
            for one in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
                if signal.getsignal(one) not in (signal.SIG_IGN, None):
                    before.callback(signal.signal, one, signal.signal(one, _stop))
        yield


def go_on() -> None:
    """Raise ``KeyboardInterrupt`` if a signal was heard, and what it raised went unheeded.

    Python drops what is raised in a finaliser, and C code can drop it anywhere.
    """
    if _Stop.heard:
        raise KeyboardInterrupt


def _stop(_signal: int, _frame: Any) -> None:
    if not _Stop.heard:
        _Stop.heard = True
        raise KeyboardInterrupt
