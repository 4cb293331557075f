"""Data frames, tables of engines, and files of columns.

``ta.score_frame`` and ``ta.detect_frame`` work on frames; here is what belongs to them:
``ta.frames.LongTable`` for tables of which each row is one answer, and
``ta.frames.PerCaseWarning``. ``ta.frames.score_file`` scores files of any length. All of it is
loaded on first use, so that only those pay for data frames who have some.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from therapeutic_alliance.frames.detect.warned import PerCaseWarning as PerCaseWarning
    from therapeutic_alliance.frames.files.score_file import score_file as score_file
    from therapeutic_alliance.frames.files.summary import ScoredFile as ScoredFile
    from therapeutic_alliance.frames.long.table import LongTable as LongTable
    from therapeutic_alliance.frames.sources.places import CsvFile as CsvFile
    from therapeutic_alliance.frames.sources.places import DuckTable as DuckTable

_HOME = {
    "CsvFile": "sources.places",
    "DuckTable": "sources.places",
    "LongTable": "long.table",
    "PerCaseWarning": "detect.warned",
    "ScoredFile": "files.summary",
    "score_file": "files.score_file",
}

__all__ = [
    "CsvFile",
    "DuckTable",
    "LongTable",
    "PerCaseWarning",
    "ScoredFile",
    "score_file",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
