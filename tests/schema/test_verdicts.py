"""Good documents are accepted and bad ones refused: by our reader, jsonschema and ajv alike."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from tests.environments import ROOT
from tests.schema.broken import CHANGES, broken, path_of
from tests.schema.verdicts import PAGE, ajv, problems, valid
from tests.schema.whole import Plain, as_text, minimal_course, whole_course
from therapeutic_alliance.testing import whole_courses

COURSES = sorted((ROOT / "examples" / "courses").glob("*.json"))
OWN = pytest.mark.parametrize("made", [minimal_course, whole_course])
ON_THE_PAGE = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
SHIPPED = pytest.mark.parametrize("path", COURSES, ids=lambda path: path.stem)
EACH = pytest.mark.parametrize("name", CHANGES)


@OWN
def test_a_good_document(made: Callable[[], Plain]) -> None:
    assert problems(as_text(made())) == ()
    assert valid(as_text(made()))


@OWN
def test_what_is_written_is_good(made: Callable[[], Plain]) -> None:
    assert valid(ta.dumps(ta.loads("course", as_text(made()))))


@SHIPPED
def test_a_shipped_course_is_good(path: Path) -> None:
    assert valid(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ON_THE_PAGE)
def test_a_document_on_the_page_is_good(text: str) -> None:
    assert problems(text) == ()
    assert valid(text)


@given(whole_courses())
def test_a_drawn_course_is_good(course: ta.Course) -> None:
    assert valid(ta.dumps(course))


@EACH
def test_a_bad_document_is_refused(name: str) -> None:
    assert not valid(as_text(broken(name)))


@EACH
def test_our_reader_says_where(name: str) -> None:
    """At the field, below it (of a list or object), or at the record that has an unknown one."""
    paths = [each.path for each in problems(as_text(broken(name)))]
    place = path_of(name)
    record = place.rpartition(".")[0]
    answer = f"{record}, answer "  # answers are counted, and items not named
    assert any(path.startswith((place, answer)) or path == record for path in paths), paths


def _drawn() -> list[str]:
    """Some of the courses that Hypothesis draws."""
    found: list[str] = []

    @given(whole_courses())
    def draw(course: ta.Course) -> None:
        found.append(ta.dumps(course))

    draw()
    return found


@pytest.mark.slow
def test_ajv_agrees(tmp_path: Path) -> None:
    good = [as_text(minimal_course()), as_text(whole_course())]
    good += ON_THE_PAGE
    good += [path.read_text(encoding="utf-8") for path in COURSES]
    good += _drawn()
    bad = {name: as_text(broken(name)) for name in CHANGES}
    verdicts = ajv([*good, *bad.values()], tmp_path)
    assert all(verdicts[: len(good)])
    wrong = [name for name, verdict in zip(bad, verdicts[len(good) :], strict=True) if verdict]
    assert wrong == []
