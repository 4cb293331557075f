"""One key, every engine: the same invented tables, the same scores to the last bit."""

from collections.abc import Mapping
from functools import partial

import pytest
from hypothesis import given, note, settings

import therapeutic_alliance as ta
from tests.frames.by_hand import bits, by_hand
from tests.frames.engines import IN_PROCESS, LAZY, ROW, Engine, Scored, on_spark
from tests.frames.generated import Table, tables
from tests.frames.other_engines import OTHERS

REGISTRY = ta.Registry()
CLOSED = [id_ for id_ in REGISTRY.measures if not REGISTRY.measure(id_).open]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning"),
]


def check(name: str, engine: Engine, table: Table, expected: Scored) -> None:
    """One engine on one table."""
    note(name)
    score = partial(ta.score_frame, table.measure, missing=table.missing)
    scored = engine(table, partial(score, invalid="null-and-count"))
    new = list(scored)[len(table.columns) + 1 :]
    assert list(scored)[: -len(new)] == [*table.columns, ROW]
    if table.rows:
        assert bits({column: scored[column] for column in new}) == bits(expected)
    refused = sum(map(sum, (v for k, v in expected.items() if k.endswith("_invalid"))))
    if name in LAZY:
        return
    if refused:
        with pytest.raises(ta.TableError, match=r"^row "):
            engine(table, score)
    else:
        assert bits(engine(table, score)) == bits(scored)


@pytest.fixture(
    scope="module", params=["one process", pytest.param("Spark", marks=pytest.mark.spark)]
)
def engines(request: pytest.FixtureRequest) -> Mapping[str, Engine]:
    if request.param == "Spark":
        return {"PySpark": on_spark(request.getfixturevalue("spark"))}
    return IN_PROCESS


@pytest.mark.parametrize("source", ["invented", *CLOSED])
def test_every_engine_gives_the_scores_of_plain_python(
    source: str, engines: Mapping[str, Engine]
) -> None:
    measure = None if source == "invented" else REGISTRY.measure(source)
    usual, dear = settings().max_examples, "PySpark" in engines
    most = usual // 10 if dear else usual

    @settings(max_examples=max(2, most if measure is None else most // 20))
    @given(tables(measure))
    def agree(table: Table) -> None:
        expected = by_hand(table)
        for name, engine in engines.items():
            check(name, engine, table, expected)

    agree()


@pytest.mark.parametrize("name", OTHERS)
def test_other_engines_too(name: str) -> None:
    @settings(max_examples=max(2, settings().max_examples // 20))
    @given(tables(None))
    def agree(table: Table) -> None:
        check(name, OTHERS[name], table, by_hand(table))

    agree()
