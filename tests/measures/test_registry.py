"""Looking measures up: nothing is replaced, nothing can be changed."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

import therapeutic_alliance as ta
from therapeutic_alliance.sdk.folder import MeasureFolder

OWN = ta.Measure(
    id="own",
    version="1",
    name="Own",
    raters=("client",),
    items=("1",),
    scale=ta.Scale(low=0, high=4),
    scores=(ta.ScoreRule(id="total", items=("1",), aggregate="sum"),),
)


def folder(path: Path, *measures: ta.Measure) -> Path:
    for measure in measures:
        (path / f"{measure.id}.json").write_text(ta.dumps(measure), encoding="utf-8")
    return path


def test_a_folder_adds_to_a_new_registry(tmp_path: Path) -> None:
    registry = ta.Registry()
    more = registry.with_path(folder(tmp_path, evolve(OWN, aliases=("mine",))))
    assert more.measure("mine").id == "own"
    assert "own" in more.measures
    assert "own" not in registry.measures


@pytest.mark.parametrize(
    ("measures", "taken"),
    [
        ((evolve(OWN, id="wai-sr"),), "wai-sr"),
        ((evolve(OWN, aliases=("bai",)),), "bai"),
        ((evolve(OWN, aliases=("wai",)),), "wai"),
        ((evolve(OWN, aliases=("x",)), evolve(OWN, id="two", aliases=("x",))), "x"),
        ((evolve(OWN, aliases=("two",)), evolve(OWN, id="two")), "two"),
    ],
)
def test_no_id_and_no_alias_is_taken_over(
    tmp_path: Path, measures: tuple[ta.Measure, ...], taken: str
) -> None:
    with pytest.raises(ta.DefinitionError, match=f"id or alias is taken: {taken}$"):
        ta.Registry().with_path(folder(tmp_path, *measures))


def test_a_second_folder_meets_the_first(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for each, version in zip(folders, "112", strict=True):
        each.mkdir()
        folder(each, evolve(OWN, version=version))
    same = ta.Registry().with_path(folders[0]).with_path(folders[1])
    assert same.measure("own") == OWN
    with pytest.raises(ta.DefinitionError, match="taken: own"):
        same.with_path(folders[2])


def test_a_copy_that_is_only_named_otherwise_is_no_other_definition(tmp_path: Path) -> None:
    ours = ta.Registry().measure("arm-5")
    copy = evolve(ours, name="Another name", cautions=())
    assert copy.fingerprint == ours.fingerprint
    more = ta.Registry().with_path(folder(tmp_path, copy))
    assert more.measure("arm-5").name == ours.name
    assert more.measure("arm-5", provider="caller").name == "Another name"
    assert more.measures.ambiguous == {}


def test_an_alias_is_looked_up_the_same_everywhere() -> None:
    registry = ta.Registry()
    assert registry.measures["bai"] is registry.measure("bai") is registry.measure("br-wai")
    with pytest.raises(ta.UnknownIdError, match="bai is to be that of nobody, which does not"):
        registry.measure("bai", provider="nobody")
    with pytest.raises(KeyError):
        registry.measures["no-such-measure"]


def test_listing_and_looking_for_ids_reads_no_definition(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("no TOML", encoding="utf-8")
    measures = MeasureFolder(tmp_path)
    assert list(measures) == ["broken"]
    assert "broken" in measures
    assert "other" not in measures
    with pytest.raises(ta.DefinitionError):
        measures["broken"]


@pytest.mark.parametrize("kind", ["measures", "detectors"])
def test_listings_are_read_only(kind: str) -> None:
    listing: Any = getattr(ta.Registry(), kind)
    with pytest.raises(FrozenInstanceError):
        listing.parts = ()
    with pytest.raises((FrozenInstanceError, AttributeError)):
        listing.more = 1
    with pytest.raises(TypeError):
        listing["own"] = OWN
    for part in listing.parts:
        with pytest.raises(TypeError):
            part["wai-sr"] = OWN


def test_an_unknown_name_is_not_repeated() -> None:
    with pytest.raises(ta.UnknownIdError) as refused:
        ta.Registry().measure("Jane Doe")
    assert "Jane" not in str(refused.value)
