"""What raters report of a rupture directly, and what observers code."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.kinds import FreeText, Person, Positive, Term
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Dated, read_only


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Report(Dated):
    """What one participant says of tension or rupture in a session, asked directly.

    Intensity and resolution are undefined without a rupture, so neither is given then.
    """

    by: Person
    """Who says so."""
    rupture: bool
    """Whether there was tension or a rupture, as that participant says."""
    intensity: Rating | None = None
    """How strong it was."""
    resolution: Rating | None = None
    """How far it was resolved by the end."""

    def _contradictions(self) -> list[Problem]:
        said = [name for name in ("intensity", "resolution") if getattr(self, name) is not None]
        rule = "given, although no rupture is reported"
        return [] if self.rupture else [Problem(path=f"$.{name}", rule=rule) for name in said]


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class SegmentCodes(Dated):
    """What a coder saw in one segment of a session, or in one utterance.

    >>> SegmentCodes(id="s1", session=6, system="3rs", segment=2, codes=("minimal-response",))
    SegmentCodes()
    """

    system: Term
    """The coding system, such as ``3rs``."""
    codes: tuple[Term, ...]
    """Empty: looked at, and nothing coded."""
    segment: Positive | None = None
    """Number of the segment in the session."""
    by: Person | None = None
    """The coder."""
    of: Person | None = None
    """Whose behaviour is coded."""
    polarity: Literal["+", "-"] | None = None
    """Whether the behaviour shows what is coded, or its opposite."""
    rating: Rating | None = None
    """How much of what is coded."""
    text: FreeText | None = None
    """A note of the coder."""
