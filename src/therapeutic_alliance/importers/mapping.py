"""How a table says what it says: columns, items, codes, labels, coding."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from therapeutic_alliance.codec.files import read_as
from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.validity import ROLES

COLUMNS = (
    "case",
    "session",
    "date",
    "rater",
    "person",
    "occasion",
    "measure",
    "item",
    "answer",
)
ORDER_AND_LABELS = "not together with [labels]: an answer that came from a label must not be turned"
CODING = ("encoding", "delimiter", "decimal", "measure", "rater", "unit", "order")


def _read_only(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = {
        name: MappingProxyType(dict(value)) if isinstance(value, Mapping) else value
        for name, value in mapping.items()
    }
    return MappingProxyType(inner)


@frozen(kw_only=True)
class TableMap:
    """What a ``mapping.toml`` says; with none of it, a tidy table is read.

    A tidy table has a header ``case, session (or date), rater, 1, 2, 3, ...`` (wide), or
    ``case, session, rater, item, answer`` (long). Raises :class:`DocumentError` for a value that
    is not allowed.
    """

    columns: Mapping[str, str] = field(factory=dict, converter=_read_only)
    """Our name of a column -> the heading in the file."""
    items: Mapping[str, str] = field(factory=dict, converter=_read_only)
    """Item id -> heading of its column (wide), or its name in the item column (long)."""
    missing: frozenset[str] = frozenset()
    """Codes for not answered."""
    codes: Mapping[str, Mapping[str, str]] = field(factory=dict, converter=_read_only)
    """For rater, measure, occasion: what stands in the file -> what it means."""
    labels: Mapping[str, float] = field(factory=dict, converter=_read_only)
    """Text of an answer -> its number."""
    encoding: str = "utf-8"
    delimiter: str | None = None
    """``None``: tab for ``.tsv`` and ``.tab`` files, else comma."""
    decimal: str = "."
    measure: str | None = None
    """Id of the one measure in the table; ``None``: the measure column says."""
    rater: str | None = None
    """Role of the one rater in the table; ``None``: the rater column says. A row of another
    role is refused."""
    unit: str | None = None
    """Unit in which visual analogue marks were read, ``cm`` or ``mm``; ``None``: the scale's."""
    order: str | None = None
    """Id of the printed order in which answers were coded by position, if they were.
    Not together with ``labels``."""

    def __attrs_post_init__(self) -> None:
        allowed = {"decimal": (".", ","), "unit": ("cm", "mm"), "rater": ROLES}
        problems = [
            Problem(path=f"$.coding.{name}", rule="one of " + ", ".join(values))
            for name, values in allowed.items()
            if getattr(self, name) not in (None, *values)
        ]
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n\0'):
            rule = "one character, and no quote or line end"
            problems.append(Problem(path="$.coding.delimiter", rule=rule))
        if self.order is not None and self.labels:
            problems.append(Problem(path="$.coding.order", rule=ORDER_AND_LABELS))
        problems += [
            Problem(path=f"$.columns.{name}", rule="not one of " + ", ".join(COLUMNS))
            for name in self.columns
            if name not in COLUMNS
        ]
        if problems:
            raise DocumentError(problems)


def read_mapping(path: str | Path) -> TableMap:
    """Read a mapping file. Raises :class:`DocumentError` with its name and every problem."""
    return read_as(path, _mapping, DocumentError)


def _mapping(data: object) -> TableMap:
    if type(data) is not dict:
        raise DocumentError("a mapping is a table of sections")
    document: Any = data
    shapes: dict[str, tuple[type, ...]] = {
        "columns": (str,),
        "items": (str,),
        "codes": (list, dict),  # more of them in _code_problems
        "labels": (int, float),
        "coding": (str,),
    }
    problems = [
        Problem(path=f"$.{name}", rule="unknown section: " + ", ".join(shapes))
        for name in document
        if name not in shapes
    ]
    for name, types in shapes.items():
        problems += _section(name, document.get(name, {}), types)
    if problems:
        raise DocumentError(problems)
    problems += [
        Problem(path=f"$.coding.{name}", rule="not one of " + ", ".join(CODING))
        for name in document.get("coding", {})
        if name not in CODING
    ]
    problems += _code_problems(document.get("codes", {}))
    if problems:
        raise DocumentError(problems)
    codes = document.get("codes", {})
    return TableMap(
        columns=document.get("columns", {}),
        items=document.get("items", {}),
        missing=frozenset(map(_code, codes.get("missing", []))),
        codes={name: table for name, table in codes.items() if name != "missing"},
        labels=document.get("labels", {}),
        **document.get("coding", {}),
    )


def _code_problems(codes: Any) -> list[Problem]:
    problems = []
    for name, given in codes.items():
        rule = ""
        if name == "missing":
            if type(given) is not list or not {str, int, float}.issuperset(map(type, given)):
                rule = "not a list of texts and numbers"
        elif name not in ("rater", "measure", "occasion"):
            rule = "not one of missing, rater, measure, occasion"
        elif type(given) is not dict or any(type(meant) is not str for meant in given.values()):
            rule = "not a table of names, each with a text"
        if rule:
            problems.append(Problem(path=f"$.codes.{name}", rule=rule))
    return problems


def _code(given: str | float) -> str:
    """A missing code as a file has it: 99.0 is 99."""
    whole = isinstance(given, float) and given.is_integer()
    return str(int(given) if whole else given)


def _section(name: str, table: Any, types: tuple[type, ...]) -> list[Problem]:
    if type(table) is not dict:
        return [Problem(path=f"$.{name}", rule="not a table of names")]
    expected = " or ".join(each.__name__ for each in types)
    return [
        Problem(path=f"$.{name}.{key}", rule=f"expected {expected}")
        for key, value in table.items()
        if type(value) not in types
    ]
