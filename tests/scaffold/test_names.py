"""Which names a project may have, and what follows from them."""

import re
from contextlib import suppress
from importlib import metadata

import pytest

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.scaffold.names import name_of
from therapeutic_alliance.scaffold.project import project
from therapeutic_alliance.sdk.names import normalised
from therapeutic_alliance.sdk.registry import OURS


@pytest.mark.parametrize(
    ("given", "distribution", "package"),
    [
        ("pulse", "pulse", "pulse"),
        ("acme-alliance-pulse", "acme-alliance-pulse", "acme_alliance_pulse"),
        ("Acme__Pulse.2b", "acme-pulse-2b", "acme_pulse_2b"),
        ("a" * 64, "a" * 64, "a" * 64),
    ],
)
def test_a_name(given: str, distribution: str, package: str) -> None:
    name = name_of(given)
    assert (name.distribution, name.id) == (distribution, distribution)
    assert name.package == package


@pytest.mark.parametrize(
    "given",
    ["", "-", "pulse-", "-pulse", "2pulse", "pul se", "pulse/x", "../x", "púlse", "a" * 65, "a\n"],
)
def test_no_name(given: str) -> None:
    with pytest.raises(AllianceError, match="NAME is letters, digits and '-'"):
        name_of(given)


TAKEN = [
    "class",
    "json",
    "tests",
    "test-detector",
    "conftest",
    "pytest",
    "attr",
    "typing-extensions",
    "jsonschema",
    "referencing",
    "rpds",
    "jsonschema-specifications",
]


@pytest.mark.parametrize("given", [*TAKEN, "Therapeutic-Alliance"])
def test_a_package_that_is_taken(given: str) -> None:
    with pytest.raises(AllianceError, match="which is taken"):
        name_of(given)


def _ours() -> set[str]:
    """Distributions that this library needs, with any extra."""
    asked = [re.match(r"[\w.-]+", each) for each in metadata.requires(OURS) or ()]
    return {normalised(found[0]) for found in asked if found}


def test_packages_of_what_this_library_needs_are_taken() -> None:
    needed = _ours()
    packages = {
        package
        for package, distributions in metadata.packages_distributions().items()
        if needed & set(map(normalised, distributions))
    }
    free = []
    for package in sorted(each for each in packages if not each.startswith("_")):
        with suppress(AllianceError):
            free.append(name_of(package))
    assert len(packages) > 20
    assert free == []


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("measure-pack", "wai-sr"),
        ("measure-pack", "bai"),
        ("detector", "drop-from-best"),
        ("phase-model", "two-phase"),
        ("importer", "table"),
        ("exporter", "scores-csv"),
    ],
)
def test_an_id_that_is_built_in(kind: str, taken: str) -> None:
    with pytest.raises(AllianceError, match=f"the id {taken}, which is built in"):
        project(KINDS[kind], name_of(taken))


def test_ids_of_another_kind_are_free() -> None:
    assert project(KINDS["detector"], name_of("wai-sr"))
