"""What all contracts share, seen as an author of a plugin sees it: in a test file of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.kit.run import Outcomes, outcomes
from therapeutic_alliance import testing
from therapeutic_alliance.testing import Contract

AUTHORS = """
import therapeutic_alliance as ta
from therapeutic_alliance.testing import *
from tests.kit.measure_faults import PULSE, Sound, WrongRange


class Base(MeasureContract):
    __test__ = False
    worked, ranges, refused = Sound.worked, Sound.ranges, Sound.refused


class TestAttribute(Base):
    measure = PULSE


class TestProperty(Base):
    @property
    def measure(self):
        return PULSE


class TestClassMethod(Base):
    @classmethod
    def measure(cls):
        return PULSE


class TestFixture(Base):
    def setup_method(self):
        self.measure = PULSE


class TestBrokenProperty(Base):
    @property
    def measure(self):
        return self.no_such_name


class NoTestInItsName(Base):
    measure = PULSE


class TestDeviates(TestAttribute):
    ranges = {"steady": (0, 12), "open": (0, 12), "total": (0, 25)}
    deviates = {"test_ranges": "the manual prints 25, p. 12"}


class TestDeviatesNoMore(TestAttribute):
    deviates = {"test_ranges": "the manual prints 25, p. 12"}


class TestInherits(TestDeviates):
    pass


class TestForgets(DetectorContract):
    detector = ta.Registry().detector("rci-drop")
    deviates = {"test_worked_courses_give_their_flags": "no time"}


class TestForgetsToFit(TestForgets, CohortDetectorContract):
    worked = [WorkedCourse(values=[4, 2], low=1, high=5, flagged=[2], not_evaluable=[1])]
    deviates = {"test_fit_gives_a_detector": "no time"}


class TestForgetsToRead(RoundTripExporterContract):
    exporter = ta.Registry().exporter("scores-csv")
    worked = [WorkedExport(sheets=[], content=b"")]
    deviates = {"test_values_come_back": "no time"}
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    folder = tmp_path_factory.mktemp("author")
    file = folder / "test_own.py"
    file.write_text(AUTHORS, encoding="utf-8")
    return outcomes(file, folder, "-o", "python_classes=Test* *Contract Base")


def test_only_the_author_s_own_classes_are_collected(ran: Outcomes) -> None:
    """And the sound ones they import from elsewhere, as pytest always does."""
    contracts = {name for name in testing.__all__ if name.endswith("Contract")}
    assert contracts.isdisjoint(ran)
    assert "Base" not in ran
    assert "NoTestInItsName" in ran


@pytest.mark.parametrize(
    "name", ["TestAttribute", "TestProperty", "TestClassMethod", "TestFixture", "NoTestInItsName"]
)
def test_what_is_needed_is_given_in_many_ways(ran: Outcomes, name: str) -> None:
    assert {each.result for each in ran[name].values()} == {"passed"}


def test_a_property_that_fails_says_so_itself(ran: Outcomes) -> None:
    assert "no_such_name" in ran["TestBrokenProperty"]["test_ranges"].message


@pytest.mark.parametrize("name", ["TestDeviates", "TestInherits"])
def test_a_known_deviation_is_expected(ran: Outcomes, name: str) -> None:
    assert ran[name]["test_ranges"].result == "xfailed"
    assert ran[name]["test_worked_examples"].result == "passed"
    assert ran["TestAttribute"]["test_ranges"].result == "passed", "in that class alone"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("TestForgets", "TestForgets gives no worked: courses whose flags"),
        ("TestForgetsToFit", "TestForgetsToFit gives no fit: how the constants"),
        ("TestForgetsToRead", "TestForgetsToRead gives no read: the values by"),
    ],
)
def test_what_is_forgotten_is_no_deviation(ran: Outcomes, name: str, said: str) -> None:
    outcome = ran[name]["test_everything_needed_is_given"]
    assert outcome.result == "failed"
    assert said in outcome.message


def test_a_deviation_that_is_none_fails(ran: Outcomes) -> None:
    outcome = ran["TestDeviatesNoMore"]["test_ranges"]
    assert outcome.result == "failed"
    assert "XPASS(strict)" in outcome.message


@pytest.mark.parametrize(
    ("deviates", "said"),
    [
        ({"test_ragnes": "p. 12"}, "no test 'test_ragnes'; did you mean 'test_ranges'?"),
        ({"needed": "p. 12"}, "there is no test 'needed'"),
        ({"test_ranges": " "}, "say why test_ranges deviates, with the source"),
        ({"test_ranges": None}, "say why test_ranges deviates, with the source"),
        (
            {"test_everything_needed_is_given": "no time"},
            "test_everything_needed_is_given cannot be named; give what the contract needs",
        ),
    ],
)
def test_a_deviation_names_a_test_and_a_reason(deviates: dict[str, str], said: str) -> None:
    with pytest.raises(ta.AllianceError, match=r"^TestOwn\.deviates: ") as refused:
        type("TestOwn", (testing.MeasureContract,), {"deviates": deviates})
    assert said in str(refused.value)


@pytest.mark.parametrize("name", testing.__all__)
def test_every_public_name_is_there_and_explained(name: str) -> None:
    value = getattr(testing, name)
    assert (value.__doc__ or "").strip()


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'MeasureContracts'"):
        testing.MeasureContracts  # noqa: B018


@pytest.mark.parametrize("package", ["pytest", "hypothesis"])
def test_without_the_extra_one_line_names_it(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import therapeutic_alliance.testing"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    last = run.stderr.splitlines()[-1]
    assert last.startswith("therapeutic_alliance.errors.MissingExtraError: ")
    assert "pip install 'therapeutic-alliance[testing]'" in last
    assert run.stderr.count("Traceback") == 1


def test_the_library_does_not_load_the_kit() -> None:
    code = (
        "import sys, therapeutic_alliance as ta; ta.Registry().measure('srs'); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"pytest", "hypothesis", "therapeutic_alliance.testing"}.isdisjoint(run.stdout.split())


def test_names_of_tests_are_pinned() -> None:
    """They are public: authors name them in ``deviates``. Renaming one is told in the changelog."""
    file = Path(__file__).with_name("test_names.txt")
    contracts = [getattr(testing, name) for name in testing.__all__ if name.endswith("Contract")]
    names = [
        f"{each.__name__}.{name}"
        for each in contracts
        for name in dir(each)
        if name.startswith("test_") and each is not Contract
    ]
    assert file.read_text(encoding="utf-8").split() == sorted(names)
