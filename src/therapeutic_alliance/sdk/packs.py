"""Folders of measure files in installed distributions; no code of theirs runs."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

from therapeutic_alliance.errors import AllianceError, DefinitionError, Problem
from therapeutic_alliance.sdk.entry_points import folder_names
from therapeutic_alliance.sdk.folder import SUFFIXES, MeasureFolder, measure_files


def pack_folder(point: EntryPoint, provider: str) -> MeasureFolder:
    """The folder that an entry point such as ``my_pack.measures`` names.

    Raises :class:`AllianceError` if there is none, or no measure file in it, and
    :class:`DefinitionError` for a file that is a link out of the folder.
    """
    names = folder_names(point.value)
    if not names:
        raise AllianceError(f"{point.value!r} names no folder: its names are joined by dots")
    path = _path(point, *names)
    files = measure_files(path)
    if not files:
        suffixes = ", ".join(SUFFIXES)
        raise AllianceError(f"no measure file ({suffixes}) in {point.value}: was it packaged?")
    home = path.resolve()
    strays = [file.name for file in files if not file.resolve().is_relative_to(home)]
    if strays:
        raise DefinitionError(
            Problem(file=name, rule="is a link that leads out of its folder") for name in strays
        )
    return MeasureFolder(path, provider)


def _path(point: EntryPoint, top: str, *inner: str) -> Path:
    found = [
        path
        for place in _places(point, top)
        if (path := place.joinpath(*inner)).is_dir()
        and path.resolve().is_relative_to(place.resolve())
    ]
    if not found:
        raise AllianceError(f"no folder {point.value} in a package that is installed as files")
    if len(found) > 1:
        raise AllianceError(f"{point.value} is in several places: rename its top-level package")
    return found[0]


def _places(point: EntryPoint, top: str) -> Iterator[Path]:
    """Where the distribution put its own part of a package, which others may share.

    An editable one does not record that: then it is every part of the package.
    """
    files = (point.dist.files if point.dist else None) or ()
    if point.dist and any(file.parts[:1] == (top,) for file in files):
        yield Path(str(point.dist.locate_file(top)))
        return
    # only the top is looked up: to find what lies in a package, its parents would be imported
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        spec = None
    yield from map(Path, (spec.submodule_search_locations or ()) if spec else ())
