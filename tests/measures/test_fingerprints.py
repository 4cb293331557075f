"""A published definition keeps its fingerprint for ever."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.measures import worked
from therapeutic_alliance.model.evidence import Caution, Evidence, Licence, Source
from therapeutic_alliance.model.scale import Anchor
from therapeutic_alliance.testing.keys.mutants import mutants

PINNED: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "fingerprints.toml").read_text(encoding="utf-8")
)
MEASURES = {measure_id: ta.Registry().measure(measure_id) for measure_id in worked.IDS}

CHANGED = (
    "the key of {0} has changed. A published definition never changes: stored scores name its "
    "fingerprint. Make a new version of it (version, file, worked cases) and pin that one too; "
    "the changelog tells it under 'scores'."
)
UNPINNED = "{0} is new: add {0} = {1!r} to fingerprints.toml once its facts are checked"


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_fingerprint_is_the_published_one(measure_id: str) -> None:
    found = MEASURES[measure_id].fingerprint
    assert measure_id in PINNED, UNPINNED.format(measure_id, found)
    assert found == PINNED[measure_id], CHANGED.format(measure_id)


def test_no_published_definition_is_gone() -> None:
    assert PINNED.keys() <= set(ta.Registry().measures), "a published definition stays available"


def test_no_two_measures_share_a_fingerprint() -> None:
    assert len(set(PINNED.values())) == len(PINNED)


texts = st.text(max_size=40)
prose: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "name": texts.map("A name ".__add__),
        "short": texts,
        "status_reason": texts,
        "not_partition": texts,
        "construct": st.just("outcome"),
        "family": st.just("another-family"),
        "aliases": st.just(("another-name",)),
        "raters": st.just(("supervisor",)),
        "cautions": st.lists(st.builds(Caution, text=texts), max_size=3),
        "sources": st.lists(st.builds(Source, id=texts, citation=texts), max_size=3),
        "licence": st.builds(Licence, holder=texts, terms=texts),
        "evidence": st.just((Evidence(fact="items", grade="single-source", sources=("x",)),)),
        "cut_offs": st.just(()),
        "statistics": st.just(()),
        "orders": st.just(()),
        "provider": texts,
    },
)


@given(st.sampled_from(sorted(MEASURES)), prose)
def test_prose_does_not_change_it(measure_id: str, changes: dict[str, Any]) -> None:
    measure = MEASURES[measure_id]
    assert evolve(measure, **changes).fingerprint == measure.fingerprint


@given(st.sampled_from(sorted(MEASURES)), texts)
def test_anchors_and_components_do_not_change_it(measure_id: str, label: str) -> None:
    measure = MEASURES[measure_id]
    scale = measure.scale and evolve(measure.scale, anchors=(Anchor(answer="1", label=label),))
    scores = tuple(evolve(rule, component=label, range=None) for rule in measure.scores)
    assert evolve(measure, scale=scale, scores=scores).fingerprint == measure.fingerprint


@given(st.data())
def test_every_decisive_fact_changes_it(data: st.DataObject) -> None:
    file = worked.read(data.draw(st.sampled_from(worked.IDS)))
    measure = worked.edition(file)
    mutant = data.draw(st.sampled_from(list(mutants(measure))))
    try:
        changed = mutant.build()
    except ta.DefinitionError:
        return
    assert changed.fingerprint != measure.fingerprint, mutant.what


@pytest.mark.parametrize(
    "change",
    [{"id": "other"}, {"version": "2"}, {"items": [str(n) for n in range(1, 12)] + ["x"]}],
    ids=["id", "version", "items"],
)
def test_identity_changes_it(change: dict[str, Any]) -> None:
    measure = MEASURES["tasc-r"]
    scores = [evolve(measure.scores[0], items=change.get("items", measure.items))]
    changed = evolve(measure, **{"scores": scores, **change})
    assert changed.fingerprint != measure.fingerprint


@pytest.mark.parametrize(
    ("measure_id", "part"), [("sai", "scale"), ("sai", "reverse"), ("calpas-p", "key")]
)
def test_what_is_open_changes_it(measure_id: str, part: str) -> None:
    measure = MEASURES[measure_id]
    assert part in measure.open
    stated = worked.edition(worked.read(measure_id))
    assert stated.fingerprint != measure.fingerprint


@given(st.sampled_from(sorted(MEASURES)), st.randoms(use_true_random=False))
def test_the_order_of_the_reverse_set_does_not_change_it(measure_id: str, random: Any) -> None:
    measure = MEASURES[measure_id]
    reverse = list(measure.reverse)
    random.shuffle(reverse)
    assert evolve(measure, reverse=tuple(reverse)).fingerprint == measure.fingerprint


def test_it_is_computed_as_documented() -> None:
    """Re-stated here, so that a change of the recipe is noticed as well as one of a key."""
    import hashlib
    import json

    decides = {
        "id": "care",
        "version": "1",
        "items": [str(n) for n in range(1, 11)],
        "scales": [[1.0, 5.0, 1.0]] * 10,
        "reverse": [],
        "scores": [["total", [str(n) for n in range(1, 11)], [], "sum", None]],
        "missing": ["person-mean", 2],
        "open": [],
    }
    text = json.dumps(decides, sort_keys=True, separators=(",", ":"))
    assert MEASURES["care"].fingerprint == hashlib.sha256(text.encode()).hexdigest()
