"""Draws cases: every case has a stream of random numbers of its own."""

from collections.abc import Iterator
from math import exp, floor, log, sqrt
from random import Random

from attrs import evolve

from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.simulate.case import SimulatedCase, TruePerson, TrueRupture
from therapeutic_alliance.course.simulate.scenario import Scenario

LENGTHS = {"v": (1,), "u": (3, 4, 5), "slide": (2, 3, 4)}
"""How many sessions a shape may last, each as likely; chosen here. Unrepaired ones last on."""
SLIDE_FROM = 0.5
"""Depth of a slide at its onset, as a fraction of its full depth; chosen here."""


def simulate(scenario: Scenario, n: int, seed: int, *, first: int = 0) -> tuple[SimulatedCase, ...]:
    """Cases number ``first`` to ``first + n - 1`` of a simulated cohort.

    A case depends on scenario, seed and its number, and on nothing else: more cases leave those
    before as they are. Between two ruptures lies at least one session outside.

    Raises :class:`AllianceError` if ``n``, ``seed`` or ``first`` is no whole number of 0 or more.

    >>> from therapeutic_alliance.course.simulate import BASE
    >>> [case] = simulate(BASE, 1, seed=7)
    >>> case == simulate(BASE, 20, seed=7)[0] == simulate(BASE, 1, seed=7, first=0)[0]
    True
    """
    for name, value in (("n", n), ("seed", seed), ("first", first)):
        whole("simulate", name, value, 0)
    return tuple(_case(scenario, Random(f"{seed}/{number}")) for number in range(first, first + n))  # noqa: S311


def _case(scenario: Scenario, random: Random) -> SimulatedCase:
    person = _person(scenario, random)
    falls, ruptures = _attended(scenario, random)
    noise = list(_noise(scenario, person.sd, len(falls), random))
    values = [
        _score(scenario, person, person.expected(session) + shift - fall, random)
        if random.random() >= scenario.missing
        else None
        for session, (fall, shift) in enumerate(zip(falls, noise, strict=True), 1)
    ]
    series = Series.of(values, low=scenario.low, high=scenario.high)
    return SimulatedCase(series=series, ruptures=tuple(ruptures), person=person)


def _person(scenario: Scenario, random: Random) -> TruePerson:
    return TruePerson(
        level=random.gauss(scenario.mean, scenario.between_sd),
        sd=_lognormal(scenario.within_sd, scenario.within_cv, random),
        slope=random.gauss(scenario.slope, scenario.slope_sd),
        early=scenario.early,
        straight_liner=random.random() < scenario.straight_liners,
    )


def _lognormal(median: float, cv: float, random: Random) -> float:
    """By its median, and its SD as a fraction of the mean."""
    return median * exp(random.gauss(0, sqrt(log(1 + cv * cv))))


def _attended(scenario: Scenario, random: Random) -> tuple[list[float], list[TrueRupture]]:
    """How far each session that takes place is below what is expected, and the ruptures."""
    falls: list[float] = []
    ruptures: list[TrueRupture] = []
    coming: Iterator[float] = iter(())
    for session in range(1, scenario.sessions + 1):
        fall = next(coming, 0.0)
        just_over = bool(falls and falls[-1]) and not fall
        may_begin = not fall and not just_over and session >= scenario.first_onset
        if may_begin and random.random() < scenario.rupture_hazard:
            rupture, coming = _rupture(scenario, session, random)
            ruptures.append(rupture)
            fall = next(coming)
        falls.append(fall)
        leaves = scenario.dropout_inside if fall else scenario.dropout
        if random.random() < leaves and session >= scenario.least_sessions:
            break
    return falls, [_until(each, len(falls)) for each in ruptures]


def _until(rupture: TrueRupture, session: int) -> TrueRupture:
    """A rupture whose last sessions may not have taken place."""
    return evolve(rupture, last=min(rupture.last, session))


def _rupture(scenario: Scenario, onset: int, random: Random) -> tuple[TrueRupture, Iterator[float]]:
    """A rupture, and how deep it is from session to session."""
    shapes = scenario.shapes
    [shape] = random.choices(list(shapes), list(shapes.values()))
    depth = _lognormal(scenario.depth, scenario.depth_cv, random)
    length = random.choice(LENGTHS.get(shape, (scenario.sessions - onset + 1,)))
    rupture = TrueRupture(onset=onset, last=onset + length - 1, shape=shape, depth=depth)
    return rupture, iter([depth * each for each in _profile(shape, length)])


def _profile(shape: str, length: int) -> list[float]:
    """How deep each session of a rupture is, as a fraction of its depth."""
    if shape == "slide":
        return [SLIDE_FROM + (1 - SLIDE_FROM) * at / (length - 1) for at in range(length)]
    return [1.0] * length


def _noise(scenario: Scenario, sd: float, length: int, random: Random) -> Iterator[float]:
    """Stationary AR(1) with this SD."""
    keep = scenario.autocorrelation
    fresh = sd * sqrt(1 - keep * keep)
    state = random.gauss(0, sd)
    for _ in range(length):
        yield state
        state = keep * state + random.gauss(0, fresh)


def _score(scenario: Scenario, person: TruePerson, latent: float, random: Random) -> float:
    """The mean of whole answers: each lies around the latent value, is rounded and cut off."""
    if person.straight_liner:
        return _answer(scenario, latent)
    answers = [
        _answer(scenario, random.gauss(latent, scenario.item_sd)) for _ in range(scenario.items)
    ]
    return sum(answers) / scenario.items


def _answer(scenario: Scenario, latent: float) -> float:
    return min(max(floor(latent + 0.5), scenario.low), scenario.high)
