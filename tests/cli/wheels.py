"""Small wheels, written as archives: a good one, and what is changed in it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.cli.test_check_folder import OWN

NAME = "own_pack-1.0-py3-none-any.whl"
INFO = "own_pack-1.0.dist-info"
METADATA = """\
Metadata-Version: 2.4
Name: own-pack
Version: 1.0
License-Expression: Apache-2.0
Requires-Dist: therapeutic-alliance<0.2,>=0.1
Requires-Dist: therapeutic-alliance[testing]; extra == 'test'
"""
DATA = "[therapeutic_alliance.measures.v1]\nown = own_pack.measures\n"
CODE = "[therapeutic_alliance.v1]\nown = own_pack.plugin\n"
FILES: Mapping[str, str | bytes | None] = {
    "own_pack/__init__.py": "",
    "own_pack/plugin.py": "raise SystemExit('nothing of it is run')",
    "own_pack/measures/own-a.toml": OWN.format(id="own-a", aliases=""),
    f"{INFO}/METADATA": METADATA,
    f"{INFO}/entry_points.txt": DATA,
}
PLACE = "own_pack/measures/own-a.toml"


def wheel(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A wheel with these files changed or added, or left out where there is ``None``."""
    path = folder / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in {**FILES, **(changes or {})}.items():
            if content is not None:
                archive.writestr(place, content)
    return path
