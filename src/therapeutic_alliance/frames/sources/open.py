"""From what is named to a table that is read piece by piece."""

from collections.abc import Sequence

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.frames.sources.arrow import arrow_file
from therapeutic_alliance.frames.sources.csv import csv_file
from therapeutic_alliance.frames.sources.database import duckdb_table
from therapeutic_alliance.frames.sources.parquet import parquet_file, parquet_folder
from therapeutic_alliance.frames.sources.places import PARQUET, CsvFile, DuckTable, Place
from therapeutic_alliance.frames.sources.source import Source


def opened(place: Place, items: Sequence[str], words: Sequence[str]) -> Source:
    """The source at a place.

    ``items`` are the columns of answers. In a CSV file they may have ``words`` for not answered,
    nowhere else: :class:`AllianceError`.
    """
    if isinstance(place, CsvFile):
        return csv_file(place, items, words)
    if words:
        raise AllianceError("a code for not answered is a number, but in CSV files")
    if isinstance(place, DuckTable):
        return duckdb_table(place, items)
    if place.is_dir():
        return parquet_folder(place, items)
    return parquet_file(place) if place.suffix.lower() in PARQUET else arrow_file(place)
