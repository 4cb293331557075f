"""No error of this library holds an answer, a case or person id, or free text.

An EHR logs what goes wrong. The canaries below stand where patients' data stand; none may be
found in any text that hangs on an error, however deep.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.privacy.leaks import leaked

WAI = ta.Registry().measure("wai-sr")
SRS = ta.Registry().measure("srs")
NUMBER = 98_321.75
CASE, PERSON, WORDS = "case-Quokka7", "person-Wombat9", "free text Numbat: I hate Mondays"
CANARIES = (NUMBER, 98_321, CASE, PERSON, WORDS, "Quokka", "Wombat", "Numbat", "Bilby", "Potoroo")


class Unhashable:
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return WORDS


class Quoting:
    """What raises with its own content, wherever it is touched."""

    def __index__(self) -> int:
        raise ValueError(WORDS)

    def __repr__(self) -> str:
        return WORDS


ANSWERS: list[Any] = [
    NUMBER, -NUMBER, WORDS, True, float("nan"), 10**400, [WORDS], {WORDS: 1}, {WORDS}, (NUMBER,),
    Unhashable(), Quoting(), complex(NUMBER, 1), b"Numbat", date(2026, 3, 1),
]  # fmt: skip


def _error(act: Callable[[], object]) -> ta.AllianceError:
    with pytest.raises(ta.AllianceError) as caught:
        act()
    return caught.value


def _bare(error: BaseException) -> None:
    """Nothing of what was caught on the way hangs on the error."""
    assert error.__cause__ is None
    assert error.__context__ is None
    assert not getattr(error, "__notes__", None)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
@pytest.mark.parametrize("measure", [WAI, SRS], ids=["whole numbers", "steps"])
def test_answers(measure: ta.Measure, answer: Any) -> None:
    answers = {**dict.fromkeys(measure.items, 5), "2": answer}
    for given_as in (answers, list(answers.values())):
        error = _error(lambda given_as=given_as: ta.score(measure, given_as))  # type: ignore[misc]
        assert leaked(error, *CANARIES) == []
        assert [problem.item for problem in error.problems] == ["2"]
        _bare(error)


def _form(**given: Any) -> ta.Administration:
    facts = {"case": CASE, "session": 1, "rater": "client", "person": PERSON, **given}
    return ta.Administration("wai-sr", **{"answers": dict.fromkeys(WAI.items, 5), **facts})


@pytest.mark.parametrize(
    ("measure", "form"),
    [
        (WAI, _form(answers={"1": NUMBER})),
        (WAI, _form(answers={WORDS: 3})),
        (WAI, _form(rater="therapist")),
        (WAI, _form(measure_version=WORDS)),
        (SRS, _form()),
        (ta.Registry().measure("sai"), _form()),
    ],
    ids=["answer", "unknown item", "rater", "version", "other measure", "open key"],
)
def test_forms(measure: ta.Measure, form: ta.Administration) -> None:
    error = _error(lambda: ta.score(measure, form))
    assert leaked(error, *CANARIES) == []
    _bare(error)


def test_unknown_items() -> None:
    error = _error(lambda: ta.score(WAI, {WORDS: 4, "1": 3}))
    assert leaked(error, *CANARIES) == []
    _bare(error)


@pytest.mark.parametrize("answers", [WORDS, [NUMBER] * 11, [WORDS] * 13])
def test_wrong_number_of_answers(answers: Any) -> None:
    error = _error(lambda: ta.score(WAI, answers))
    assert leaked(error, *CANARIES) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"case": WORDS}, {"person": WORDS}, {"case": 98_321}, {"session": NUMBER},
        {"session": WORDS}, {"rater": WORDS}, {"occasion": WORDS}, {"date": WORDS},
        {"measure_version": 98_321}, {"measure": WORDS},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_administrations(changes: dict[str, Any]) -> None:
    facts = {"measure": "wai-sr", "case": CASE, "session": 1, "rater": "client", "answers": {}}
    error = _error(lambda: ta.Administration(**{**facts, **changes}))
    assert leaked(error, *CANARIES) == []
    assert [problem.path for problem in error.problems] == [f"$.{next(iter(changes))}"]
    _bare(error)


DOCUMENT: dict[str, Any] = {
    "measure": "wai-sr", "case": CASE, "session": 1, "rater": "client", "person": PERSON,
    "answers": {"1": 5},
}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"case": WORDS}, {"case": 98_321}, {"person": WORDS}, {"session": WORDS},
        {"session": NUMBER}, {"rater": WORDS}, {"date": WORDS}, {"date": 98_321},
        {"occasion": WORDS}, {"measure": WORDS}, {"schema": WORDS}, {"schema": NUMBER},
        {WORDS: 1}, {"note": WORDS}, {"answers": WORDS}, {"answers": [NUMBER]},
        {"answers": {"1": WORDS}}, {"answers": {WORDS: "x"}}, {"answers": {"1": [NUMBER]}},
        {"answers": {"1": True}},
    ],
    ids=str,
)  # fmt: skip
def test_documents(changes: dict[str, Any]) -> None:
    text = json.dumps({**DOCUMENT, **changes})
    error = _error(lambda: ta.loads("administration", text))
    assert leaked(error, *CANARIES) == []
    _bare(error)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"case": "{WORDS}", }}',
        f'{{"{WORDS}": 1, "{WORDS}": 2}}',
        f'{{"case": "{WORDS}"',
        f'"{WORDS}"',
        f'["{WORDS}", NaN]',
        f'{{"case": {WORDS}}}',
        f'{{"{WORDS}": {"9" * 5_000}}}',
        "[" * 40 + f'"{WORDS}"',
        f"{WORDS}" * 100_000,
        f"\x00{WORDS}",
    ],
    ids=range(10),
)
@pytest.mark.parametrize("encoded", [False, True], ids=["str", "bytes"])
def test_texts_that_are_not_json(text: str, encoded: bool) -> None:
    source = text.encode() + b"\xff" if encoded else text
    error = _error(lambda: ta.loads("administration", source))
    assert leaked(error, *CANARIES) == []
    _bare(error)


def test_unknown_kind_of_document() -> None:
    loads: Any = ta.loads
    error = _error(lambda: loads(WORDS, "{}"))
    assert leaked(error, *CANARIES) == []


@pytest.mark.parametrize("value", [NUMBER, -NUMBER, WORDS, 10**400, [NUMBER], True])
def test_series(value: Any) -> None:
    error = _error(lambda: ta.Series.of([4, value], low=1, high=5, rater="client"))
    assert leaked(error, *CANARIES) == []
    _bare(error)


def test_series_of_forms() -> None:
    scored = [ta.score(WAI, _form(case=case)) for case in (CASE, "Bilby")]
    error = _error(lambda: ta.series(scored, rater="client", person=PERSON))
    assert leaked(error, *CANARIES) == []
    twice = [ta.score(WAI, _form()), ta.score(WAI, _form())]
    assert leaked(_error(lambda: ta.series(twice, rater="client", person=PERSON)), *CANARIES) == []
    none = _error(lambda: ta.series(twice, rater="client", person="Potoroo"))
    assert leaked(none, *CANARIES) == []


def test_unknown_scores_and_fields() -> None:
    sheet = ta.score(WAI, _form())
    for act in (
        lambda: sheet[WORDS],
        lambda: ta.explain(sheet, WORDS),
        lambda: ta.Series.of([], measure=WAI, score=WORDS),
    ):
        assert leaked(_error(act), *CANARIES) == []


@given(st.text(min_size=3, max_size=30), st.sampled_from(["case", "person", "rater", "date"]))
def test_any_text(text: str, name: str) -> None:
    """Whatever is typed where an id belongs; only texts that the messages cannot hold by chance."""
    canary = f"Quokka{text}"
    source = json.dumps({**DOCUMENT, name: f" {canary}"})
    error = _error(lambda: ta.loads("administration", source))
    assert leaked(error, "Quokka") == []


REFUSALS = {
    "item 1: not a finite number",
    "item 1: not a whole number",
    "item 1: above the highest answer, 5",
    "item 1: below the lowest answer, 1",
}


@given(st.floats().filter(lambda number: number not in (1, 2, 3, 4, 5)))
def test_any_number(number: float) -> None:
    error = _error(lambda: ta.score(WAI, [number, *[5] * 11]))
    assert str(error) in REFUSALS


def test_reprs() -> None:
    """What a debugger, an assertion or ``logging`` writes of the values themselves."""
    form = _form(answers=dict.fromkeys(WAI.items, 5) | {"1": 4}, date=date(2026, 3, 1))
    sheet = ta.score(WAI, form)
    series = ta.series([sheet], rater="client", person=PERSON)
    point = series[0]
    for value in (form, sheet, series, point):
        text = repr(value)
        for canary in (*CANARIES, "2026", "59", "'1': 4"):
            if canary == "59" and value is sheet:
                continue  # a sheet shows its scores, and no answers
            assert str(canary) not in text, type(value).__name__
    assert "answers" not in repr(sheet)


@pytest.mark.parametrize("measure_id", [WORDS, "Quokka"])
def test_no_error_of_the_registry_hangs_on_another(measure_id: str) -> None:
    _bare(_error(lambda: ta.Registry().measure(measure_id)))
    _bare(_error(lambda: ta.Registry().detector(measure_id)))


def test_the_canaries_are_found_where_they_are() -> None:
    """The search itself can fail: an error that quotes, in each of the places."""
    for error in (
        ValueError(WORDS),
        ta.AllianceError(WORDS),
        ta.AnswerError(ta.Problem(rule="x", item=WORDS)),
        ExceptionGroup("x", [ValueError(WORDS)]),
    ):
        assert leaked(error, "Numbat")
    chained = ta.AllianceError("x")
    chained.__context__ = ValueError(WORDS)
    assert leaked(chained, "Numbat")
    noted = ta.AllianceError("x")
    noted.add_note(WORDS)
    assert leaked(noted, "Numbat")
