"""The kinds of projects, and which files each has."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from therapeutic_alliance.sdk.hooks import CODE_GROUP, DATA_GROUP

_SHARED = MappingProxyType(
    {each: each for each in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")}
)


@frozen
class CodeKind:
    """A plugin with code: a module with the thing, and one with the hook that gives it."""

    id: str
    contract: str
    """What the hook gives, as an annotation."""
    group = CODE_GROUP
    home = "plugin"
    """What the entry point names, within the package."""
    dependencies = ("attrs>=24.2",)

    @property
    def module(self) -> str:
        """Module of the thing; and the registry looks it up by a method of this name."""
        return self.id.replace("-", "_")

    @property
    def words(self) -> Mapping[str, str]:
        """What only templates of code may name; the class is that of every such project."""
        return {
            "class_name": f"Own{self.id.title().replace('-', '')}",
            "contract": self.contract,
            "hook": f"alliance_{self.listing}",
        }

    @property
    def listing(self) -> str:
        """Name of its kind in the registry."""
        return f"{self.module}s"

    @property
    def source(self) -> str:
        """The file to begin with, within the package."""
        return f"{self.module}.py"

    @property
    def files(self) -> Mapping[str, str]:
        """Template by the place of the file that is made of it."""
        return {
            **_SHARED,
            "src/$package/__init__.py": "code-init.py",
            "src/$package/plugin.py": "plugin.py",
            "src/$package/py.typed": "py.typed",
            f"src/$package/{self.source}": f"{self.module}.py",
            f"tests/test_{self.module}.py": f"test_{self.module}.py",
        }


@frozen
class PackKind:
    """A data pack: a folder of measure files, of which no code runs."""

    id = "measure-pack"
    group = DATA_GROUP
    home = "measures"
    dependencies = ()
    module = "measure"
    words: Mapping[str, str] = MappingProxyType({})
    listing = "measures"
    source = "measures/$id.toml"

    @property
    def files(self) -> Mapping[str, str]:
        """Template by the place of the file that is made of it."""
        return {
            **_SHARED,
            "src/$package/__init__.py": "pack-init.py",
            f"src/$package/{self.source}": "measure.toml",
            "tests/test_measure.py": "test_measure.py",
        }


Kind = CodeKind | PackKind
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            PackKind(),
            CodeKind("detector", "ta.Detector[ta.Series]"),
            CodeKind("phase-model", "ta.PhaseModel[ta.Series]"),
            CodeKind("importer", "ta.Importer"),
            CodeKind("exporter", "ta.Exporter"),
        )
    }
)
"""By the word on the command line."""
