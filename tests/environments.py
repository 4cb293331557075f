"""Environments of their own, and what is installed in them."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run_pip(python: str | Path, *arguments: str | Path) -> str:
    command = [str(python), "-m", "pip", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def clean_environment() -> dict[str, str]:
    """This one without what steers Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
