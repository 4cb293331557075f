"""How large a change must be to count: reliable change, and conventions where none is known."""

from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.course.parameters import is_line
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.psychometrics.measurement_error import (
    refuse_reliability,
    refuse_sd,
    refuse_z,
    reliable_change,
)

CONVENTION = 0.15
"""Without a sample, a change counts from this fraction of the possible range: this library's
convention, without a source. It is poor near a ceiling."""


@frozen(kw_only=True)
class ReliableChange:
    """The smallest change that counts as reliable, in the metric of the series.

    With ``sd``, ``reliability``, ``kind`` and ``source`` all given (Jacobson & Truax 1991, JCCP
    59:12-19): ``SEM = sd * sqrt(1 - reliability)``, ``Sdiff = sqrt(2) * SEM``,
    ``RC = z * Sdiff``. Otherwise ``0.15 * (high - low)``, the library's convention. ``sd`` is in
    the metric of the series. A reliability of kind ``alpha`` knows only the error within one
    occasion, so that the RC is a lower bound.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> told = ReliableChange(sd=0.7, reliability=0.9, kind="retest", source="an illustration")
    >>> round(told.size(1, 5), 4), ReliableChange().size(1, 5)
    (0.6136, 0.6)
    """

    sd: float | None = field(default=None)
    reliability: float | None = field(default=None)
    kind: Literal["retest", "alpha"] | None = None
    source: str | None = None
    z: float = field(default=1.96)

    def __attrs_post_init__(self) -> None:
        if self.sd is not None:
            refuse_sd(self.sd)
        if self.reliability is not None:
            refuse_reliability(self.reliability)
        refuse_z(self.z)
        if self.kind not in (None, "retest", "alpha"):
            raise AllianceError("kind: retest or alpha")
        if self.source is not None and not is_line(self.source):
            raise AllianceError("source: a line of text that says where from")

    @property
    def absent(self) -> tuple[str, ...]:
        """What would have to be given for a computed RC."""
        return tuple(
            name
            for name in ("sd", "reliability", "kind", "source")
            if getattr(self, name) in (None, "")
        )

    def size(self, low: float, high: float) -> float:
        """The reliable change of a score that can range from ``low`` to ``high``."""
        if self.absent or self.sd is None or self.reliability is None:
            return CONVENTION * (high - low)
        return reliable_change(self.sd, self.reliability, self.z)

    def __str__(self) -> str:
        if self.absent:
            given = {"sd", "reliability", "kind", "source"} - set(self.absent)
            unused = f"; {', '.join(self.absent)} not given" if given else ""
            return (
                f"the library's convention, {CONVENTION} of the possible range, which has "
                f"no source and is poor near a ceiling{unused}"
            )
        bound = ", a lower bound because alpha knows no change between occasions"
        return (
            f"the reliable change (z {self.z:g}, sd {self.sd:g}, {self.kind} {self.reliability:g}, "
            f"from {self.source}{bound if self.kind == 'alpha' else ''})"
        )


@frozen(kw_only=True)
class ByReliableChange:
    """The parameters of a rule whose threshold is a reliable change; inherit them.

    With ``sd``, ``reliability``, ``kind`` and ``source`` all given, the reliable change is
    computed; otherwise it is the library's convention. ``change`` is the :class:`ReliableChange`
    of these parameters.

    >>> import therapeutic_alliance as ta
    >>> ta.Registry().detector("drop-from-best", reliability=0.9).change.absent
    ('sd', 'kind', 'source')
    """

    sd: float | None = None
    """SD of the measure in a sample, in the metric of the series."""
    reliability: float | None = None
    """Reliability of the measure in that sample, between 0 and 1."""
    kind: Literal["retest", "alpha"] | None = None
    """What kind of reliability it is."""
    source: str | None = None
    """Where SD and reliability come from. Without all four the library's convention holds."""
    z: float = 1.96
    """1.96 for 95 %, 1.645 for 90 % two-sided."""
    change: ReliableChange = field(init=False, repr=False, eq=False)

    @change.default
    def _change(self) -> ReliableChange:
        return ReliableChange(
            sd=self.sd, reliability=self.reliability, kind=self.kind, source=self.source, z=self.z
        )
