"""Distributions that are broken, each in one way: where they fail, and what their authors read."""

from typing import NamedTuple

from tests.plugins.distributions import CODE, DATA, Dist
from tests.plugins.good import DETECTOR, MEASURE, code, pack, pulse

V2 = "therapeutic_alliance.v2"
HOOK = "from therapeutic_alliance import hookimpl\n@hookimpl\n"

VALUES = """
from collections import deque
from types import MappingProxyType, SimpleNamespace
from attrs import define, field, frozen
DETECTOR = {'id': 'own', 'mode': 'online', 'citation': '', 'flags': print}
"""
HELD = (
    ("deque", "(deque(),)", "deque"),
    ("namespace", "SimpleNamespace()", "SimpleNamespace"),
    ("text-with-more", "type('Text', (str,), {})()", "Text"),
    ("mapped-list", "MappingProxyType({'a': []})", "list"),
    ("loose-value", "frozen(type('Inner', (), {}), slots=False)()", "Inner"),
)
"""What a field may not hold: a name, how it is made, its type."""


class Bad(NamedTuple):
    """A broken distribution."""

    dist: Dist
    stage: str
    says: tuple[str, ...]
    """What its problem has to name."""
    cause: str = "AllianceError"
    """Class of the original fault."""


def _code(name: str, text: str, stage: str, *says: str, cause: str = "AllianceError") -> Bad:
    return Bad(code(f"bad-{name}", text), stage, says, cause)


def _hook(name: str, body: str, *says: str, cause: str = "AllianceError") -> Bad:
    """Fails when its hook is called."""
    text = f"{HOOK}def alliance_detectors():\n{body}\n"
    return _code(name, text, "contribute", *says, cause=cause)


def _value(name: str, made: str, *says: str) -> Bad:
    """Gives what is no detector."""
    text = f"{VALUES}{HOOK}def alliance_detectors():\n{made}\n"
    return _code(name, text, "contribute", "alliance_detectors", *says)


def _point(name: str, value: str, stage: str, *says: str, cause: str = "AllianceError") -> Bad:
    return Bad(Dist(f"bad-{name}", {}, {CODE: value}), stage, says, cause)


def _pack(name: str, files: dict[str, str | bytes], *says: str, stage: str = "contribute") -> Bad:
    return Bad(pack(f"bad-{name}", files), stage, says, "DefinitionError")


