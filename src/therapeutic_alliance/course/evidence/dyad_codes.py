"""Who of patient and therapist reports a rupture, session by session."""

from collections.abc import Iterator
from typing import Literal

from therapeutic_alliance.course.indicators.reports import Code, code_of
from therapeutic_alliance.course.observations import Observations
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.alliance.coding import Report

DyadCode = Literal["both", "patient_only", "therapist_only", "neither"]
"""Who of patient and therapist reports a rupture in a session."""
_DYAD: dict[Code, DyadCode] = {
    "both": "both",
    "first-only": "patient_only",
    "second-only": "therapist_only",
    "neither": "neither",
}


def dyad_codes(
    patient: Observations[Report], therapist: Observations[Report]
) -> tuple[tuple[int, DyadCode | None], ...]:
    """For each session, who of patient and therapist reports a rupture; ``None``: not both asked.

    Raises :class:`SeriesError` if the reports are of two cases.

    >>> from therapeutic_alliance.course.observations import Observation
    >>> yes, no = (Report(id="r", by="p", rupture=each) for each in (True, False))
    >>> patient = Observations(kind="reports", points=[Observation(1, yes), Observation(2, None)])
    >>> therapist = Observations(kind="reports", points=[Observation(1, no), Observation(2, no)])
    >>> dyad_codes(patient, therapist)
    ((1, 'patient_only'), (2, None))
    """
    if patient.case != therapist.case:
        raise SeriesError("the reports of a dyad are of one case")
    return tuple(_dyad(patient, therapist))


def _dyad(
    patient: Observations[Report], therapist: Observations[Report]
) -> Iterator[tuple[int, DyadCode | None]]:
    first, second = (
        {point.session: point.value for point in each} for each in (patient, therapist)
    )
    for session in sorted(first.keys() | second.keys()):
        one, other = first.get(session), second.get(session)
        yield session, _DYAD[code_of(one, other)] if one and other else None
