"""What holds for every table: layout and order do not matter, and the scores are ta.score's."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.strategies import answers, callers, measures
from tests.tables.tables import score_table, scored, write
from therapeutic_alliance.exporters.scores import score_rows

Form = tuple[str, int, dict[str, float | None]]


@st.composite
def caseloads(draw: st.DrawFn) -> tuple[ta.Measure, list[Form]]:
    """Forms of one invented measure with keys of their own."""
    measure = draw(measures())
    ids = st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)
    keys = draw(st.lists(st.tuples(ids, st.integers(1, 500)), min_size=1, max_size=4, unique=True))
    return measure, [(*key, draw(answers(measure))) for key in keys]


def _cell(answer: float | None) -> str:
    return "" if answer is None else f"{answer:g}"


def _wide(measure: ta.Measure, forms: list[Form]) -> list[list[Any]]:
    head = ["case", "session", "rater", *measure.items]
    return [
        head,
        *(
            [case, session, "client", *(_cell(given[item]) for item in measure.items)]
            for case, session, given in forms
        ),
    ]


def _long(forms: list[Form]) -> list[list[Any]]:
    return [
        ["case", "session", "rater", "item", "answer"],
        *(
            [case, session, "client", item, _cell(answer)]
            for case, session, given in forms
            for item, answer in given.items()
        ),
    ]


def _scores(rows: list[list[Any]], measure: ta.Measure, rule: ta.Prorate | None) -> list[Any]:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "t.csv", rows)
        found = scored(
            path, measure_of={"invented": measure}.__getitem__, measure="invented", rule=rule
        )
        return score_table(found)


@given(data=st.data(), caseload=caseloads(), rule=callers())
def test_a_table_is_scored_as_its_forms_are(
    data: st.DataObject, caseload: tuple[ta.Measure, list[Form]], rule: ta.Prorate | None
) -> None:
    measure, forms = caseload
    expected = [
        row
        for case, session, given in forms
        for row in score_rows(
            ta.score(
                measure,
                ta.Administration("invented", case, session, "client", given),
                missing=rule,
            )
        )
    ]
    assert _scores(_wide(measure, forms), measure, rule) == expected
    assert _scores(_long(forms), measure, rule) == expected
    shuffled = data.draw(st.permutations(forms))
    found = _scores(_wide(measure, list(shuffled)), measure, rule)
    assert sorted(map(str, found)) == sorted(map(str, expected))


@given(data=st.data(), caseload=caseloads())
def test_the_order_of_columns_does_not_matter(
    data: st.DataObject, caseload: tuple[ta.Measure, list[Form]]
) -> None:
    measure, forms = caseload
    rows = _wide(measure, forms)
    order = data.draw(st.permutations(range(len(rows[0]))))
    moved = [[row[position] for position in order] for row in rows]
    assert _scores(moved, measure, None) == _scores(rows, measure, None)
