"""Values can be sent to other processes and threads, and nobody can change them."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given

import therapeutic_alliance as ta
from tests import strategies
from tests.measures import worked

Form = tuple[ta.Measure, dict[str, float | None]]
MEASURE = ta.Registry().measure("care")
FORM = ta.Administration("care", "c1", 1, "client", dict.fromkeys(MEASURE.items, 4), person="p")
SHEET = ta.score(MEASURE, FORM)
SERIES = ta.Series.of([4.2, None, 3.0], low=1, high=5)
FLAGS = ta.Registry().detector("rci-drop").flags(SERIES)
VALUES: list[Any] = [MEASURE, FORM, SHEET, SHEET["total"], SERIES, FLAGS, ta.Prorate(0.8)]
NAMES = [type(value).__name__ for value in VALUES]


@pytest.mark.parametrize("value", VALUES, ids=NAMES)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(value: Any, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301
    assert copy.deepcopy(value) == value


def test_errors_pickle() -> None:
    """A worker process must be able to tell its parent what was wrong."""
    problem = ta.Problem(rule="above", item="3", row=4, file="a.csv")
    other = ta.Problem(rule="missing", path="$.id")
    for kind in (ta.AnswerError, ta.DefinitionError, ta.TableError, ta.UnknownIdError):
        again = pickle.loads(pickle.dumps(kind([problem, other])))  # noqa: S301
        assert type(again) is kind
        assert again.problems == (problem, other)
        assert str(again) == "a.csv, row 4, item 3: above\n$.id: missing"


def test_an_error_of_very_many_problems_holds_the_first() -> None:
    problems = [ta.Problem(rule="above", row=row) for row in range(30)]
    error = ta.TableError(iter(problems), count=250_000)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    for each in (error, copy.copy(error), again):
        assert (each.problems, each.count) == (tuple(problems), 250_000)
        assert str(each).splitlines()[19:] == ["row 19: above", "... and 249980 more"]
    assert ta.TableError(problems).count == 30
    assert str(ta.TableError(problems)).endswith("... and 10 more")
    assert len(str(ta.TableError(problems[:20])).splitlines()) == 20


@given(strategies.forms())
def test_a_sheet_and_its_measure_pickle(form: Form) -> None:
    sheet = ta.score(*form)
    again = pickle.loads(pickle.dumps(sheet))  # noqa: S301
    assert again == sheet
    assert again.measure.fingerprint == sheet.measure.fingerprint
    assert ta.score(again.measure, form[1]) == sheet


@pytest.mark.parametrize("value", VALUES, ids=NAMES)
def test_nothing_can_be_changed(value: Any) -> None:
    name = value.__attrs_attrs__[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_answers_are_a_copy_and_read_only() -> None:
    given_answers: dict[str, object] = {"1": 5}
    form = ta.Administration("care", "c1", 1, "client", given_answers)
    given_answers["1"] = 1
    assert form.answers["1"] == 5
    answers: Any = form.answers
    with pytest.raises(TypeError):
        answers["1"] = 2


def test_lists_given_become_tuples() -> None:
    items: Any = ["1", "2"]
    rule: Any = ta.ScoreRule(id="total", items=items, aggregate="sum")
    measure = ta.Measure(
        id="x", version="1", name="x", raters=("client",), items=items,
        scale=ta.Scale(low=0, high=1), scores=(rule,),
    )  # fmt: skip
    items.append("3")
    assert measure.items == rule.items == ("1", "2")


def test_threads_give_the_same() -> None:
    """Eight threads, every worked case of every measure, keys compiled while others score."""
    editions = [(worked.edition(file), file) for file in map(worked.read, worked.IDS)]
    jobs = [
        (measure, [None if answer == "" else answer for answer in case["answers"]])
        for measure, file in editions
        for case in file["cases"]
    ] * 4
    alone = [ta.score(*job).scores for job in jobs]
    from therapeutic_alliance.scoring.key import compile_key

    compile_key.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: ta.score(*job).scores, jobs))
    assert together == alone
