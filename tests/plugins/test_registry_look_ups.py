"""Looking things up in a registry that holds plugins, in this process."""

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("installed")]


def discover(*allow: str, **prefer: str) -> ta.Registry:
    preferred = {name.replace("_", "-"): provider for name, provider in prefer.items()}
    return ta.Registry.discover(allow=allow, prefer=preferred)


def test_a_listing_is_a_mapping_of_all_providers() -> None:
    detectors = discover("good-detector", "good-both").detectors
    built_in = ta.Registry().detectors
    assert list(detectors) == sorted([*built_in, "below", "below-both"])
    assert len(detectors) == len(built_in) + 2
    assert "below" in detectors
    assert "absent" not in detectors
    assert detectors.get("absent") is None
    assert detectors["below"].id == "below"
    assert [each.id for each in detectors.values()] == list(detectors)
    with pytest.raises(KeyError):
        detectors["absent"]


def test_an_ambiguous_id_is_listed_and_not_looked_up() -> None:
    measures = discover("odd-twin-a", "odd-twin-c").measures
    assert "twin" in measures
    assert list(measures).count("twin") == 1
    assert measures.ambiguous == {"twin": ("odd-twin-a", "odd-twin-c")}
    with pytest.raises(ta.AmbiguousIdError, match="odd-twin-a, odd-twin-c"):
        measures.get("twin")
    for name in ("odd-twin-c", "Odd_Twin.C"):
        assert measures.of("twin", name).scale == ta.Scale(low=0, high=9)
    with pytest.raises(TypeError):
        measures.ambiguous["twin"] = ()  # type: ignore[index]


@pytest.mark.parametrize("name", ["odd-twin-c", "Odd_Twin.C"])
def test_prefer_says_whose_is_meant(name: str) -> None:
    registry = discover("odd-twin-a", "odd-twin-c", twin=name)
    assert registry.measure("twin").provider == "odd-twin-c"
    assert registry.measures["twin"].provider == "odd-twin-c"
    assert registry.measure("twin", provider="odd-twin-a").provider == "odd-twin-a"
    assert registry.measures.ambiguous == {}


def test_preferring_who_does_not_give_it_is_no_silent_choice() -> None:
    registry = discover("good-detector", below="never-loaded", wai_sr="never-loaded")
    jobs: list[Any] = [
        lambda: registry.detector("below"),
        lambda: registry.detectors["below"],
        lambda: registry.measures["wai-sr"],
    ]
    for job in jobs:
        with pytest.raises(ta.UnknownIdError, match="to be that of never-loaded, which does not"):
            job()
    with pytest.raises(ta.UnknownIdError):
        registry.measure("wai-sr")
    assert registry.detectors.ambiguous == {}
    assert registry.detector("rci-drop").id == "rci-drop"


def test_strictly_a_preference_that_nobody_meets_is_told() -> None:
    prefer = {
        "below": "good-detector",
        "belwo": "good-detector",
        "second-pulse": "Good_Measure.Two",
    }
    allow = ("good-detector", "good-measure-two")
    assert ta.Registry.discover(allow=allow, prefer=prefer).detector("below").id == "below"
    with pytest.raises(ExceptionGroup) as refused:
        ta.Registry.discover(allow=allow, prefer=prefer, strict=True)
    [error] = refused.value.exceptions
    assert type(error) is ta.PluginError
    assert str(error).startswith("prefer: belwo is to be that of good-detector, which does not")


def test_a_measure_says_who_provides_it() -> None:
    registry = discover("good-measure", "good-pack", "good-both")
    given = {each: registry.measure(each).provider for each in ("code-pulse", "pulse-a", "pulse-e")}
    assert given == {"code-pulse": "good-measure", "pulse-a": "good-pack", "pulse-e": "good-both"}
    assert registry.measure("wai-sr").provider == "therapeutic-alliance"


def test_an_alias_of_a_plugin_is_found() -> None:
    assert discover("good-measure-two").measure("second-pulse").id == "code-pulse-two"


@pytest.mark.parametrize("kind", ["measure", "detector", "phase_model", "importer", "exporter"])
def test_an_unknown_id_names_the_plugins_that_did_not_load(kind: str) -> None:
    registry = discover("bad-exit", "never-heard-of", "good-detector", "bad-misspelt")
    with pytest.raises(ta.UnknownIdError) as refused:
        getattr(registry, kind)("Jane Doe")
    message = str(refused.value)
    assert message.startswith(f"no such {kind.replace('_', ' ')}; ")
    absent = "bad-exit (import), bad-misspelt (register), never-heard-of (missing)"
    assert message.endswith(f"; plugins that did not load: {absent}")
    assert "good-detector" not in message
    assert "Jane" not in message


def test_the_nearest_id_of_a_plugin_is_suggested() -> None:
    with pytest.raises(ta.UnknownIdError, match=r"^no such detector; did you mean 'below-two'\?$"):
        discover("good-detector-two").detector("below-tow")


def test_parameters_of_a_plugin_replace_its_defaults() -> None:
    registry = discover("good-detector", "good-importer", "good-exporter", "good-phase-model")
    series = ta.Series.of([3.0, 1.0], low=0, high=5)
    assert registry.detector("below").flags(series).sessions == (2,)
    assert registry.detector("below", limit=4.0).flags(series).sessions == (1, 2)
    assert registry.detector("below").flags(series).sessions == (2,)
    importer: Any = registry.importer("lines", rater="therapist")
    assert importer.rater == "therapist"
    with pytest.raises(ta.UnknownIdError, match=r"below has no parameter 'limits'; it has: limit$"):
        registry.detector("below", limits=1)
    with pytest.raises(ta.UnknownIdError, match=r"values has no parameter 'x'; it has: none$"):
        registry.exporter("values", x=1)
    with pytest.raises(ta.UnknownIdError, match="whole has no parameter 'id'"):
        registry.phase_model("whole", id="other")


def test_a_folder_comes_on_top_of_plugins(tmp_path: Any) -> None:
    registry = discover("good-measure", "good-detector")
    own = evolve(registry.measure("code-pulse"), id="own", aliases=("mine",))
    (tmp_path / "own.json").write_text(ta.dumps(own), encoding="utf-8")
    more = registry.with_path(tmp_path)
    assert more.measure("mine").provider == "caller"
    assert more.measure("code-pulse").provider == "good-measure"
    assert more.detector("below") == registry.detector("below")
    assert more.report() == registry.report()
    assert "own" not in registry.measures


@pytest.mark.parametrize("taken", ["code-pulse-two", "second-pulse"])
def test_a_folder_takes_no_id_or_alias_of_a_plugin(taken: str, tmp_path: Any) -> None:
    registry = discover("good-measure", "good-measure-two")
    own = evolve(registry.measure("code-pulse"), id=taken, version="2")
    (tmp_path / f"{taken}.json").write_text(ta.dumps(own), encoding="utf-8")
    with pytest.raises(ta.DefinitionError, match=f"taken: {taken}$"):
        registry.with_path(tmp_path)


def test_values_of_every_unchangeable_kind_may_be_held_and_private_ones_set() -> None:
    registry = discover("odd-holding")
    assert [each.problem for each in registry.report()] == [""]
    series = ta.Series.of([3.0, 1.0], low=0, high=5)
    assert registry.detector("holding").flags(series).sessions == (2,)
    assert registry.detector("holding", limit=4.0).flags(series).sessions == (1, 2)
    with pytest.raises(ta.UnknownIdError, match=r"no parameter '_limit'; it has: limit, held$"):
        registry.detector("holding", _limit=4.0)
