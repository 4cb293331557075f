"""Laws of every registered detector, and of whatever is registered later."""

import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

import pytest
from attrs import evolve, fields_dict
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course import every
from tests.course.every import (
    IN_ANY_METRIC,
    OF_SCORES,
    ONLINE,
    RULES,
    SHAPES,
    SPECS,
    courses,
    made,
    shaped,
    told,
)
from tests.environments import ROOT
from therapeutic_alliance.course.caseload import caseload
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.model.alliance import Report, SegmentCodes
from therapeutic_alliance.model.vocabulary.coding import MARKERS


def each(names: Sequence[str]) -> pytest.MarkDecorator:
    """One test for each rule."""
    return pytest.mark.parametrize("rule", [RULES[name] for name in names], ids=names)


@each(ONLINE)
@given(data=st.data())
def test_prefix(rule: every.Rule, data: st.DataObject) -> None:
    """Online: what was said of a session stands, whatever comes later."""
    course = data.draw(courses(rule))
    length = data.draw(st.integers(0, len(course)))
    whole, part = rule.flags(made(rule, course)), rule.flags(made(rule, course[:length]))
    assert part.flags == whole.flags[:length]


def test_what_is_online_says_so() -> None:
    """Else nothing would be asked of it above."""
    retrospective = {rule.id for rule in every.PLAIN.values() if rule.mode == "retrospective"}
    assert retrospective == {
        *("drop-sd-person", "own-mean-sd", "trend-residual", "crisis-run", "individuals-chart"),
        *("sudden-loss", "state-probability-smoothed"),
    }


FOLDED = [name for name in ONLINE if isinstance(RULES[name], ta.OnlineDetector)]


@each(FOLDED)
@given(data=st.data())
def test_live_is_batch(rule: every.Rule, data: st.DataObject) -> None:
    """Also if the state is kept as bytes from one session to the next."""
    series = made(rule, data.draw(courses(rule)))
    state, live = rule.start(series.spec), []
    for point in series:
        state, flag = rule.step(pickle.loads(pickle.dumps(state)), point)  # noqa: S301 - our own
        live.append(flag)
    assert tuple(live) == rule.flags(series).flags


@each(IN_ANY_METRIC)
@given(data=st.data())
def test_the_metric_does_not_matter(rule: every.Rule, data: st.DataObject) -> None:
    """Ties, too; a stated SD is in the metric of the series. Section 0 (1)."""
    course = data.draw(courses(rule))
    for make in (lambda _: rule, *([_stated(rule)] if "sd" in fields_dict(type(rule)) else [])):
        found = {metric: make(metric).flags(made(rule, course, metric)) for metric in every.METRICS}
        assert told(found["mean"]) == told(found["sum"]) == told(found["percent"])


def _stated(rule: every.Rule) -> Callable[[str], every.Rule]:
    """The rule with an SD of .175 of the range, an illustration."""
    given_ = {"reliability": 0.9, "kind": "retest", "source": "an illustration", "cohort": None}
    known = {name: value for name, value in given_.items() if name in fields_dict(type(rule))}
    return lambda metric: evolve(rule, sd=0.175 * (SPECS[metric].high - SPECS[metric].low), **known)


@each([name for name in OF_SCORES if RULES[name].id == every.TOTALS_ONLY])
@pytest.mark.parametrize("scale", every.METRICS)
def test_a_rule_of_totals_refuses_all_else(rule: every.Rule, scale: str) -> None:
    with pytest.raises(ta.SeriesError, match=f"^{rule.id}: totals of 4 items from 0 to 40 only"):
        rule.flags(made(rule, [(1, 30)], scale))


@each(IN_ANY_METRIC)
@given(data=st.data())
def test_noise_of_floats_does_not_matter(rule: every.Rule, data: st.DataObject) -> None:
    """Section 0 (5): scores that are 1e-12 off, as 0.1 + 0.2 is off 0.3, get the same flags."""
    course = data.draw(courses(rule))
    noise = Random(len(course))  # noqa: S311 - a simulation

    def noisy(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(noisy, value))
        return None if value is None else value + noise.choice((-1e-12, 0, 1e-12))

    off = [(n, noisy(value)) for n, value in course]
    assert told(rule.flags(made(rule, off))) == told(rule.flags(made(rule, course)))


