"""Discovering, strictly or not, and what is told of it, in this process."""

import sys
from typing import Any

import pytest

import therapeutic_alliance as ta

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("installed")]


def test_the_bare_registry_scans_nothing() -> None:
    registry = ta.Registry()
    assert registry.report() == ()
    assert "below" not in registry.detectors


def test_the_report_is_by_name_and_of_those_allowed_only() -> None:
    registry = ta.Registry.discover(allow=["odd-sharing-a", "Good_Detector", "bad-exit"])
    report = registry.report()
    assert [each.distribution for each in report] == ["bad-exit", "good-detector", "odd-sharing-a"]
    assert [each.loaded for each in report] == [False, True, True]
    assert report[1].adds["detectors"] == ("below",)
    assert report[1].problem == ""
    assert all(each.seconds > 0 for each in report)
    assert str(report[0]) == "bad-exit 1.0 (import: SystemExit: 3 (plugin.py, line 2))"


def test_strict_raises_all_faults_together_with_their_causes() -> None:
    with pytest.raises(ExceptionGroup) as refused:
        ta.Registry.discover(
            allow={"bad-exit": None, "bad-raises": "1.0", "good-detector": "9", "absent": None},
            strict=True,
        )
    errors = refused.value.exceptions
    assert all(type(error) is ta.PluginError for error in errors)
    assert [str(error).partition(" (")[0] for error in errors] == [
        "absent",
        "bad-exit 1.0",
        "bad-raises 1.0",
        "good-detector 1.0",
    ]
    causes = [type(error.__cause__) for error in errors]
    assert causes == [type(None), SystemExit, ZeroDivisionError, type(None)]


def test_strict_is_silent_where_all_load() -> None:
    registry = ta.Registry.discover(allow={"good-detector", "good-pack"}, strict=True)
    assert [each.stage for each in registry.report()] == ["loaded", "loaded"]


@pytest.mark.parametrize("nothing", [[], {}, set(), ()])
def test_an_empty_list_allows_nothing(nothing: Any) -> None:
    registry = ta.Registry.discover(allow=nothing, strict=True)
    assert registry.report() == ()
    assert list(registry.detectors) == list(ta.Registry().detectors)


@pytest.mark.parametrize(
    ("allow", "says"),
    [
        ("good-detector", 'allow is "all", a collection'),
        ("", 'allow is "all", a collection'),
        ([1], "a distribution's name is a text"),
        ({"good-detector": 1.0}, "a version is a text"),
        ({"good-detector": ("1.0",)}, "a version is a text"),
    ],
)
def test_what_is_no_list_of_names_is_refused(allow: Any, says: str) -> None:
    with pytest.raises(ta.AllianceError, match=says):
        ta.Registry.discover(allow=allow)


@pytest.mark.parametrize("prefer", [{"below": 1}, {1: "good-detector"}])
def test_what_is_no_preference_is_refused(prefer: Any) -> None:
    with pytest.raises(ta.AllianceError, match=r"^prefer: "):
        ta.Registry.discover(allow=(), prefer=prefer)


def test_a_plugin_that_fails_half_way_leaves_nothing() -> None:
    registry = ta.Registry.discover(allow={"bad-half", "bad-half-pack", "bad-two-files"})
    assert {each.stage for each in registry.report()} == {"contribute"}
    assert "half-way" not in registry.detectors
    assert "fine" not in registry.detectors
    assert not {"half-measure", "good"} & set(registry.measures)
    [fault] = [each for each in registry.report() if each.distribution == "bad-two-files"]
    assert "a.toml" in fault.problem
    assert "b.toml, $.id" in fault.problem


def test_each_hook_is_called_once() -> None:
    registry = ta.Registry.discover(allow={"good-measure", "good-detector"})
    assert registry.measure("code-pulse") is registry.measure("code-pulse")
    assert registry.detector("below") is registry.detectors["below"]
    assert ta.Registry().measure("wai-sr") is not registry.measure("wai-sr")
    assert registry.measure("wai-sr") is registry.measure("wai-sr")


def test_all_installed_plugins_are_listed_with_what_became_of_them() -> None:
    registry = ta.Registry.discover(allow={"good-detector", "bad-exit", "never-heard-of"})
    every = {each.distribution: each for each in ta.installed_plugins(registry)}
    assert list(every) == sorted(every)
    assert every["good-detector"] is registry.report()[1]
    assert every["bad-exit"].stage == "import"
    assert every["never-heard-of"].stage == "missing"
    assert (every["good-pack"].stage, every["good-pack"].version) == ("not-allowed", "1.0")
    assert not every["good-pack"].loaded
    assert "good_measure" not in sys.modules
    assert {each.stage for each in ta.installed_plugins()} == {"not-allowed"}
