"""A hostile file costs a moment and one line, never a crash."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.codec.examples import told
from therapeutic_alliance.codec.json_text import parse_json
from therapeutic_alliance.codec.limits import MAX_BYTES, MAX_DEPTH
from therapeutic_alliance.codec.toml_text import parse_toml

DEEP = 100_000
TOO_DEEP = [("", f"nested deeper than {MAX_DEPTH} levels")]
Parse = Callable[[str | bytes], object]


@pytest.mark.parametrize("parse", [parse_json, parse_toml])
@pytest.mark.parametrize("encode", [str, str.encode], ids=["str", "bytes"])
def test_a_mebibyte(parse: Parse, encode: Callable[[str], str | bytes]) -> None:
    blank = " " * (MAX_BYTES - 2)
    assert parse(encode("{}" + blank if parse is parse_json else "#" + blank)) == {}
    assert told(lambda: parse(encode("{}" + blank + " "))) == [
        ("", f"longer than {MAX_BYTES} bytes")
    ]


def test_a_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    for suffix in (".json", ".toml"):
        file = tmp_path / f"large{suffix}"
        with file.open("wb") as large:
            large.truncate(1 << 40)  # a sparse tebibyte
        with pytest.raises(ta.DefinitionError, match=rf"large{suffix}: longer than"):
            ta.read_measure(file)


@pytest.mark.parametrize(
    "text",
    ["[" * DEEP, '{"a":' * DEEP, '[{"a":' * (DEEP // 2), "[" * DEEP + "]" * DEEP, "[{" * DEEP],
    ids=["arrays", "objects", "both", "closed", "never closed"],
)
def test_nesting_in_json(text: str) -> None:
    assert told(lambda: parse_json(text)) == TOO_DEEP


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * DEEP,
        "x = " + "{a = " * DEEP,
        "x = " + "[{a = " * (DEEP // 2),
        ".".join("a" * DEEP) + " = 1",
        "[" + ".".join("a" * DEEP) + "]",
        "[[" + ".".join("a" * DEEP) + "]]",
        " . ".join("a" * DEEP) + " = 1",
        ".".join(['"a"'] * DEEP) + " = 1",
        ".".join(["'\u2028'"] * DEEP) + " = 1",
        "x = {" + ".".join("a" * DEEP) + " = 1}",
    ],
    ids=[
        "arrays", "inline tables", "both", "dotted key", "header", "array header", "spaced key",
        "quoted key", "line separators", "key in an inline table",
    ],
)  # fmt: skip
def test_nesting_in_toml(text: str) -> None:
    assert told(lambda: parse_toml(text)) == TOO_DEEP


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("closing", [3, 4, 5])
@pytest.mark.parametrize("hidden_by", ["", "quote"])
def test_long_strings_hide_no_nesting(quote: str, closing: int, hidden_by: str) -> None:
    """A long string may end in up to two quotes of its own before the three that close it."""
    more = quote * 2 if hidden_by else ""
    text = f"x = [{quote * 3}a{quote * closing}, {'[' * DEEP}{more}{']' * DEEP}]"
    assert told(lambda: parse_toml(text)) == TOO_DEEP


@pytest.mark.parametrize(
    "text",
    [
        'x = "' + "[" * 100 + '"',
        "x = '" + "{" * 100 + "'",
        'x = """\n' + "[\n" * 100 + '"""',
        "x = '''\n" + "[\n" * 100 + "'''",
        'x = """a"""""  # ' + "[" * 100,
        "# " + "[" * 100 + '\nx = "\\"' + "[" * 100 + '"',
        'x = "' + "a." * 100 + '"',
        "# " + "a." * 100,
        "\n".join(f"a{n} = []" for n in range(100)),
    ],
    ids=range(9),
)
def test_brackets_and_dots_in_texts_and_comments_do_not_nest(text: str) -> None:
    assert parse_toml(f"{text}\ny = 1\n")


def test_brackets_in_json_texts_do_not_nest() -> None:
    assert parse_json('["' + "[" * 100 + '", "\\"' + "{" * 100 + '"]')
    assert parse_json("[" + ",".join(["[]"] * 100) + "]")


def test_exactly_the_limit() -> None:
    """At the limit it is read, however many more stand beside; one deeper is refused."""
    inner = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    nested = f"[{inner}, [], []]"
    assert parse_json(nested)
    assert parse_toml(f"x = {nested}")
    assert told(lambda: parse_json(f"[{nested}]")) == TOO_DEEP
    assert told(lambda: parse_toml(f"x = [{nested}]")) == TOO_DEEP


@pytest.mark.parametrize(
    "text",
    ["[[a]]\n" * DEEP, "".join(f"[t{n}]\n" for n in range(DEEP)), "[[a.b.c]]\n" * DEEP],
    ids=["array of tables", "tables", "inner"],
)
def test_a_hundred_thousand_tables_are_no_measure(text: str, tmp_path: Path) -> None:
    """Within the limit of size they are parsed; then the grammar refuses them, in few lines."""
    file = tmp_path / "many.toml"
    file.write_text(text[: MAX_BYTES - 10].rpartition("\n")[0], encoding="utf-8")
    with pytest.raises(ta.DefinitionError) as caught:
        ta.read_measure(file)
    assert len(str(caught.value).splitlines()) <= 21


UNCLOSED = {
    "json": (parse_json, "[" + "[]," * 40 + '"' + '\\"' * 250_000),
    "toml": (parse_toml, "x = [" + "[]," * 40 + '"' + '\\"' * 250_000),
    "toml, long": (parse_toml, "x = [" + "[]," * 40 + '"""' + '\\"""' * 125_000),
    "toml, literal": (parse_toml, "x = [" + "[]," * 40 + "'''" + "''\n" * 150_000),
}


@pytest.mark.parametrize("name", UNCLOSED)
def test_a_text_that_never_ends(name: str) -> None:
    """Half a megabyte; looked at once from every quote, it would take an hour."""
    parse, text = UNCLOSED[name]
    [(_, rule)] = told(lambda: parse(text))
    assert "not JSON" in rule or "not TOML" in rule


@pytest.mark.parametrize("parse", [parse_json, parse_toml])
@given(text=st.text(st.sampled_from("[]{}\"'\\#=.,a1 \n"), max_size=120))
def test_any_text_gives_data_or_a_document_error(parse: Parse, text: str) -> None:
    try:
        parse(text)
    except ta.DocumentError as error:
        assert error.__context__ is None  # noqa: PT017


@given(st.binary(max_size=60))
def test_any_bytes(source: bytes) -> None:
    for parse in (parse_json, parse_toml):
        try:
            parse(source)
        except ta.DocumentError as error:
            assert len(error.problems) == 1  # noqa: PT017


def test_a_byte_order_mark_is_no_content() -> None:
    assert parse_json(b"\xef\xbb\xbf{}") == {}
    assert parse_toml(b"\xef\xbb\xbfa = 1") == {"a": 1}


def test_not_utf_8() -> None:
    assert told(lambda: parse_json(b'{"a": "\xff"}')) == [("", "not UTF-8, from byte 7")]
