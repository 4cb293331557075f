"""Ctrl-C, SIGTERM, SIGHUP at any moment of a run: the old output, or a whole new one."""

import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from tests.cli.commands import ALLIANCE
from tests.frames.files.forms import PUT, WAI, forms
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.frames.files.score_file import score_file
from therapeutic_alliance.frames.sources.places import DuckTable

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MOMENTS = 40
BATCH = 500

# every call and return in the process is a moment; the signal comes from itself at one of them
RUN = f"""
import os, sys
from pathlib import Path
moment, number, twice, out, *words = sys.argv[1:]
seen = 0
def count(frame, event, argument):
    global seen
    seen += 1
    if seen == int(moment):
        sys.setprofile(None)
        print("old" if Path(out).read_bytes() == b"old" else "new", flush=True)
        os.kill(os.getpid(), int(number))
unlink = Path.unlink
def stopped_again(self, **how):
    os.kill(os.getpid(), int(number))
    unlink(self, **how)
if twice == "twice":
    Path.unlink = stopped_again
from therapeutic_alliance.cli.app import run
import therapeutic_alliance.frames.sources.batches as batches
batches.ROWS = {BATCH}
batches._CELLS = 1
sys.setprofile(count)
code = run(["score", *words, "-o", out])
sys.setprofile(None)
print("moments", seen, flush=True)
sys.exit(code)
"""


