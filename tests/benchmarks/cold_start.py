"""A fresh process: import, get one built-in measure, score one form."""

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial

PROGRAMS = {
    "import attrs, cattrs, pluggy, tomllib": "import attrs, cattrs, pluggy, tomllib",
    "ours: import, get wai-sr, score one form": (
        "import therapeutic_alliance as ta; ta.score(ta.Registry().measure('wai-sr'), [4] * 12)"
    ),
    "ours: import alone": "import therapeutic_alliance",
    "Python alone": "pass",
}


def cpu_seconds(program: str) -> float:
    """User and system time of one Python process."""
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime


def jobs() -> Mapping[str, Callable[[], float]]:
    """What is measured: each call is one process and gives its CPU time."""
    return {name: partial(cpu_seconds, program) for name, program in PROGRAMS.items()}
