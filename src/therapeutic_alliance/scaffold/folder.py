"""A folder that is whole or not there: written beside, then renamed."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from therapeutic_alliance.errors import AllianceError


def make_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write files, text by place, into a folder that does not exist yet, or is empty.

    Raises :class:`AllianceError` if it is taken or cannot be written. Nothing is ever overwritten.

    >>> import pathlib, tempfile
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "new"
    >>> make_folder(target, {"src/a.txt": "whole"})
    >>> (target / "src" / "a.txt").read_text()
    'whole'
    """
    target = target.absolute()
    _check_free(target)
    try:
        with TemporaryDirectory(prefix=f".{target.name[:40]}.", dir=target.parent) as beside:
            # a folder within it, since the temporary one itself is for its owner's eyes only
            whole = Path(beside) / "whole"
            for place, text in files.items():
                file = whole / place
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
            _take_place(whole, target)
    except OSError as fault:
        problem = f"DIR cannot be written: {fault.strerror}"
    else:
        return
    raise AllianceError(problem)


def _check_free(target: Path) -> None:
    if not target.parent.is_dir():
        raise AllianceError("DIR: the folder that it is to stand in does not exist")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise AllianceError("DIR exists, and is no folder")
    if target.is_dir() and any(target.iterdir()):
        raise AllianceError("DIR exists, and is not empty: nothing is overwritten")
    if target.is_dir() and target.samefile(Path.cwd()):
        raise AllianceError("DIR is the current folder, which cannot be replaced: name a new one")


def _take_place(whole: Path, target: Path) -> None:
    """Rename; an empty folder goes first, because not every system lets one be renamed over."""
    if target.is_dir():
        target.rmdir()
    whole.rename(target)
