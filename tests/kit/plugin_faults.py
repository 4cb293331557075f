"""Contracts of plugins: sound ones, and the same with a fault planted in them.

Run by ``test_plugin_contract.py`` in a process of its own, with the wheels installed. The
docstring of a class is its fault.
"""

from typing import Any

from tests.kit.wheels import Wheel
from therapeutic_alliance.builtin import MEASURES
from therapeutic_alliance.testing import PluginContract

DETECTOR = """
from attrs import frozen
from therapeutic_alliance import Flag, Flags, hookimpl


@frozen
class Never:
    drops: float = 1.0
    id = {id!r}
    mode = "online"
    citation = "invented"

    def flags(self, series):
        flags = tuple(Flag(session=point.session, flag=False, why="never") for point in series)
        return Flags(detector=self.id, mode=self.mode, flags=flags)


@hookimpl
def alliance_detectors():
    return [Never()]
"""
SOUND = DETECTOR.format(id="never")
WAI_SR = (MEASURES / "wai-sr.toml").read_text(encoding="utf-8")
PULSE = """
id = {id!r}
aliases = [{alias!r}]
version = "1"
name = "Pulse (invented)"
raters = ["client"]
items = 2
scale = {{ low = 0, high = 4 }}
reverse = []
status = "stated"
status_reason = "invented"

[[scores]]
id = "total"
items = ["1", "2"]
aggregate = "sum"
"""


class Installed(PluginContract):
    """nothing is wrong"""

    __test__ = False
    wheel: Any = None
    beside: Any = None
    """Files that lie beside the package, by path, if it is installed editable."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.wheel and "distribution" not in vars(cls):
            cls.distribution = cls.wheel.name  # type: ignore[attr-defined]


def code(name: str, before: str = "", after: str = "", **facts: Any) -> Wheel:
    """A wheel of the sound plugin, with code before or after what it consists of."""
    return Wheel(name, {"__init__.py": before + SOUND + after}, **facts)


def pack(name: str, id_: str, alias: str = "pulse-form") -> Wheel:
    files = {"__init__.py": "raise RuntimeError", f"measures/{id_}.toml": PULSE}
    files[f"measures/{id_}.toml"] = PULSE.format(id=id_, alias=alias)
    return Wheel(name, files, group="therapeutic_alliance.measures.v1", entry="measures")


class Sound(Installed):
    """nothing is wrong with the code plugin"""

    wheel = code("sound-code")


class SoundPack(Installed):
    """nothing is wrong with the data pack"""

    wheel = pack("sound-pack", "pulse")


class SoundImport(Installed):
    """nothing is wrong with a package that is named in imports"""

    wheel = code("sound-import", "import iniconfig\n")
    imports = frozenset({"iniconfig"})


class SoundName(Installed):
    """nothing is wrong with a name written otherwise"""

    wheel = code("sound-name")
    distribution = "Sound_Name"


class SoundEditable(Installed):
    """nothing is wrong with a second package beside an editable one"""

    wheel = code("sound-editable", "import beside_it\n")
    beside: Any = {"beside_it/__init__.py": ""}  # noqa: RUF012


class ImportsFromItsEnvironment(Installed):
    """editable, it imports a package of an environment in its folder"""

    wheel = code("its-environment", "import of_site_packages\n")
    beside: Any = {"lib/site-packages/of_site_packages.py": ""}  # noqa: RUF012


class NotInstalled(Installed):
    """it is not installed"""

    distribution = "no-such-plugin"


class Forgotten(Installed):
    """no distribution is named"""


class FailsAtImport(Installed):
    """it raises at import"""

    wheel = code("fails-at-import", "raise RuntimeError('no licence key')\n")


class ExitsAtImport(Installed):
    """it raises SystemExit at import"""

    wheel = code("exits-at-import", "raise SystemExit(3)\n")


class EndsTheInterpreter(Installed):
    """it ends the interpreter"""

    wheel = code("ends-the-interpreter", "import os\nos._exit(7)\n")


class MisspeltHook(Installed):
    """a misspelt hook"""

    wheel = code("misspelt-hook", after="@hookimpl\ndef alliance_detecters():\n    return []\n")


class NewerInterface(Installed):
    """it asks for a later interface"""

    wheel = code("newer-interface", group="therapeutic_alliance.v2")


class WrongType(Installed):
    """a hook that gives a class, not an instance"""

    wheel = Wheel("wrong-type", {"__init__.py": SOUND.replace("[Never()]", "[Never]")})


class Assignable(Installed):
    """a detector that can be assigned"""

    wheel = Wheel("assignable", {"__init__.py": SOUND.replace("frozen", "define")})


class GivesNothing(Installed):
    """it contributes nothing"""

    wheel = Wheel("gives-nothing", {"__init__.py": SOUND.replace("[Never()]", "[]")})


class TakenDetector(Installed):
    """the id of a built-in detector"""

    wheel = Wheel(
        "taken-detector",
        {"__init__.py": DETECTOR.format(id="rci-drop")},
    )


class TakenMeasure(Installed):
    """the id of a built-in measure, another key"""

    wheel = pack("taken-measure", "wai-sr")


class TakenAlias(Installed):
    """an alias that is a built-in measure's id"""

    wheel = pack("taken-alias", "pulse", alias="wai-sr")