@each([*RULES])
@given(data=st.data())
def test_who_else_is_in_the_caseload_does_not_matter(rule: every.Rule, data: st.DataObject) -> None:
    """Nor the order of the cases: each gets what it gets alone, from a copy of the rule."""
    drawn = data.draw(st.lists(courses(rule), min_size=2, max_size=4))
    cases = [made(rule, course, case=f"c{n}") for n, course in enumerate(drawn)]
    asked = {case.case: rule.flags(case) for case in cases}
    shuffled = data.draw(st.permutations(cases))[1:]
    assert {case.case: rule.flags(case) for case in shuffled} == {
        case.case: asked[case.case] for case in shuffled
    }
    assert asked[cases[0].case] == evolve(rule).flags(cases[0])


@each(OF_SCORES)
@given(data=st.data())
def test_the_order_of_the_forms_does_not_matter(rule: every.Rule, data: st.DataObject) -> None:
    """From filled forms to flags: forms in any order, of fewer cases, give the same."""
    drawn = data.draw(st.lists(courses(rule), min_size=2, max_size=3))
    forms = [
        ta.score(FORM, ta.Administration(FORM.id, f"c{case}", session, "client", _answers(value)))
        for case, course in enumerate(drawn)
        for session, value in course
    ]
    flags = {series.case: rule.flags(series) for series in caseload(forms)}
    others = [
        sheet
        for sheet in data.draw(st.permutations(forms))
        if sheet.form and sheet.form.case != "c0"
    ]
    flags.pop("c0", None)
    assert {series.case: rule.flags(series) for series in caseload(others)} == flags
    for case, course in list(enumerate(drawn))[1:]:
        assert not course or told(flags[f"c{case}"]) == told(rule.flags(made(rule, course)))


FORM = ta.Measure(
    id="invented-total",
    version="1",
    name="Invented",
    raters=("client",),
    items=("1", "2", "3", "4"),
    scale=ta.Scale(low=0, high=10),
    scores=(ta.ScoreRule(id="total", items=("1", "2", "3", "4"), aggregate="sum"),),
)


