"""What was coded in one session: counts of markers by family, ratings, several coders averaged."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum

from attrs import field, frozen

from therapeutic_alliance.course.coded import Segment, of_session, seen, segment
from therapeutic_alliance.model.alliance.coding import SegmentCodes
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.vocabulary.coding import CodingSystem

MIXED = "mixed"


@frozen(kw_only=True)
class SessionCodes:
    """What coders saw in one session. Numbers of several coders are their means.

    ``None`` is what cannot be told: the share and type of markers where no segment was coded.
    """

    session: int
    coders: int
    segments: float
    """Coded segments."""
    counts: tuple[tuple[str, float], ...]
    """Markers of each family, such as ``(("withdrawal", 4.0), ("confrontation", 2.0))``."""
    proportion: float | None
    """Share of segments with a marker, 0 to 1."""
    ratings: tuple[tuple[str, float], ...] = field(repr=False)
    """What was rated of the session as a whole, in points of the scale; a rating on two scales
    is left out."""
    dominant: str | None
    """The family with more markers; ``mixed`` if they are equal, ``None`` if there are none."""
    rupture: bool | None
    """Whether a coder saw a marker that counts; ``None``: no segment coded, or none seen but of
    an unknown weight, or but codes of which nobody knows whether they are markers (``others``)."""
    most: int
    """Markers that count, of the coder who saw most."""
    others: tuple[str, ...] = ()
    """Codes of segments that are in no list of markers, in alphabetical order."""

    @property
    def n_withdrawal(self) -> float:
        """Markers of withdrawal; 0 if the system has no such family."""
        return dict(self.counts).get("withdrawal", 0.0)

    @property
    def n_confrontation(self) -> float:
        """Markers of confrontation; 0 if the system has no such family."""
        return dict(self.counts).get("confrontation", 0.0)


@frozen
class _Coder:
    """What one coder saw in a session."""

    segments: int
    counts: Counter[str]
    marked: int
    unweighed: bool
    """Whether a marker has no weight, though one is asked for."""
    others: frozenset[str]
    """Codes in no list, of enough weight as far as that is known."""


def summed(
    session: int, records: Sequence[SegmentCodes], system: CodingSystem, weight: str | None
) -> SessionCodes:
    """What the records of one session come to."""
    whole = [each for each in records if of_session(each, system.ratings)]
    by_coder: dict[str | None, list[SegmentCodes]] = {}
    for each in records:
        if not of_session(each, system.ratings):
            by_coder.setdefault(each.by, []).append(each)
    coders = [_coder(session, each, system, weight) for each in by_coder.values()]
    counts = tuple(
        (name, _mean([each.counts[name] for each in coders]) or 0.0) for name, _ in system.families
    )
    most = max((each.counts.total() for each in coders), default=0)
    others = sorted(frozenset[str]().union(*(each.others for each in coders)))
    unknown = not coders or bool(others) or any(each.unweighed for each in coders)
    return SessionCodes(
        session=session,
        coders=len(coders) or len({each.by for each in whole}),
        segments=_mean([each.segments for each in coders]) or 0.0,
        counts=counts,
        proportion=_mean([each.marked / each.segments for each in coders]),
        ratings=tuple(_ratings(whole, system)),
        dominant=_dominant(counts),
        rupture=True if most else None if unknown else False,
        most=most,
        others=tuple(others),
    )


def _coder(
    session: int, records: Iterable[SegmentCodes], system: CodingSystem, weight: str | None
) -> _Coder:
    found: dict[Segment, list[str]] = {}
    unweighed = False
    others: set[str] = set()
    for each in records:
        codes = seen(each)
        families = [name for code in codes if (name := system.family(code))]
        counts = _counts(each.rating, system, weight)
        if counts is not False:
            others.update(code for code in codes if not system.lists(code))
        unweighed |= bool(families) and counts is None
        found.setdefault(segment(each, session), []).extend(families if counts else ())
    return _Coder(
        segments=len(found),
        counts=Counter(name for families in found.values() for name in families),
        marked=sum(bool(families) for families in found.values()),
        unweighed=unweighed,
        others=frozenset(others),
    )


def _counts(rating: Rating | None, system: CodingSystem, weight: str | None) -> bool | None:
    """Whether a marker has the weight that is asked for; ``None``: that is not known."""
    if weight is None:
        return True
    if rating is None or rating.low != 1 or rating.high != len(system.weights):
        return None
    return rating.value >= 1 + system.weights.index(weight)


def _ratings(records: Iterable[SegmentCodes], system: CodingSystem) -> Iterable[tuple[str, float]]:
    rated = [(each.codes, each.rating) for each in records if each.rating]
    for code in system.ratings:
        found = [rating for codes, rating in rated if code in codes]
        value = _mean([rating.value for rating in found])
        if value is not None and len({rating.scale for rating in found}) == 1:
            yield code, value


def _dominant(counts: Sequence[tuple[str, float]]) -> str | None:
    most = max((count for _, count in counts), default=0.0)
    names = [name for name, count in counts if count == most]
    if not most:
        return None
    return names[0] if len(names) == 1 else MIXED


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None