def _run(moment: int, stop: int, twice: str, out: Path, table: Path) -> tuple[int, list[str], str]:
    program = [sys.executable, "-c", RUN, str(moment), str(int(stop)), twice, str(out), str(table)]
    ran = subprocess.run(
        [*program, "--measure", "wai-sr"], capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout.split(), ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("twice", ["once", "twice"])
@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".csv"])
def test_at_any_moment(tmp_path: Path, suffix: str, twice: str) -> None:
    """At the first import, in the midst of a batch, while a file is closed or renamed.

    A second signal comes when the file is about to be taken away.
    """
    table = tmp_path / "in.parquet"
    pq.write_table(forms(4 * BATCH), table)
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"old")
    code, told, _ = _run(10**9, 0, twice, out, table)
    assert (code, told[0]) == (0, "moments")
    whole, last = out.read_bytes(), int(told[1])
    random = Random(suffix + twice)  # noqa: S311, a choice of moments
    ends = {"old": 0, "new": 0}
    # the first half anywhere, most of which is imports; the other in the last tenth: the run itself
    moments = [random.randrange(1, last) for _ in range(MOMENTS // 2)]
    moments += [random.randrange(last * 9 // 10, last) for _ in range(MOMENTS // 2)]
    for moment in moments:
        stop = random.choice(SIGNALS)
        out.write_bytes(b"old")
        code, told, words = _run(moment, stop, twice, out, table)
        what = f"{stop.name} at {moment} of {last}: {code}, {told}, {words}"
        found = out.read_bytes()
        assert {each.name for each in tmp_path.iterdir()} == {"in.parquet", out.name}, what
        assert found in (b"old", whole), what
        if told[0] == "old":  # when the signal came
            assert (code, found) == (130, b"old"), what
            assert words.splitlines()[-1] == "alliance: stopped", what
        ends["old" if found == b"old" else "new"] += 1
    assert ends["old"] > MOMENTS // 2, ends


@pytest.mark.slow
@pytest.mark.parametrize("stop", SIGNALS)
def test_after_each_batch_from_outside(tmp_path: Path, stop: signal.Signals) -> None:
    """The command itself, stopped by another process once so many bytes are written."""
    table, out = tmp_path / "in.parquet", tmp_path / "out.arrow"
    pq.write_table(forms(600_000), table)
    for many in (1, 1_000_000, 20_000_000):
        out.write_bytes(b"old")
        command = [ALLIANCE, "score", str(table), "--measure", "wai-sr", "-o", str(out)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
            beside: list[int] = []
            while running.poll() is None and (not beside or beside[0] < many):
                beside = [each.stat().st_size for each in tmp_path.glob(".out*")]
            running.send_signal(stop)
            assert running.wait(timeout=60) == 130
        assert {each.name for each in tmp_path.iterdir()} == {"in.parquet", "out.arrow"}
        assert out.read_bytes() == b"old"


SERVICE = """
import signal, sys
import therapeutic_alliance as ta
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
ta.frames.score_file(ta.Registry().measure("wai-sr"), *sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 1_000_000, 20_000_000])
def test_a_service_that_exits_at_sigterm(tmp_path: Path, many: int) -> None:
    """The library takes over no signals: the guide shows the line for who calls it."""
    guide = Path("docs/guide/files.md").read_text()
    assert SERVICE.splitlines()[3] in guide
    table, out = tmp_path / "in.parquet", tmp_path / "out.arrow"
    pq.write_table(forms(600_000), table)
    out.write_bytes(b"old")
    with subprocess.Popen([sys.executable, "-c", SERVICE, str(table), str(out)]) as running:
        beside: list[int] = []
        while running.poll() is None and (not beside or beside[0] < many):
            beside = [each.stat().st_size for each in tmp_path.glob(".out*")]
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 143
    assert {each.name for each in tmp_path.iterdir()} == {"in.parquet", "out.arrow"}
    assert out.read_bytes() == b"old"


def test_a_signal_that_was_to_be_ignored_is(tmp_path: Path) -> None:
    """As ``nohup`` asks for it."""
    table, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(forms(10), table)
    out.write_bytes(b"old")
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    program = [sys.executable, "-c", ignoring + RUN, "100", str(int(signal.SIGHUP)), "once"]
    command = [*program, str(out), str(table), "--measure", "wai-sr"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert score_file(WAI, table, tmp_path / "again.parquet").rows == 10
    assert out.read_bytes() == (tmp_path / "again.parquet").read_bytes()


def test_what_was_raised_and_lost_is_raised_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python drops what a finaliser raises: the batch after it stops the run."""
    from therapeutic_alliance.cli.app import run

    class Finalised:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 10)
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    scored = job.Job._scored
    batches: list[Finalised | None] = []

    def lost(*given: object) -> object:
        batches.append(Finalised() if len(batches) == 2 else None)
        batches[-1] = None
        return scored(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(job.Job, "_scored", lost)
    table, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(forms(100), table)
    assert run(["score", str(table), "--measure", "wai-sr", "-o", str(out)]) == 130
    assert [*tmp_path.iterdir()] == [table]
    assert len(batches) == 3


def _with_everything() -> pa.Table:
    """Refused answers, codes, rows without a key, dates, categories."""
    table = forms(3_000)
    more = {
        "case": pa.array([f"c{row}" if row % 7 else None for row in range(3_000)]),
        "session": pa.array([float(row) if row % 9 else None for row in range(3_000)]),
        "rater": table["rater"].combine_chunks().dictionary_encode(),
        "1": pa.array([1.5, 47, 3] * 1_000, pa.float32()),
        "2": pa.array([99, 4, None] * 1_000, pa.int8()),
    }
    for name, column in more.items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table.append_column("date", pa.array([0] * 3_000, pa.timestamp("us")))


@pytest.mark.skipif(int(pa.__version__.split(".")[0]) < 26, reason="older ones import it anyway")
@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
@pytest.mark.parametrize("kind", PUT)
def test_pandas_is_not_imported(tmp_path: Path, kind: str, suffix: str) -> None:
    """PyArrow imports it for little things, and drops a signal while it does."""
    assert find_spec("pandas") is not None
    place = PUT[kind](_with_everything(), tmp_path)
    database = f"DuckTable({str(place.path)!r}, 'forms')" if isinstance(place, DuckTable) else None
    program = f"""
import sys
import therapeutic_alliance as ta
from therapeutic_alliance.frames import DuckTable, score_file
done = score_file(
    ta.Registry().measure("wai-sr"), {database or repr(str(place))},
    {str(tmp_path / f"out{suffix}")!r}, invalid="null-and-count", codes=["99", "1.5"],
)
assert (done.refused, done.without_key) == (1_000, 715), done
assert "pandas" not in sys.modules
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
