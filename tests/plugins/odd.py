"""Distributions that load, though something about them is unusual."""

from tests.plugins.distributions import CODE, Dist
from tests.plugins.good import DETECTOR, code, detector, measure, pack, pulse

LOUD = """
import sys
print("printed at import")
sys.stdout.write("written at import\\n")

class Loud:
    def __get__(self, instance, owner):
        print("printed at register")

from therapeutic_alliance import hookimpl

def __getattr__(name):
    print("printed at register")
    raise AttributeError(name)

def __dir__():
    print("printed at register")
    return [*globals()]

@hookimpl
def alliance_detectors():
    print("printed in the hook")
    sys.stdout.write("written in the hook\\n")
    return []
"""
RULE = """
from attrs import frozen
import therapeutic_alliance as ta

@frozen
class Shared(ta.OnlineDetector[None]):
    limit: float = 2.0
    id, citation = "shared-rule", "invented"

    def start(self, spec):
        return None

    def step(self, state, point):
        return state, ta.Flag(session=point.session, flag=None, why="never")
"""
SHARING = """
from odd_rules.rule import Shared
from therapeutic_alliance import hookimpl

@hookimpl
def alliance_detectors():
    return [Shared()]
"""
CHANGES = """
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl
from tests.plugins.reach import found_open

def change():
    found_open((ta.Registry(), ta.Registry()))
"""
HOLDING = """
import enum, re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any
from attrs import field, frozen
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl

class Colour(enum.Enum):
    RED = "red"

@frozen
class Inner:
    held: Any = (1, frozenset({"a"}))

@frozen
class Holding(ta.OnlineDetector[None]):
    _limit: float = 2.0
    held: Any = field(default=(
        None, True, 1, 1.5, 2j, "text", b"bytes", range(3), Decimal(1), Fraction(1, 2),
        date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=timezone.utc), timedelta(1), timezone.utc,
        Path("a"), re.compile("a"), Colour.RED, len, lambda: 3, int, Inner(),
        MappingProxyType({"a": ("b",)}), ta.Scale(low=0, high=4),
    ), eq=False)
    id, citation = "holding", "invented"

    def start(self, spec):
        return None

    def step(self, state, point):
        flag = None if point.value is None else point.value < self._limit
        return state, ta.Flag(session=point.session, flag=flag, why="below the limit, or not")

@hookimpl
def alliance_detectors():
    return [Holding()]
"""
ODD = (
    code("odd-holding", HOLDING),
    code("odd-changes-import", CHANGES, "change()\n@hookimpl\ndef alliance_measures(): return ()"),
    code("odd-changes-hook", CHANGES, "@hookimpl\ndef alliance_measures(): change(); return ()"),
    code("odd-interrupt", "raise KeyboardInterrupt\n"),
    code("odd-slow", "import time\ntime.sleep(0.3)\n", DETECTOR.format(id="slow", limit=1.0)),
    code("odd-loud", LOUD),
    code(
        "odd-optional",
        "from therapeutic_alliance import hookimpl\n"
        "@hookimpl(optionalhook=True)\ndef alliance_mind_readers():\n    return 3\n",
        DETECTOR.format(id="optional", limit=1.0),
    ),
    code(
        "odd-default",
        DETECTOR.format(id="default", limit=1.0).replace("detectors()", "detectors(api=None)"),
    ),
    Dist(
        "odd-versions",
        {
            "one.py": DETECTOR.format(id="one", limit=1.0),
            "two.py": "raise RuntimeError('the other version was imported')",
        },
        {CODE: "odd_versions.one", "therapeutic_alliance.v2": "odd_versions.two"},
    ),
    measure("odd-twin-a", "twin"),
    pack("odd-twin-b", {"twin.toml": pulse("twin")}),
    measure("odd-twin-c", "twin", high=9),
    Dist("odd-rules", {"rule.py": RULE}, {}),
    code("odd-sharing-a", SHARING),
    code("odd-sharing-b", SHARING),
    detector("odd-other-shared", "shared-rule"),
    measure("odd-replaces", "wai-sr"),
    detector("odd-replaces-detector", "rci-drop"),
    measure("odd-alias-a", "alias-a", aliases=("claimed",)),
    measure("odd-alias-b", "alias-b", aliases=("claimed",)),
    measure("odd-alias-builtin", "alias-c", aliases=("wai-sr", "bai")),
    measure("odd-takes-alias", "bai"),
    measure("odd-mood-a", "mood", aliases=("moo",)),
    measure("odd-mood-b", "mood", high=9, aliases=("moo",)),
    measure("odd-second-version", "code-pulse")._replace(version="2.1.3"),
    code("Odd_Name.Here", DETECTOR.format(id="named", limit=1.0)),
)