IMPORT = (
    _code(
        "dependency",
        "\nimport no_such_dependency\n",
        "import",
        "no_such_dependency",
        "plugin.py, line 2",
        cause="ModuleNotFoundError",
    ),
    Bad(
        Dist(
            "bad-deep",
            {
                "plugin.py": "from bad_deep import middle\n",
                "middle.py": "import bad_deep.low\n",
                "low.py": "import json\n\n\njson.loads('{')\n",
            },
            {CODE: "bad_deep.plugin"},
        ),
        "import",
        ("JSONDecodeError", "low.py, line 4"),
        "JSONDecodeError",
    ),
    Bad(
        Dist("bad-init", {"__init__.py": "\n\n1 / 0\n"}, {CODE: "bad_init"}),
        "import",
        ("ZeroDivisionError", "bad_init/__init__.py, line 3"),
        "ZeroDivisionError",
    ),
    _code(
        "syntax", "x = 1\ndef\n", "import", "SyntaxError", "plugin.py, line 2", cause="SyntaxError"
    ),
    _code(
        "exit",
        "import sys\nsys.exit(3)\n",
        "import",
        "SystemExit: 3",
        "plugin.py, line 2",
        cause="SystemExit",
    ),
    _code(
        "base",
        "class Stop(BaseException): pass\nraise Stop('enough')\n",
        "import",
        "Stop: enough",
        "plugin.py, line 2",
        cause="Stop",
    ),
    _point("function", "json:dumps", "import", "entry point it", "a function, not a module"),
    _point(
        "module", "bad_module.absent", "import", "bad_module.absent", cause="ModuleNotFoundError"
    ),
    _point(
        "attribute",
        "bad_attribute:absent",
        "import",
        "bad_attribute",
        "absent",
        cause="AttributeError",
    ),
    _point("malformed", "not a module!", "import", "entry point it", "'not a module!'"),
    Bad(
        Dist("bad-newer", {"plugin.py": ""}, {V2: "bad_newer.plugin"}),
        "import",
        (V2, CODE, "this library"),
    ),
)
REGISTER = (
    _code(
        "misspelt",
        f"{HOOK}def alliance_detector():\n    return []\n",
        "register",
        "unknown hook 'alliance_detector'",
        "did you mean 'alliance_detectors'?",
    ),
    _code(
        "newer-hook",
        f"{HOOK}def alliance_mind_readers():\n    return []\n",
        "register",
        "unknown hook 'alliance_mind_readers'",
        "version 1.0 of the hooks",
        "optionalhook=True",
    ),
    _code(
        "signature",
        f"{HOOK}def alliance_measures(context):\n    return []\n",
        "register",
        "alliance_measures",
        "context",
        cause="AllianceError",
    ),
    _code(
        "keyword",
        f"{HOOK}def alliance_measures(*, context):\n    return []\n",
        "register",
        "alliance_measures",
        "takes no arguments",
        "context",
    ),
    _code(
        "wrapper",
        "from therapeutic_alliance import hookimpl\n"
        "@hookimpl(wrapper=True)\n"
        "def alliance_detectors():\n    return (yield)\n",
        "register",
        "alliance_detectors is a wrapper",
    ),
    _code("unmarked", "def alliance_detectors():\n    return []\n", "register", "@hookimpl"),
)
CONTRIBUTE = (
    _hook(
        "raises",
        "    return 1 / 0",
        "ZeroDivisionError",
        "plugin.py, line 4",
        cause="ZeroDivisionError",
    ),
    _hook(
        "speechless",
        "    class Odd(Exception):\n"
        "        def __str__(self): raise SystemExit('print'[0])\n"
        "    raise Odd",
        "Odd (plugin.py, line 6)",
        cause="Odd",
    ),
    _hook(
        "ours",
        "    import therapeutic_alliance as ta\n    ta.Registry().measure('waisr')",
        "did you mean 'wai-sr'?",
        "plugin.py, line 5",
        cause="UnknownIdError",
    ),
    _code(
        "half",
        DETECTOR.format(id="half-way", limit=1.0)
        + "\n@hookimpl\ndef alliance_exporters():\n"
        + "    yield from ()\n    raise LookupError('gone')\n"
        + MEASURE.format(id="half-measure", high=4, aliases=()),
        "contribute",
        "LookupError: gone",
        "plugin.py",
        cause="LookupError",
    ),
    _code(
        "endless",
        f"from itertools import repeat\n{HOOK}def alliance_detectors():\n    return repeat(3)\n",
        "contribute",
        "alliance_detectors gave more than 10000 things",
    ),
    _hook("none", "    return None", "alliance_detectors gave None, not an iterable"),
    _hook("str", "    return 'rci-drop'", "alliance_detectors gave a str, not"),
    _hook("empty-str", "    return ''", "alliance_detectors gave a str, not"),
    _hook("dict", "    return {}", "alliance_detectors gave a dict, not"),
    _hook("int", "    return 3", "alliance_detectors gave a int, not an iterable"),
    _code(
        "coroutine",
        "from therapeutic_alliance import hookimpl\n"
        "@hookimpl\nasync def alliance_detectors():\n    return []\n",
        "contribute",
        "alliance_detectors gave a coroutine, not an iterable",
    ),
    _value("class", "    return [frozen(type('Own', (), {}))]", "the class Own", "an instance"),
    _value("plain", "    return [object()]", "gave a object where a detector is needed"),
    _value(
        "mutable",
        "    Own = define(type('Own', (), {'id': 'own', 'limit': field(default=1)}))\n"
        "    return [Own()]",
        "gave a Own where a detector is needed, which is a frozen attrs value",
    ),
    _value(
        "holds-list",
        "    body = {'id': 'own', 'mode': 'online', 'citation': '', 'flags': print,\n"
        "            'limits': field(factory=lambda: ([],))}\n"
        "    return [frozen(type('Own', (), body))()]",
        "own",
        "field limits holds a list",
    ),
    _value(
        "defined-empty",
        "    Own = define(type('Own', (), {'id': 'own'}), slots=False)\n    return [Own()]",
        "gave a Own where a detector is needed, which is a frozen attrs value",
    ),
    _value(
        "without-slots",
        "    body = {**DETECTOR, 'limit': field(default=1)}\n"
        "    return [frozen(type('Own', (), body), slots=False)()]",
        "gave a Own where a detector is needed",
        "slots, attrs' default",
        "__dict__",
    ),
    _value(
        "base-without-slots",
        "    class Base: pass\n    return [frozen(type('Own', (Base,), DETECTOR))()]",
        "classes all use slots",
    ),
    *(
        _value(
            f"holds-{name}",
            f"    body = {{**DETECTOR, 'held': field(factory=lambda: {made})}}\n"
            "    return [frozen(type('Own', (), body))()]",
            "own",
            f"field held holds a {kind}, which might be changed",
        )
        for name, made, kind in HELD
    ),
    _value(
        "long-id",
        "    return [frozen(type('Own', (), DETECTOR | {'id': 65 * 'x'}))()]",
        "lower-case words joined by '-', up to 64 characters",
    ),
    _value(
        "silent",
        "    return [frozen(type('Own', (), {'id': 'own', 'mode': 'online', 'citation': ''}))()]",
        "gave a detector, own, without a method flags",
    ),
    _value(
        "uncited",
        "    return [frozen(type('Own', (), {'id': 'own', 'mode': 'online'}))()]",
        "alliance_detectors gave a detector, own, whose citation is no text",
    ),
    _value(
        "unmoded",
        "    return [frozen(type('Own', (), DETECTOR | {'mode': 'live'}))()]",
        "gave a detector, own, whose mode is not online or retrospective",
    ),
    _value(
        "unnamed",
        "    return [frozen(type('Own', (), {'id': 'Not Kebab'}))()]",
        "lower-case words joined by '-'",
    ),
    _code(
        "twice",
        MEASURE.format(id="twin", high=4, aliases=())
        * 1
        + "    yield ta.Measure(id='twin', version='2', name='Other', raters=('client',),\n"
        "                     items=('1', '2'), scale=scale, scores=(total,))\n",
        "contribute",
        "alliance_measures: twin is given twice",
    ),
)
FILES = (
    _pack("toml", {"own.toml": "id = \n"}, "own.toml", "line 1"),
    _pack("renamed", {"own.toml": pulse("other")}, "own.toml", "$.id", "name of the file"),
    _pack("latin", {"own.toml": pulse("own").encode() + b"# \xe9"}, "own.toml", "not UTF-8"),
    _pack("large", {"own.toml": pulse("own") + "#" * (1 << 20)}, "own.toml", "longer than"),
    _pack("nested", {"own.toml": f"x = {'[' * 40}{']' * 40}"}, "own.toml", "deeper than 32"),
    _pack("field", {"own.toml": pulse("own", more="colour = 3")}, "own.toml", "colour"),
    _pack(
        "two-files",
        {"a.toml": "id = \n", "b.toml": pulse("c"), "good.toml": pulse("good")},
        "a.toml",
        "b.toml",
    ),
    _pack("double", {"own.toml": pulse("own"), "own.json": "{}"}, "own.", "second file"),
    Bad(
        Dist("bad-no-folder", {}, {DATA: "bad_no_folder.measures"}),
        "register",
        ("bad_no_folder.measures",),
    ),
    Bad(
        Dist("bad-no-files", {"measures/README": ""}, {DATA: "bad_no_files.measures"}),
        "register",
        ("no measure file", "bad_no_files.measures", "packaged?"),
    ),
    Bad(
        Dist("bad-outside", {}, {DATA: "bad_outside./etc"}),
        "register",
        ("'bad_outside./etc'", "dots"),
    ),
    Bad(
        Dist(
            "bad-half-pack",
            {"plugin.py": DETECTOR.format(id="fine", limit=1.0), "measures/own.toml": "id ="},
            {CODE: "bad_half_pack.plugin", DATA: "bad_half_pack.measures"},
        ),
        "contribute",
        ("own.toml",),
        "DefinitionError",
    ),
)
BAD = (*IMPORT, *REGISTER, *CONTRIBUTE, *FILES)
