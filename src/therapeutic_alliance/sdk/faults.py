"""What a fault of a plugin says to its author, on one line."""

import sys
from collections.abc import Collection
from contextlib import redirect_stdout
from pathlib import Path
from traceback import walk_tb

from therapeutic_alliance.errors import AllianceError

LONGEST = 500
"""Characters of a foreign message that are kept."""


def told(fault: BaseException, packages: Collection[str]) -> str:
    """Its kind, its words, and the last line of these packages that was reached, if any was."""
    return f"{_words(fault)}{place(fault, packages)}"


def _words(fault: BaseException) -> str:
    """Those of our own errors as they are, all others after their kind."""
    kind, text = type(fault).__name__, _text(fault)
    if isinstance(fault, AllianceError) and text:
        return _line("; ".join(text.splitlines()), LONGEST * 4)
    text = _line(text, LONGEST)
    return f"{kind}: {text}" if text else kind


def _line(text: str, longest: int) -> str:
    """One line without what would steer a terminal, and no longer than that."""
    words = " ".join(text.split())
    cut = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in words)
    return cut if len(cut) <= longest else f"{cut[:longest]} ..."


def _text(fault: BaseException) -> str:
    try:
        with redirect_stdout(sys.stderr):
            return str(fault)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001, even its words can fail
        return ""


def place(fault: BaseException, packages: Collection[str]) -> str:
    """The last line of these packages that was reached, in brackets; empty if none was."""
    found = ""
    for frame, line in walk_tb(fault.__traceback__):
        if str(frame.f_globals.get("__name__")).partition(".")[0] in packages:
            file = Path(frame.f_code.co_filename)
            name = f"{file.parent.name}/{file.name}" if file.stem == "__init__" else file.name
            found = f" ({name}, line {line})"
    return found
