"""Files that are whole or not there: written beside, then renamed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, BinaryIO, TextIO, cast

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
    with _beside(path, mode="x", encoding="utf-8", newline="") as file:
        yield cast("TextIO", file)


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file of bytes.

    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "scores.bin"
    >>> with replacing_bytes(place) as file:
    ...     _ = file.write(b"whole")
    >>> place.read_bytes()
    b'whole'
    """
    with _beside(path, mode="xb") as file:
        yield cast("BinaryIO", file)


@contextmanager
def _beside(path: Path, **how: Any) -> Iterator[IO[Any]]:
    place = Path(os.path.realpath(path))  # a link stays one
    # named before it is there, so that a signal at any moment finds it to be taken away
    beside = place.with_name(f".{place.name[:40]}.{token_hex(8)}")
    try:
        _check_regular(place)
        with open(beside, opener=_for_its_owner, **how) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_place(beside, place)
        problem = ""
    except OSError as fault:  # a full disk shows while the block writes
        problem = f"cannot be written: {fault.strerror}"
    finally:
        with suppress(OSError):
            beside.unlink()
    if problem:
        raise AllianceError(Problem(file=path.name, rule=problem))


def _check_regular(path: Path) -> None:
    """Nothing takes the place of a device, a pipe or a link that leads to itself."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(0, "not a regular file")


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _take_place(beside: Path, path: Path) -> None:
    """Rename. A new file is for its owner's eyes only; one that stood there keeps its mode."""
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)
