"""What became of a plugin."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen

Stage = Literal["loaded", "not-allowed", "missing", "import", "register", "contribute"]
"""``loaded``; ``not-allowed``: installed, and nothing of it was run; ``missing``: not installed in
the version that is allowed; else the step at which it failed: ``import``, ``register`` (its hooks
do not fit), ``contribute`` (what its hooks or files give does not)."""


def _read_only(adds: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(dict(adds))


@frozen(kw_only=True)
class PluginStatus:
    """One plugin, which is one distribution: loaded as a whole, or not at all.

    >>> status = PluginStatus(distribution="own-pack", version=None, stage="missing")
    >>> status.loaded, dict(status.adds)
    (False, {})
    """

    distribution: str
    """Its name, normalised: lower case, words joined by '-'."""
    version: str | None
    stage: Stage
    problem: str = ""
    """Why it is not loaded; empty if it is."""
    adds: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_read_only, hash=False)
    """Ids of what it contributes, by kind: ``measures``, ``detectors``, ..."""
    seconds: float = 0.0
    """How long it took to load."""

    @property
    def loaded(self) -> bool:
        """Whether its contributions are there."""
        return self.stage == "loaded"

    @property
    def summary(self) -> str:
        """What it adds, in a line; or why it is not loaded."""
        adds = [
            f"{kind.replace('_', ' ')}: {', '.join(ids)}" for kind, ids in self.adds.items() if ids
        ]
        return self.problem or "; ".join(adds)

    def __str__(self) -> str:
        version = f" {self.version}" if self.version else ""
        problem = f": {self.problem}" if self.problem else ""
        return f"{self.distribution}{version} ({self.stage}{problem})"
