"""The contract of phase models."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from attrs import frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import PhaseModel
from therapeutic_alliance.model.finding import Phases
from therapeutic_alliance.model.validity import KEBAB
from therapeutic_alliance.testing.contract import fail, tried
from therapeutic_alliance.testing.rules.everywhere import everywhere
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.rules.rule import SeriesRuleContract

Stretch = tuple[str, int, int]
"""Name, first and last session of a phase."""


@frozen(kw_only=True)
class WorkedPhases:
    """A course with the phases that the author worked out by hand.

    ``values`` are scores from ``low`` to ``high``, ``None`` where none was observed; ``sessions``
    are 1, 2, 3, ... unless given. A phase is its name, first and last session.

    >>> worked = WorkedPhases(values=[3, 4], low=1, high=5, phases=[("formation", 1, 2)])
    >>> len(worked.series), worked.phases
    (2, [('formation', 1, 2)])
    """

    values: Sequence[float | None]
    low: float
    high: float
    phases: Sequence[Stretch]
    sessions: Sequence[int] | None = None
    note: str = ""

    @property
    def series(self) -> Series:
        """The course as a series in the metric ``mean``."""
        return Series.of(self.values, low=self.low, high=self.high, sessions=self.sessions)


def told(phases: Phases) -> tuple[Stretch, ...]:
    """Name, first and last session of each phase."""
    return tuple((phase.name, phase.first, phase.last) for phase in phases)


class PhaseModelContract(SeriesRuleContract):
    """What is asked of every phase model. Give ``phase_model`` and ``worked``.

    >>> from therapeutic_alliance import Registry
    >>> class TestTwoPhase(PhaseModelContract):
    ...     phase_model = Registry().phase_model("two-phase", boundary=2)
    ...     worked = [
    ...         WorkedPhases(
    ...             values=[3, 4, 4],
    ...             low=1,
    ...             high=5,
    ...             phases=[("formation", 1, 2), ("challenge", 3, 3)],
    ...         )
    ...     ]
    >>> TestTwoPhase().test_worked_courses_give_their_phases()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "phase_model": "the model to be tested, with its parameters",
        "worked": "courses whose phases were worked out by hand, at least one with a phase, each a "
        "WorkedPhases; nothing else can show that the model is the one meant",
    }

    listing = "phase_models"
    answer = "phases"

    @property
    def _rule(self) -> PhaseModel[Series]:
        model: PhaseModel[Series] = self.needed("phase_model")
        return model

    def _ask(self, rule: PhaseModel[Series], series: Series) -> Phases:
        return rule.phases(series)

    def _marks(self, answer: Phases) -> tuple[Stretch, ...]:
        return told(answer)

    def _of(self, answer: Phases, sessions: Sequence[int]) -> list[str | None]:
        found = [answer.of(session) for session in sessions]
        return [phase.name if phase else None for phase in found]

    def test_worked_courses_give_their_phases(self) -> None:
        """Exactly those that the author says."""
        worked: Sequence[WorkedPhases] = self.needed("worked")
        for number, each in enumerate(worked, 1):
            found = told(tried(self._rule.phases, each.series))
            if found != tuple(map(tuple, each.phases)):
                note = f" ({each.note})" if each.note else ""
                fail(f"worked course {number}{note}: {list(found)}, worked: {list(each.phases)}")
        if not any(each.phases for each in worked):
            fail("no worked course has a phase: a model that finds none would pass")

    def test_phases_name_the_model(self) -> None:
        """Its id and mode, so that stored phases can be traced."""
        phases = tried(self._rule.phases, ODD["two sessions"])
        assert isinstance(phases, Phases), "phases gives something else than ta.Phases"
        assert (phases.model, phases.mode) == (self._rule.id, self._rule.mode), (
            "the id or mode of the phases is not the model's"
        )

    def test_phases_are_in_order_and_apart(self) -> None:
        """The last session of one stands before the first of the next."""

        def law(series: Series) -> None:
            phases = self._rule.phases(series)
            assert all(phase.first <= phase.last for phase in phases), (
                "a phase ends before it began"
            )
            assert all(one.last < two.first for one, two in pairwise(phases)), (
                "two phases overlap or are not in order"
            )

        everywhere(law)

    def test_phases_lie_within_the_series(self) -> None:
        """From its first session to its last, by session numbers."""

        def law(series: Series) -> None:
            numbers = [point.session for point in series]
            for phase in self._rule.phases(series):
                assert {type(phase.first), type(phase.last)} == {int}, (
                    "first and last are whole numbers"
                )
                assert numbers, "a phase of a series without a session"
                assert numbers[0] <= phase.first <= phase.last <= numbers[-1], (
                    "a phase reaches out of the series: are these positions, not session numbers?"
                )

        everywhere(law)

    def test_names_are_kebab_case(self) -> None:
        """Lower-case words joined by '-', as ids are."""

        def law(series: Series) -> None:
            for phase in self._rule.phases(series):
                named = isinstance(phase.name, str) and KEBAB.fullmatch(phase.name)
                assert named, "the name of a phase is not made of lower-case words joined by '-'"

        everywhere(law)

    def test_every_phase_says_why(self) -> None:
        """In words: why it begins and ends there."""

        def law(series: Series) -> None:
            for phase in self._rule.phases(series):
                said = isinstance(phase.why, str) and re.search(r"[^\W\d]{2}", phase.why)
                assert said, f"phase {phase.name} does not say why"

        everywhere(law)
