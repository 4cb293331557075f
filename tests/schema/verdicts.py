"""What three judges say of a document: the classes, an independent Python validator, and ajv."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import therapeutic_alliance as ta
from tests.environments import ROOT

PAGE = ROOT / "docs" / "reference" / "course-document.md"
MODULES = ROOT / ".venv" / "node" / "node_modules"

UNSAID = {
    "Ids are unique": r"is the id of .+, too",
    "What is named exists": r"no .+ of this course has this id",
    "Corrections run in no circle": r"amendments run in a circle",
    "One correction holds": r".+ amends the same record: .+",
    "Session numbers are unique": r"is the number of .+, too",
    "Dates follow session numbers": r"before that of session \d+",
    "A form comes once": r"has the session, measure, rater, person and occasion of .+, too",
    "The person has the rater's role": r"is no participant in the rater's role",
    "An answer comes not before its question": r"before what it is about",
    "`low` is below `high`": r"not below high",
    "A scale is not too wide": r"too far above low",
    "A value lies on its scale": r"not on its scale, .+",
    "A bond is to another": r"a bond is to another participant",
    "A reflection is about another": r"a reflection is about the work with another",
    "A correction is no other person": r"is the same participant",
    "No intensity without a rupture": r"given, although no rupture is reported",
    "Noticed, then addressed": r"a session before that of \w+",
}
"""Rules that the JSON Schema does not say, by their names on the page: how the reader tells them.

Nothing else may be accepted by the schema and refused by the classes.
"""

_SCHEMA = ta.json_schema("course")
_VALIDATOR = Draft202012Validator(_SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
_UNSAID = re.compile("|".join(UNSAID.values()))


def problems(text: str) -> tuple[ta.Problem, ...]:
    """What our reader finds wrong."""
    try:
        ta.loads("course", text)
    except ta.DocumentError as error:
        return error.problems
    return ()


def well_formed(text: str) -> bool:
    """What our reader says, but for the rules that the schema does not say."""
    return all(_UNSAID.fullmatch(each.rule) for each in problems(text))


def valid(text: str) -> bool:
    """What the Python validator says."""
    return bool(_VALIDATOR.is_valid(json.loads(text)))


def ajv(texts: Sequence[str], folder: Path) -> list[bool]:
    """What ajv says, run by the program that the page shows, in one process."""
    node = shutil.which("node") or ""
    if not node or not (MODULES / "ajv-formats").is_dir():
        why = "ajv is not there: install Node and npm, and run make test again"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    [program] = re.findall(r"```js\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "check.cjs").write_text(program, encoding="utf-8")
    (folder / "course.schema.json").write_text(json.dumps(_SCHEMA), encoding="utf-8")
    names = [f"{number}.json" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [node, "check.cjs", "course.schema.json", *names], cwd=folder, check=False,
        capture_output=True, text=True, env={**os.environ, "NODE_PATH": str(MODULES)},
    )  # fmt: skip
    assert ran.stderr == "", "ajv, in its strict mode, has something to say of the schema"
    lines = re.findall(r"^(\d+\.json): (.*)$", ran.stdout, re.MULTILINE)
    verdicts = {name: said == "valid" for name, said in lines}
    assert verdicts.keys() == set(names)
    assert ran.returncode == (not all(verdicts.values()))
    return [verdicts[name] for name in names]
