"""An output is whole, or it is not there: kill -9, Ctrl-C, a full disk, an error at the end."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.cli.commands import ALLIANCE
from tests.frames.files.forms import WAI, forms, get, parquet
from therapeutic_alliance.frames.files import job, sink
from therapeutic_alliance.frames.files.score_file import score_file

SUFFIXES = (".parquet", ".arrow", ".csv")
ROWS = 60_000
BATCH = 10_000
TIMES = 100


def _run(table: Path, out: Path, **how: object) -> "subprocess.Popen[str]":
    command = [ALLIANCE, "score", str(table), "--measure", "wai-sr", "-o", str(out)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **how)  # type: ignore[call-overload,no-any-return]


def _hidden(folder: Path) -> Iterator[Path]:
    return (each for each in folder.iterdir() if each.name.startswith("."))


def _wait_for_bytes(running: "subprocess.Popen[str]", folder: Path, many: int) -> None:
    """Until so many bytes stand beside the output, or the program has ended."""
    while running.poll() is None:
        for each in _hidden(folder):
            try:
                if each.stat().st_size >= many:
                    return
            except FileNotFoundError:  # renamed at this moment
                return


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six batches, so that there is much to be killed between."""
    path = tmp_path_factory.mktemp("in") / "in.parquet"
    pq.write_table(forms(ROWS), path, row_group_size=10_000)
    return path


@pytest.fixture(scope="module")
def whole(table: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The outputs of runs that nothing happened to."""
    folder = tmp_path_factory.mktemp("whole")
    outs = {suffix: folder / f"out{suffix}" for suffix in SUFFIXES}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(job, "rows_at_once", lambda _columns: BATCH)
        for out in outs.values():
            score_file(WAI, table, out)
    return outs


# one program that has imported all, and is a new process for each run: 0.1 s instead of 1 s
KILLER = f"""
import os, signal, sys
from pathlib import Path
import pandas, pyarrow.csv, pyarrow.parquet  # PyArrow looks for pandas
import therapeutic_alliance.cli.score
import therapeutic_alliance.builtin
import therapeutic_alliance.frames.eager.score
from therapeutic_alliance.cli.app import run
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.sdk.registry import Registry
Registry().measure("wai-sr")
job.rows_at_once = lambda _columns: {BATCH}
for line in sys.stdin:
    table, out, many = line.split()
    child = os.fork()
    if not child:
        os._exit(run(["score", table, "--measure", "wai-sr", "-o", out]))
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        try:
            beside = [each.stat().st_size for each in Path(out).parent.glob(".out*")]
        except FileNotFoundError:
            beside = []
        if beside and beside[0] >= int(many):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
    print("ended", flush=True)
"""


@pytest.mark.slow
def test_killed_a_hundred_times(tmp_path: Path, table: Path, whole: dict[str, Path]) -> None:
    """At random: before the first byte, anywhere in the file, and not at all."""
    random = Random(9)  # noqa: S311, a choice of moments
    expected = {suffix: path.read_bytes() for suffix, path in whole.items()}
    ended = {"none": 0, "old": 0, "whole": 0}
    program = [sys.executable, "-c", KILLER]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(program, text=True, **piped) as killer:  # type: ignore[call-overload]
        for time in range(TIMES):
            suffix = random.choice(SUFFIXES)
            folder = tmp_path / str(time)
            folder.mkdir()
            out = folder / f"out{suffix}"
            if time % 2:
                out.write_bytes(b"old")
            many = random.randrange(len(expected[suffix]) * 11 // 10)
            print(table, out, many, file=killer.stdin, flush=True)
            assert killer.stdout.readline() == "ended\n"
            found = out.read_bytes() if out.exists() else None
            assert found in (b"old" if time % 2 else None, expected[suffix])
            ended["none" if found is None else "old" if found == b"old" else "whole"] += 1
            left = [each for each in folder.iterdir() if each != out]
            # what is left is hidden, and has no ending by which a reader would take it
            assert all(each.name.startswith(".out.") and each.suffix != suffix for each in left)
        killer.stdin.close()
    assert ended["none"] + ended["old"] > TIMES // 2, ended
    assert ended["whole"], ended


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_ctrl_c(tmp_path: Path, table: Path, suffix: str, stop: signal.Signals) -> None:
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"old")
    with _run(table, out) as running:
        _wait_for_bytes(running, tmp_path, 1)
        running.send_signal(stop)
        assert running.wait(timeout=60) == 130
        assert running.stderr is not None
        assert running.stderr.read().strip() == "alliance: stopped"
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("bytes_", [0, 100_000])
def test_a_file_that_may_not_grow(tmp_path: Path, table: Path, suffix: str, bytes_: int) -> None:
    """The system stops the writing as a full disk does, at any byte."""
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"old")
    limit = (bytes_, bytes_)
    with _run(
        table, out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    ) as running:
        assert running.wait(timeout=60) == 2
        assert running.stderr is not None
        assert (
            running.stderr.read() == f"alliance: out{suffix}: cannot be written: File too large\n"
        )
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("old", [b"old", None])
def test_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, old: bytes | None
) -> None:
    """The disk under the second batch is another one, which is full."""
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 500)
    path, out = parquet(forms(2_000), tmp_path), tmp_path / f"out{suffix}"
    if old is not None:
        out.write_bytes(old)
    writer = sink._writer

    def on_a_full_disk(place: Path, file: object, schema: pa.Schema) -> object:
        made = writer(place, file, schema)  # type: ignore[arg-type]
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, file.fileno())  # type: ignore[attr-defined]
        os.close(full)
        return made

    monkeypatch.setattr(sink, "_writer", on_a_full_disk)
    with pytest.raises(ta.AllianceError) as caught:
        score_file(WAI, path, out)
    assert str(caught.value) == f"{out.name}: cannot be written: No space left on device"
    assert (out.read_bytes() if out.exists() else None) == old
    assert len([*tmp_path.iterdir()]) == (1 if old is None else 2)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("fault", [KeyboardInterrupt, ta.TableError("x"), SystemExit])
def test_a_fault_between_batches(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    fault: type[BaseException] | BaseException,
) -> None:
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 500)
    path, out = parquet(forms(2_000), tmp_path), tmp_path / f"out{suffix}"
    out.write_bytes(b"old")

    def told(done: int, total: int | None) -> None:
        assert total == 2_000
        if done == 1_500:
            raise fault

    made = job.Job(
        measure=WAI, place=Path(str(path)), out=out, columns={}, missing=None, invalid="raise",
        codes=(), key=None,
    )  # fmt: skip
    with pytest.raises(fault if isinstance(fault, type) else type(fault)):
        made.run(told)
    assert out.read_bytes() == b"old"
    assert len([*tmp_path.iterdir()]) == 2


def test_the_whole_outputs_are_readable(whole: dict[str, Path]) -> None:
    assert {len(get(path)) for path in whole.values()} == {ROWS}
