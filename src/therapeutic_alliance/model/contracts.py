"""What a plugin fulfils."""

from typing import Literal, Protocol, TypeVar

from therapeutic_alliance.model.finding import Flags

Observed_contra = TypeVar("Observed_contra", contravariant=True)
"""What a detector looks at, such as :class:`therapeutic_alliance.Series`."""


class Detector(Protocol[Observed_contra]):
    """A rule that flags sessions: a frozen attrs value whose fields are its parameters."""

    @property
    def id(self) -> str:
        """Kebab-case id."""

    @property
    def mode(self) -> Literal["online", "retrospective"]:
        """Whether a flag uses sessions up to its own only, or later ones too."""

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""

    def flags(self, series: Observed_contra) -> Flags:
        """One flag for each point of the series, in its order."""
