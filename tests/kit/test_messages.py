"""What the kit says to an author who has to find the cause."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import frozen

import therapeutic_alliance as ta
from tests.kit import cohort_faults, exporter_faults, exporter_values
from tests.kit.detector_sound import Sound as DetectorSound
from tests.kit.exporter_sound import Sound
from therapeutic_alliance.testing import (
    CohortDetectorContract,
    Contract,
    DetectorContract,
    ExporterContract,
    Key,
    RoundTripExporterContract,
)


def said(contract: type[Contract], test: str, **given: Any) -> str:
    """The sentence with which a test fails, and no traceback."""
    own: Any = type("TestOwn", (contract,), {"__test__": False, **given})
    with pytest.raises(pytest.fail.Exception) as failed:
        getattr(own(), test)()
    assert failed.value.pytrace is False
    assert failed.value.__cause__ is None
    return str(failed.value)


def of_a_cohort(fault: Any, test: str) -> str:
    return said(CohortDetectorContract, test, detector=fault(), fit=lambda _, few: fault().fit(few))


def test_a_carriage_return_that_breaks_the_row_is_the_cause() -> None:
    planted = exporter_values.BreaksTheRow()
    told = said(ExporterContract, "test_no_cell_is_a_formula", exporter=planted)
    assert told.endswith("a carriage return breaks the row: quote the cell or take it out")


def test_any_other_formula_needs_a_quote() -> None:
    planted = exporter_faults.Formulas()
    told = said(ExporterContract, "test_no_cell_is_a_formula", exporter=planted)
    assert told.endswith("put a quote first")


def test_an_exception_for_no_sheets_is_told() -> None:
    planted = exporter_values.DividesByTheCount()
    told = said(ExporterContract, "test_no_sheets_give_a_whole_document", exporter=planted)
    assert told.startswith("sheets, no sheet: a ZeroDivisionError, where only an AllianceError may")


def test_a_refusal_of_no_sheets_is_told() -> None:
    planted = exporter_faults.NothingIsAnError()
    told = said(ExporterContract, "test_no_sheets_give_a_whole_document", exporter=planted)
    assert told == "sheets, no sheet: refused: nothing to export"


def test_the_first_key_that_differs_is_shown() -> None:
    def read(contract: Contract, content: bytes) -> Mapping[Key, float | None]:
        found = exporter_faults.read(contract, content)
        return {(case, 0, *more): value for (case, _, *more), value in found.items()}  # type: ignore[misc]

    planted = Sound()
    told = said(RoundTripExporterContract, "test_values_come_back", exporter=planted, read=read)
    assert "('quokka-1', 1, 'invented', 'client', None, None, 'part') is lost" in told
    assert "('quokka-1', 0, 'invented', 'client', None, None, 'part') is new" in told


def test_a_constant_that_is_nan_is_told() -> None:
    told = of_a_cohort(cohort_faults.FitsNan, "test_fit_gives_a_detector")
    assert told == "fit, the cohort: a constant is not a finite number"


def test_an_exception_for_a_short_cohort_is_told() -> None:
    test = "test_short_cohorts_give_a_detector_or_an_alliance_error"
    told = of_a_cohort(cohort_faults.FitsOnlyMany, test)
    assert told.startswith("fit, no case: a StatisticsError, where only an AllianceError may be")


def test_a_refusal_of_a_cohort_that_is_enough_is_told() -> None:
    def refuse(_: Contract, _cohort: object) -> None:
        raise ta.AllianceError("too few")

    test = "test_fit_gives_a_detector"
    told = said(CohortDetectorContract, test, detector=cohort_faults.FitsNan(), fit=refuse)
    assert told == "fit refuses the cohort, of 40 simulated cases: too few"


def test_a_cohort_in_raw_units_is_told() -> None:
    test = "test_a_cohort_in_any_metric_gives_the_same_flags"
    assert "fractions of the possible range" in of_a_cohort(cohort_faults.FitsRawUnits, test)


def test_worked_bytes_cannot_excuse_a_number_for_nothing() -> None:
    told = said(
        ExporterContract,
        "test_what_is_not_scorable_shows_no_number",
        exporter=exporter_values.BlankIsNan(),
    )
    assert told.startswith("a score that is not scorable shows 'nan'")


@frozen(kw_only=True)
class Crashes(DetectorSound):
    """A rule that does not expect a gap."""

    def falls(self, before: float, value: float, series: ta.Series) -> bool:
        if any(point.value is None for point in series):
            raise ZeroDivisionError("no gap was expected")
        return bool(super().falls(before, value, series))


@pytest.mark.parametrize(
    "test",
    [
        "test_odd_series_are_answered",
        "test_worked_courses_give_their_flags",
        "test_the_metric_does_not_matter",
        "test_later_sessions_change_nothing",
    ],
)
def test_the_series_that_a_rule_fails_at_is_shown(test: str) -> None:
    """With the traceback into the rule, and without a chain of errors of the kit."""
    own: Any = type(
        "TestOwn",
        (DetectorContract,),
        {"__test__": False, "detector": Crashes(), "worked": Crashes.worked},
    )
    with pytest.raises(ZeroDivisionError) as raised:
        getattr(own(), test)()
    [note] = raised.value.__notes__
    assert note.startswith("tried on:\n  Series.of([")
    assert "None" in note
    assert raised.value.__context__ is None


def test_an_sd_in_the_metric_is_a_deviation_to_be_named() -> None:
    given = {"sd": 1.0, "reliability": 0.92, "kind": "retest", "source": "an illustration"}
    rule = ta.Registry().detector("drop-from-best", **given)
    told = said(DetectorContract, "test_the_metric_does_not_matter", detector=rule)
    assert "an sd is given" in told
    assert told.endswith("say so in deviates")


def test_a_value_that_cannot_be_hashed_is_told_without_a_chain() -> None:
    @frozen(kw_only=True)
    class Unhashable(DetectorSound):
        __hash__ = None  # type: ignore[assignment]

    own: Any = type("TestOwn", (DetectorContract,), {"__test__": False, "detector": Unhashable()})
    with pytest.raises(pytest.fail.Exception, match="not be hashed") as failed:
        own().test_is_a_frozen_value()
    assert failed.value.__context__ is None
