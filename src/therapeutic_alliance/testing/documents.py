"""What must not stand in a file that is handed on: formulas, raw markup, text that is no document.

Formats are told by their media type. Of other types nothing is known, and nothing is asked.
"""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from xml.etree import ElementTree as ET

from therapeutic_alliance.testing.samples import IMAGE, SCRIPT

_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _kind(media_type: str) -> str:
    """Without parameters such as a character set."""
    return media_type.partition(";")[0].strip().lower()


def formulas(content: bytes, media_type: str) -> Iterator[str]:
    r"""Cells of a CSV or TSV file that a spreadsheet would run; numbers are none.

    >>> list(formulas(b"a,b\n-1,=1+1\n", "text/csv"))
    ['=1+1']
    """
    delimiter = _DELIMITERS.get(_kind(media_type))
    if delimiter is None:
        return
    text = content.decode("utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = ";" if delimiter == "," and head.count(";") > head.count(",") else delimiter
    for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
        for cell in cells:
            if cell.startswith(_STARTS) and not _NUMBER.fullmatch(cell):
                yield cell


def raw_markup(content: bytes, media_type: str) -> bool:
    """Whether text of a measure stands in HTML or XML as markup."""
    if not _kind(media_type).endswith(("html", "xml")):
        return False
    return any(markup.encode() in content for markup in (SCRIPT, IMAGE))


def no_document(content: bytes, media_type: str) -> str:
    """Why content is no document of its type; empty if it is one or the type is not known.

    >>> no_document(b"[NaN]", "application/json")
    'JSON has no NaN'
    """
    kind = _kind(media_type)
    try:
        if kind.endswith("json") and "nd" not in kind:
            json.loads(content, parse_constant=_refused)
        elif kind.endswith(("ndjson", "jsonl")):
            for line in content.decode().splitlines():
                json.loads(line, parse_constant=_refused)
        elif kind.endswith("xml"):
            ET.fromstring(content)  # noqa: S314 - of an exporter that is under test
        elif kind in _DELIMITERS:
            list(formulas(content, media_type))
    except (ValueError, ET.ParseError, csv.Error) as error:
        return str(error)
    return ""


def _refused(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}")