def _answers(total: int | None) -> dict[str, float | None]:
    """Four answers that make a total; none if there is no total."""
    return {str(n + 1): None if total is None else (total + n) // 4 for n in range(4)}


@each([*RULES])
@given(data=st.data())
def test_whose_course_it_is_does_not_matter(rule: every.Rule, data: st.DataObject) -> None:
    course = data.draw(courses(rule))
    flags = rule.flags(made(rule, course))
    for whose in ({"case": "quokka"}, {"person": "numbat"}, {"rater": "therapist"}):
        assert rule.flags(made(rule, course, **whose)) == flags


@each(OF_SCORES)
@given(data=st.data())
def test_built_in_rules_pass_the_look_at_rules_of_others(
    rule: every.Rule, data: st.DataObject
) -> None:
    series = made(rule, data.draw(courses(rule)))
    vet(rule, series, rule.flags(series))


@each(OF_SCORES)
@given(data=st.data())
def test_the_first_observed_session_is_never_flagged(rule: every.Rule, data: st.DataObject) -> None:
    """Section 0 (8): its flag is None, in retrospect too."""
    series = made(rule, data.draw(courses(rule)))
    flags = dict(told(rule.flags(series)))
    assert [flags[point.session] for point in series.observed[:1]] in ([], [None])


@each([*RULES])
@given(data=st.data())
def test_a_flag_stands_on_a_statistic(rule: every.Rule, data: st.DataObject) -> None:
    """Higher is more like a rupture: where it is flagged, it is the threshold or more."""
    for flag in rule.flags(made(rule, data.draw(courses(rule)))):
        assert flag.flag is None or None not in (flag.statistic, flag.threshold)
        assert not flag.flag or flag.statistic >= flag.threshold - ta.EPSILON


SURE = re.compile(r"detected|\bis a rupture|\bno rupture|not a rupture", re.IGNORECASE)
UNQUALIFIED = re.compile(r"(?<!possible )(ruptur|\bwan(e|ing))", re.IGNORECASE)


@each([*RULES])
@given(data=st.data())
def test_words(rule: every.Rule, data: st.DataObject) -> None:
    """Section 0 (4, 15): a reason for None, one line for each, and nothing is for certain."""
    series = made(rule, data.draw(courses(rule)))
    flags = rule.flags(series)
    assert (flags.detector, flags.mode) == (rule.id, rule.mode)
    assert [flag.session for flag in flags] == [point.session for point in series]
    for point, flag in zip(series, flags, strict=True):
        assert flag.why.isprintable()
        assert re.search(r"[a-z]{3}", flag.why)
        assert point.value is not None or flag.flag is None
        assert not SURE.search(flag.why)
        assert not flag.flag or ("possible " in flag.why and not UNQUALIFIED.search(flag.why))
        assert flag.flag or f"possible {flags.sign}" not in flag.why
    if observes(rule) == "scores":
        assert all("possible " in str(episode) for episode in ta.episodes(series, flags))


@each([*RULES])
def test_it_says_where_it_comes_from(rule: every.Rule) -> None:
    """And how sure that is: the confidence marks of ruptures.md, in words."""
    marks = r"verified|second-hand|general knowledge|single.source|reconstruction"
    assert re.search(marks, rule.citation)
    assert rule.citation.isprintable()
    stands_behind = rule.flags(made(rule, [])).conventions
    assert all(words and words.isprintable() for words in stands_behind)


@each([*RULES])
@given(data=st.data())
def test_the_same_again(rule: every.Rule, data: st.DataObject) -> None:
    """Also from a copy by pickle, which is equal and has the same hash; flags are values, too."""
    one, other = (made(rule, data.draw(courses(rule))) for _ in range(2))
    flags = rule.flags(one)
    rule.flags(other)
    copy = pickle.loads(pickle.dumps(rule))  # noqa: S301 - our own
    assert (copy, hash(copy)) == (rule, hash(rule))
    assert rule.flags(one) == copy.flags(one) == flags
    assert pickle.loads(pickle.dumps(flags)) == flags  # noqa: S301 - our own
    assert len({flags, copy.flags(one)}) == 1


@cache
def simulated(name: str) -> list[Any]:
    """Courses for one rule that are drawn without Hypothesis, the same in every process."""
    rule, draw = RULES[name], Random(5)  # noqa: S311 - a simulation
    if observes(rule) == "scores":
        return [made(rule, shaped(shape, seed)) for shape in SHAPES for seed in range(8)]
    return [
        made(rule, [(n, _observed(observes(rule), draw)) for n in (1, 2, 3, 5, 6, 9, 14, 15)])
        for _ in range(6)
    ]


def _observed(kind: str, draw: Random) -> Any:
    if kind == "pre-post":
        return draw.choice([None, *range(20, 41)]), draw.choice([None, *range(20, 41)])
    if kind == "reports":
        rupture = draw.choice([None, True, False])
        return None if rupture is None else Report(id="r", by="c", rupture=rupture)
    markers = draw.sample(sorted(MARKERS), draw.randrange(4))
    return tuple(
        SegmentCodes(id="k", system="3rs", codes=(code,), segment=draw.randint(1, 3))
        for code in markers
    )


def everything() -> str:
    """All flags of all rules on some courses, written out."""
    return repr([[rule.flags(one) for one in simulated(name)] for name, rule in RULES.items()])


@pytest.mark.slow
def test_another_process_says_the_same() -> None:
    """Whatever order its sets and dicts of texts are in."""
    code = "from tests.course.test_every_detector import everything; print(everything())"
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        )
        assert ran.stdout.strip() == everything()


def test_every_rule_flags_something() -> None:
    """Else the laws above would say little of it; courses are drawn of the same shapes."""
    without = {
        name
        for name, rule in RULES.items()
        if not any(rule.flags(one).sessions for one in simulated(name))
    }
    assert without == set()


@each([name for name in every.WITH_COHORT if name != every.ALONE])
def test_without_a_cohort_nothing_is_said(rule: every.Rule) -> None:
    """Section 0 (7): the flag is None, and says what is needed."""
    flags = evolve(rule, cohort=None).flags(made(rule, [(1, 36), (2, 36), (3, None), (4, 20)]))
    assert [flag.flag for flag in flags] == [None] * 4
    assert all("needs" in flag.why for flag in (flags[1], flags[3]))
    assert "needs" in " ".join(flags.conventions)
