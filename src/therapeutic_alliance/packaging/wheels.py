"""A built wheel, read without installing it and within limits."""

import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from itertools import chain
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from therapeutic_alliance.codec.limits import MAX_BYTES
from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.packaging.packed import (
    Mark,
    Wheel,
    data_folders,
    is_measure,
    is_module,
    licensed,
)

LARGEST = 64 << 20
"""Bytes of a wheel, of all the measure files in it, and of all the modules."""
_DATA = re.compile(r"[^/]+\.data/(?:purelib|platlib)/")
_INFO = re.compile(r"[^/]+\.dist-info/METADATA")


def read_wheel(path: Path) -> Wheel:
    """What a wheel holds; :class:`DocumentError` if it cannot be read as one."""
    if path.stat().st_size > LARGEST:
        raise DocumentError(Problem(file=path.name, rule=f"larger than {LARGEST} bytes"))
    try:
        with ZipFile(path) as archive:
            return _wheel(path.name, archive)
    except DocumentError as error:
        rule = error.problems[0].rule
    except Exception:  # noqa: BLE001, a damaged archive raises whatever its damage leads to
        rule = "not a wheel that can be read: is the file whole?"
    raise DocumentError(Problem(file=path.name, rule=rule))


def _wheel(name: str, archive: ZipFile) -> Wheel:
    inside = {_DATA.sub("", each): each for each in archive.namelist() if not each.endswith("/")}
    found = [each for each in inside if _INFO.fullmatch(each)]
    if len(found) != 1:
        raise DocumentError("not a wheel: it has no .dist-info/METADATA, or several")
    told = _Told(archive, found[0].removesuffix("METADATA"))
    points = tuple(told.entry_points)
    return Wheel(
        name=name,
        root=f"{name}/",
        entry_points=points,
        requires=tuple(told.requires or ()),
        licensed=_licensed(told.metadata),
        files={place: _mark(archive.getinfo(each)) for place, each in inside.items()},
        modules=_modules(archive, inside),
        measures=_measures(archive, inside, data_folders(points)),
    )


def _mark(info: ZipInfo) -> Mark:
    """As the archive tells it: nothing is unpacked for it."""
    return info.file_size, info.CRC


def _measures(
    archive: ZipFile, inside: Mapping[str, str], folders: frozenset[str]
) -> Mapping[str, bytes]:
    places = [place for place in sorted(inside) if is_measure(place, folders)]
    return _contents(archive, inside, places, "measure files")


def _modules(archive: ZipFile, inside: Mapping[str, str]) -> Mapping[str, bytes]:
    found = _contents(archive, inside, filter(is_module, sorted(inside)), "modules")
    return {place: text for place, text in found.items() if len(text) <= MAX_BYTES}


def _contents(
    archive: ZipFile, inside: Mapping[str, str], places: Iterable[str], what: str
) -> Mapping[str, bytes]:
    found, size = {}, 0
    for place in places:
        found[place] = _content(archive, inside[place])
        size += len(found[place])
        if size > LARGEST:
            raise DocumentError(f"{what} of more than {LARGEST} bytes")
    return found


def _content(archive: ZipFile, place: str) -> bytes:
    """Up to one byte more than a file may have, however much it unpacks to."""
    with archive.open(place) as file:
        return file.read(MAX_BYTES + 1)


def _licensed(told: metadata.PackageMetadata) -> bool:
    texts = [told.get_all(each) or [] for each in ("License-Expression", "License")]
    return licensed(chain.from_iterable(texts), told.get_all("Classifier") or [])


class _Told(metadata.Distribution):
    """What a wheel tells of itself, parsed as for an installed distribution."""

    def __init__(self, archive: ZipFile, home: str) -> None:
        self._archive = archive
        self._home = home

    def read_text(self, filename: str) -> str | None:
        place = f"{self._home}{filename}"
        if place not in self._archive.namelist():
            return None
        return _content(self._archive, place).decode()

    def locate_file(self, path: object) -> Path:
        return Path(self._home, str(path))
