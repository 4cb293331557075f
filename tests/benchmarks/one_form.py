"""One WAI-SR form: JSON text in, scored JSON text out, against Pydantic v2."""

import json
from collections.abc import Callable, Mapping

import pydantic

import therapeutic_alliance as ta

FORM = json.dumps(
    {
        "measure": "wai-sr",
        "case": "c1",
        "session": 1,
        "rater": "client",
        "answers": {str(n): 1 + n % 5 for n in range(1, 13)},
    }
)


class FormIn(pydantic.BaseModel):
    """The fields of an administration, read strictly."""

    model_config = pydantic.ConfigDict(strict=True, extra="forbid")
    measure: str
    case: str
    session: int
    rater: str
    answers: dict[str, int | None]
    date: str | None = None
    measure_version: str | None = None
    person: str | None = None
    occasion: str | None = None


class ScoreOut(pydantic.BaseModel):
    """One score of the document."""

    score: str
    metric: str
    low: float
    high: float
    of: int
    missing_rule: str
    value: float | None
    answered: int
    status: str


class SheetOut(pydantic.BaseModel):
    """The document that :func:`therapeutic_alliance.dumps` writes."""

    schema_number: int = pydantic.Field(alias="schema")
    case: str
    session: int
    date: str | None
    rater: str
    person: str | None
    occasion: str | None
    measure: str
    measure_version: str
    definition_sha256: str
    provider: str
    library_version: str
    scores: list[ScoreOut]


def jobs() -> Mapping[str, Callable[[], object]]:
    """What is timed; the numbers of Pydantic's document are there already, it scores nothing."""
    measure = ta.Registry().measure("wai-sr")
    document = json.loads(ta.dumps(ta.score(measure, ta.loads("administration", FORM))))
    fixed = {name: document[name] for name in document if name not in json.loads(FORM)}

    def ours() -> str:
        return ta.dumps(ta.score(measure, ta.loads("administration", FORM)))

    def with_pydantic() -> str:
        form = FormIn.model_validate_json(FORM)
        who = {"case": form.case, "session": form.session, "rater": form.rater}
        sheet = SheetOut.model_validate({**who, "measure": form.measure, **fixed})
        return sheet.model_dump_json(by_alias=True)

    def plain() -> str:
        form = json.loads(FORM)
        return json.dumps({**document, "case": form["case"], "session": form["session"]})

    assert json.loads(with_pydantic()) == json.loads(ours())
    return {
        "Pydantic v2: read strictly, write the document (no scoring)": with_pydantic,
        "ours: read strictly, score, write the document": ours,
        "json module: read, write the document (no checks, no scoring)": plain,
    }
