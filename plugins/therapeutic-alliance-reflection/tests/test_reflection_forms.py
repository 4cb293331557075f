"""Every form of the pack, scored by hand; the answers are invented."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.testing import MeasureContract, PluginContract, Worked

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "therapeutic_alliance_reflection" / "measures"
NOT_OFFERED = (0, 6, -1, 1.5, 3.1)


def form(measure_id: str) -> ta.Measure:
    return ta.read_measure(FOLDER / f"{measure_id}.toml")


FORMS = [form(path.stem) for path in sorted(FOLDER.glob("*.toml"))]

ANSWERS = [5, 4, 2, 3, 5, 4, 1, 2, 3, 1]
"""The third, held-back, and the last, strained, are reversed."""
CHECK_IN = (
    Worked(answers=ANSWERS, scores={"total": 3.6}, note="5 4 (4) 3 5 4 1 2 3 (5): 36 of 10"),
    Worked(answers=[1] * 10, scores={"total": 1.8}, note="eight 1, two 5: 18"),
    Worked(answers=[5] * 10, scores={"total": 4.2}, note="eight 5, two 1: 42"),
    Worked(answers=[None, *ANSWERS[1:]], scores={"total": None}, note="one answer missing"),
    Worked(
        answers=[*ANSWERS[:8], None, 1],
        scores={"total": 11 / 3},
        missing=ta.Prorate(0.9),
        note="33 of 9, at the caller's request",
    ),
)
TOTAL = {"total": (1, 5)}
ROW = re.compile(r"^\| `([^`]+)`( \(reversed\))? \| (.+) \| ([^|]+) \|$", re.MULTILINE)
"""Of the README: item, whether it is reversed, wording, concepts."""

QUALITIES = [
    "genuine-person",
    "genuine-fitting",
    "genuine-voice",
    "genuine-sparing",
    "empathy-trouble",
    "empathy-told",
    "empathy-sign",
    "regard-unearned",
    "regard-opening",
    "regard-safer",
    "warmth-act",
    "warmth-risk",
    "insight-from-within",
    "insight-link",
    "insight-hope",
    "trust-in-client",
    "respect-both-ways",
    "aim-in-common",
    "way-in-common",
    "decided-together",
]
REPAIR = [
    "noticed",
    "named",
    "let-finish",
    "listened",
    "their-side",
    "misread",
    "pace",
    "own-part",
    "own-part-said",
    "own-state",
    "difference",
    "kept-word",
    "next-time",
    "talk-it-over",
]
ONE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 4, 5, 1, 2, 3, 4, 5, 1]
OTHER = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]
"""No two items are answered alike in both."""


def as_given(items: Sequence[str]) -> tuple[Worked, ...]:
    """Forms whose scores are their answers."""
    rows: list[list[float | None]] = [[*ONE], [*OTHER], [None, *ONE[1:]]]
    return tuple(
        Worked(answers=row[: len(items)], scores=dict(zip(items, row, strict=False)))
        for row in rows
    )


def one_to_five(items: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    return dict.fromkeys(items, (1, 5))


class TestCheckInClient(MeasureContract):
    measure = form("check-in-client")
    worked = CHECK_IN
    ranges = TOTAL
    refused = dict.fromkeys(measure.items, NOT_OFFERED)


class TestCheckInTherapist(MeasureContract):
    measure = form("check-in-therapist")
    worked = CHECK_IN
    ranges = TOTAL
    refused = dict.fromkeys(measure.items, NOT_OFFERED)


class TestReflectionQualities(MeasureContract):
    measure = form("reflection-qualities")
    worked = as_given(QUALITIES)
    ranges = one_to_five(QUALITIES)
    refused = dict.fromkeys(QUALITIES, NOT_OFFERED)


class TestReflectionRepair(MeasureContract):
    measure = form("reflection-repair")
    worked = as_given(REPAIR)
    ranges = one_to_five(REPAIR)
    refused = dict.fromkeys(REPAIR, NOT_OFFERED)


class TestPack(PluginContract):
    """No code: nothing is loaded."""

    distribution = "therapeutic-alliance-reflection"
    imports = frozenset[str]()


def test_the_pack_has_these_forms() -> None:
    registry = ta.Registry.discover(allow={"therapeutic-alliance-reflection"}, strict=True)
    builtin = set(ta.Registry().measures)
    assert sorted(set(registry.measures) - builtin) == [each.id for each in FORMS]
    assert [each.id for each in FORMS] == [
        "check-in-client", "check-in-therapist", "reflection-qualities", "reflection-repair",
    ]  # fmt: skip


def test_the_two_check_ins_ask_the_same() -> None:
    client, therapist = form("check-in-client"), form("check-in-therapist")
    assert (client.items, client.reverse) == (therapist.items, therapist.reverse)
    assert (client.raters, therapist.raters) == (("client",), ("therapist",))


@pytest.mark.parametrize("measure", FORMS, ids=lambda measure: measure.id)
class TestHonesty:
    """What keeps a form from being taken for more than it is."""

    def test_it_is_no_measure_of_the_alliance(self, measure: ta.Measure) -> None:
        assert measure.construct in ("session-check-in", "therapist-reflection")
        assert all(rule.component is None for rule in measure.scores)

    def test_it_says_that_nobody_validated_it(self, measure: ta.Measure) -> None:
        assert measure.status == "stated"
        assert "never validated" in (measure.status_reason or "")
        cautions = " ".join(caution.text for caution in measure.cautions)
        assert "never validated" in cautions
        assert "Never use it to rate, compare or select therapists" in cautions

    def test_it_has_no_norms(self, measure: ta.Measure) -> None:
        assert measure.cut_offs == ()
        assert measure.statistics == ()

    def test_no_facet_has_a_score(self, measure: ta.Measure) -> None:
        assert measure.never_sum == measure.id.startswith("reflection-")
        assert measure.never_sum or [rule.id for rule in measure.scores] == ["total"]

    def test_its_wording_is_whole_and_open(self, measure: ta.Measure) -> None:
        assert [each.item for each in measure.wording] == list(measure.items)
        assert measure.licence.wording_may_ship
        assert "CC BY 4.0" in (measure.licence.terms or "")

    def test_the_readme_tells_each_item_and_what_it_serves(self, measure: ta.Measure) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        section = readme.split(f"\n### {measure.id}\n")[1].split("\n#")[0]
        rows = re.findall(
            r"^\| `([^`]+)`( \(reversed\))? \| (.+) \| ([^|]+) \|$", section, re.MULTILINE
        )
        wording = {each.item: each.text for each in measure.wording}
        assert {item: text for item, _, text, _ in rows} == wording
        assert {item for item, reversed_, _, _ in rows if reversed_} == set(measure.reverse)
        assert all(re.fullmatch(r"[A-E]\d\d( [A-E]\d\d)*", ids) for *_, ids in rows)
