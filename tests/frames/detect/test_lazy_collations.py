"""Cases are told apart by the bytes of their text, whatever an engine thinks of small letters."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import windowed

WINDOWS = tuple(each for each in windowed.WINDOWS if each.id != "srs-rules")  # 0 to 40 only
BY_ROWS = ta.Registry().detector("eb-z", cohort=ta.CohortConstants.illustrative())
WHERE: dict[str, Any] = {"by": "who", "order": "session", "score": "score", "low": 1, "high": 5}
VISITS = [("Zoe", 1, 5.0), ("zoe", 2, 4.5), ("Zoé", 3, 1.0), ("Zoe", 4, 3.0), ("zoe", 5, 2.0)]
COLLATIONS = {
    "of the column": "CREATE TABLE visits (who VARCHAR COLLATE nocase.noaccent, {})",
    "of the database": "SET default_collation = 'nocase.noaccent'; "
    "CREATE TABLE visits (who VARCHAR, {})",
    "of an enum": "SET default_collation = 'nocase'; "
    "CREATE TABLE visits (who ENUM ('Zoe', 'zoe', 'Zoé'), {})",
    "none": "CREATE TABLE visits (who VARCHAR, {})",
}


@pytest.fixture(params=[*COLLATIONS.values()], ids=[*COLLATIONS])
def visits(request: pytest.FixtureRequest) -> Iterator[Any]:
    with duckdb.connect() as connection:
        connection.execute(request.param.format("session INT, score DOUBLE"))
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?)", VISITS)
        yield connection.table("visits")


@pytest.mark.parametrize("detector", [*WINDOWS, BY_ROWS], ids=lambda each: each.id)
def test_cases_are_those_of_frames_in_memory(visits: Any, detector: Any) -> None:
    found = ta.detect_frame(visits, detector, **WHERE)
    want = ta.detect_frame(visits.to_arrow_table(), detector, **WHERE)
    assert found.order("session").fetchall() == list(zip(*want.to_pydict().values(), strict=True))


def test_columns_keep_their_collation(visits: Any) -> None:
    found = ta.detect_frame(visits, WINDOWS[0], **WHERE)
    assert found.types[:3] == visits.types
    asked = "who = 'ZOE'" if "VARCHAR" in str(found.types[0]) else "who = 'Zoe'"
    assert found.filter(asked).count("*").fetchall() == visits.filter(asked).count("*").fetchall()


@pytest.mark.parametrize("detector", [WINDOWS[0], BY_ROWS], ids=lambda each: each.id)
@pytest.mark.parametrize(
    ("raters", "asked"),
    [
        (("client", "Client"), {}),
        (("client", "client"), {"rater": "client"}),
        (("Client", "Client"), {"rater": "client"}),
    ],
)
def test_raters_are_told_apart_by_the_bytes_of_their_text(
    detector: Any, raters: tuple[str, str], asked: dict[str, Any]
) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET default_collation = 'nocase'")
        columns = "who INT, session INT, score DOUBLE, rater VARCHAR"
        connection.execute(f"CREATE TABLE visits ({columns})")
        rows = [(1, session, 4.0, rater) for session, rater in enumerate(raters, start=1)]
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?, ?)", rows)
        visits = connection.table("visits")
        if raters == ("client", "client"):
            assert len(ta.detect_frame(visits, detector, **WHERE, **asked).fetchall()) == 2
            return
        with pytest.raises(
            (ta.TableError, duckdb.InvalidInputException), match='column "rater": names '
        ):
            ta.detect_frame(visits, detector, **WHERE, **asked).fetchall()
