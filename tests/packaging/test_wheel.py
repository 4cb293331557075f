"""The wheel, installed alone in a new environment."""

import json
import subprocess
import venv
import zipfile
from pathlib import Path

import pytest

from tests.environments import ROOT, clean_environment, run_pip

PROGRAM = """
import json, sys
import therapeutic_alliance as ta

sheet = ta.score(ta.Registry().measure("wai-sr"), [4] * 12)
series = ta.Series.of([4.2, 4.3, 3.1], low=1, high=5)
flags = ta.Registry().detector("drop-from-best").flags(series)
forms = ta.example("caseload")
ta.loads("measure", ta.dumps(sheet.measure))
third_party = {
    name.partition(".")[0]
    for name, module in sys.modules.items()
    if "site-packages" in (getattr(module, "__file__", None) or "")
}
print(json.dumps([sheet["total"].value, flags.sessions, len(forms), sorted(third_party)]))
"""


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin" / "python"
    run_pip(interpreter, "install", "--quiet", "-c", ROOT / "constraints.txt", wheel)
    return interpreter


@pytest.mark.slow
def test_wheel_holds_every_definition_and_the_simulated_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    kinds = (".toml", ".csv", ".typed", ".template")
    data = [file for file in source.rglob("*") if file.suffix in kinds]
    assert len(data) > 27
    assert {str(file.relative_to(source)) for file in data} <= names


@pytest.mark.slow
def test_wheel_alone_works_and_imports_nothing_else(python: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [python, "-c", PROGRAM],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean_environment(),
    )
    value, flagged, forms, third_party = json.loads(told.stdout)
    assert (value, flagged) == (48.0, [3])
    assert forms > 100
    allowed = {"attr", "attrs", "cattr", "cattrs", "pluggy", "therapeutic_alliance"}
    needed_by_cattrs, of_the_environment = {"typing_extensions"}, {"_distutils_hack"}
    assert set(third_party) <= allowed | needed_by_cattrs | of_the_environment


@pytest.mark.slow
def test_wheel_has_three_dependencies(python: Path) -> None:
    told = run_pip(python, "list", "--format=json")
    installed = {each["name"] for each in json.loads(told)}
    assert installed - {"pip", "setuptools", "typing_extensions"} == {
        "attrs",
        "cattrs",
        "pluggy",
        "therapeutic-alliance",
    }


@pytest.mark.slow
def test_command_without_its_extra_says_so_in_one_line(python: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [python.parent / "alliance", "demo"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean_environment(),
    )
    assert told.returncode == 2
    assert (
        told.stderr == "alliance: the command line needs: pip install 'therapeutic-alliance[cli]'\n"
    )
    assert told.stdout == ""
