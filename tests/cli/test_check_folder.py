"""What only shows when the measure files of a folder are used together."""

from pathlib import Path

import pytest

from tests.cli.commands import Run

OWN = """
id = "{id}"
version = "1"
name = "Own"
raters = ["client"]
aliases = [{aliases}]
items = 2
status_reason = "invented"
[scale]
low = 0
high = 4
[[scores]]
id = "total"
items = ["1", "2"]
aggregate = "sum"
[evidence]
raters = {{ grade = "stated" }}
items = {{ grade = "stated" }}
scale = {{ grade = "stated" }}
scores = {{ grade = "stated" }}
reverse = {{ grade = "stated" }}
aggregate = {{ grade = "stated" }}
"""


def folder(path: Path, **files: tuple[str, str]) -> str:
    for name, (id_, aliases) in files.items():
        (path / f"{name}.toml").write_text(OWN.format(id=id_, aliases=aliases), encoding="utf-8")
    return str(path)


def test_a_good_folder(alliance: Run, tmp_path: Path) -> None:
    ran = alliance("check", folder(tmp_path, a=("a", '"x"'), b=("b", '"y"')))
    assert (ran.code, ran.out) == (0, "a.toml: good\nb.toml: good\n")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": ("b", "")}, "a.toml, $.id: differs from the name of the file"),
        ({"a": ("a", '"x"'), "b": ("b", '"x"')}, "id or alias is taken: x"),
        ({"a": ("a", '"bai"')}, "id or alias is taken: bai"),
    ],
)
def test_files_that_clash(
    alliance: Run, tmp_path: Path, files: dict[str, tuple[str, str]], told: str
) -> None:
    ran = alliance("check", folder(tmp_path, **files))
    assert ran.code == 1
    assert told in ran.out
