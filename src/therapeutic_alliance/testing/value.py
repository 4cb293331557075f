"""What is asked of every contributed thing: a frozen value that the registry takes."""

from typing import Any

from attrs import evolve

from therapeutic_alliance.sdk.kinds import KINDS
from therapeutic_alliance.testing.contract import fail


def check_value(kind: str, value: Any) -> None:
    """Fail unless the registry takes it, it can be hashed, and a copy by ``evolve`` equals it.

    ``kind`` is the name of the registry's listing, such as ``detectors``.
    """
    fault = KINDS[kind].fault(value)
    if fault:
        fail(f"the registry would refuse it: the plugin {fault}")
    name = type(value).__name__
    refused = ""
    try:
        copy = evolve(value)
        hashes = hash(copy), hash(value)
    except TypeError as error:
        refused = f"{name} cannot be copied with other parameters, or not be hashed: {error}"
    if refused:
        fail(refused)
    if copy != value or len(set(hashes)) > 1:
        fail(f"{name} differs from its own copy: let attrs compare and hash it by its fields")
