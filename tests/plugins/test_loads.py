"""Distributions that are unusual and load, and the one fault that is let through."""

import pytest

from tests.plugins.distributions import Environment
from tests.plugins.told import SOME, assert_works, probed

INTERRUPTED = """
import therapeutic_alliance as ta
try:
    ta.Registry.discover(allow={"odd-interrupt", "good-detector"})
except KeyboardInterrupt:
    print("interrupted")
"""
DEPRECATED = """
import warnings
import therapeutic_alliance as ta
from therapeutic_alliance.sdk import hooks

options = hooks.alliance_detectors.therapeutic_alliance_spec
options["warn_on_impl"] = DeprecationWarning("alliance_detectors goes")
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    registry = ta.Registry.discover(allow={"good-detector"}, strict=True)
    assert registry.detector("below").id == "below"
for each in told:
    if "good_detector" in each.filename:
        print(each.category.__name__, each.message, each.filename, each.lineno)
"""

AT_ONCE = """
import sys
from threading import Barrier, Thread
import therapeutic_alliance as ta

before, start = sys.stdout, Barrier(4)

def discover():
    start.wait()
    ta.Registry.discover(allow=set(sys.argv[1:]), strict=True)

for trial in range(30):
    threads = [Thread(target=discover) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sys.stdout is before, trial
print("still the same")
"""

pytestmark = pytest.mark.slow


def test_an_interrupt_passes(everything: Environment) -> None:
    assert everything.program(INTERRUPTED).out == "interrupted\n"


@pytest.mark.parametrize("names", [["good-pack"], ["good-detector", "good-pack"]])
def test_stdout_comes_back_whoever_loads_at_once(everything: Environment, names: list[str]) -> None:
    assert everything.program(AT_ONCE, *names).out == "still the same\n"


def test_a_slow_import_is_told_and_not_cut(everything: Environment) -> None:
    told = probed(everything, ["odd-slow", *SOME])
    assert told["report"]["odd-slow"]["stage"] == "loaded"
    assert told["report"]["odd-slow"]["seconds"] >= 0.3
    assert told["used"]["detectors"]["slow"] == [3]
    assert_works(told, SOME)


def test_what_it_prints_goes_to_stderr(everything: Environment) -> None:
    ran = everything.program(
        "import therapeutic_alliance as ta\n"
        "registry = ta.Registry.discover(allow={'odd-loud'}, strict=True)\n"
        "print('the program still prints')\n"
    )
    assert ran.out == "the program still prints\n"
    for step in ("import", "register", "the hook"):
        assert f"printed at {step}" in ran.err or f"printed in {step}" in ran.err
    assert "written at import" in ran.err
    assert "written in the hook" in ran.err


@pytest.mark.parametrize(
    ("name", "detector"), [("odd-optional", "optional"), ("odd-default", "default")]
)
def test_a_hook_may_be_optional_or_have_a_default(
    name: str, detector: str, everything: Environment
) -> None:
    told = probed(everything, [name, *SOME])
    assert told["report"][name]["adds"] == {"detectors": [detector]}
    assert told["used"]["detectors"][detector] == [3]
    assert told["strict"] == []


def test_of_two_versions_of_the_interface_ours_is_taken(everything: Environment) -> None:
    told = probed(everything, ["odd-versions"])
    assert told["report"]["odd-versions"]["adds"] == {"detectors": ["one"]}


def test_a_hook_that_is_to_go_warns_at_the_line_of_the_plugin(everything: Environment) -> None:
    plugin = everything.packages / "good_detector" / "plugin.py"
    lines = plugin.read_text(encoding="utf-8").splitlines()
    line = lines.index("@hookimpl") + 1
    ran = everything.program(DEPRECATED)
    assert ran.out == f"DeprecationWarning alliance_detectors goes {plugin} {line}\n", ran.err
