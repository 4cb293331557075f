"""Small distributions, written as wheels and installed by pip into a folder."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

REQUIRES = "therapeutic-alliance>=0.1,<1"


@frozen
class Wheel:
    """A distribution of one package: its files by path, metadata and entry points."""

    name: str
    files: Mapping[str, str] = field(hash=False)
    """Within the package, which is called as the distribution, with '_' for '-'."""
    requires: str = REQUIRES
    licence: str = "Apache-2.0"
    group: str = "therapeutic_alliance.v1"
    entry: str = ""
    """What the entry point names within the package."""

    @property
    def package(self) -> str:
        return self.name.replace("-", "_")

    def write(self, folder: Path) -> Path:
        info = f"{self.package}-0.1.dist-info"
        metadata = f"Metadata-Version: 2.4\nName: {self.name}\nVersion: 0.1\n"
        metadata += f"License-Expression: {self.licence}\n" if self.licence else ""
        metadata += f"Requires-Dist: {self.requires}\n" if self.requires else ""
        value = f"{self.package}.{self.entry}" if self.entry else self.package
        members = {
            **{f"{self.package}/{name}": text for name, text in self.files.items()},
            f"{info}/METADATA": metadata,
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\n",
            f"{info}/entry_points.txt": f"[{self.group}]\nplugin = {value}\n",
        }
        record = "".join(f"{name},,\n" for name in (*members, f"{info}/RECORD"))
        path = folder / f"{self.package}-0.1-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in {**members, f"{info}/RECORD": record}.items():
                archive.writestr(name, text)
        return path


def install(wheels: Iterable[Wheel], folder: Path, target: Path) -> None:
    """Install wheels into the folder ``target``, to be put on the path; by pip and no index."""
    built = [str(wheel.write(folder)) for wheel in wheels]
    options = ("--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target))
    subprocess.run([sys.executable, "-m", "pip", "install", *options, *built], check=True)


def edit(wheel: Wheel, beside: Mapping[str, str], folder: Path, site: Path) -> Path:
    """A project installed editable: in ``site`` its metadata alone, and the folder of its source.

    ``beside`` are files that lie beside the package, by path.
    """
    project = folder / f"{wheel.name} project"
    install([wheel], folder, project)
    for name, text in beside.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    [info] = project.glob("*.dist-info")
    info = info.rename(site / info.name)
    (info / "RECORD").write_text("", encoding="utf-8")
    url = {"url": project.as_uri(), "dir_info": {"editable": True}}
    (info / "direct_url.json").write_text(json.dumps(url), encoding="utf-8")
    return project
