"""What a plugin fulfils: every contribution is a frozen attrs value whose fields are parameters."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from therapeutic_alliance.model.finding import Flags, Phases
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.scored import ScoreSheet

if TYPE_CHECKING:  # nothing here opens a file
    from pathlib import Path

Observed_contra = TypeVar("Observed_contra", contravariant=True)
"""What a rule looks at, such as :class:`therapeutic_alliance.Series`."""


class Detector(Protocol[Observed_contra]):
    """A rule that flags sessions: a frozen attrs value whose fields are its parameters.

    One that looks at something else than scores has a property ``observes`` besides: ``reports``,
    ``codes`` or ``pre-post`` (see ``ta.evidence``). Without it, it is a rule on scores. Those of
    the library have a property ``confidence``, too: a tuple of pairs, a part of the rule in words
    and one of the marks ``V``, ``V-ind``, ``M+``, ``M-`` and ``R``. Without it nothing is known.
    """

    __slots__ = ()

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
        """One flag for each point of the series, in its order.

        ``None`` where a session cannot be judged, such as the first observed one. It sets
        ``low_information`` if half or more of the observed scores are at the possible maximum, or
        if each flag says why there is "low information", and ``sign`` if it looks for a waning.
        """


class PhaseModel(Protocol[Observed_contra]):
    """A rule that divides a course into phases: a frozen attrs value, as a detector is.

    It may have a property ``confidence``, as a detector may.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """Kebab-case id."""

    @property
    def mode(self) -> Literal["online", "retrospective"]:
        """Whether the phase of a session uses sessions up to it only, or later ones too."""

    @property
    def citation(self) -> str:
        """Where the model comes from, and how sure that is."""

    def phases(self, series: Observed_contra) -> Phases:
        """Phases in order that do not overlap; a session may lie in none."""


class Importer(Protocol):
    """Reads the forms of a file: a frozen attrs value whose fields are its parameters."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """Kebab-case id."""

    @property
    def reads(self) -> str:
        """What kind of file it reads, in a few words."""

    def forms(self, path: "Path", measure_of: Callable[[str], Measure]) -> Iterator[Administration]:
        """The forms of a file, one at a time, in its order.

        ``measure_of`` gives the measure with an id or alias. Raises :class:`TableError` or
        :class:`DocumentError` at the first bad record, with file, row, item and rule, and never
        an answer, a case or any other content of the file.
        """


class Exporter(Protocol):
    """Writes scored forms: a frozen attrs value whose fields are its parameters."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """Kebab-case id."""

    @property
    def media_type(self) -> str:
        """Such as ``text/csv``."""

    @property
    def suffix(self) -> str:
        """Of the files it makes, such as ``.csv``."""

    def export(self, sheets: Iterable[ScoreSheet]) -> Iterator[bytes]:
        """The file in pieces, so that it need not fit into memory. The same for the same sheets."""
