"""The installed command: streams, exit codes, and what it does without its packages."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import ALLIANCE, Run, process
from tests.cli.conftest import FORMS, TIDY

Make = Callable[..., Path]
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
COMMANDS = (
    ("demo",), ("measures",), ("measures", "wai-sr"), ("inspect", "t.csv"),
    ("score", "t.csv", "--measure", "arm-5"), ("detect", "t.csv", "--measure", "arm-5"),
)  # fmt: skip


def test_version_and_help() -> None:
    assert process("--version") == (0, f"alliance, version {ta.__version__}\n", "")
    for command in (
        (),
        ("demo",),
        ("inspect",),
        ("score",),
        ("detect",),
        ("measures",),
        ("check",),
    ):
        ran = process(*command, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Usage: alliance")
    assert process().code == 2


def test_as_a_module(make: Make) -> None:
    program = [sys.executable, "-m", "therapeutic_alliance.cli", "score", str(make())]
    ran = subprocess.run(
        [*program, "--measure", "arm-5"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == process("score", make(), "--measure", "arm-5").out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_ascii_terminal(make: Make, tmp_path: Path, command: tuple[str, ...]) -> None:
    make(TIDY.replace("\n", ",Größe\n") + FORMS.replace("\n", ",x\n"))
    ran = process(*command, cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.code == 0, ran.err
    assert ran.out


def test_a_file_name_that_no_encoding_has(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.csv"
    with open(name, "w") as file:  # noqa: PTH123
        file.write(TIDY + FORMS)
    for command in (["inspect"], ["inspect", "--json"], ["score", "--measure", "arm-5"], ["check"]):
        ran = subprocess.run([ALLIANCE, *command, name], capture_output=True, check=False)
        assert ran.returncode == (1 if command == ["check"] else 0)
        assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_disk_under_stdout(make: Make, tmp_path: Path, command: tuple[str, ...]) -> None:
    make()
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [ALLIANCE, *command],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path,
            env=BUFFERED,
        )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1] == "alliance: No space left on device"


@pytest.mark.parametrize("forms", [3, 3_000])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_reader_that_has_enough(
    make: Make, tmp_path: Path, command: tuple[str, ...], forms: int
) -> None:
    make(TIDY + "".join(f"c{n},1,client,6,7,1,6,5\n" for n in range(forms)))
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [ALLIANCE, *command],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path,
            env=BUFFERED,
    )  # fmt: skip
    os.close(writing)
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr


@pytest.mark.parametrize("absent", ["click", "rich"])
def test_without_its_packages(absent: str) -> None:
    program = f"import sys; sys.modules[{absent!r}] = None\n"
    program += "from therapeutic_alliance.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    hint = "alliance: the command line needs: pip install 'therapeutic-alliance[cli]'\n"
    assert ran.stderr == hint


def test_process_substitution_is_refused(make: Make) -> None:
    program = f"{ALLIANCE} score <(cat {make()}) --measure arm-5"
    ran = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "cannot be read: not a regular file" in ran.stderr


def test_a_redirected_file_is_read(make: Make) -> None:
    with make().open() as table:
        ran = subprocess.run(
            [ALLIANCE, "score", "/dev/stdin", "--measure", "arm-5"],
            stdin=table, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 0
    assert len(ran.stdout.splitlines()) == 4


def test_sigterm_takes_the_temporary_file_away(make: Make, tmp_path: Path) -> None:
    table = make(TIDY + "".join(f"c{n},1,client,6,7,1,6,5\n" for n in range(300_000)))
    out = tmp_path / "out.csv"
    program = [ALLIANCE, "score", str(table), "--measure", "arm-5", "-o", str(out)]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as running:
        while len([*tmp_path.iterdir()]) < 2:  # the hidden file beside the output
            assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 130
        assert running.stderr is not None
        assert running.stderr.read().strip() == "alliance: stopped"
    assert [*tmp_path.iterdir()] == [table]


def test_sigterm_is_the_callers_again_after_a_command(alliance: Run) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert alliance("measures").code == 0
    assert signal.getsignal(signal.SIGTERM) is before
