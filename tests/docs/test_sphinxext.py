"""The extension, in projects that are really built."""

import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sphinx.cmd.build import build_main

import therapeutic_alliance as ta

ROOT = Path(__file__).parents[2]
TEMPO = ROOT / "examples" / "own-measure" / "session-tempo.toml"
CONF = 'extensions = ["myst_parser", "therapeutic_alliance.sphinxext"]\n'
Page = ET.Element


class Project:
    """A folder of pages, built to XML: what every writer gets."""

    def __init__(self, folder: Path, told: Callable[[], str]) -> None:
        self.folder = folder
        self.told = told
        self.write("conf.py", CONF)
        self.write("index.md", "# Home\n\n```{toctree}\n:glob:\n\n*\n```\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self, *options: str) -> str:
        """Builds without a fault, and gives the warnings."""
        self.told()
        arguments = ["-q", "-b", "xml", *options, str(self.folder), str(self.folder / "out")]
        assert build_main(arguments) == 0
        return self.told()

    def page(self, name: str) -> Page:
        return ET.parse(self.folder / "out" / f"{name}.xml").getroot()  # noqa: S314, made by ourselves


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    return Project(tmp_path, lambda: capsys.readouterr().err)


def _words(page: Page) -> str:
    return " ".join(" ".join(page.itertext()).split())


def _titles(page: Page) -> list[str]:
    return [title.text or "" for title in page.iter("title")]


def test_a_card_is_the_same_in_both_markups(project: Project) -> None:
    project.write("one.md", "```{alliance-measure} wai-sr\n```\n")
    project.write("two.rst", ".. alliance-measure:: wai-sr\n")
    assert project.build() == ""
    one, two = (project.page(name)[0] for name in ("one", "two"))
    assert ET.tostring(one) == ET.tostring(two)
    assert _titles(one)[0] == "WAI-SR: Working Alliance Inventory, Short Revised"
    assert [section.get("ids") for section in one.iter("section")][:2] == [
        "wai-sr",
        "wai-sr-items-and-answers",
    ]
    assert [_titles(section) for section in one.findall("section")] == [
        [title] for title in _titles(one)[1:]
    ], "the sections stand side by side"
    assert "task items 1, 2, 10, 12 sum 4 to 20" in _words(one)
    assert ta.Registry().measure("wai-sr").fingerprint in [
        code.text for code in one.iter("literal")
    ]


def test_every_measure_has_a_card_without_markup_in_its_words(project: Project) -> None:
    ids = list(ta.Registry().measures)
    for each in ids:
        project.write(f"{each}.md", f"```{{alliance-measure}} {each}\n```\n")
    assert project.build() == ""
    for each in ids:
        page = project.page(each)
        words = _words(page)
        assert f"Id: {each}" in words.replace(" ,", ",")
        assert not [mark for mark in ("**", "`", "| -", "##", "<http") if mark in words]
        assert len(list(page.iter("table"))) >= 1


def test_cards_can_stand_below_a_heading_of_the_page(project: Project) -> None:
    card = "```{alliance-measure} arm-5\n:no-heading:\n```\n"
    project.write("own.md", f"# Mine\n\n## First\n\n{card}\n## Second\n\n{card}")
    assert project.build() == ""
    titles = _titles(project.page("own"))
    assert titles[:3] == ["Mine", "First", "Items and answers"]
    assert titles.count("Licence") == 2
    assert not [title for title in titles if "ARM" in title]


def test_a_file_is_read_anew_when_it_changes(project: Project) -> None:
    text = TEMPO.read_text(encoding="utf-8")
    project.write("tempo.toml", text)
    project.write("own.md", "```{alliance-measure} tempo.toml\n```\n")
    assert project.build() == ""
    assert "Reverse-keyed: rushed, stuck" in _words(project.page("own"))
    project.write("tempo.toml", text.replace('version = "1"', 'version = "2"'))
    assert project.build() == ""
    assert "version 2" in _words(project.page("own"))


def test_a_card_of_a_pack_hangs_on_its_file(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _pack(tmp_path / "site", monkeypatch)
    project.write("own.md", "```{alliance-measure} session-tempo\n:allow: tempo-pack\n```\n")
    assert project.build() == ""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('version = "1"', 'version = "2"'), encoding="utf-8")
    assert project.build() == ""
    assert "version 2" in _words(project.page("own"))


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("waisr", "no such measure; did you mean 'wai-sr'?"),
        ("absent.toml", "absent.toml: cannot be read: No such file or directory"),
        ("bad.toml", "bad.toml, $.scale.low: expected a number, got a text"),
        ("session-tempo", "no such measure"),
    ],
)
def test_a_fault_is_a_warning_with_its_place(project: Project, argument: str, said: str) -> None:
    project.write("bad.toml", TEMPO.read_text(encoding="utf-8").replace("low = 1", 'low = "1"'))
    project.write("own.rst", f"Mine\n====\n\n.. alliance-measure:: {argument}\n")
    told = project.build()
    assert f"{project.folder / 'own.rst'}:4: WARNING: alliance-measure: " in told
    assert said in told
    assert "Traceback" not in told
    assert _words(project.page("own")) == "Mine"


