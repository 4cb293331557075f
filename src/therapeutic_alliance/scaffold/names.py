"""What a distribution's name gives: the name as installers know it, a package, an id."""

import re
import sys
from keyword import iskeyword

from attrs import frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.sdk.names import normalised

LONGEST = 64
"""Characters of an id."""
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_OURS = """
    attr attrs cattr cattrs pluggy therapeutic_alliance
    click markdown_it mdurl pygments rich
    adbc_driver_duckdb duckdb narwhals py4j pyarrow pyspark
    formulaic interface_meta patsy scipy statsmodels wrapt
    hypothesis iniconfig packaging py pytest sortedcontainers
    jsonschema jsonschema_specifications referencing rpds
    furo myst_parser sphinx
    coverage dask editables hatchling ibis mypy mypyc numpy pandas pkg_resources polars psutil
    pydantic ruff setuptools sybil typing_extensions
    pip
"""
"""What this library needs, with each of its extras, and what installs it."""
_FOR_TESTS = re.compile(r"tests?|conftest|test_(measure|detector|phase_model|importer|exporter)")
"""Modules of tests: a package of such a name would be one of these, or these would be it."""
_TAKEN = {*_OURS.split(), *sys.stdlib_module_names}
"""Packages that would hide another one, or be hidden by it."""


@frozen
class Name:
    """The name of a distribution, normalised; see :func:`name_of`.

    >>> name = name_of("Acme_Alliance.Pulse")
    >>> name.distribution, name.package
    ('acme-alliance-pulse', 'acme_alliance_pulse')
    """

    distribution: str

    @property
    def id(self) -> str:
        """Of the thing that it contributes: the same, since no other distribution has it."""
        return self.distribution

    @property
    def package(self) -> str:
        """What is imported."""
        return self.distribution.replace("-", "_")


def name_of(given: str) -> Name:
    """The name that is meant; :class:`AllianceError` if none can be made of what is given."""
    name = Name(normalised(given))
    if not _NAME.fullmatch(name.distribution) or len(name.distribution) > LONGEST:
        raise AllianceError(
            "NAME is letters, digits and '-', begins with a letter, and has up to "
            f"{LONGEST} characters, such as acme-alliance-pulse"
        )
    package = name.package
    if package in _TAKEN or iskeyword(package) or _FOR_TESTS.fullmatch(package):
        raise AllianceError(f"NAME gives the package {package}, which is taken")
    return name
