"""Administrations and score sheets as plain data; no cattrs, because one form must be quick."""

from datetime import date
from functools import lru_cache
from typing import Any

from therapeutic_alliance._version import __version__
from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.codec.json_text import write_json
from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration, who_and_when
from therapeutic_alliance.model.rule import Missing
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.scoring.key import ScoreKey, compile_key

_NEEDED = frozenset({"measure", "case", "session", "rater", "answers"})
_OPTIONAL = frozenset({"date", "measure_version", "person", "occasion"})
_ALLOWED = _NEEDED | _OPTIONAL
_ANSWER_TYPES = frozenset({int, float, type(None)})


def administration(data: dict[str, Any]) -> Administration:
    """An administration from plain data; every fault of its shape at once."""
    if data.get("date") is not None:
        data["date"] = _date(data["date"])
    answers = data.get("answers")
    if type(answers) is dict and _ANSWER_TYPES.issuperset(map(type, answers.values())):
        try:
            return Administration(**data)
        except TypeError:  # a field too many or too few, told below
            pass
    raise DocumentError(_shape_problems(data))


def _shape_problems(data: dict[str, Any]) -> list[Problem]:
    found = [Problem(path=f"$.{name}", rule="missing") for name in sorted(_NEEDED - data.keys())]
    found += [
        Problem(path="$", rule=f"field {n} is not one of " + ", ".join(sorted(_ALLOWED)))
        for n, name in enumerate(data, 1)
        if name not in _ALLOWED
    ]
    answers = data.get("answers", {})
    if type(answers) is not dict:
        return [*found, Problem(path="$.answers", rule="not an object")]
    return found + [
        Problem(path=f"$.answers, answer {n}", rule="neither a number nor null")
        for n, answer in enumerate(answers.values(), 1)
        if type(answer) not in _ANSWER_TYPES
    ]


def _date(value: object) -> date:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise DocumentError(Problem(path="$.date", rule="not a date such as 2026-03-01"))


def administration_data(form: Administration) -> dict[str, Any]:
    """Plain data of an administration; what is not known is left out."""
    optional = {
        "date": form.date and form.date.isoformat(),
        "measure_version": form.measure_version,
        "person": form.person,
        "occasion": form.occasion,
    }
    return {
        "schema": SCHEMA,
        "measure": form.measure,
        "case": form.case,
        "session": form.session,
        "rater": form.rater,
        **{name: value for name, value in optional.items() if value is not None},
        "answers": dict(form.answers),
    }


def sheet_data(sheet: ScoreSheet) -> dict[str, Any]:
    """Plain data of a score sheet: who and which definition once, then one entry a score."""
    form = sheet.form
    return {
        "schema": SCHEMA,
        **who_and_when(form),
        **_definition_data(sheet.measure, sheet.measure.provider),
        "scores": [
            {
                **_spec_data(key, sheet.missing),
                "value": score.value,
                "answered": score.answered,
                "status": score.status,
            }
            for key, score in zip(compile_key(sheet.measure).scores, sheet.scores, strict=True)
        ],
    }


def sheet_text(sheet: ScoreSheet) -> str:
    """:func:`sheet_data` as JSON on one line; what a measure fixes is encoded once and kept.

    Who is written without escapes: ids, roles and dates hold no character that needs one.
    """
    form, measure = sheet.form, sheet.measure
    definition, specs = _encoded(measure, measure.provider, sheet.missing)
    who = (
        _NOBODY
        if form is None
        else (
            f'"schema": {SCHEMA}, "case": "{form.case}", "session": {form.session}, '
            f'"date": {_quoted(form.date)}, "rater": "{form.rater}", '
            f'"person": {_quoted(form.person)}, "occasion": {_quoted(form.occasion)}'
        )
    )
    scores = [
        f'{{{spec}, "value": {"null" if score.value is None else repr(score.value)}, '
        f'"answered": {score.answered}, "status": "{score.status}"}}'
        for spec, score in zip(specs, sheet.scores, strict=True)
    ]
    return f'{{{who}, {definition}, "scores": [{", ".join(scores)}]}}'


_NOBODY = (
    f'"schema": {SCHEMA}, "case": null, "session": null, "date": null, '
    '"rater": null, "person": null, "occasion": null'
)


def _quoted(value: object) -> str:
    return "null" if value is None else f'"{value}"'


@lru_cache(maxsize=512)
def _encoded(
    measure: Measure, provider: str, missing: Missing | None
) -> tuple[str, tuple[str, ...]]:
    """What is the same on every sheet of a measure, as JSON without the braces."""
    definition = _definition_data(measure, provider)
    specs = [_spec_data(key, missing) for key in compile_key(measure).scores]
    return write_json(definition)[1:-1], tuple(write_json(spec)[1:-1] for spec in specs)


def _definition_data(measure: Measure, provider: str) -> dict[str, Any]:
    return {
        "measure": measure.id,
        "measure_version": measure.version,
        "definition_sha256": measure.fingerprint,
        "provider": provider,
        "library_version": __version__,
    }


def _spec_data(key: ScoreKey, missing: Missing | None) -> dict[str, Any]:
    spec = key.spec
    return {
        "score": spec.id,
        "metric": spec.metric,
        "low": spec.low,
        "high": spec.high,
        "of": spec.of,
        "missing_rule": key.rule(missing).label,
    }
