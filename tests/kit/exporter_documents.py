"""Sound exporters of other formats, and after each its twins with a planted fault.

The docstring of a class is its fault.
"""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from attrs import frozen

import therapeutic_alliance as ta
from tests.kit.exporter_sound import Sheets, Sound


@frozen
class SoundJson(Sound):
    """JSON, and nothing is wrong"""

    media_type, suffix = "application/json", ".json"

    def json_value(self, score: ta.Score) -> Any:
        return score.value

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        rows = [
            [*self.who(sheet), score.id, self.json_value(score)]
            for sheet in sheets
            for score in sheet
        ]
        yield json.dumps(rows).encode()


@frozen
class NotANumber(SoundJson):
    """JSON with NaN for what is not scorable"""

    def json_value(self, score: ta.Score) -> Any:
        return float("nan") if score.value is None else score.value


@frozen
class CommaAtTheEnd(SoundJson):
    """JSON with a comma after the last row"""

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        [text] = super().export(sheets)
        yield text.replace(b"]]", b"],]")


@frozen
class SoundHtml(Sound):
    """HTML, and nothing is wrong"""

    media_type, suffix = "text/html", ".html"

    def markup(self, text: str) -> str:
        return escape(text)

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        yield b"<!doctype html><title>Scores</title>"
        for sheet in sheets:
            values = " ".join(str(self.value(score)) for score in sheet)
            name = self.markup(sheet.measure.name)
            yield f'<p title="{name}">{name}: {values}</p>'.encode()


@frozen
class RawMarkup(SoundHtml):
    """HTML with the name of a measure as markup"""

    def markup(self, text: str) -> str:
        return text


@frozen
class RawQuotes(SoundHtml):
    """HTML with a quote of a measure's name unescaped in an attribute"""

    def markup(self, text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")


@frozen
class SoundQuotes(SoundHtml):
    """HTML with < in an attribute in quotes, and nothing is wrong"""

    def markup(self, text: str) -> str:
        return text.replace("&", "&amp;").replace('"', "&quot;")

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        yield b"<h1>Scores</h1>"
        for sheet in sheets:
            title = self.markup(sheet.measure.name)
            values = ", ".join(f"{score.id} {self.value(score)}" for score in sheet)
            yield f'<p title="{title}">{values}</p>'.encode()


@frozen
class SoundXml(Sound):
    """XML with CDATA, and nothing is wrong"""

    media_type, suffix = "application/xml", ".xml"

    def markup(self, text: str) -> str:
        return text.replace("]]>", "]]]]><![CDATA[>")

    def export(self, sheets: Sheets) -> Iterator[bytes]:
        yield b"<scores>"
        for sheet in sheets:
            values = " ".join(str(self.value(score)) for score in sheet)
            name = self.markup(sheet.measure.name).replace("\r", " ")
            yield f"<sheet><![CDATA[{name}]]>{values}</sheet>".encode()
        yield b"</scores>"


@frozen
class EndsCdata(SoundXml):
    """XML with CDATA that the name of a measure can end"""

    def markup(self, text: str) -> str:
        return text
