"""A file is whole or not there, whatever happens while it is written."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import WAI, write
from therapeutic_alliance.whole_file import replacing


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    with replacing(path) as file:
        file.write("é\n")
        assert not path.exists()
    assert path.read_bytes() == "é\n".encode()
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["scores.csv"]  # noqa: PTH208


def test_a_file_that_stood_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")
    path.chmod(0o640)
    with replacing(path) as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("old", ["old", None])
@pytest.mark.parametrize("to", ["real.csv", "there/real.csv"])
def test_a_link_stays_one(tmp_path: Path, to: str, old: str | None) -> None:
    """What it leads to is written, beside its own place."""
    (tmp_path / "there").mkdir()
    real, link, further = tmp_path / to, tmp_path / "scores.csv", tmp_path / "there" / "link.csv"
    further.symlink_to(Path("..") / to)
    link.symlink_to(Path("there") / "link.csv")
    if old is not None:
        real.write_text(old)
        real.chmod(0o640)
    with replacing(link) as file:
        file.write("new")
        file.flush()
        [beside] = (each for each in tmp_path.rglob(".*"))
        assert beside.parent == real.parent
    assert real.read_text() == "new"
    assert S_IMODE(real.stat().st_mode) == (0o600 if old is None else 0o640)
    assert {*tmp_path.rglob("*")} == {tmp_path / "there", real, link, further}
    assert (link.is_symlink(), further.is_symlink(), real.is_symlink()) == (True, True, False)


def _half(path: Path, fault: type[BaseException] | BaseException, disk: int | None = None) -> None:
    """Write half a file; the disk under it may be another one."""
    with replacing(path) as file:
        if disk is not None:
            os.dup2(disk, file.fileno())
        file.write("half")
        file.flush()
        raise fault


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError, SystemExit, ta.TableError("x")])
@pytest.mark.parametrize("old", ["old", None])
def test_a_fault_leaves_what_stood_there(
    tmp_path: Path, old: str | None, fault: type[BaseException] | BaseException
) -> None:
    path = tmp_path / "scores.csv"
    if old is not None:
        path.write_text(old)
    with pytest.raises(fault if isinstance(fault, type) else ta.TableError):
        _half(path, fault)
    assert [each.read_text() for each in tmp_path.iterdir()] == ([] if old is None else [old])


def test_a_full_disk_is_told_and_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")
    full = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(ta.AllianceError) as caught:
        _half(path, ta.TableError("not reached"), full)
    os.close(full)
    assert str(caught.value) == "scores.csv: cannot be written: No space left on device"
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.rglob("*"))
    for place, reason in (
        ("file/scores.csv", "Not a directory"),
        ("nowhere/scores.csv", "No such file or directory"),
        ("folder", "not a regular file"),
        ("pipe", "not a regular file"),
        ("loop", "not a regular file"),
        ("x" * 300 + ".csv", "File name too long"),
    ):
        path = tmp_path / place
        with pytest.raises(ta.AllianceError) as caught, replacing(path) as file:
            file.write("x")
        assert str(caught.value) == f"{path.name}: cannot be written: {reason}"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_device_stays_a_device() -> None:
    with pytest.raises(ta.AllianceError, match="not a regular file"), replacing(Path("/dev/null")):
        pass
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("old", ["old", None])
@pytest.mark.parametrize("lines", [0, 400, 3_000])
def test_killed_while_scoring(tmp_path: Path, old: str | None, lines: int) -> None:
    """The table is read from a program that is killed after so many output lines were written."""
    rows = [["case", "session", "rater", *WAI]]
    rows += [["c", str(n), "client", *"123451234512"] for n in range(1, 4_001)]
    table = write(tmp_path / "t.csv", rows)
    out = tmp_path / "out.csv"
    if old is not None:
        out.write_text(old)
    program = f"""
import os, signal
import therapeutic_alliance.exporters.tables as tables
written = 0
class Deadly(tables.CsvWriter):
    def row(self, row):
        global written
        if written == {lines}:
            self._writer.writerow(["last"])
            os.kill(os.getpid(), signal.SIGKILL)
        written += 1
        super().row(row)
tables.CsvWriter = Deadly
from therapeutic_alliance.cli.app import run
run(["score", {str(table)!r}, "--measure", "wai-sr", "-o", {str(out)!r}])
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert (out.read_text() if out.exists() else None) == old
