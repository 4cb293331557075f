"""Forms that an importer reads: numbered, each key once, told without what they hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.importers.imported import ImportedForms
from therapeutic_alliance.importers.keys import SeenForms
from therapeutic_alliance.importers.scored import scored_rows

ANSWERS = {"1": 6, "2": 7, "3": 1, "4": 6, "5": 5}


def _form(
    session: int, measure: str = "arm-5", rater: str = "client", answer: int = 6
) -> ta.Administration:
    return ta.Administration(measure, "jane-doe", session, rater, {**ANSWERS, "1": answer})


def _forms(*forms: ta.Administration) -> ImportedForms:
    return ImportedForms(Path("clinic.xml"), forms, ta.Registry().measure, SeenForms())


def _problems(*forms: ta.Administration) -> Iterator[str]:
    for row in scored_rows(_forms(*forms)):
        yield from map(str, row.problems)


def test_good_forms_are_scored_in_order() -> None:
    sheets = [row.sheet for row in scored_rows(_forms(_form(2), _form(1)))]
    assert [sheet.form.session for sheet in sheets if sheet and sheet.form] == [2, 1]


def test_what_is_wrong_names_the_file_and_the_form() -> None:
    found = list(
        _problems(
            _form(1),
            _form(1),
            _form(2, measure="arm-55"),
            _form(3, rater="parent"),
            _form(4, answer=8),
            _form(5),
        )
    )
    assert found[0] == "clinic.xml: form 2, session 1: has the key of form 1"
    assert found[1].startswith("clinic.xml: form 3, session 2: no such measure; did you mean")
    assert found[2].startswith("clinic.xml, $.rater: form 4, session 3: ")
    assert found[3] == "clinic.xml, item 1: form 5, session 4: above the highest answer, 7"
    assert len(found) == 4
    assert not any("jane" in each for each in found)


def test_a_file_without_a_form_is_refused() -> None:
    with pytest.raises(ta.TableError, match=r"^clinic.xml: holds no form$"):
        list(scored_rows(_forms()))
