"""What rules flag at the thresholds that they ship with, on simulated courses: tables, to stdout.

``make thresholds`` makes ``docs/guide/shipped-thresholds.txt`` of them. The comparison has the
rules at one matched rate of alarm instead.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.course.simulate import SCENARIOS, SimulatedCase, simulate

CASES, SEED = 2000, 20_001
FIRST_COUNTED = 4
"""No simulated rupture begins earlier."""
BY_COHORT = ("eb-z", "set-aside-z", "drop-sd")
RULES = ("drop-from-best", "rci-drop", *BY_COHORT)
HEADINGS = (
    "rule",
    "of ordinary sessions",
    "of sessions in a rupture",
    "of treatments",
    "of treatments without a rupture",
)


@frozen
class Tally:
    """Of sessions or treatments: whether each was flagged."""

    flagged: list[bool] = field(factory=list)

    def __str__(self) -> str:
        return f"{sum(self.flagged) / len(self.flagged):.1%}".replace("%", "\u00a0%")


@frozen
class Found:
    """What one rule flags in a cohort. Sessions that it cannot judge count as not flagged."""

    ordinary: Tally = field(factory=Tally)
    inside: Tally = field(factory=Tally)
    treatments: Tally = field(factory=Tally)
    without: Tally = field(factory=Tally)

    def count(self, case: SimulatedCase, flags: ta.Flags) -> None:
        """Add a case."""
        scored = [
            (bool(flag.flag), inside)
            for point, flag, inside in zip(case.series, flags, case.inside, strict=True)
            if point.value is not None and point.session >= FIRST_COUNTED
        ]
        for flagged, inside in scored:
            (self.inside if inside else self.ordinary).flagged.append(flagged)
        self.treatments.flagged.append(bool(flags.sessions))
        if not case.ruptures:
            self.without.flagged.append(bool(flags.sessions))


def found(scenario: str, cases: int = CASES, seed: int = SEED) -> Mapping[str, Found]:
    """What each rule flags in a simulated cohort; constants are of as many other cases."""
    tried = simulate(SCENARIOS[scenario], cases, seed)
    others = simulate(SCENARIOS[scenario], cases, seed, first=cases)
    cohort = ta.CohortConstants.fit([each.series for each in others], growth=True)
    registry, tallies = ta.Registry(), {}
    for id_ in RULES:
        rule = registry.detector(id_, **({"cohort": cohort} if id_ in BY_COHORT else {}))
        tallies[id_] = Found()
        for case in tried:
            tallies[id_].count(case, rule.flags(case.series))
    return tallies


def page(cases: int = CASES, seed: int = SEED) -> Iterator[str]:
    """A table for each scenario, line by line."""
    for scenario in ("base", "noisy"):
        tallies = found(scenario, cases, seed)
        ruptured = 1 - len(tallies[RULES[0]].without.flagged) / cases
        yield (
            f"**Simulated, scenario `{scenario}`**: {cases:,} treatments, {ruptured:.0%} of them "
            f"with a rupture; constants of {cases:,} others; seed {seed}. Share that is flagged:"
        ).replace("%", "\u00a0%")
        yield from ("", _line(HEADINGS), _line(["---"] * len(HEADINGS)))
        for id_, each in tallies.items():
            numbers = (each.ordinary, each.inside, each.treatments, each.without)
            yield _line([f"`{id_}`", *map(str, numbers)])
        yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in page())
