"""Which engines the tests ran on."""

import platform
from importlib.metadata import distributions

ENGINES = (
    "narwhals", "numpy", "pandas", "polars", "pyarrow", "duckdb", "pyspark", "dask",
    "ibis-framework",
)  # fmt: skip


def versions() -> str:
    """One line of those that are there."""
    found = {each.name: each.version for each in distributions()}
    known = (f"{name} {found[name]}" for name in ENGINES if name in found)
    return ", ".join([f"Python {platform.python_version()}", *known])
