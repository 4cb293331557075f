"""Stating what a definition leaves open, and nothing that it does not."""

import pytest

import therapeutic_alliance as ta
from tests.measures import worked

MEASURES = ta.Registry().measures


@pytest.mark.parametrize(
    ("said", "still"),
    [
        ({}, "low, high, reverse"),
        ({"low": 1}, "high, reverse"),
        ({"low": 1, "high": 7}, "reverse"),
        ({"reverse": ()}, "low, high"),
    ],
)
def test_only_what_is_still_open_is_asked_for(said: dict[str, object], still: str) -> None:
    with pytest.raises(ta.DefinitionError) as refused:
        MEASURES["sai"].stated(**said)  # type: ignore[arg-type]
    assert str(refused.value) == f"sai: still to be stated: {still}"


def test_a_key_may_need_its_range() -> None:
    total = ta.ScoreRule(id="total", items=MEASURES["wai-tech-sf"].items, aggregate="sum")
    with pytest.raises(ta.DefinitionError, match="still to be stated: low, high"):
        MEASURES["wai-tech-sf"].completed(scores=[total], reverse=[])
    done = MEASURES["wai-tech-sf"].completed(scores=[total], reverse=[], low=1, high=6)
    assert ta.score(done, [6] * 12)["total"].value == 72


def test_a_verified_size_holds_for_the_callers_key() -> None:
    short = ta.ScoreRule(id="positive-collaboration", items=("1", "2"), aggregate="sum")
    with pytest.raises(ta.DefinitionError) as refused:
        MEASURES["star-p"].completed(scores=[short], reverse=[])
    assert str(refused.value) == "$.scores[0].items: positive-collaboration has 6 items"


def test_nothing_stated_is_no_edition() -> None:
    with pytest.raises(ta.DefinitionError, match="nothing is stated"):
        MEASURES["wai-sr"].stated()


def test_a_stated_scale_holds_for_every_item() -> None:
    mixed = ta.loads(
        "measure",
        '{"id": "mixed", "version": "1", "name": "Mixed", "raters": ["client"], "items": 2,'
        ' "scale": {"low": 0, "high": 4}, "item_scales": {"2": {"low": 0, "high": 10}},'
        ' "scores": [{"id": "total", "items": ["1", "2"], "aggregate": "sum"}]}',
    )
    assert ta.score(mixed.stated(low=1, high=3), [3, 3])["total"].high == 6
    with pytest.raises(ta.DefinitionError, match="still to be stated: low"):
        mixed.stated(high=3)


def test_an_edition_is_the_callers() -> None:
    stated = MEASURES["sai"].stated(low=0, high=5, reverse=())
    assert (stated.provider, stated.version, stated.status) == ("caller", "1+stated", "stated")
    assert "the caller named none" in str(ta.explain(ta.score(stated, [1] * 6), "total"))
    named = MEASURES["sai"].stated(low=0, high=5, reverse=(), aggregate="mean")
    assert "named none" not in str(ta.explain(ta.score(named, [1] * 6), "total"))


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_what_a_caller_states_is_well_made(measure_id: str) -> None:
    """A source that nothing cites any longer goes; who leaves items out says why."""
    file = worked.read(measure_id)
    measure = worked.edition(file)
    problems = ta.lint(measure)
    if problems:
        assert all("say why in not_partition" in str(each) for each in problems)
        key = {**file["completed"], "scores": measure.scores, "not_partition": "no more is known"}
        told = ta.Registry().measure(measure_id).completed(**key)
        assert ta.lint(told) == ()
        assert told.fingerprint == measure.fingerprint
