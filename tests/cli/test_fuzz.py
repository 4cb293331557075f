"""Whatever stands in a file or on the command line: no traceback, an exit code of ours."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.commands import runner

CELLS = st.one_of(
    st.sampled_from(["", "c1", "1", "2", "5", "client", "wai-sr", "arm-5", "sai", "star-p", "pre"]),
    st.sampled_from(
        ["'=1", '"', "99", "-9", "4.5", "4,5", "NaN", "True", "2026-03-01", " ", "\x00"]
    ),
    st.text(max_size=5),
)
NAMES = st.one_of(
    st.sampled_from(["case", "session", "date", "rater", "person", "occasion", "measure"]),
    st.sampled_from(["item", "answer", *map(str, range(1, 7))]),
    CELLS,
)
TIDY = ["case", "session", "rater", *map(str, range(1, 6))]


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Small tables: tidy, nearly tidy, or nothing like it."""
    head = draw(
        st.one_of(st.just(TIDY), st.permutations([*TIDY, "date"]), st.lists(NAMES, max_size=9))
    )
    width = len(head)
    row = st.lists(CELLS, min_size=max(0, width - draw(st.integers(0, 1))), max_size=width)
    tidy = st.tuples(
        st.sampled_from(["c1", "c2"]), st.sampled_from("12"), st.just("client"),
        *[st.sampled_from("1234567x")] * 5,
    )  # fmt: skip
    rows = draw(st.lists(st.one_of(row, tidy.map(list)), max_size=6))
    delimiter = draw(st.sampled_from([",", ",", ";", "\t"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(delimiter.join(cells) for cells in [head, *rows])
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-7"])), "replace")


OPTIONS = st.lists(
    st.sampled_from(
        [
            ("--measure", "arm-5"), ("--measure", "srs"), ("--measure", "sai"),
            ("--rater", "client"),
            ("--missing", "99"), ("--missing", ""), ("--range", "1-7"), ("--range", "0-1:0.1"),
            ("--unit", "mm"), ("--order", "printed"), ("--delimiter", ";"), ("--delimiter", '"'),
            ("--decimal", ","), ("--encoding", "utf-16"), ("--encoding", "utf-7"),
 ("--prorate", "0.5"), ("--trust-keys",), ("--json",),
        ]
    ),
    max_size=4,
)  # fmt: skip
FIXTURE_IS_SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def _survives(capsys: pytest.CaptureFixture[str], content: bytes, arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(content)
        command, *rest = arguments
        ran = runner(capsys)(command, path, *rest)
        assert ran.code in (0, 1, 2)
        assert "Traceback" not in ran.err
        assert ran.err or ran.out
        if ran.code and "--keep-going" not in rest and command != "check":
            assert ran.out == ""
        assert [each.name for each in Path(folder).iterdir() if each.name.startswith(".")] == []


@FIXTURE_IS_SHARED
@given(content=st.one_of(tables(), tables(), st.binary(max_size=200)), options=OPTIONS)
@pytest.mark.parametrize("command", ["score", "detect"])
def test_tables(
    capsys: pytest.CaptureFixture[str], command: str, content: bytes, options: list[tuple[str, ...]]
) -> None:
    _survives(capsys, content, [command, *(each for option in options for each in option)])


@FIXTURE_IS_SHARED
@given(content=st.one_of(tables(), st.binary(max_size=200)), json=st.booleans())
def test_inspect(capsys: pytest.CaptureFixture[str], content: bytes, json: bool) -> None:
    _survives(capsys, content, ["inspect", *["--json"][: int(json)]])


@FIXTURE_IS_SHARED
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=60).map(str.encode)))
def test_check(capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    _survives(capsys, content, ["check"])


@FIXTURE_IS_SHARED
@given(
    content=st.one_of(
        st.binary(max_size=100),
        st.sampled_from(["columns", "items", "codes", "labels", "coding", "x"]).flatmap(
            lambda name: st.sampled_from(
                ["= 1", "= []", "= {}", "= {a=1}", "= {missing=[1]}", "= {missing={}}",
                 "= {rater=[]}", "= {measure={a=1}}", "= {case='x'}", "= {1='x'}",
                 "= {unit='mm'}", "= {decimal=','}"]
            ).map(lambda rest: f"{name} {rest}".encode())
        ),
    ),
    option=st.sampled_from(["--map", "--key", "--measure"]),
)  # fmt: skip
def test_files_that_options_name(
    capsys: pytest.CaptureFixture[str], content: bytes, option: str
) -> None:
    table = (",".join([*TIDY, "measure"]) + "\nc1,1,client,1,2,3,4,5,arm-5\n").encode()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "m.toml"
        file.write_bytes(content)
        _survives(capsys, table, ["score", option, str(file)])


@given(arguments=st.lists(st.text(max_size=8), max_size=4))
@FIXTURE_IS_SHARED
def test_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert runner(capsys)(*arguments).code in (0, 2)
