"""What rules say of one series."""

from collections.abc import Iterable

from attrs import frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.finding import Episode, Flags
from therapeutic_alliance.model.immutable import as_tuples


@frozen(kw_only=True, field_transformer=as_tuples)
class Verdict:
    """What one rule says of one series."""

    detector: str
    """Its name in the comparison."""
    flags: Flags
    onsets: tuple[int, ...]
    """Sessions at which a possible rupture begins."""

    @property
    def evaluable(self) -> tuple[int, ...]:
        """Sessions that the rule can judge."""
        return tuple(flag.session for flag in self.flags if flag.flag is not None)

    @classmethod
    def of(cls, detector: str, flags: Flags, found: Iterable[Episode]) -> "Verdict":
        """By the flags of a rule, and the episodes made of them."""
        return cls(detector=detector, flags=flags, onsets=tuple(each.onset for each in found))


@frozen(kw_only=True, field_transformer=as_tuples)
class Compared:
    """One series, and what each rule says of it, in the order of the rules."""

    series: Series
    verdicts: tuple[Verdict, ...]

    @property
    def matrix(self) -> tuple[tuple[int, tuple[bool | None, ...]], ...]:
        """Of each session its number, and the flags: ``True``, ``False`` or ``None``."""
        columns = [[flag.flag for flag in each.flags] for each in self.verdicts]
        sessions = [point.session for point in self.series]
        return tuple(zip(sessions, zip(*columns, strict=True), strict=True))
