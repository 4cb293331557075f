"""The hand-worked cases: how they are read, and where a measure departs from them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import therapeutic_alliance as ta

FOLDER = Path(__file__).parents[1] / "worked"
IDS = sorted(file.stem for file in FOLDER.glob("*.toml"))

Worked = dict[str, Any]


def read(measure_id: str) -> Worked:
    return tomllib.loads((FOLDER / f"{measure_id}.toml").read_text(encoding="utf-8"))


def edition(worked: Worked) -> ta.Measure:
    """The built-in measure; if a part of its key is open, with what the file states."""
    measure = ta.Registry().measure(worked["measure"])
    if "stated" in worked:
        return measure.stated(**worked["stated"])
    if "completed" in worked:
        key = dict(worked["completed"])
        scores = [ta.ScoreRule(**rule) for rule in key.pop("scores")]
        return measure.completed(scores=scores, **key)
    return measure


def departures(measure: ta.Measure, worked: Worked) -> Iterator[str]:
    """Each place where the measure gives something else than was worked by hand."""
    yield from wrong_ends(measure, worked)
    for case in worked["cases"]:
        yield from wrong_scores(measure, case)
    for refusal in worked["refused"]:
        yield from wrong_refusal(measure, worked, refusal)


def wrong_ends(measure: ta.Measure, worked: Worked) -> Iterator[str]:
    sheet = ta.score(measure, dict.fromkeys(measure.items))
    for end in ("low", "high"):
        found = {score.id: getattr(score, end) for score in sheet}
        if found != worked[end]:
            yield f"{end}: {found}, worked: {worked[end]}"


def wrong_scores(measure: ta.Measure, case: Worked) -> Iterator[str]:
    answers = [None if answer == "" else answer for answer in case["answers"]]
    sheet = ta.score(
        measure, answers, missing=ta.Prorate(case["prorate"]) if "prorate" in case else None
    )
    if {score.id for score in sheet} != set(case["scores"]):
        yield f"scores: {[score.id for score in sheet]}"
        return
    for score in sheet:
        worked = case["scores"][score.id]
        scorable = worked != "not-scorable"
        status = case.get("status", {}).get(score.id, "scored" if scorable else "not-scorable")
        value = worked if scorable else None
        if (score.value, score.status) != (value, status):
            yield (
                f"{score.id}: {score.value} {score.status}, "
                f"worked: {value} {status} ({case['note']})"
            )


def wrong_refusal(measure: ta.Measure, worked: Worked, refusal: Worked) -> Iterator[str]:
    """The first case is complete and valid; one answer of it is replaced."""
    answers = dict(zip(measure.items, worked["cases"][0]["answers"], strict=True))
    answers[refusal["item"]] = refusal["answer"]
    try:
        ta.score(measure, answers)
    except ta.AnswerError as error:
        named = [problem.item for problem in error.problems]
        if named != [refusal["item"]]:
            yield f"refused items {named}, worked: {refusal['item']}"
    else:
        yield f"accepted item {refusal['item']}, worked: {refusal['rule']}"
