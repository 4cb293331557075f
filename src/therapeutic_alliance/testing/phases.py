"""The contract of phase models."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import cycle, pairwise
from typing import ClassVar

from attrs import asdict, evolve, frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import PhaseModel
from therapeutic_alliance.model.finding import Phases
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.validity import KEBAB
from therapeutic_alliance.testing.contract import Contract, fail, holds
from therapeutic_alliance.testing.everywhere import everywhere
from therapeutic_alliance.testing.metrics import APART, METRICS, TIED, in_every_metric
from therapeutic_alliance.testing.odd import ODD
from therapeutic_alliance.testing.silence import unprinted, unwarned
from therapeutic_alliance.testing.simulated import renamed, simulated
from therapeutic_alliance.testing.strategies import series as drawn
from therapeutic_alliance.testing.value import check_value

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


class PhaseModelContract(Contract):
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

    @property
    def _model(self) -> PhaseModel[Series]:
        model: PhaseModel[Series] = self.needed("phase_model")
        return model

    def test_worked_courses_give_their_phases(self) -> None:
        """Exactly those that the author says."""
        worked: Sequence[WorkedPhases] = self.needed("worked")
        for number, each in enumerate(worked, 1):
            found = told(self._model.phases(each.series))
            if found != tuple(map(tuple, each.phases)):
                note = f" ({each.note})" if each.note else ""
                fail(f"worked course {number}{note}: {list(found)}, worked: {list(each.phases)}")
        if not any(each.phases for each in worked):
            fail("no worked course has a phase: a model that finds none would pass")

    def test_phases_name_the_model(self) -> None:
        """Its id and mode, so that stored phases can be traced."""
        phases = self._model.phases(ODD["two sessions"])
        assert isinstance(phases, Phases), "phases gives something else than ta.Phases"
        assert (phases.model, phases.mode) == (self._model.id, self._model.mode), (
            "the id or mode of the phases is not the model's"
        )

    def test_phases_are_in_order_and_apart(self) -> None:
        """The last session of one stands before the first of the next."""

        def law(series: Series) -> None:
            phases = self._model.phases(series)
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
            for phase in self._model.phases(series):
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
            for phase in self._model.phases(series):
                named = isinstance(phase.name, str) and KEBAB.fullmatch(phase.name)
                assert named, "the name of a phase is not made of lower-case words joined by '-'"

        everywhere(law)

    def test_every_phase_says_why(self) -> None:
        """In words: why it begins and ends there."""

        def law(series: Series) -> None:
            for phase in self._model.phases(series):
                said = isinstance(phase.why, str) and re.search(r"[^\W\d]{2}", phase.why)
                assert said, f"phase {phase.name} does not say why"

        everywhere(law)

    def test_phases_are_the_same_again(self) -> None:
        """Also after other series, and by a copy of the model: nothing is remembered."""
        others = cycle(simulated(7))

        def law(series: Series) -> None:
            first = self._model.phases(series)
            self._model.phases(next(others))
            assert self._model.phases(series) == first, (
                "the same series gets other phases the second time"
            )
            assert evolve(self.needed("phase_model")).phases(series) == first, (
                "a copy of the model gives other phases"
            )

        everywhere(law)

    def test_series_stays_as_it_was(self) -> None:
        """A model looks and does not touch."""

        def law(series: Series) -> None:
            before = asdict(series)
            self._model.phases(series)
            assert asdict(series) == before, "the series is changed"

        everywhere(law)

    def test_later_sessions_change_no_phase(self) -> None:
        """If it says ``online``: sessions 1 to t keep the names of their phases."""
        if self._model.mode != "online":
            return

        def law(series: Series) -> None:
            whole = self._model.phases(series)
            for length in range(len(series)):
                part = self._model.phases(evolve(series, points=series.points[:length]))
                numbers = [point.session for point in series][:length]
                assert _names(part, numbers) == _names(whole, numbers), (
                    "mode is online, yet a session's phase changes when later sessions arrive"
                )

        everywhere(law)

    def test_the_metric_does_not_matter(self) -> None:
        """The same scores as sum, mean and percent give the same phases."""
        self._same_in_every_metric(APART, "thresholds are to be fractions of the possible range")

    def test_ties_fall_alike_in_every_metric(self) -> None:
        """Scores that lie exactly on a threshold, too: compare with a tolerance, as of 1e-9."""
        self._same_in_every_metric(TIED, "is a comparison without tolerance? 4.3 - 3.7 < 0.6")

    def _same_in_every_metric(self, measure: Measure, hint: str) -> None:
        for course in in_every_metric(measure):
            found = {metric: told(self._model.phases(course[metric])) for metric in METRICS}
            for metric in METRICS[1:]:
                assert found[metric] == found["sum"], (
                    f"other phases as {metric} than as sum: {hint}"
                )

    def test_labels_do_not_matter(self) -> None:
        """Whose series it is changes no phase."""

        def law(series: Series) -> None:
            first, second = renamed(series, "quokka"), renamed(series, "numbat")
            assert self._model.phases(first) == self._model.phases(second), (
                "another case or person with the same scores gets other phases"
            )
            assert told(self._model.phases(series)) == told(self._model.phases(first)), (
                "another rater with the same scores gets other phases"
            )

        everywhere(law)

    def test_odd_series_are_answered(self) -> None:
        """Short, empty, level, with gaps: phases or none, no exception and no warning."""
        for name, series in ODD.items():
            try:
                unwarned(partial(self._model.phases, series))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                fail(f"{name}: {type(error).__name__}: {error}")

        def law(series: Series) -> None:
            unwarned(partial(self._model.phases, series))

        holds(law, drawn())

    def test_model_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value("phase_models", self._model)

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr."""

        def law(series: Series) -> None:
            unprinted(partial(self._model.phases, series))

        everywhere(law)


def _names(phases: Phases, numbers: Sequence[int]) -> list[str | None]:
    found = [phases.of(number) for number in numbers]
    return [phase.name if phase else None for phase in found]
