"""Ruptures that observers code, segment by segment: ``observer-3rs``."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.observations import Codes, Kind, Observations, needed
from therapeutic_alliance.course.parameters import one_of, parameters_of
from therapeutic_alliance.course.session_codes import SessionCodes, summed
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.model.vocabulary.coding import THREE_RS, CodingSystem


@frozen(kw_only=True)
class Observer3RS:
    """Flags a session in which a coder saw at least one marker; evaluable from session 1 on.

    It observes ``codes`` (:func:`therapeutic_alliance.evidence.codes`), not scores; anything else
    is a :class:`SeriesError`. What a marker is, ``system`` says. With ``weight`` a marker counts
    from that weight on; a session whose markers have no weight is then not evaluable. Nor is one
    without a known marker but with a code that is in no list of markers: editions differ.

    >>> from therapeutic_alliance.course.observations import Observation
    >>> from therapeutic_alliance.model.alliance.coding import SegmentCodes
    >>> coded = SegmentCodes(id="k1", session=6, system="3rs", segment=1, codes=["denial"])
    >>> seen = Observations(kind="codes", points=[Observation(6, (coded,))])
    >>> Observer3RS().flags(seen).sessions
    (6,)
    """

    system: CodingSystem = THREE_RS
    """Which codes are markers, and of which family."""
    weight: str | None = None
    """The least weight of a marker that counts, one of the system's; ``None``: any marker."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.system, CodingSystem):
            raise AllianceError(f"{self.id}: system is a CodingSystem")
        if self.weight is not None:
            one_of(self.id, "weight", self.weight, self.system.weights)

    @property
    def id(self) -> str:
        """``observer-3rs``."""
        return "observer-3rs"

    @property
    def mode(self) -> Literal["online"]:
        """Codes are of their own session only."""
        return "online"

    @property
    def observes(self) -> Kind:
        """Codes of observers."""
        return "codes"

    @property
    def citation(self) -> str:
        """Where the coding system comes from."""
        return (
            f"{self.system.citation}; reliability: Eubanks, Lubitz, Muran & Safran 2019 (verified)"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is; of another edition than ``THREE_RS`` nothing is known."""
        if self.system != THREE_RS:
            return ()
        return (("structure", "M+"), ("reliabilities", "V"), ("weights of markers", "M-"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """What counts as a marker."""
        least = f"of weight {self.weight} or more" if self.weight else "of any weight"
        return (
            f"a possible rupture is one marker {least}, seen by one coder or more",
            "counts and ratings of several coders are averaged",
        )

    def summary(self, series: Observations[Codes]) -> tuple[SessionCodes, ...]:
        """What was coded in each session, with the coders averaged."""
        needed(self.id, series, self.observes)
        return tuple(
            summed(point.session, point.value or (), self.system, self.weight) for point in series
        )

    def flags(self, series: Observations[Codes]) -> Flags:
        """One flag for each session, in their order."""
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(_flag(each) for each in self.summary(series)),
            conventions=self.conventions,
            parameters=parameters_of(self),
        )


def _flag(coded: SessionCodes) -> Flag:
    seen = "; ".join(f"{name} {count:.4g}" for name, count in coded.counts)
    told = f"{seen}; {coded.proportion or 0:.0%} of segments with a marker"
    why = {
        True: f"{told}, mostly {coded.dominant}: possible rupture"
        if coded.dominant != "mixed"
        else f"{told}, of both families alike: possible rupture",
        False: "segments were coded, and no marker was seen that counts",
        None: _unknown(coded),
    }[coded.rupture]
    return Flag(
        session=coded.session,
        flag=coded.rupture,
        why=why,
        statistic=None if coded.rupture is None else float(coded.most),
        threshold=None if coded.rupture is None else 1.0,
    )


def _unknown(coded: SessionCodes) -> str:
    if not coded.segments:
        return "no segment was coded"
    if not coded.others:
        return "the weight of a marker is not known"
    return (
        f"in no list of markers, which differ between editions: {', '.join(coded.others)}; "
        "no other marker was seen that counts"
    )
