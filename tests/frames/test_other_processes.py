"""What other processes and threads are given, and that they find the same."""

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import polars as pl
import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.frames.plan import _made, plan
from therapeutic_alliance.scoring.key import compile_key

REGISTRY = ta.Registry()
CLOSED = [id_ for id_ in REGISTRY.measures if not REGISTRY.measure(id_).open]
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
ROWS = 500


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("id_", REGISTRY.measures)
def test_measures_pickle(id_: str, protocol: int) -> None:
    measure = REGISTRY.measure(id_)
    back = pickle.loads(pickle.dumps(measure, protocol))  # noqa: S301
    assert back == measure
    assert hash(back) == hash(measure)


@pytest.mark.parametrize("protocol", PROTOCOLS[2:])
@pytest.mark.parametrize("id_", REGISTRY.detectors)
def test_detectors_pickle(id_: str, protocol: int) -> None:
    detector = REGISTRY.detector(id_)
    assert pickle.loads(pickle.dumps(detector, protocol)) == detector  # noqa: S301


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("id_", CLOSED)
def test_compiled_keys_and_plans_pickle(id_: str, protocol: int) -> None:
    measure = REGISTRY.measure(id_)
    made = plan(measure, ta.Prorate(0.8))
    assert pickle.loads(pickle.dumps(made, protocol)) == made  # noqa: S301
    key = pickle.loads(pickle.dumps(compile_key(measure), protocol))  # noqa: S301
    assert key.measure == measure
    counts = [item.keyed[item.low] for item in key.items]
    found = [score.score(counts, None) for score in key.scores]
    assert found == [score.score(counts, None) for score in compile_key(measure).scores]


def frame(id_: str, seed: int) -> pl.DataFrame:
    """Simulated answers, some missing and some out of range."""
    measure = REGISTRY.measure(id_)
    columns = {}
    for n, item in enumerate(measure.items):
        answers = [*measure.scale_of(item).answers(), None, 300.0]
        columns[item] = [answers[(seed + n * row) % len(answers)] for row in range(ROWS)]
    return pl.DataFrame(columns, strict=False)


score = partial(ta.score_frame, missing=ta.Prorate(0.5), invalid="null-and-count")


def test_many_threads_score_at_once() -> None:
    jobs = [(REGISTRY.measure(id_), frame(id_, seed)) for seed in range(4) for id_ in CLOSED]
    alone = [score(*job) for job in jobs]
    compile_key.cache_clear()
    _made.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(score, *zip(*jobs, strict=True)))
    assert all(one.equals(other) for one, other in zip(alone, together, strict=True))


@pytest.mark.slow
def test_processes_that_share_nothing_score_the_same() -> None:
    jobs = [(REGISTRY.measure(id_), frame(id_, 1)) for id_ in CLOSED]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        elsewhere = list(pool.map(score, *zip(*jobs, strict=True)))
    assert all(score(*job).equals(one) for job, one in zip(jobs, elsewhere, strict=True))