def test_a_fault_can_be_silenced_by_its_type(project: Project) -> None:
    project.write("conf.py", CONF + 'suppress_warnings = ["alliance"]\n')
    project.write("own.md", "# Mine\n\n```{alliance-measure} waisr\n```\n")
    assert project.build() == ""


def test_pages_can_be_read_side_by_side(project: Project) -> None:
    for number in range(12):
        project.write(f"page-{number}.md", "```{alliance-measure} srs\n```\n")
    assert project.build("-j", "2") == ""


def _pack(site: Path, monkeypatch: pytest.MonkeyPatch, code: str = "") -> Path:
    """A distribution as installers lay it out: a data pack, and a module if there is code."""
    info = site / "tempo_pack-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tempo-pack\nVersion: 1.2\n")
    points = "[therapeutic_alliance.measures.v1]\nown = tempo_pack.measures\n"
    points += "[therapeutic_alliance.v1]\nown = tempo_pack_code\n" if code else ""
    (info / "entry_points.txt").write_text(points)
    (site / "tempo_pack_code.py").write_text(code)
    folder = site / "tempo_pack" / "measures"
    folder.mkdir(parents=True)
    (site / "tempo_pack" / "__init__.py").write_text("raise RuntimeError\n")
    file = folder / "session-tempo.toml"
    file.write_text(TEMPO.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "tempo_pack_code", raising=False)
    return file


def _row(page: Page, first: str) -> list[str]:
    rows = [[_words(entry) for entry in row.iter("entry")] for row in page.iter("row")]
    [found] = [row for row in rows if row[0] == first]
    return found


def test_a_card_of_a_pack_that_is_not_allowed_is_a_warning(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pack(tmp_path / "site", monkeypatch)
    project.write("own.md", "# Mine\n\n```{alliance-measure} session-tempo\n```\n")
    assert "no such measure" in project.build()


DETECTOR = """
from attrs import frozen
import therapeutic_alliance as ta

@frozen
class Never(ta.OnlineDetector):
    id, citation = "never", "invented for this test"
    def start(self, spec):
        return None
    def step(self, state, point):
        return state, ta.Flag(session=point.session, flag=False, why="never")

@ta.hookimpl
def alliance_detectors():
    return [Never()]
"""


def test_plugins_are_named_and_not_loaded(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pack(tmp_path / "site", monkeypatch, DETECTOR)
    project.write("own.md", "# Mine\n\n```{alliance-plugins}\n```\n")
    assert project.build() == ""
    assert _row(project.page("own"), "tempo-pack") == ["tempo-pack", "1.2"]
    assert "tempo_pack_code" not in sys.modules


def test_allowed_plugins_tell_what_they_add(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pack(tmp_path / "site", monkeypatch, DETECTOR)
    project.write(
        "own.rst", "Mine\n====\n\n.. alliance-plugins::\n   :allow: Tempo_Pack, no-such\n"
    )
    assert project.build() == ""
    page = project.page("own")
    adds = "measures: session-tempo; detectors: never"
    assert _row(page, "tempo-pack") == ["tempo-pack", "1.2", "loaded", adds]
    assert _row(page, "no-such") == ["no-such", "", "missing", "not installed"]


def test_a_broken_plugin_tells_why(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pack(tmp_path / "site", monkeypatch, "raise SystemExit(3)\n")
    project.write("own.md", "# Mine\n\n```{alliance-plugins}\n:allow: tempo-pack\n```\n")
    assert project.build() == ""
    row = _row(project.page("own"), "tempo-pack")
    assert row[2:] == ["import", "SystemExit: 3 (tempo_pack_code.py, line 1)"]


def test_the_table_is_made_anew_with_every_build(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("own.md", "# Mine\n\n```{alliance-plugins}\n```\n")
    project.build()
    _pack(tmp_path / "site", monkeypatch)
    project.build()
    assert _row(project.page("own"), "tempo-pack")


def test_the_pages_are_good_html(project: Project) -> None:
    project.write("own.md", "```{alliance-measure} wai-sr\n```\n")
    project.told()
    out = project.folder / "html"
    assert build_main(["-q", "-W", "-b", "html", str(project.folder), str(out)]) == 0
    page = (out / "own.html").read_text(encoding="utf-8")
    assert "<table" in page
    assert 'id="wai-sr-cut-offs"' in page
