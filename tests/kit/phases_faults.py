"""A sound phase model and twins of it, each with one planted fault; see ``test_phases_faults.py``.

The docstring of a class is its fault.
"""

import random
from typing import Any, ClassVar, Literal

from attrs import evolve, field, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import Contract, PhaseModelContract, WorkedPhases

WORKED = (
    WorkedPhases(
        values=[3, None, 4.2, 2], low=1, high=5, phases=[("climb", 1, 2), ("plateau", 3, 4)]
    ),
)


@frozen(kw_only=True)
class Sound:
    """A climb up to the first session that reaches a fraction of the range, then a plateau."""

    mode: ClassVar[Literal["online"]] = "online"
    id, citation = "planted", "invented for this test"
    worked: ClassVar[Any] = WORKED
    fraction: float = 0.75
    names: tuple[str, str] = ("climb", "plateau")

    def level(self, series: ta.Series) -> float:
        """From which score on it is a plateau."""
        return series.spec.low + self.fraction * (series.spec.high - series.spec.low) - 1e-9

    def split(self, series: ta.Series) -> int:
        """How many sessions come before the plateau."""
        level = self.level(series)
        reached = (
            n for n, each in enumerate(series) if each.value is not None and each.value >= level
        )
        return next(reached, len(series))

    def phase(self, name: str, part: Any) -> ta.Phase:
        why = "the level is, or is not, reached"
        return ta.Phase(name=name, first=part[0].session, last=part[-1].session, why=why)

    def phases(self, series: ta.Series) -> ta.Phases:
        split = self.split(series)
        parts = zip(self.names, (series.points[:split], series.points[split:]), strict=True)
        phases = tuple(self.phase(name, part) for name, part in parts if part)
        return ta.Phases(model=self.id, mode=self.mode, phases=phases)


@frozen(kw_only=True)
class LooksAhead(Sound):
    """says online and ends the climb at the highest score of all"""

    def level(self, series: ta.Series) -> float:
        values = [each.value for each in series if each.value is not None]
        best = max(values, default=series.spec.high)
        return max(best, Sound.level(self, series)) - 1e-9


@frozen(kw_only=True)
class Halves(Sound):
    """says online and halves the course"""

    def split(self, series: ta.Series) -> int:
        return len(series) // 2


@frozen(kw_only=True)
class Overlapping(Sound):
    """lets a phase begin with the last session of the one before"""

    def phases(self, series: ta.Series) -> ta.Phases:
        phases = super().phases(series)
        if len(phases) < 2:
            return phases
        one, two = phases
        return evolve(phases, phases=(one, evolve(two, first=one.last)))


@frozen(kw_only=True)
class WrongOrder(Sound):
    """gives the last phase first"""

    def phases(self, series: ta.Series) -> ta.Phases:
        phases = super().phases(series)
        return evolve(phases, phases=tuple(reversed(phases.phases)))


@frozen(kw_only=True)
class BeyondTheEnd(Sound):
    """lets the last phase go on after the last session"""

    def phase(self, name: str, part: Any) -> ta.Phase:
        phase = super().phase(name, part)
        return evolve(phase, last=phase.last + 1) if name == "plateau" else phase


@frozen(kw_only=True)
class Positions(Sound):
    """counts sessions by position, not by session number"""

    def phases(self, series: ta.Series) -> ta.Phases:
        points = tuple(ta.Point(n, each.value) for n, each in enumerate(series, 1))
        return super().phases(evolve(series, points=points))


@frozen(kw_only=True)
class BackToFront(Sound):
    """ends a phase before it begins"""

    def phase(self, name: str, part: Any) -> ta.Phase:
        phase = super().phase(name, part)
        return evolve(phase, first=phase.last, last=phase.first)


@frozen(kw_only=True)
class Titles(Sound):
    """names phases as in a title"""

    names: tuple[str, str] = ("climb", "High Plateau")


@frozen(kw_only=True)
class OfSeveralWords(Sound):
    """names the first phase as in a title, which the worked course shares"""

    def phase(self, name: str, part: Any) -> ta.Phase:
        named = f"{name} phase" if len(part) > 2 else name
        return super().phase(named, part)


@frozen(kw_only=True)
class SaysNothing(Sound):
    """does not say why"""

    def phase(self, name: str, part: Any) -> ta.Phase:
        return evolve(super().phase(name, part), why="-")


@frozen(kw_only=True)
class PointsOfTheScale(Sound):
    """takes 4 points as the level, whatever the range"""

    def level(self, _series: ta.Series) -> float:
        return 4 - 1e-9


@frozen(kw_only=True)
class NoTolerance(Sound):
    """compares floating point numbers without tolerance"""

    fraction: float = 0.55

    def level(self, series: ta.Series) -> float:
        return series.spec.low + self.fraction * (series.spec.high - series.spec.low)


@frozen(kw_only=True)
class Chance(Sound):
    """draws random numbers for its level"""

    def level(self, series: ta.Series) -> float:
        return super().level(series) * random.uniform(0.8, 1)  # noqa: S311


@frozen(kw_only=True)
class Remembers(Sound):
    """keeps the levels it has seen in its own field"""

    seen: list[float] = field(factory=list, eq=False)

    def split(self, series: ta.Series) -> int:
        self.seen.append(len(series))
        return min(super().split(series), round(sum(self.seen) / len(self.seen)))


@frozen(kw_only=True)
class KnowsTheCase(Sound):
    """has another level for some case ids"""

    def level(self, series: ta.Series) -> float:
        return super().level(series) * (0.5 if "q" in (series.case or "") else 1)


@frozen(kw_only=True)
class CrashesOnEmpty(Sound):
    """takes the first session without asking whether there is one"""

    def split(self, series: ta.Series) -> int:
        assert series[0].session
        return super().split(series)


@frozen(kw_only=True)
class ComparesTheUnobserved(Sound):
    """compares scores without asking whether they were observed"""

    def split(self, series: ta.Series) -> int:
        values: Any = [each.value for each in series]
        return next((n for n, value in enumerate(values) if value >= self.level(series)), 0)


@frozen(kw_only=True)
class ChangesTheSeries(Sound):
    """fills unobserved sessions in the series it is given"""

    def phases(self, series: ta.Series) -> ta.Phases:
        for point in series:
            if point.value is None:
                object.__setattr__(point, "value", series.spec.low)
        return super().phases(series)


@frozen(kw_only=True)
class NamesAnother(Sound):
    """signs its phases with the id of another model"""

    def phases(self, series: ta.Series) -> ta.Phases:
        return evolve(super().phases(series), model="two-phase")


@frozen(kw_only=True)
class Prints(Sound):
    """prints what it sees"""

    def split(self, series: ta.Series) -> int:
        print(series)
        return super().split(series)


@frozen(kw_only=True, eq=False)
class HashesById(Sound):
    """is compared and hashed by identity"""

    __eq__, __hash__ = object.__eq__, object.__hash__


@frozen(kw_only=True)
class Forgotten(Sound):
    """no course is worked"""

    worked: ClassVar[Any] = ()


FAULTS: list[type[Sound]] = [
    each
    for each in vars().copy().values()
    if isinstance(each, type) and issubclass(each, Sound) and each is not Sound
]

TWINS: list[type[Sound]] = [Sound, *FAULTS]


def _contract(planted: type[Sound]) -> type[Contract]:
    """The contract as an author would subclass it."""
    given = {"__module__": __name__, "phase_model": planted(), "worked": planted.worked}
    return type(f"Test{planted.__name__}", (PhaseModelContract,), given)


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
