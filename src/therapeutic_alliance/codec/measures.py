"""Measures as plain data: the grammar of a measure file, read by one strict cattrs converter."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from therapeutic_alliance.errors import AllianceError, DefinitionError, Problem
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.validity import MAX_ITEMS

Plain = dict[str, Any]
_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    type(None): "nothing",
}
_UNPRINTABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
T = TypeVar("T")

_KEYED = {
    "sources": ("id", None),
    "orders": ("id", None),
    "evidence": ("fact", None),
    "item_scales": ("item", "scale"),
    "wording": ("item", "text"),
}
"""Tables written by name: the field that takes the name, and the one that takes the rest."""


def _exactly(*types: type) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _type: Any) -> Any:
        if type(value) not in types:
            raise _unexpected(_WORDS[types[-1]], value)
        return value

    return hook


def _unexpected(wanted: str, value: object) -> TypeError:
    return TypeError(f"expected {wanted}, got {_WORDS.get(type(value), 'something else')}")


def _text(value: Any, _type: Any) -> str:
    if type(value) is not str:
        raise _unexpected("a text", value)
    if not value.isprintable() and re.search(_UNPRINTABLE, value):
        raise ValueError("holds a control character, or half of one")
    return value


def _literal(value: Any, type_: Any) -> Any:
    if type(value) is not str or value not in get_args(type_):
        given = repr(value) if type(value) is str else _WORDS.get(type(value), "this")
        raise ValueError(f"{given} is not one of {', '.join(get_args(type_))}")
    return value


def _tuple(value: Any, type_: Any) -> tuple[Any, ...]:
    if type(value) is not list:
        raise _unexpected("a list", value)
    inner, *rest = get_args(type_)
    if rest != [...] and len(value) != 1 + len(rest):
        raise TypeError(f"expected {1 + len(rest)} values, got {len(value)}")
    return tuple(_CONVERTER.structure(value, list[inner]))  # type: ignore[valid-type]


def _is_tuple(type_: Any) -> bool:
    return get_origin(type_) is tuple


def _is_literal(type_: Any) -> bool:
    return get_origin(type_) is Literal


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    converter.register_structure_hook(str, _text)
    for allowed in ((int,), (bool,), (int, float)):
        converter.register_structure_hook(allowed[-1], _exactly(*allowed))
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_func(_is_tuple, _tuple)
    provided = override(omit=True)
    converter.register_structure_hook(
        Measure, make_dict_structure_fn(Measure, converter, provider=provided)
    )
    converter.register_unstructure_hook_factory(
        lambda type_: type_ is Measure,
        lambda type_: make_dict_unstructure_fn(type_, converter, provider=provided),
    )
    return converter


_CONVERTER = _converter()


def structure(data: Plain) -> Measure:
    """A measure from plain data; every problem with its path, shape before meaning."""
    return structure_as(Measure, data)


def structure_as(type_: type[T], data: object) -> T:
    """A value of a class that uses the grammar of measure files, from plain data."""
    if type(data) is not dict:
        raise DefinitionError("not a table of names")
    listed = {name: _listed(name, value) for name, value in data.items()}
    try:
        return _CONVERTER.structure(listed, type_)
    except Exception as fault:  # noqa: BLE001, whatever the data provoked is told as problems
        problems = tuple(_problems(fault, "$"))
    raise DefinitionError([_by_name(problem, data) for problem in problems])


def unstructure(measure: Measure) -> Plain:
    """Plain data of a measure, as its file has it; defaults are left out."""
    data: Plain = _CONVERTER.unstructure(measure)
    if list(measure.items) == [str(n) for n in range(1, len(measure.items) + 1)]:
        data["items"] = len(measure.items)
    for name in _KEYED.keys() & data.keys():
        data[name] = _named(name, data[name])
    for scale in (data.get("scale"), *data.get("item_scales", {}).values()):
        if scale and "anchors" in scale:
            scale["anchors"] = {each["answer"]: each["label"] for each in scale["anchors"]}
    return data


def _listed(name: str, value: Any) -> Any:
    """The shape that the classes have, of what a file writes more shortly."""
    if name == "items" and type(value) is int:
        return [str(n) for n in range(1, min(value, MAX_ITEMS + 1) + 1)]
    if name == "scale":
        return _scale(value)
    if name not in _KEYED or type(value) is not dict:
        return value
    key, rest = _KEYED[name]
    if rest is None:
        return [{**each, key: id_} if type(each) is dict else each for id_, each in value.items()]
    return [
        {key: id_, rest: _scale(each) if rest == "scale" else each} for id_, each in value.items()
    ]


def _scale(value: Any) -> Any:
    if type(value) is not dict or type(value.get("anchors")) is not dict:
        return value
    anchors = [{"answer": answer, "label": label} for answer, label in value["anchors"].items()]
    return {**value, "anchors": anchors}


def _named(name: str, entries: list[Plain]) -> Plain:
    key, rest = _KEYED[name]
    return {each.pop(key): each if rest is None else each[rest] for each in entries}


def _problems(fault: BaseException, path: str) -> Iterator[Problem]:
    if isinstance(fault, ClassValidationError):
        noted, bare = fault.group_exceptions()
        for inner, note in noted:
            yield from _problems(inner, f"{path}.{note.name}")
        for each in bare:
            yield from _problems(each, path)
    elif isinstance(fault, IterableValidationError):
        for element, index in fault.group_exceptions()[0]:
            yield from _problems(element, f"{path}[{index.index}]")
    elif isinstance(fault, AllianceError):
        yield from fault.problems
    elif isinstance(fault, ForbiddenExtraKeysError):
        for name in sorted(fault.extra_fields):
            yield Problem(path=f"{path}.{name}", rule="unknown field")
    else:
        yield Problem(path=path, rule=_rule(fault))


def _rule(fault: BaseException) -> str:
    if isinstance(fault, KeyError):
        return "missing"
    if isinstance(fault, AttributeError):  # a class was given something without names
        return "expected a table of names"
    return str(fault)


def _by_name(problem: Problem, data: Plain) -> Problem:
    """The problem with the name that the file uses where the classes have an index."""

    def name(match: re.Match[str]) -> str:
        table = data.get(match[1])
        keys = list(table) if type(table) is dict else []
        return f"$.{match[1]}.{keys[int(match[2])]}" if int(match[2]) < len(keys) else match[0]

    path = re.sub(rf"^\$\.({'|'.join(_KEYED)})\[(\d+)\]", name, problem.path)
    path = re.sub(
        r"^(\$\.(?:item_scales\.[\w.-]+?|wording\.[\w.-]+?))\.(scale|text)\b", r"\1", path
    )
    return Problem(path=path, rule=problem.rule)
