"""Folders of measure files in installed distributions; no code of theirs runs."""

from importlib.util import find_spec
from pathlib import Path

from therapeutic_alliance.errors import AllianceError, DefinitionError, Problem
from therapeutic_alliance.sdk.folder import MeasureFolder


def pack_folder(value: str, provider: str) -> MeasureFolder:
    """The folder that an entry point such as ``my_pack.measures`` names.

    Raises :class:`AllianceError` if there is none, or no measure file in it, and
    :class:`DefinitionError` for a file that is a link out of the folder.
    """
    if not all(part.isidentifier() for part in value.split(".")):
        raise AllianceError(f"{value!r} names no folder: its names are joined by dots")
    path = _path(value)
    files = [file for file in sorted(path.iterdir()) if file.suffix in (".toml", ".json")]
    if not files:
        raise AllianceError(f"no measure file (.toml, .json) in {value}: was it packaged?")
    home = path.resolve()
    strays = [file.name for file in files if not file.resolve().is_relative_to(home)]
    if strays:
        raise DefinitionError(
            Problem(file=name, rule="is a link that leads out of its folder") for name in strays
        )
    return MeasureFolder(path, provider)


def _path(value: str) -> Path:
    # only the top is looked up: to find what lies in a package, its parents would be imported
    top, *inner = value.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        spec = None
    places = (spec.submodule_search_locations or ()) if spec else ()
    for place in places:
        path = Path(place).joinpath(*inner)
        if path.is_dir() and path.resolve().is_relative_to(Path(place).resolve()):
            return path
    raise AllianceError(f"no folder {value} in a package that is installed as files")
