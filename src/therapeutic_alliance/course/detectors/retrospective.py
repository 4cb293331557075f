"""Detectors that need the whole course: a flag can change with every new session."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.not_evaluable import FIRST, not_evaluable, not_observed
from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.model.scored import ScoreSpec


@frozen
class RetrospectiveDetector(ABC):
    """Define :meth:`judge`; :meth:`flags` puts its flags in the order of the series.

    Sessions without a score, and the first with one, get their flags by themselves.

    >>> from attrs import frozen
    >>> import therapeutic_alliance as ta
    >>> @frozen
    ... class Lowest(ta.RetrospectiveDetector):
    ...     id, citation = "lowest", "invented for this example"
    ...     def judge(self, observed, spec):
    ...         least = min(score for _, score in observed)
    ...         for session, score in observed:
    ...             yield ta.Flag(session=session, flag=score == least, why="lowest, or not")
    >>> Lowest().flags(ta.Series.of([3, 2, None, 4], low=1, high=5)).sessions
    (2,)
    """

    @property
    def mode(self) -> Literal["retrospective"]:
        """A flag uses later sessions too."""
        return "retrospective"

    @property
    @abstractmethod
    def id(self) -> str:
        """Kebab-case id."""

    @abstractmethod
    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterable[Flag]:
        """A flag for each observed session; there is at least one.

        The first may be left out: nothing lies before it, and its flag is ``None`` in any case.
        """

    @property
    def conventions(self) -> tuple[str, ...]:
        """The conventions or constants that stand behind the flags, in words."""
        return ()

    @property
    def to_the_end(self) -> bool:
        """Whether recovery is looked for to the end of the series, see :class:`Flags`."""
        return False

    def flags(self, series: Series) -> Flags:
        """One flag for each point of the series, in its order."""
        observed = series.session_scores
        judged: dict[int, Flag] = {}
        if observed:
            judged = {each.session: each for each in self.judge(observed, series.spec)}
            first = not_evaluable(observed[0][0], FIRST)
            known = judged.get(first.session, first)
            judged[first.session] = evolve(known, flag=None, why=FIRST)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(
                not_observed(each.session) if each.value is None else judged[each.session]
                for each in series
            ),
            conventions=self.conventions,
            low_information=series.at_ceiling,
            to_the_end=self.to_the_end,
        )
