"""What every plugin fulfils: it loads alone, adds something, and leaves all else as it is."""

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from attrs import frozen

from therapeutic_alliance.packaging.bounds import bounds
from therapeutic_alliance.sdk.names import normalised
from therapeutic_alliance.sdk.registry import OURS
from therapeutic_alliance.testing.contract import Contract, fail

PROBE = Path(__file__).with_name("probe.py")
LONGEST = 300
"""Seconds until loading a plugin counts as hanging."""


@frozen
class _Probed:
    """What a fresh interpreter found, and what it printed."""

    findings: Mapping[str, Any]
    printed: str


class PluginContract(Contract):
    """Tests of one installed plugin, loaded in a fresh interpreter and by its name alone.

    Give ``distribution``, and in ``imports`` the top-level packages of third parties that it may
    load when it is discovered; what its detectors or exporters need is better imported when they
    are used, so that a program that allows it starts fast. Install it first, for example with
    ``pip install -e .``.

    >>> class TestAbsent(PluginContract):
    ...     distribution = "no-such-plugin"
    >>> try:
    ...     TestAbsent().test_loads_alone_and_strictly()
    ... except BaseException as failed:
    ...     print(failed)
    no-such-plugin is not installed: install it first, such as with pip install -e .
    """

    needs: ClassVar[Mapping[str, str]] = {
        "distribution": "the name of the distribution as pip knows it, such as "
        "distribution = 'pulse-pack'; it is looked up by this name",
    }
    imports: frozenset[str] = frozenset()
    """Top-level packages of third parties that it may load when it is discovered."""

    def test_loads_alone_and_strictly(self) -> None:
        """``Registry.discover(allow={distribution}, strict=True)`` loads it."""
        self._found()

    def test_contributes_something(self) -> None:
        """At least one measure, detector, phase model, importer or exporter."""
        if not any(self._found()["adds"].values()):
            fail(f"{self._name()} loads, but none of its hooks gives anything")

    def test_ids_are_not_taken(self) -> None:
        """No id or alias is one of a built-in thing that is defined otherwise."""
        taken = self._found()["taken"]
        if taken:
            fail(f"ids or aliases of built-in things: {', '.join(taken)}; choose your own")

    def test_prints_nothing(self) -> None:
        """Loading it writes nothing to stdout or stderr, which belong to the program."""
        self._found()
        printed = self._probed().printed
        if printed:
            fail(f"{self._name()} prints while it is loaded, beginning with: {printed[:200]!r}")

    def test_imports_nothing_else(self) -> None:
        """Nothing is imported beyond this library, its needs, the plugin and ``imports``."""
        others = [each for each in self._found()["imports"] if each not in self.imports]
        if others:
            fail(
                f"loading {self._name()} also imports {', '.join(others)}: import them where they "
                "are used, or name them in imports"
            )

    def test_built_ins_stay_as_they_are(self) -> None:
        """Built-in definitions, and the names in this library's modules, are the same after it."""
        changed = self._found()["changed"]
        if changed:
            fail(f"loading {self._name()} changes what is not its own: {', '.join(changed[:5])}")

    def test_uses_nothing_that_is_to_go(self) -> None:
        """Loading it causes no ``DeprecationWarning`` of this library."""
        told = self._found()["warnings"]
        if told:
            fail(f"{self._name()} uses what is to go: {'; '.join(told)}")

    def test_contributions_cannot_be_changed(self) -> None:
        """No class of what it contributes holds a list, dict or set, which all would share.

        That fields cannot be assigned or changed is for the registry to see when it loads them.
        """
        shared = self._found()["changeable"]
        if shared:
            fail(f"shared by all and can be changed: {', '.join(shared)}; use a tuple or frozenset")

    def test_requires_this_library_within_bounds(self) -> None:
        """Its metadata require ``therapeutic-alliance>=X,<Y``."""
        found = bounds(self._declared()["requires"], OURS)
        if found is None:
            fail(f"{self._name()} does not require {OURS} in its metadata")
        if not (found.lower and found.upper):
            fail(
                f"{self._name()} requires {OURS} without a lower or an upper bound: write "
                f"{OURS}>=X,<Y, Y being the first version that may break it"
            )

    def test_names_its_licence(self) -> None:
        """Its metadata name a licence."""
        if not self._declared()["licensed"]:
            fail(f"{self._name()} names no licence in its metadata, so that nobody may use it")

    def _name(self) -> str:
        name = self.needed("distribution")
        if not isinstance(name, str):
            fail(f"{type(self).__name__}.distribution is the name of a distribution, a text")
        return name

    def _probed(self) -> _Probed:
        return _probe(normalised(self._name()))

    def _declared(self) -> Mapping[str, Any]:
        """What was found of an installed distribution."""
        found = self._probed().findings
        if not found["installed"]:
            fail(
                f"{self._name()} is not installed: install it first, such as with pip install -e ."
            )
        return found

    def _found(self) -> Mapping[str, Any]:
        """What was found of a plugin that has loaded."""
        found = self._declared()
        if found["problems"]:
            fail("did not load: " + "; ".join(found["problems"]))
        return found


@cache
def _probe(distribution: str) -> _Probed:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        # -P: the folder of the script, which is full of our modules, stays out of sys.path
        command = [sys.executable, "-P", str(PROBE), distribution, str(file)]
        try:
            run = subprocess.run(  # noqa: S603, our own interpreter and file
                command, capture_output=True, check=False, timeout=LONGEST
            )
        except subprocess.TimeoutExpired:
            fail(f"{distribution} was not loaded after {LONGEST} seconds")
        printed = (run.stdout + run.stderr).decode(errors="replace").strip()
        if not file.exists():
            said = f": {printed.splitlines()[-1][:200]}" if printed else ""
            fail(f"loading {distribution} ended the interpreter, exit code {run.returncode}{said}")
        return _Probed(json.loads(file.read_text(encoding="utf-8")), printed)
