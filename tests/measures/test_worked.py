"""Every built-in measure gives what was worked out by hand from the published facts."""

import pytest

import therapeutic_alliance as ta
from tests.measures import worked

FILES = {measure_id: worked.read(measure_id) for measure_id in worked.IDS}
EDITIONS = {measure_id: worked.edition(file) for measure_id, file in FILES.items()}

CASES = [
    pytest.param(measure_id, case, id=f"{measure_id}-{number}")
    for measure_id, file in FILES.items()
    for number, case in enumerate(file["cases"], 1)
]
REFUSALS = [
    pytest.param(measure_id, refusal, id=f"{measure_id}-{refusal['item']}-{refusal['answer']}")
    for measure_id, file in FILES.items()
    for refusal in file["refused"]
]


def test_every_built_in_measure_was_worked_and_nothing_else() -> None:
    assert sorted(ta.Registry().measures) == worked.IDS


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_the_file_is_about_its_measure(measure_id: str) -> None:
    file = FILES[measure_id]
    assert file["measure"] == measure_id
    assert len(file["cases"]) >= 5, "too few cases to tell one key from another"
    assert len(file["refused"]) >= 5, "too few refusals to tell one range from another"


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_lowest_and_highest(measure_id: str) -> None:
    assert list(worked.wrong_ends(EDITIONS[measure_id], FILES[measure_id])) == []


@pytest.mark.parametrize(("measure_id", "case"), CASES)
def test_scores(measure_id: str, case: worked.Worked) -> None:
    assert list(worked.wrong_scores(EDITIONS[measure_id], case)) == []


@pytest.mark.parametrize(("measure_id", "refusal"), REFUSALS)
def test_refusals(measure_id: str, refusal: worked.Worked) -> None:
    found = worked.wrong_refusal(EDITIONS[measure_id], FILES[measure_id], refusal)
    assert list(found) == []


@pytest.mark.parametrize(
    "measure_id", [name for name, file in FILES.items() if {"stated", "completed"} & file.keys()]
)
def test_an_open_measure_is_not_scored_until_its_key_is_stated(measure_id: str) -> None:
    measure = ta.Registry().measure(measure_id)
    assert measure.status == "open"
    with pytest.raises(ta.DefinitionError, match="state"):
        ta.score(measure, FILES[measure_id]["cases"][0]["answers"])
    assert EDITIONS[measure_id].status == "stated"
