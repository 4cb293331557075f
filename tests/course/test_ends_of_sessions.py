"""H12: "every H1-H6 flag on post-session data must be labelled"."""

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.course.every import OF_SCORES, RULES, Rule, made
from tests.course.illustrations import A
from therapeutic_alliance.course.detectors.reliable_drop import RciDrop
from therapeutic_alliance.course.observations import Observations

LABEL = "possible rupture between the ends of two sessions"
EACH = pytest.mark.parametrize("rule", [RULES[name] for name in OF_SCORES], ids=OF_SCORES)
COURSE: Any = [(n, score) for n, score in enumerate([36, 35, 36, 24, 35, 36, 36], 1)]


@EACH
def test_flags_of_post_session_scores_say_so(rule: Rule) -> None:
    """Once, and only of them; a waning is no rupture."""
    said = {}
    for occasion in ("post", "pre", None):
        flags = rule.flags(evolve(made(rule, COURSE), occasion=occasion))
        said[occasion] = sum(LABEL in each for each in flags.conventions)
    assert said == {"post": int(rule.id != "waning"), "pre": 0, None: 0}


def test_the_flags_themselves_are_the_same() -> None:
    post = evolve(A, occasion="post")
    assert RciDrop().flags(post).flags == RciDrop().flags(A).flags


@EACH
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reports", "direct reports"),
        ("codes", "codes of observers"),
        ("pre-post", "pairs of scores before and after a session"),
    ],
)
def test_a_rule_on_scores_refuses_other_observations(rule: Rule, kind: Any, words: str) -> None:
    with pytest.raises(ta.SeriesError) as caught:
        rule.flags(Observations(kind=kind, points=()))
    assert str(caught.value) == f"{rule.id} looks at scores; these are {words}"


@EACH
@pytest.mark.parametrize("observed", [[4.2, 4.1], None, "scores"])
def test_a_rule_on_scores_refuses_anything_else(rule: Rule, observed: Any) -> None:
    with pytest.raises(ta.SeriesError, match=f"{rule.id} looks at scores: a ta.Series"):
        rule.flags(observed)


@pytest.mark.parametrize("kind", ["reports", "codes", "pre-post"])
def test_episodes_are_of_scores(kind: Any) -> None:
    none = ta.Flags(detector="by-hand", mode="online", flags=())
    with pytest.raises(ta.SeriesError, match=r"ta\.evidence\.joined joins reports, codes"):
        ta.episodes(Observations(kind=kind, points=()), none)  # type: ignore[arg-type]
