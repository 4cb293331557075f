"""One schema for the files of a folder: of each column the widest type, where nothing is lost."""

from collections.abc import Mapping, Sequence

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.broken import told

_ALIKE = (
    (pa.types.is_integer, pa.types.is_integer),
    (pa.types.is_floating, pa.types.is_floating),
    (pa.types.is_string, pa.types.is_large_string),
    (pa.types.is_large_string, pa.types.is_string),
    (pa.types.is_null, lambda _: True),
    (lambda _: True, pa.types.is_null),
)
"""Two types of one column go together."""
_ANSWERS = (
    (pa.types.is_integer, pa.types.is_floating),
    (pa.types.is_floating, pa.types.is_integer),
)
"""So do these of answers: a column of whole numbers with a gap is one of floats in pandas."""


def one_schema(files: Mapping[str, pa.Schema], items: Sequence[str] = ()) -> pa.Schema:
    """The columns of files by name, which are called alike and stand in one order.

    Whole numbers of several widths go together, and so do floats, short and long text, and columns
    of nothing but nulls with any; in the columns of ``items`` whole numbers and floats, too.
    :class:`TableError` names the column and types that do not.
    """
    first, *others = files
    schema = files[first]
    for name in others:
        own = files[name]
        if own.names != schema.names:
            rule = f"its columns are not those of {first}: {_difference(own.names, schema.names)}"
            raise TableError(Problem(file=name, rule=rule))
        if not own.equals(schema):
            pairs = zip(schema, own, strict=True)
            fields = [_wider(*pair, name, items) for pair in pairs]
            schema = pa.schema(fields, schema.metadata)
    return schema


def fitted(batch: pa.RecordBatch, schema: pa.Schema, file: str) -> pa.RecordBatch:
    """The same rows with the types of a schema; :class:`TableError` if one cannot hold them."""
    if batch.schema.equals(schema):
        return batch
    pairs = zip(batch.columns, schema, strict=True)
    return pa.RecordBatch.from_arrays([_as(*pair, file) for pair in pairs], schema=schema)


def _as(column: pa.Array, field: pa.Field, file: str) -> pa.Array:
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), field.type)
    if column.type.equals(field.type):
        return column
    rule = f'column "{field.name}": {column.type} that does not fit {field.type} of other files'
    return told(lambda: column.cast(field.type), file, rule, pa.ArrowException)


def _wider(one: pa.Field, two: pa.Field, file: str, items: Sequence[str]) -> pa.Field:
    if one.equals(two):
        return one
    types = one.type, two.type
    pairs = (*_ALIKE, *_ANSWERS) if one.name in items else _ALIKE
    if not (types[0].equals(types[1]) or any(a(types[0]) and b(types[1]) for a, b in pairs)):
        rule = f"{types[1]}, and {types[0]} in files before"
        raise TableError(Problem(file=file, column=one.name, rule=rule))
    schemas = [pa.schema([each]) for each in (one, two)]
    return pa.unify_schemas(schemas, promote_options="permissive").field(0)


def _difference(own: list[str], others: list[str]) -> str:
    """How two lists of names differ, in words."""
    absent = next((f'no column "{name}"' for name in others if name not in own), "")
    more = next((f'column "{name}" is one more' for name in own if name not in others), "")
    return "; ".join(filter(None, (absent, more))) or "they stand in another order"
