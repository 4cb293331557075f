"""Which measures a table could be of, by the range of its answers."""

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.importers.fit import IN_MM, NONE, PLAIN, candidates, fit
from therapeutic_alliance.model.measure import ItemScale

REGISTRY = ta.Registry()
MIXED = evolve(
    REGISTRY.measure("arm-5"),
    scale=None,
    item_scales=tuple(
        ItemScale(item=str(n), scale=ta.Scale(low=low, high=high))
        for n, (low, high) in enumerate([(1, 5), (0, 3), (1, 7), (0, 100), (2, 3)], 1)
    ),
)


@pytest.mark.parametrize(
    ("measure", "span", "fits"),
    [
        (REGISTRY.measure("arm-5"), (1, 7), PLAIN),
        (REGISTRY.measure("arm-5"), (0, 7), NONE),
        (REGISTRY.measure("arm-5"), (1, 8), NONE),
        (REGISTRY.measure("srs"), (0, 10), PLAIN),
        (REGISTRY.measure("srs"), (3, 97), IN_MM),
        (REGISTRY.measure("sai"), (1, 7), NONE),
        (MIXED, (0, 37), PLAIN),
        (MIXED, (0, 100), PLAIN),
        (MIXED, (0, 101), NONE),
        (MIXED, (-1, 5), NONE),
    ],
)
def test_the_range_of_all_items_counts(
    measure: ta.Measure, span: tuple[float, float], fits: int
) -> None:
    assert fit(measure, span) == fits


def test_no_common_range_is_advised_where_items_have_their_own() -> None:
    """It would replace them all."""
    [own] = candidates([MIXED], "q1 to q5", (0, 101))
    assert own.verdict.startswith("does not fit 0 to 100 (items have scales of their own)")
    assert "--range" not in own.verdict
    [one] = candidates([REGISTRY.measure("arm-5")], "q1 to q5", (0, 101))
    assert "--range" in one.verdict
