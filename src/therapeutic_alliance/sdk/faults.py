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
    return f"{_words(fault)}{_place(fault, packages)}"


def _words(fault: BaseException) -> str:
    """Those of our own errors as they are, all others after their kind."""
    kind, text = type(fault).__name__, _text(fault)
    if isinstance(fault, AllianceError) and text:
        return "; ".join(text.splitlines())
    text = " ".join(text.split())[:LONGEST]
    return f"{kind}: {text}" if text else kind


def _text(fault: BaseException) -> str:
    try:
        with redirect_stdout(sys.stderr):
            return str(fault)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001, even its words can fail
        return ""


def _place(fault: BaseException, packages: Collection[str]) -> str:
    place = ""
    for frame, line in walk_tb(fault.__traceback__):
        if str(frame.f_globals.get("__name__")).partition(".")[0] in packages:
            file = Path(frame.f_code.co_filename)
            name = f"{file.parent.name}/{file.name}" if file.stem == "__init__" else file.name
            place = f" ({name}, line {line})"
    return place
