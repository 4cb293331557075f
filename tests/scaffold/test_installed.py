"""Each kind of project as generated: built, installed in an environment of its own, and tested."""

import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.environments import ROOT, clean_environment, run_pip
from therapeutic_alliance.scaffold.kinds import KINDS

DOCTEST = """
import doctest, importlib, sys
sys.exit(doctest.testmod(importlib.import_module(sys.argv[1])).failed)
"""


class Installed(NamedTuple):
    """A generated project, its wheel, and the interpreter of the environment that holds it."""

    project: Path
    wheel: Path
    python: Path


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        check=False,
        cwd=cwd,
        env=clean_environment(),
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def core(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the core's wheel, its kit and its command."""
    folder = tmp_path_factory.mktemp("core")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    asked = f"{wheel}[cli,testing]"
    run_pip(python, "install", "--quiet", "-c", ROOT / "constraints.txt", asked)
    return python


@pytest.fixture(scope="session")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy remembers from one kind to the next."""
    return tmp_path_factory.mktemp("types")


@pytest.fixture(scope="module", params=sorted(KINDS))
def installed(
    request: pytest.FixtureRequest, core: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """A new environment on top of the core's, which is not copied: a ``.pth`` leads to it."""
    kind: str = request.param
    folder = tmp_path_factory.mktemp(kind)
    project = folder / "project"
    alliance = core.with_name("alliance")
    run(alliance, "new", kind, f"acme-alliance-{kind}", project, cwd=folder)

    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", project / "dist")
    run_pip(sys.executable, *build, project)
    [built] = project.glob("dist/*.whl")

    venv.create(folder / "own")
    python = folder / "own" / "bin" / "python"
    [site] = python.parents[1].glob("lib/*/site-packages")
    [below] = core.parents[1].glob("lib/*/site-packages")
    (site / "core.pth").write_text(f"{below}\n", encoding="utf-8")
    offline = ("--quiet", "--no-index", f"{built}[test]")
    run_pip(core, "--python", python, "install", *offline)
    return Installed(project, built, python)


@pytest.mark.slow
def test_its_wheel_is_good(installed: Installed) -> None:
    project, wheel, python = installed
    check = (python, "-m", "therapeutic_alliance.cli", "check")
    assert run(*check, wheel, cwd=project) == f"{wheel.name}: good\n"
    assert run(*check, project, cwd=project) == f"{wheel.name}: good\n"


@pytest.mark.slow
def test_its_tests_pass(installed: Installed) -> None:
    told = run(installed.python, "-m", "pytest", "-q", cwd=installed.project)
    assert " passed" in told
    assert not {"failed", "skipped", "xfailed", "warning"} & set(told.split())


@pytest.mark.slow
def test_its_examples_run(installed: Installed) -> None:
    project, _, python = installed
    for module in project.glob("src/*/[a-z]*.py"):
        name = f"{module.parent.name}.{module.stem}"
        run(python, "-c", DOCTEST, name, cwd=project)
    readme = (project / "README.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    run(python, "-c", example, cwd=project)


@pytest.mark.slow
def test_its_code_is_clean(installed: Installed, types: Path) -> None:
    project, _, python = installed
    ruff = (sys.executable, "-m", "ruff")
    run(*ruff, "check", "--isolated", "--no-cache", ".", cwd=project)
    run(*ruff, "format", "--isolated", "--no-cache", "--check", ".", cwd=project)
    run(
        sys.executable,
        *("-m", "mypy", "--strict", "--python-executable", python, "--cache-dir", types),
        cwd=project,
    )
