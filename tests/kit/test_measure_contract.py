"""The contract holds for our own measures, and for shapes of measures that we do not have."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.measures import worked
from therapeutic_alliance.model.evidence import Evidence
from therapeutic_alliance.model.measure import ItemScale
from therapeutic_alliance.testing import MeasureContract, Worked, answers, measures
from therapeutic_alliance.testing.keys.arithmetic import by_hand
from therapeutic_alliance.testing.keys.mutants import Mutant, mutants, same_key

TESTS = [name for name in vars(MeasureContract) if name.startswith("test_")]
PUBLISHED = {
    "arm-5": "a mean, one item reversed",
    "care": "an author's rule for missing answers",
    "softa-o": "ratings that are never summed",
    "srs": "visual analogue scales",
    "sai": "an open scale that was stated",
    "star-p": "an open key that was completed",
    "wai-sr": "a total of three scores",
    "wai-srt": "scores of two items",
}


def _published(measure_id: str) -> MeasureContract:
    """The contract of a built-in measure, from its worked cases."""
    file = worked.read(measure_id)
    forms = [
        Worked(
            answers=[None if answer == "" else answer for answer in case["answers"]],
            scores={
                name: None if value == "not-scorable" else value
                for name, value in case["scores"].items()
            },
            missing=ta.Prorate(case["prorate"]) if "prorate" in case else None,
            note=case["note"],
        )
        for case in file["cases"]
    ]
    answers_refused: dict[str, list[Any]] = {}
    for each in file["refused"]:
        answers_refused.setdefault(each["item"], []).append(each["answer"])

    class Published(MeasureContract):
        measure = worked.edition(file)
        worked = forms
        ranges = {name: (file["low"][name], file["high"][name]) for name in file["low"]}  # noqa: RUF012
        refused = answers_refused

    return Published()


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("measure_id", PUBLISHED)
def test_our_own_measures(measure_id: str, test: str) -> None:
    getattr(_published(measure_id), test)()


FACTS: Any = ("raters", "items", "scale", "scores", "reverse", "aggregate", "missing")
STATED: dict[str, Any] = {
    "version": "1",
    "name": "Invented",
    "raters": ("client",),
    "status": "stated",
    "status_reason": "invented",
    "evidence": tuple(Evidence(fact=fact, grade="stated") for fact in FACTS),
}
LINE = ta.Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm")


class TestOneItem(MeasureContract):
    measure = ta.Measure(
        id="one",
        items=("q1",),
        scale=ta.Scale(low=-1, high=1),
        reverse=("q1",),
        scores=(ta.ScoreRule(id="total", items=("q1",), aggregate="rating"),),
        **STATED,
    )
    worked = (Worked(answers=[-1], scores={"total": 1}), Worked(answers=[0], scores={"total": 0}))
    ranges = {"total": (-1, 1)}  # noqa: RUF012
    refused = {"q1": (-2, 2, 0.5)}  # noqa: RUF012


class TestOwnScales(MeasureContract):
    """Two lines among whole numbers, and an item that no score counts."""

    measure = ta.Measure(
        id="own-scales",
        items=("a", "b", "c", "d"),
        scale=ta.Scale(low=1, high=5),
        item_scales=(ItemScale(item="b", scale=LINE), ItemScale(item="d", scale=LINE)),
        reverse=("d",),
        scores=(ta.ScoreRule(id="total", items=("a", "b", "d"), aggregate="mean"),),
        not_partition="item c is a comment",
        **STATED,
    )
    worked = (
        Worked(answers={"a": 2, "b": 3.1, "c": 4, "d": 2.7}, scores={"total": 12.4 / 3}),
        Worked(answers={"a": 5, "b": 0.4, "d": 9.9}, scores={"total": 5.5 / 3}, note="c left out"),
        Worked(answers=[1, None, 1, 3], scores={"total": None}, note="no rule"),
    )
    ranges = {"total": (1 / 3, 25 / 3)}  # noqa: RUF012
    refused = {"a": (0, 6, 1.5), "b": (-0.1, 10.1, 0.05), "d": (-0.1, 10.1, 0.05)}  # noqa: RUF012


def test_weak_scales_are_told_together_and_leave_room_for_other_weaknesses() -> None:
    items = tuple("abcdefgh")
    lines = tuple(ItemScale(item=item, scale=LINE) for item in items[2:])

    class Weak(MeasureContract):
        __test__ = False
        refused = {"a": (0, 6, 1.5)}  # noqa: RUF012
        measure = ta.Measure(
            id="own-scales",
            items=items,
            scale=ta.Scale(low=1, high=5),
            item_scales=lines,
            scores=(
                ta.ScoreRule(id="near", items=items[:2], aggregate="mean"),
                ta.ScoreRule(id="far", items=items[2:], aggregate="mean"),
            ),
            **STATED,
        )
        worked = (Worked(answers=[5, 5, *[10] * 6], scores={"near": 5, "far": 10}),)
        ranges = {"near": (1, 5), "far": (0, 10)}  # noqa: RUF012

    with pytest.raises(pytest.fail.Exception) as failed:
        Weak().test_worked_examples_pin_the_whole_key()
    told = str(failed.value)
    assert "items c to h: steps of 0.05, 0.2, " in told
    assert "up to 1 missing" in told
    assert "far without item " in told
    assert "still lacking: items c to h" in told
    assert len(told.splitlines()) < 20


LONG = ta.Measure(
    id="long",
    items=tuple(f"q{n}" for n in range(1, 61)),
    scale=ta.Scale(low=1, high=7),
    reverse=tuple(f"q{n}" for n in range(3, 61, 7)),
    scores=(
        *(
            ta.ScoreRule(
                id=f"part-{first}",
                items=tuple(f"q{n}" for n in range(first, 61, 4)),
                aggregate="mean",
                missing=ta.MissingRule(at_most=first - 1) if first > 1 else None,
            )
            for first in (1, 2, 3, 4)
        ),
        ta.ScoreRule(
            id="total", of=tuple(f"part-{first}" for first in (1, 2, 3, 4)), aggregate="mean"
        ),
    ),
    **STATED,
)


class TestSixtyItems(MeasureContract):
    """Worked by plain arithmetic: here the kit is tested, not the measure."""

    measure = LONG
    ranges = {rule.id: (1, 7) for rule in LONG.scores}  # noqa: RUF012
    refused = {"q9": (0, 8, 2.5)}  # noqa: RUF012

    @property
    def worked(self) -> list[Worked]:
        forms = [[1 + (n // 7**digit + 3 * digit) % 7 for n in range(60)] for digit in (0, 1, 2)]
        forms.append([1 + n * n % 11 % 7 for n in range(60)])
        several = [dict(zip(LONG.items, form, strict=True)) for form in forms]
        for missing in range(1, 5):
            gone = [item for rule in LONG.scores[:4] for item in rule.items[:missing]]
            several.append({item: each for item, each in several[0].items() if item not in gone})
        several += [
            {item: each for item, each in several[0].items() if item not in LONG.items[:missing]}
            for missing in (1, 2)
        ]
        return [self._work_out(form) for form in several]

    def _work_out(self, form: dict[str, int]) -> Worked:
        whole = {item: form.get(item) for item in LONG.items}
        return Worked(
            answers=form, scores={rule.id: by_hand(LONG, rule, whole) for rule in LONG.scores}
        )


@st.composite
def mutated(draw: st.DrawFn) -> tuple[ta.Measure, Mutant]:
    measure = draw(measures())
    return measure, draw(st.sampled_from(list(mutants(measure))))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(mutated(), st.data())
def test_keys_that_count_as_the_same_score_alike(
    pair: tuple[ta.Measure, Mutant], data: st.DataObject
) -> None:
    """Otherwise a wrong key would be taken for the right one, and none need notice it."""
    measure, mutant = pair
    try:
        other = mutant.build()
    except ta.DefinitionError:
        assume(False)
    form = data.draw(answers(measure))
    try:
        found = [each.value for each in ta.score(other, form)]
    except ta.AnswerError:
        found = []
    differs = found != [each.value for each in ta.score(measure, form)]
    assert not (differs and same_key(measure, other))