class Prints(Installed):
    """it prints at import"""

    wheel = code("prints", "print('welcome')\n")


class PrintsInHook(Installed):
    """it writes to stderr in a hook"""

    wheel = Wheel(
        "prints-in-hook",
        {
            "__init__.py": "import os\n"
            + SOUND.replace("    return [", "    os.write(2, b'ready')\n    return [")
        },
    )


class ImportsMore(Installed):
    """it imports a package that it does not name"""

    wheel = code("imports-more", "import iniconfig\n")


class PatchesTheScorer(Installed):
    """it replaces the scorer by its own"""

    wheel = code(
        "patches-the-scorer",
        "import therapeutic_alliance.scoring.sheet as sheet\nsheet.score = lambda *given: None\n",
    )


class PatchesAClass(Installed):
    """it replaces a method of a built-in detector"""

    wheel = code(
        "patches-a-class",
        "from therapeutic_alliance.course.detectors.reliable_drop import RciDrop\n"
        "RciDrop.flags = lambda self, series: None\n",
    )


class ChangesADefinition(Installed):
    """it makes built-in measures be read from elsewhere"""

    wheel = Wheel(
        "changes-a-definition",
        {
            "__init__.py": "from pathlib import Path\n"
            "from therapeutic_alliance import builtin\n"
            "builtin.MEASURES = Path(__file__).parent / 'own'\n" + SOUND,
            "own/wai-sr.toml": WAI_SR.replace('version = "1"', 'version = "2"'),
        },
    )


class ToGo(Installed):
    """it causes a warning about what is to go"""

    wheel = code(
        "to-go",
        "import warnings\n"
        "warnings.warn('alliance_detectors(context) is to go', DeprecationWarning)\n",
    )


class ListInAField(Installed):
    """a parameter that is a list"""

    wheel = Wheel("list-in-a-field", {"__init__.py": SOUND.replace("[Never()]", "[Never([])]")})


class SharedList(Installed):
    """a list that all instances of a detector share"""

    wheel = code("shared-list", after="Never.seen = []\n")


class NoUpperBound(Installed):
    """a requirement without an upper bound"""

    wheel = code("no-upper-bound", requires="therapeutic-alliance>=0.1")


class NoLowerBound(Installed):
    """a requirement without a lower bound"""

    wheel = code("no-lower-bound", requires="therapeutic-alliance<1")


class NoRequirement(Installed):
    """no requirement on this library"""

    wheel = code("no-requirement", requires="")


class NoLicence(Installed):
    """no licence"""

    wheel = code("no-licence", licence="")


class BrokenPack(Installed):
    """a data pack whose file is malformed"""

    wheel = Wheel(
        "broken-pack",
        {"__init__.py": "", "measures/x.toml": "id = 'x'\n"},
        group="therapeutic_alliance.measures.v1",
        entry="measures",
    )
