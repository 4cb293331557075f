"""Bad input, for every registered detector: None with a reason, or one clear error; no warning.

Warnings are errors in these tests, those of NumPy too.
"""

from collections.abc import Mapping, Sequence
from math import inf, nan
from types import UnionType
from typing import Any, Literal, get_args, get_origin

import pytest
from attrs import evolve, fields, fields_dict

import therapeutic_alliance as ta
from tests.course import every
from tests.course.every import RULES, made, of_scores
from therapeutic_alliance.course.caseload import caseload
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.crisis_run import CrisisRun
from therapeutic_alliance.course.detectors.drop_sd import DropSd
from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
from therapeutic_alliance.course.detectors.pre_post import PrePostDrop
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop
from therapeutic_alliance.course.detectors.srs_rules import SrsRules
from therapeutic_alliance.course.evidence import pre_post
from therapeutic_alliance.course.observations import Observation, Observations
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.model.vocabulary.coding import CodingSystem

OF_SCORES = {name: rule for name, rule in RULES.items() if observes(rule) in ("scores", "pre-post")}
EVERY = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
EVERY_OF_SCORES = pytest.mark.parametrize("rule", OF_SCORES.values(), ids=list(OF_SCORES))


def _flags(rule: every.Rule, series: Any) -> ta.Flags:
    """The flags of a series; those of scores are looked at as a plugin's would be."""
    flags: ta.Flags = rule.flags(series)
    if observes(rule) == "scores":
        vet(rule, series, flags)
    assert all(flag.why for flag in flags)
    assert len(flags) == len(series)
    return flags


@EVERY
def test_no_session(rule: every.Rule) -> None:
    assert _flags(rule, made(rule, [])).flags == ()


@EVERY
def test_nothing_was_observed(rule: every.Rule) -> None:
    """All missing; each session says so."""
    nothing = (None, None) if observes(rule) == "pre-post" else None
    flags = _flags(rule, made(rule, [(n, nothing) for n in (1, 2, 3, 9)]))
    assert {flag.flag for flag in flags} == {None}


SHORT: Mapping[str, list[float | None]] = {
    "one session": [30],
    "one session at the floor": [0],
    "one session, late": [None, None, 12],
    "two sessions": [40, 0],
    "two alike": [30, 30],
}


@EVERY_OF_SCORES
@pytest.mark.parametrize("values", SHORT.values(), ids=list(SHORT))
def test_few_sessions(rule: every.Rule, values: list[float | None]) -> None:
    """The first is not evaluable; at the second a rule either needs more, or sees the fall."""
    flags = _flags(rule, of_scores(rule, values))
    first = next(n for n, value in enumerate(values) if value is not None)
    assert not flags[first].flag
    assert set(flags.sessions) <= ({2} if values == [40, 0] else set())


@EVERY_OF_SCORES
@pytest.mark.parametrize("level", [0, 1, 20, 36.3, 40])
@pytest.mark.parametrize("length", [3, 12])
def test_all_equal(rule: every.Rule, level: float, length: int) -> None:
    """An SD of 0: nothing fell, whatever the level; at the ceiling information is low."""
    flags = _flags(rule, of_scores(rule, [level] * length))
    far_below = level < 36 and rule.id in _BY_LEVEL
    assert flags.sessions == () or far_below
    if level == 40:
        assert flags.low_information
        assert flags.sessions == ()


_BY_LEVEL = {name for name, rule in every.WITH_COHORT.items() if name != every.ALONE}
"""Compare with a cohort: who lies far below it can be flagged without a fall."""


@EVERY_OF_SCORES
def test_one_item_below_the_ceiling(rule: every.Rule) -> None:
    """Series C2 of section 0: no rule takes a twelfth of a point for a rupture."""
    c2 = [5.0, 5.0, 5.0, 5.0, 5.0, 59 / 12, 5.0, 5.0]
    flags = _flags(rule, of_scores(rule, [(value - 1) * 10 for value in c2]))
    assert flags.sessions == ()
    assert flags.low_information


