"""Which names a project may have, and what follows from them."""

import pytest

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.scaffold.names import name_of
from therapeutic_alliance.scaffold.project import project


@pytest.mark.parametrize(
    ("given", "distribution", "package", "class_name"),
    [
        ("pulse", "pulse", "pulse", "Pulse"),
        ("acme-alliance-pulse", "acme-alliance-pulse", "acme_alliance_pulse", "AcmeAlliancePulse"),
        ("Acme__Pulse.2b", "acme-pulse-2b", "acme_pulse_2b", "AcmePulse2b"),
        ("a" * 64, "a" * 64, "a" * 64, "A" + "a" * 63),
    ],
)
def test_a_name(given: str, distribution: str, package: str, class_name: str) -> None:
    name = name_of(given)
    assert (name.distribution, name.id) == (distribution, distribution)
    assert (name.package, name.class_name) == (package, class_name)


@pytest.mark.parametrize(
    "given",
    ["", "-", "pulse-", "-pulse", "2pulse", "pul se", "pulse/x", "../x", "púlse", "a" * 65, "a\n"],
)
def test_no_name(given: str) -> None:
    with pytest.raises(AllianceError, match="NAME is letters, digits and '-'"):
        name_of(given)


@pytest.mark.parametrize("given", ["class", "json", "tests", "Therapeutic-Alliance"])
def test_a_package_that_is_taken(given: str) -> None:
    with pytest.raises(AllianceError, match="which is taken"):
        name_of(given)


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
