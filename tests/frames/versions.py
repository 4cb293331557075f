"""Which engines the tests ran on."""

import platform
from importlib.metadata import version

ENGINES = ("narwhals", "numpy", "pandas", "polars", "pyarrow", "duckdb", "pyspark")


def versions() -> str:
    """One line."""
    return ", ".join(
        [f"Python {platform.python_version()}", *(f"{n} {version(n)}" for n in ENGINES)]
    )