NEIGHBOURS = {
    name: rule
    for name, rule in OF_SCORES.items()
    if "max_gap" in fields_dict(type(rule)) and not rule.id.startswith("individuals-chart")
}
"""Rules that compare neighbours. In a chart a long gap makes no moving range; the score is compared
with the limit all the same."""


@EVERY_OF_SCORES
@pytest.mark.parametrize("last", [1_000, 10**9])
def test_long_gaps(rule: every.Rule, last: int) -> None:
    """Whoever compares neighbours tells how many sessions are missing."""
    sessions = [*range(1, 12), last, last + 1, 2 * last]
    flags = _flags(rule, of_scores(rule, [36, 35, 36] * 3 + [35, 36, 20, 36, 12], sessions))
    if rule in NEIGHBOURS.values():
        assert [flags[at].flag for at in (11, 13)] == [None, None]
        assert f"{last - 12} sessions were not observed since session 11" in flags[11].why
        assert "sessions were not observed since session" in flags[13].why


@pytest.mark.parametrize("longest", [0, 1, 2, 3])
@pytest.mark.parametrize("rule", NEIGHBOURS.values(), ids=list(NEIGHBOURS))
def test_the_gap_that_is_allowed(rule: every.Rule, longest: int) -> None:
    """Section 0 (3): so many unobserved sessions are let pass, one more is not."""
    strict = evolve(rule, max_gap=longest)
    for missing in range(5):
        sessions = [*range(1, 12), *range(missing + 12, missing + 15)]
        flag = _flags(strict, of_scores(rule, [36.0] * 11 + [20.0] * 3, sessions))[11]
        assert (flag.flag is None) is (missing > longest)


TIES: Mapping[str, tuple[every.Rule, list[float], list[bool | None]]] = {
    "H1": (DropSd(sd=0.3), [4.3, 4.0, 3.7, 3.5], [None, True, True, False]),
    "H1b": (DropFromBest(), [4.3, 3.7, 3.8], [None, True, False]),
    "H6": (RciDrop(), [4.3, 3.7, 3.2], [None, True, False]),
    "H4, SD at its floor": (CrisisRun(k=2), [*[4.3] * 9, 4.0], [None, *[False] * 8, True]),
    "H5, strict": (
        IndividualsChart(centre="fixed", fixed_centre=4.3, fixed_sigma=0.3, L=1),
        [4.3, 4.0, 3.9],
        [None, False, True],
    ),
}


@pytest.mark.parametrize(("rule", "values", "expected"), TIES.values(), ids=list(TIES))
def test_just_at_the_threshold(
    rule: every.Rule, values: list[float], expected: list[bool | None]
) -> None:
    """4.3 - 4.0 is 0.2999999999999998, and counts as 0.3; 0.15 * 4 is a little less than 0.6."""
    flags = _flags(rule, ta.Series.of(values, low=1, high=5))
    assert [flag.flag for flag in flags] == expected


def test_just_at_the_threshold_of_totals_and_of_pairs() -> None:
    """H7: a fall of 1.0; H12: 0.3 within the session and between sessions."""
    totals = ta.Series.of([37.1, 36.1, 35.2], low=0, high=40, metric="sum")
    assert SrsRules().flags(totals).sessions == (2,)
    before, after = (ta.Series.of(values, low=1, high=5) for values in ([4.3, 3.7], [4.0, 3.7]))
    assert PrePostDrop(k=1, sd=0.3).flags(pre_post(before, after)).sessions == (1, 2)


@pytest.mark.slow
@EVERY
def test_a_hundred_thousand_sessions(rule: every.Rule) -> None:
    """No recursion, no list of lists; and the numbers stay numbers."""
    kind, length = observes(rule), 100_000
    falls = [36 - 20 * (n % 50 > 46) - n % 3 for n in range(length)]
    if kind in ("scores", "pre-post"):
        series = of_scores(rule, [*map(float, falls)])
    else:
        series = made(rule, [(n, None) for n in range(1, length + 1)])
    flags = _flags(rule, series)
    assert len(flags) == length
    if kind == "scores" and rule.id not in {"waning", "sudden-loss"}:
        assert len(flags.sessions) >= length // 50 - 50


