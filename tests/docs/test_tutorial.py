"""The tutorial for authors is true: its files are written and its commands run, in order."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "plugins" / "tutorial.md"
FENCE = re.compile(r"^```(?:\{code-block\} )?(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"^:(\w+): (.+)\n", re.MULTILINE)
SHELL = "/bin/sh"


class Step(NamedTuple):
    """A file to write, or commands with what they print."""

    language: str
    options: dict[str, str]
    text: str


def _steps() -> Iterator[Step]:
    for language, body in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        options = dict(OPTION.findall(body))
        if "caption" in options or language == "console":
            yield Step(language, options, OPTION.sub("", body).lstrip("\n"))


def _commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command, and the lines shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _shows(printed: str, shown: list[str]) -> bool:
    """Whether the lines stand there in this order; ``...`` stands for anything."""
    pieces = [piece for line in shown for piece in _squeezed(line).split("...")]
    pattern = ".*".join(re.escape(_squeezed(piece)) for piece in pieces if piece.strip())
    return re.search(pattern, _squeezed(printed)) is not None


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A new environment that sees what the tests are run with, and installs into itself."""
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    host = sysconfig.get_paths()["purelib"]
    [site] = venv.glob("lib/python*/site-packages")
    (site / "host.pth").write_text(f"import site; site.addsitedir({host!r})\n", encoding="utf-8")
    command = venv / "bin" / "alliance"
    main = "import sys\nfrom therapeutic_alliance.cli import main\nsys.exit(main())\n"
    command.write_text(f"#!{venv}/bin/python\n{main}", encoding="utf-8")
    command.chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "300",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say: none
        "PIP_NO_INDEX": "1",
    }


@pytest.mark.slow
def test_the_tutorial_is_true(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    for step in _steps():
        if place := step.options.get("caption"):
            (folder / place).write_text(step.text, encoding="utf-8")
            continue
        refused = step.options.get("class") == "refused"
        for command, shown in _commands(step.text):
            ran = subprocess.run(
                [SHELL, "-c", command], capture_output=True, text=True, check=False,
                cwd=folder, env=environment,
            )  # fmt: skip
            told = f"$ {command}\n{ran.stdout}\n{ran.stderr}"
            assert (ran.returncode != 0) is refused, told
            assert _shows(ran.stdout, shown), told


def test_the_page_has_steps() -> None:
    steps = list(_steps())
    commands = [command for step in steps for command, _ in _commands(step.text)]
    assert sum("caption" in step.options for step in steps) >= 7
    assert sum(step.options.get("class") == "refused" for step in steps) == 2
    for needed in ("new", "check", "plugins", "score", "detect"):
        assert any(command.startswith(f"alliance {needed} ") for command in commands)
