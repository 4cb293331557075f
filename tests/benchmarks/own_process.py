"""What a job takes in a process of its own: memory beyond what it is given, and CPU time."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """Bytes and seconds."""

    before: int
    """Resident bytes before the job, its input included."""
    peak: int
    """Most resident bytes during the job."""
    cpu: float


def report(job: Callable[[], object]) -> None:
    """Run a job here, print what it takes. Linux only: the peak is reset before."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, start = _status("VmRSS"), time.process_time()
    result = job()
    cpu = time.process_time() - start
    print(json.dumps(Taken(before, _status("VmHWM"), cpu)))
    del result


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(name)


def run(script: str, *arguments: str) -> Taken:
    """Run a script beside this one that reports on one job."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    before, peak, cpu = json.loads(ran.stdout)
    return Taken(before, peak, cpu)
