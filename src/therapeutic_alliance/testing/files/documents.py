"""What must not stand in a file that is handed on: formulas, raw markup, text that is no document.

Formats are told by their media type. Of other types nothing is known, and nothing is asked.
"""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from xml.etree import ElementTree as ET

_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
_LINES = ("ndjson", "jsonl", "json-seq")
"""Of types that are JSON line by line, of which a file without lines is a whole one."""
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


def more_markup(content: bytes, plain: bytes, media_type: str) -> list[str]:
    """Elements and attributes of HTML or XML that its plain twin has not.

    >>> more_markup(b"<p title='' onclick=''><br></p>", b"<p title=''></p>", "text/html")
    ['br', 'p onclick']
    """
    kind = _kind(media_type)
    if kind.endswith("xml"):
        try:
            return sorted(_of_xml(content) - _of_xml(plain))
        except ET.ParseError as error:
            return [f"no XML any more, {error}"]
    if kind.endswith("html"):
        return sorted(_of_html(content) - _of_html(plain))
    return []


def _of_xml(content: bytes) -> set[str]:
    elements = list(ET.fromstring(content).iter())  # noqa: S314 - of an exporter that is under test
    return {str(each.tag) for each in elements} | {
        f"{each.tag} {name}" for each in elements for name in each.attrib
    }


def _of_html(content: bytes) -> set[str]:
    page = _Page()
    page.feed(content.decode())
    page.close()
    return page.found


class _Page(HTMLParser):
    """Collects what a page consists of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


def no_document(content: bytes, media_type: str) -> str:
    """Why content is no document of its type; empty if it is one or the type is not known.

    An empty file is a document of plain text, or of JSON line by line, and of no other type.

    >>> no_document(b"[NaN]", "application/json")
    'JSON has no NaN'
    """
    kind = _kind(media_type)
    if not content.strip() and kind != "text/plain" and not kind.endswith(_LINES):
        return "it is empty"
    try:
        if kind.endswith(("ndjson", "jsonl")):
            for line in content.decode().splitlines():
                json.loads(line, parse_constant=_refused)
        elif kind.endswith("json"):
            json.loads(content, parse_constant=_refused)
        elif kind.endswith("xml"):
            ET.fromstring(content)  # noqa: S314 - of an exporter that is under test
        elif kind in _DELIMITERS:
            list(formulas(content, media_type))
    except (ValueError, ET.ParseError, csv.Error) as error:
        return str(error)
    return ""


def _refused(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}")
