"""Forms that the author of a measure has scored by hand."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import field, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.rule import Missing

Answers = Mapping[str, float | None] | Sequence[float | None]


def _read_only(answers: Answers) -> Answers:
    return MappingProxyType(dict(answers)) if isinstance(answers, Mapping) else tuple(answers)


def _scores(scores: Mapping[str, float | None]) -> Mapping[str, float | None]:
    if not scores:
        raise AllianceError("Worked: no score was worked out; give scores={'total': ...}")
    return MappingProxyType(dict(scores))


@frozen(kw_only=True)
class Worked:
    """One form scored by hand, from the manual and not with this library.

    Raises :class:`AllianceError` without a score.

    >>> Worked(answers=[1, 2, None, 4], scores={"total": None}, note="one item missing").note
    'one item missing'
    """

    answers: Answers = field(converter=_read_only, hash=False)
    """In item order, or by item id; ``None`` is not answered. Invented, or published."""
    scores: Mapping[str, float | None] = field(converter=_scores, hash=False)
    """Score -> its value, compared to within 1e-9; ``None``: not scorable."""
    missing: Missing | None = None
    """The caller's rule, such as ``ta.Prorate(0.8)``; without it the authors' rule holds."""
    note: str = ""
    """What the example shows, or how it was worked out."""
    source: str = ""
    """Where it is printed, if it is."""
