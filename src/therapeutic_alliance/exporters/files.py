"""Files that are whole or not there: written beside, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from therapeutic_alliance.errors import AllianceError, Problem


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file that takes the place of ``path`` if the block ends well, else vanishes.

    Raises :class:`AllianceError` if the place cannot be written; what stood there stays.

    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "scores.csv"
    >>> with replacing(place) as file:
    ...     _ = file.write("whole")
    >>> place.read_text()
    'whole'
    """
    try:
        handle, name = _new_beside(path)
    except OSError as fault:
        problem = f"cannot be written: {fault.strerror}"
    else:
        beside = Path(name)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
                yield file
                file.flush()
                os.fsync(file.fileno())
            _take_place(beside, path)
            problem = ""
        except OSError as fault:  # a full disk shows while the block writes
            problem = f"cannot be written: {fault.strerror}"
        finally:
            with suppress(OSError):
                beside.unlink()
    if problem:
        raise AllianceError(Problem(file=path.name, rule=problem))


def _new_beside(path: Path) -> tuple[int, str]:
    """A new file in the same folder; nothing takes the place of a device or a pipe."""
    if path.exists() and not path.is_file():
        raise OSError(0, "not a regular file")
    return tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)


def _take_place(beside: Path, path: Path) -> None:
    """Rename. A new file is for its owner's eyes only; one that stood there keeps its mode."""
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)
