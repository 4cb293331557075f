"""H8 of ruptures.md: what patient and therapist report when asked directly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.dossier import a, course, new
from tests.course.illustrations import told
from tests.course.test_indicators_reports import WORKED, reports
from therapeutic_alliance.course.detectors.direct_report import DirectReport

E = ta.evidence
PATIENT, THERAPIST = E.reports(WORKED, by="c"), E.reports(WORKED, by="t")


def test_flags_of_the_example() -> None:
    """H8, example: patient yes, no, yes, None, no; therapist yes, yes, no, no, no."""
    rule = DirectReport()
    assert told(rule.flags(PATIENT)) == [True, False, True, None, False]
    assert told(rule.flags(THERAPIST)) == [True, True, False, False, False]


def test_prevalence_and_intensity_of_the_example() -> None:
    """H8: "patient prevalence 2/4=.50, therapist 2/5=.40; mean intensity 2.5"."""
    patient, therapist = E.Reported.of(PATIENT), E.Reported.of(THERAPIST)
    assert (patient.prevalence, patient.answered, patient.intensity) == (0.5, 4, 2.5)
    assert (therapist.prevalence, therapist.answered, therapist.intensity) == (0.4, 5, None)
    assert patient.resolution is None


def test_codes_of_the_dyad() -> None:
    """H8: "codes both, therapist_only, patient_only, None, neither"."""
    assert E.dyad_codes(PATIENT, THERAPIST) == (
        (1, "both"), (2, "therapist_only"), (3, "patient_only"), (4, None), (5, "neither"),
    )  # fmt: skip


def test_session_1_is_evaluable() -> None:
    """Section 0 (8): "H8 ... evaluable from session 1"."""
    assert DirectReport().flags(PATIENT)[0].flag is True


def test_intensity_without_a_rupture_is_an_error() -> None:
    """H8: "Inconsistent record (presence=no, intensity given): error"."""
    with pytest.raises(ta.DocumentError, match="although no rupture is reported"):
        new(a.Report, by="c", session=1, rupture=False, intensity=a.Rating(2, 1, 5))


def test_nothing_reported() -> None:
    assert E.Reported.of(E.reports(course(), by="c")) == E.Reported(
        answered=0, prevalence=None, intensity=None, resolution=None
    )
    assert DirectReport().flags(E.reports(course(), by="c")).flags == ()


def test_two_scales_are_not_averaged() -> None:
    mixed = [
        new(a.Report, by="c", session=n, rupture=True, intensity=a.Rating(2, 1, high))
        for n, high in enumerate((5, 7), 1)
    ]
    found = E.Reported.of(E.reports(course(reports=mixed), by="c"))
    assert (found.prevalence, found.intensity) == (1.0, None)


def test_two_cases_are_no_dyad() -> None:
    other = ta.Course(case="another", participants=WORKED.participants, reports=WORKED.reports)
    with pytest.raises(ta.SeriesError, match="one case"):
        E.dyad_codes(PATIENT, E.reports(other, by="t"))


def test_words() -> None:
    flags = DirectReport().flags(PATIENT)
    assert flags[0].why.endswith("possible rupture, intensity 3 on the scale 1 to 5")
    assert flags[1].why == "none is reported when asked directly"
    assert flags[3].why == "nothing was reported"
    assert "general knowledge" in DirectReport().citation


answers = st.text("yn-", max_size=12)


@given(answers, answers)
def test_oracle(patient: str, therapist: str) -> None:
    """Told once more, letter by letter; statistic and threshold agree with the flag."""
    of = course(reports=[*reports("c", patient), *reports("t", therapist)])
    both = [E.reports(of, by=by) for by in ("c", "t")]
    sessions = {n for said in (patient, therapist) for n, s in enumerate(said, 1) if s != "-"}

    def letter(said: str, number: int) -> str:
        return said[number - 1] if number <= len(said) else "-"

    for said, observed in zip((patient, therapist), both, strict=True):
        flags = DirectReport().flags(observed)
        meaning = {"y": True, "n": False, "-": None}
        assert {f.session: f.flag for f in flags} == {n: meaning[letter(said, n)] for n in sessions}
        for flag in flags:
            numbers: Any = (flag.statistic, flag.threshold)
            assert flag.flag is (None if None in numbers else numbers[0] >= numbers[1])
    names = {"yy": "both", "yn": "patient_only", "ny": "therapist_only", "nn": "neither"}
    assert dict(E.dyad_codes(*both)) == {
        n: names.get(letter(patient, n) + letter(therapist, n)) for n in sessions
    }
