"""Detectors that need the whole course: a flag can change with every new session."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.ends_of_sessions import of_occasion
from therapeutic_alliance.course.detectors.misfit import misfit
from therapeutic_alliance.course.detectors.not_evaluable import (
    FIRST,
    none_evaluable,
    not_evaluable,
    not_observed,
)
from therapeutic_alliance.course.observations import scores_needed
from therapeutic_alliance.course.parameters import parameters_of
from therapeutic_alliance.course.series import Series, SessionScore
from therapeutic_alliance.errors import PluginError
from therapeutic_alliance.model.finding import Flag, Flags, Sign
from therapeutic_alliance.model.scored import ScoreSpec


@frozen
class RetrospectiveDetector(ABC):
    """Define :meth:`judge`; :meth:`flags` puts its flags in the order of the series.

    Sessions without a score, and the first with one, get their flags by themselves. Of a rule
    with a field ``cohort`` whose constants are of another measure, score or rater, every flag is
    ``None``, and ``judge`` is not asked. Raises :class:`PluginError` if ``judge`` leaves a session
    out, gives one twice, or one that was not observed.

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

    @property
    def sign(self) -> Sign:
        """What a flag is a possible sign of."""
        return "rupture"

    def flags(self, series: Series) -> Flags:
        """One flag for each point of the series, in its order.

        Raises :class:`SeriesError` for anything but scores.
        """
        scores_needed(self.id, series)
        why = misfit(self, series)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(none_evaluable(series, why) if why else _in_order(self, series)),
            conventions=(*self.conventions, *of_occasion(series, self.sign)),
            parameters=parameters_of(self),
            low_information=series.at_ceiling,
            sign=self.sign,
            to_the_end=self.to_the_end,
        )


def _in_order(rule: RetrospectiveDetector, series: Series) -> Iterator[Flag]:
    """A function, as the next one, so that no subclass overrides it unawares."""
    observed = series.session_scores
    judged = _judged(rule, observed, series.spec) if observed else {}
    return (
        not_observed(each.session) if each.value is None else judged[each.session]
        for each in series
    )


def _judged(
    rule: RetrospectiveDetector, observed: Sequence[SessionScore], spec: ScoreSpec
) -> Mapping[int, Flag]:
    """The flag of each observed session; there is at least one."""
    first, sessions = observed[0][0], [session for session, _ in observed]
    judged: dict[int, Flag] = {}
    for each in rule.judge(observed, spec):
        if each.session in judged:
            raise PluginError(f"{rule.id}: judge gave two flags for session {each.session}")
        judged[each.session] = each
    judged[first] = evolve(judged.get(first) or not_evaluable(first, FIRST), flag=None, why=FIRST)
    for session in sessions:
        if session not in judged:
            raise PluginError(f"{rule.id}: judge gave no flag for session {session}")
    if extra := judged.keys() - set(sessions):
        raise PluginError(f"{rule.id}: judge gave a flag for session {min(extra)}, not observed")
    return judged
