"""The near-oracle: what could be known if the person's true parameters were.

A chain of two states, outside and inside a rupture, with the true level, growth and SD of the
person and the true distribution of depths; gradual falls and the autocorrelation are left out,
and a rupture is as likely to end at each session. No rule can know so much; a bound that is near,
not exact.
"""

from collections.abc import Iterator, Sequence
from math import erf, exp, inf, log, sqrt
from statistics import NormalDist

from attrs import frozen

from therapeutic_alliance.course.simulate.case import SimulatedCase
from therapeutic_alliance.course.simulate.scenario import Scenario

DEPTHS = 8
"""Points that the distribution of depths is replaced by."""
LEAST = 1e-12
"""Least likelihood of a score."""


@frozen
class NearOracle:
    """Statistics from the truth behind a cohort, online and in hindsight."""

    scenario: Scenario
    depths: tuple[float, ...]
    entry: float
    """Chance that a rupture begins at a session."""
    exit: float
    """Chance that it is over at the next one, as often as in the cohort."""

    @classmethod
    def of(cls, scenario: Scenario, cases: Sequence[SimulatedCase]) -> "NearOracle":
        """With the chance to leave a rupture of these cases."""
        inside = sum(sum(case.inside) for case in cases)
        ruptures = sum(len(case.ruptures) for case in cases)
        spread = sqrt(log(1 + scenario.depth_cv**2))
        normal = NormalDist()
        points = [normal.inv_cdf((n + 0.5) / DEPTHS) for n in range(DEPTHS)]
        return cls(
            scenario,
            tuple(scenario.depth * exp(spread * each) for each in points),
            scenario.rupture_hazard,
            ruptures / inside if inside else 0.5,
        )

    def statistics(self, case: SimulatedCase, *, hindsight: bool = False) -> list[float]:
        """Of each session the chance to lie inside a rupture; ``-inf`` where not observed."""
        states = list(self._forward(case))
        if hindsight:
            states = self._back(case, states)
        return [
            -inf if point.value is None else now
            for point, now in zip(case.series, states, strict=True)
        ]

    def _entry(self, session: int) -> float:
        return self.entry if session >= self.scenario.first_onset else 0.0

    def _forward(self, case: SimulatedCase) -> Iterator[float]:
        inside = 0.0
        for point in case.series:
            entry = self._entry(point.session)
            inside = inside * (1 - self.exit) + (1 - inside) * entry
            if point.value is not None:
                out, in_ = self._likelihoods(case, point.session, point.value)
                inside = inside * in_ / (inside * in_ + (1 - inside) * out)
            yield inside

    def _back(self, case: SimulatedCase, forward: Sequence[float]) -> list[float]:
        """The backward recursion: what later scores say of each session."""
        if not forward:
            return []
        after = forward[-1]
        found = [after]
        for point, now in zip(
            reversed(case.series.points[1:]), reversed(forward[:-1]), strict=True
        ):
            entry = self._entry(point.session)
            predicted = now * (1 - self.exit) + (1 - now) * entry
            stays = after * (1 - self.exit) / predicted if predicted else 0.0
            leaves = (1 - after) * self.exit / (1 - predicted)
            after = now * (stays + leaves)
            found.append(after)
        return found[::-1]

    def _likelihoods(self, case: SimulatedCase, session: int, score: float) -> tuple[float, float]:
        """Of a score outside a rupture and inside one."""
        scenario, person = self.scenario, case.person
        half, noise = 0.5, 0.0
        if not person.straight_liner:
            half /= scenario.items
            noise = (scenario.item_sd**2 + 1 / 12) / scenario.items
        sd = sqrt(person.sd**2 + noise)
        upper = inf if score > scenario.high - half else score + half
        lower = -inf if score < scenario.low + half else score - half
        expected = person.expected(session)
        outside = _between(lower - expected, upper - expected, sd)
        inside = [
            _between(lower - expected + depth, upper - expected + depth, sd)
            for depth in self.depths
        ]
        return max(outside, LEAST), max(sum(inside) / len(inside), LEAST)


def _between(lower: float, upper: float, sd: float) -> float:
    """Of a normal distribution around 0."""
    return (erf(upper / (sd * sqrt(2))) - erf(lower / (sd * sqrt(2)))) / 2
