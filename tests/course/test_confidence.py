"""How sure each built-in rule and phase model is: section 9 of ruptures.md, column confidence."""

import re
from typing import Any, get_args

import pytest
from attrs import evolve, frozen
from attrs.exceptions import FrozenInstanceError

import therapeutic_alliance as ta
from therapeutic_alliance.course.detectors.observer_3rs import Observer3RS
from therapeutic_alliance.course.detectors.reliable_drop import RciDrop
from therapeutic_alliance.model.confidence import MARKS, Mark, confidence_of

REGISTRY = ta.Registry()
RULES: dict[str, Any] = {
    **{id_: REGISTRY.detector(id_) for id_ in REGISTRY.detectors},
    **{id_: REGISTRY.phase_model(id_) for id_ in REGISTRY.phase_models},
}
SECTION_9 = {
    "eb-z": {"R"},
    "drop-from-best": {"R"},
    "rci-drop": {"V", "R"},
    "own-mean-sd": {"V", "R"},
    "own-mean-sd-online": {"V", "R"},
    "individuals-chart": {"V", "R"},
    "individuals-chart-past": {"V", "R"},
    "srs-rules": {"V", "M+"},
    "direct-report": {"V", "M+"},
    "observer-3rs": {"V", "M+", "M-"},
    "drop-sd": {"V-ind", "M-"},
    "drop-sd-person": {"V-ind", "M-", "R"},
    "trend-residual": {"M+", "V-ind", "M-", "R"},
    "crisis-run": {"V", "R"},
    "sudden-loss": {"V", "R"},
    "pre-post": {"V", "R"},
    "ewma": {"R"},
    "cusum": {"R"},
    "state-probability": {"R"},
    "state-probability-smoothed": {"R"},
    "waning": {"R"},
    "set-aside-z": {"R"},
    "two-phase": {"V", "M+", "R"},
    "thirds": {"V", "M+", "R"},
    "peak": {"V", "M+", "R"},
}
"""The marks of each; those of phase models are from section 2. ``set-aside-z`` is ours alone."""
WORDS: dict[str, str] = {
    "V": "verified",
    "V-ind": "second-hand",
    "M+": "general knowledge",
    "M-": r"general knowledge.*weak|weak general knowledge",
    "R": "this library's|reconstruct|design choice|convention",
}
"""What a citation says instead of a mark."""


@pytest.mark.parametrize("id_", RULES)
def test_every_rule_has_the_marks_of_section_9(id_: str) -> None:
    """Section 9, "confidence"; those whose number is [M-] carry it: H1, H3, H9 (weights)."""
    stated = confidence_of(RULES[id_])
    assert {mark for _, mark in stated} == SECTION_9[id_]
    assert len({part for part, _ in stated}) == len(stated)


@pytest.mark.parametrize("id_", RULES)
def test_marks_and_citation_agree(id_: str) -> None:
    """The same, once for programs and once for people. Nothing is surer than the citation says."""
    for _, mark in confidence_of(RULES[id_]):
        assert re.search(WORDS[mark], RULES[id_].citation), mark


def test_the_words_stand_for_all_marks() -> None:
    assert tuple(MARKS) == get_args(Mark)


def test_a_threshold_that_is_given_is_not_ours() -> None:
    """H6: "without sd, reliability, kind and source: the library convention"."""
    convention = "threshold, the convention of this library"
    assert (convention, "R") in RciDrop().confidence
    told = RciDrop(sd=0.7, reliability=0.9, kind="retest", source="invented").confidence
    assert told == (("formula", "V"), ("use from session to session", "R"))


def test_of_another_edition_nothing_is_known() -> None:
    ours = evolve(ta.evidence.THREE_RS, citation="ours")
    assert Observer3RS(system=ours).confidence == ()


def test_it_is_read_only() -> None:
    with pytest.raises((AttributeError, FrozenInstanceError)):
        RULES["eb-z"].confidence = ()


def test_a_plugin_need_not_say_so() -> None:
    assert confidence_of(object()) == ()


@pytest.mark.parametrize(
    "stated",
    [None, "V", [("rule", "R")], (("rule", "X"),), (("", "R"),), ("rule",), (("a\nb", "R"),),
     (("rule", ["R"]),)],
)  # fmt: skip
def test_what_a_plugin_says_wrongly(stated: Any) -> None:
    @frozen
    class Odd:
        confidence = stated

    with pytest.raises(ta.PluginError, match="confidence: a tuple of pairs, of words and one of V"):
        confidence_of(Odd())
