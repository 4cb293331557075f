"""Whether a score came back to the person's own straight line, after ``trend-residual``."""

from attrs import frozen

from therapeutic_alliance.course.parameters import positive, whole
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.model.finding import Flags


@frozen(kw_only=True)
class Return:
    """Whether a score came back to the line after it had been flagged below it."""

    onset: int
    """The flagged session."""
    returned: bool | None
    """``None``: fewer observed sessions left than the window."""
    session: int | None
    """The session it was back at."""


def returns(flags: Flags, *, window: int = 3, near: float = 0.5) -> tuple[Return, ...]:
    """The returns to the line, from the flags of ``trend-residual``: its own, narrower repair.

    A score has returned at the first of the ``window`` observed sessions after the onset that is
    not flagged and at most ``near`` standard errors below the line. Flags up to then, or up to
    the end of the window, belong to the same onset. A reconstruction of this library;
    :func:`therapeutic_alliance.episodes` gives the recovery that all rules share.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> from therapeutic_alliance import Registry, Series
    >>> series = Series.of([4.2, 4.1, 4.2, 4.3, 3.0, 4.2, 4.1, 4.3], low=1, high=5)
    >>> returns(Registry().detector("trend-residual").flags(series))
    (Return(onset=5, returned=True, session=6),)
    """
    whole("returns", "window", window, 1)
    positive("returns", "near", near)
    seen = [(flag, flag.statistic) for flag in flags if flag.statistic is not None]
    found: list[Return] = []
    position = 0
    while position < len(seen):
        onset = seen[position][0]
        position += 1
        if not onset.flag:
            continue
        after = seen[position : position + window]
        back = next(
            (n for n, (flag, z) in enumerate(after) if not flag.flag and z <= near + EPSILON), None
        )
        if back is None:
            complete = len(after) == window
            found.append(
                Return(onset=onset.session, returned=False if complete else None, session=None)
            )
            position += len(after)
        else:
            found.append(Return(onset=onset.session, returned=True, session=after[back][0].session))
            position += back + 1
    return tuple(found)