BAD_COURSES: Mapping[str, tuple[list[float | None], list[int] | None, str]] = {
    "duplicated": ([3, 3], [4, 4], "session 4: stands there twice"),
    "decreasing": ([3, 3], [4, 2], "session 2: stands after session 4"),
    "from 0": ([3], [0], "point 1: a session number is a whole number from 1"),
    "NaN": ([3, nan], None, "session 2: not a finite number"),
    "infinite": ([3, -inf], None, "session 2: not a finite number"),
    "too high": ([3, 5.01], None, "session 2: outside the possible range, 1 to 5"),
    "too low": ([3, 0.99], None, "session 2: outside the possible range, 1 to 5"),
    "a text": (["3"], None, "session 1: not a number"),  # type: ignore[list-item]
    "a bool": ([True], None, "session 1: not a number"),
}


@pytest.mark.parametrize(("values", "sessions", "told"), BAD_COURSES.values(), ids=BAD_COURSES)
def test_what_is_no_course_reaches_no_rule(
    values: list[float | None], sessions: list[int] | None, told: str
) -> None:
    """One error, and no score in it."""
    with pytest.raises(ta.SeriesError) as error:
        ta.Series.of(values, low=1, high=5, sessions=sessions)
    assert str(error.value) == told
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("numbers", [(4, 4), (4, 2), (0, 1), (1.5, 2), (True, 2)])
def test_what_is_no_course_of_reports_reaches_no_rule(numbers: tuple[Any, Any]) -> None:
    with pytest.raises(ta.SeriesError) as error:
        Observations(kind="reports", points=tuple(Observation(n, None) for n in numbers))
    assert len(error.value.problems) == 1


def test_two_editions_make_no_series() -> None:
    """Nor is one of them left out silently."""
    known = ta.Registry().measure("arm-5")
    answers = dict.fromkeys(known.items, 5)
    sheets = [
        ta.score(measure, ta.Administration("arm-5", "c1", n, "client", answers))
        for n, measure in enumerate([known, evolve(known, version="another")], 1)
    ]
    with pytest.raises(ta.SeriesError, match=r"^two editions of arm-5: a series is of one$"):
        caseload(sheets)


WRONG: Mapping[Any, Sequence[Any]] = {
    float: (nan, inf, -inf, -1, -0.5, 10**400, "3", True, [1.0], 1 + 2j),
    int: (nan, inf, -1, 10.0, 2.5, "3", True, [1]),
    Literal: ("no-such", "", 3, ["MR"]),
    tuple: ("no-such", ("no-such",), (3,), ()),
    CohortConstants: ("no-such", 3, 0, {}),
    StateModel: ("no-such", 3, 0, {}),
    CodingSystem: ("no-such", 3, 0, {}),
}
"""What a parameter cannot be, by what it is said to be."""


def _kinds(type_: Any) -> set[Any]:
    """What a type is made of, without ``None``."""
    if get_origin(type_) is UnionType:
        return {kind for each in get_args(type_) for kind in _kinds(each)}
    return {get_origin(type_) or type_} - {type(None)}


PARAMETERS = [
    pytest.param(rule, field.name, *_kinds(field.type), id=f"{id_}: {field.name}")
    for id_, rule in every.PLAIN.items()
    for field in fields(type(rule))
    if field.init
]


@pytest.mark.parametrize(("rule", "name", "kind"), PARAMETERS)
def test_parameters_out_of_range(rule: every.Rule, name: str, kind: Any) -> None:
    """One AllianceError, which names the parameter and not its value."""
    for value in WRONG.get(kind, ()):
        with pytest.raises(ta.AllianceError) as error:
            every.REGISTRY.detector(rule.id, **{name: value})
        assert name.rpartition("_")[2] in str(error.value), value
