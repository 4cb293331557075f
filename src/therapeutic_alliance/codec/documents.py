"""Schema numbers of documents, and how older ones are brought up to date."""

from collections.abc import Callable, Mapping
from typing import Any

from therapeutic_alliance.errors import DocumentError, Problem

Plain = dict[str, Any]

SCHEMA = 1
"""Schema number that is written; documents of 1 to this number are read."""

MIGRATIONS: Mapping[str, Mapping[int, Callable[[Plain], Plain]]] = {
    "measure": {},
    "administration": {},
    "course": {},
    "cohort": {},
    "state-model": {},
}
"""For each kind of document: from schema number n, how to make n + 1 of it."""


def migrated(kind: str, data: object) -> Plain:
    """Plain data of a document, brought to the current schema and without its number."""
    if type(data) is not dict:
        raise DocumentError(f"{kind}: not an object")
    number = data.pop("schema", SCHEMA)
    if type(number) is not int or number < 1:
        raise DocumentError(Problem(path="$.schema", rule="not a whole number of 1 or more"))
    if number > SCHEMA:
        rule = f"a later schema of a {kind}; this version reads up to {SCHEMA}"
        raise DocumentError(Problem(path="$.schema", rule=rule))
    for step in range(number, SCHEMA):
        data = MIGRATIONS[kind][step](data)
    return data
