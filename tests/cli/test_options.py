"""The options that all commands share that read a table."""

from collections.abc import Callable
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import Run
from tests.cli.conftest import FORMS, TIDY

Make = Callable[..., Path]
ARM = ("--measure", "arm-5", "--json")
SIX = "case,session,rater,1,2,3,4,5,6\nc1,1,client,5,4,4,3,4,1\n"


def _values(alliance: Run, *arguments: object) -> dict[str, object]:
    ran = alliance("score", *arguments, "--json")
    assert ran.code == 0, ran.err
    return {row["score"]: row["value"] for row in ran.json}


def test_rater_for_the_whole_table(alliance: Run, make: Make) -> None:
    table = make("case,session,1,2,3,4,5\nc1,1,6,7,1,6,5\n")
    assert _values(alliance, table, *ARM, "--rater", "client") == {"total": 6.2}
    assert alliance("score", table, *ARM).code == 1
    assert alliance("score", table, *ARM, "--rater", "nobody").code == 2


def test_a_row_of_another_rater_is_refused(alliance: Run, make: Make) -> None:
    rows = "c1,1,client,6,7,1,6,5\nc1,2,therapist,6,7,1,6,5\nc1,3,,6,7,1,6,5\n"
    ran = alliance("score", make(TIDY + rows), *ARM, "--rater", "client")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "alliance: t.csv, row 3: rater: the row is of another rater than client\n"
    good = make(TIDY + rows.replace("therapist", "client"))
    ran = alliance("score", good, *ARM, "--rater", "client")
    assert [row["rater"] for row in ran.json] == ["client"] * 3
    assert alliance("score", good, *ARM).code == 1  # an empty cell and nobody says the role


def test_map_and_options_that_hold_over_it(alliance: Run, make: Make) -> None:
    table = make("Nr;session;1;2;3;4;5\nc1;1;6;7;1;98;99\n")
    mapping = make(
        '[columns]\ncase = "Nr"\n[coding]\ndelimiter = ";"\nrater = "therapist"\nmeasure = "care"\n'
        "[codes]\nmissing = [98]\n",
        "m.toml",
    )
    ran = alliance("score", table, *ARM, "--map", mapping, "--rater", "client", "--missing", "99")
    [row] = ran.json
    assert (row["measure"], row["rater"], row["answered"]) == ("arm-5", "client", 3)


def test_missing_is_repeatable(alliance: Run, make: Make) -> None:
    table = make(TIDY + "c1,1,client,-9,NA,1,6,99\n")
    ran = alliance("score", table, *ARM, "--missing=-9", "--missing", "NA", "--missing", "99")
    assert ran.json[0]["answered"] == 2


def test_prorate(alliance: Run, make: Make) -> None:
    table = make(TIDY + "c1,1,client,6,6,2,6,\n")
    assert _values(alliance, table, *ARM) == {"total": None}
    assert _values(alliance, table, *ARM, "--prorate", "0.8") == {"total": 6}
    assert _values(alliance, table, *ARM, "--prorate", "0.9") == {"total": None}
    for share in ("0", "-1", "1.5", "nan", "inf", "x"):
        ran = alliance("score", table, *ARM, "--prorate", share)
        assert (ran.code, ran.out) == (2, "")


def test_range(alliance: Run, make: Make) -> None:
    table = make(TIDY + "c1,1,client,0,8,0,8,8\n")
    assert alliance("score", table, *ARM).code == 1
    assert _values(alliance, table, *ARM, "--range", "0-8") == {"total": 6.4}
    halves = make(TIDY + "c1,1,client,0.5,8,0,8,8\n", "h.csv")
    assert alliance("score", halves, *ARM, "--range", "0-8").code == 1
    assert _values(alliance, halves, *ARM, "--range", "0-8:0.5") == {"total": 6.5}


@pytest.mark.parametrize("span", ["5-1", "1-1", "x", "1", "1-", "1.2.3-5", "1-5:0", "1-5:3", "."])
def test_what_is_no_range(alliance: Run, make: Make, span: str) -> None:
    ran = alliance("score", make(), *ARM, "--range", span)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("Invalid value for '--range'") == 1  # told once, not at each row


def test_unit(alliance: Run, make: Make) -> None:
    marks = make("case,session,rater,1,2,3,4\nc1,1,client,73,0,100,1\n")
    ran = alliance("score", marks, "--measure", "srs", "--unit", "mm", "--json")
    assert ran.json[0]["value"] == 17.4
    assert "visual analogue marks were read in mm" in ran.err
    ran = alliance("score", make(), *ARM, "--unit", "mm")
    assert (ran.code, ran.out) == (2, "")
    assert "--unit: arm-5 has no visual analogue scale" in ran.err
    assert alliance("score", marks, "--measure", "srs", "--unit", "inch").code == 2


def test_order(alliance: Run, make: Make) -> None:
    heads = ",".join(map(str, range(1, 13)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join(['5'] * 12)}\n")
    wai = ("--measure", "wai-sr")
    assert _values(alliance, table, *wai)["total"] == 60
    assert _values(alliance, table, *wai, "--order", "printed")["total"] == 36
    ran = alliance("score", table, *wai, "--order", "other")
    assert (ran.code, ran.out) == (2, "")
    assert "--order: wai-sr has no such order of printing; it has: printed" in ran.err


def test_an_order_that_was_undone_is_told(alliance: Run, make: Make) -> None:
    heads = ",".join(map(str, range(1, 13)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join(['5'] * 12)}\n")
    wai = ("score", table, "--measure", "wai-sr")
    flipped = ", ".join(ta.Registry().measure("wai-sr").order("printed").flipped)
    told = f"order printed was undone for wai-sr, items {flipped}\n"
    assert told in alliance(*wai, "--order", "printed").err
    assert "undone" not in alliance(*wai).err


def test_an_order_beside_labels_is_refused(alliance: Run, make: Make) -> None:
    """An answer that came from a label is the printed number already."""
    heads = ",".join(map(str, range(1, 13)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join(['often'] * 12)}\n")
    said = ("--measure", "wai-sr", "--map", make("[labels]\noften = 5\n", "m.toml"))
    ran = alliance("score", table, *said, "--order", "printed")
    assert (ran.code, ran.out) == (2, "")
    assert "--order: not together with [labels]" in ran.err
    assert alliance("score", table, *said).code == 0


MIXED = "case,session,rater,measure,1,2,3,4,5\nc1,1,client,arm-5,6,7,1,6,5\n"


def test_a_unit_in_a_mixed_table_is_for_those_that_have_one(alliance: Run, make: Make) -> None:
    mixed = make(MIXED + "c1,1,client,srs,73,0,100,1,\n")
    ran = alliance("score", mixed, "--unit", "mm", "--json")
    assert {row["measure"]: row["value"] for row in ran.json} == {"arm-5": 6.2, "srs": 17.4}
    ran = alliance("score", make(MIXED, "arm.csv"), "--unit", "mm", "--order", "printed")
    assert (ran.code, ran.out) == (1, "")
    assert "unit: arm-5 has no visual analogue scale" in ran.err
    assert "order: arm-5 has no such order of printing; it has: none" in ran.err


def test_an_open_scale_and_aggregate_are_stated_in_a_key(alliance: Run, make: Make) -> None:
    table = make(SIX)
    ran = alliance("score", table, "--measure", "sai")
    assert (ran.code, ran.out) == (1, "")
    content = 'measure = "sai"\nreverse = ["6"]\naggregate = "mean"\n'
    key = make(content + "scale = {low = 0, high = 5}\n", "key.toml")
    assert _values(alliance, table, "--measure", "sai", "--key", key) == {"total": 4}
    bare = make(content, "bare.toml")
    stated = ("--measure", "sai", "--key", bare, "--range", "0-5")
    assert _values(alliance, table, *stated) == {"total": 4}
    other = make(content.replace("sai", "care"), "other.toml")
    ran = alliance("score", table, "--measure", "sai", "--key", other, "--range", "0-5")
    assert (ran.code, ran.out) == (1, "")
    assert "the key is of another measure than sai" in ran.err


def test_an_open_key_is_stated(alliance: Run, make: Make) -> None:
    heads = ",".join(map(str, range(1, 13)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join(['3'] * 12)}\n")
    scores = "".join(
        f'[[scores]]\nid = "{id_}"\nitems = {items}\naggregate = "sum"\n'
        for id_, items in (
            ("positive-collaboration", '["1", "2", "3", "4", "5", "6"]'),
            ("positive-clinician-input", '["7", "8", "9"]'),
            ("non-supportive-clinician-input", '["10", "11", "12"]'),
        )
    )
    total = '[[scores]]\nid = "total"\naggregate = "sum"\nof = ["positive-collaboration", '
    total += '"positive-clinician-input", "non-supportive-clinician-input"]\n'
    key = make('reverse = ["10", "11", "12"]\n' + scores + total, "key.toml")
    values = _values(alliance, table, "--measure", "star-p", "--key", key)
    assert [*values.values()] == [18, 9, 3, 30]
    ran = alliance("score", table, "--measure", "star-p")
    assert (ran.code, ran.out) == (1, "")
    ran = alliance(
        "score", table, "--measure", "star-p", "--key", make(scores + total, "bare.toml")
    )
    assert ran.code == 1
    assert "$.reverse: missing; [] if none is" in ran.err


def test_an_own_measure_file(alliance: Run, make: Make) -> None:
    own = make(ta.dumps(ta.Registry().measure("arm-5")).replace('"arm-5"', '"own-5"'), "own.json")
    ran = alliance("score", make(), "--measure", own, "--json")
    assert [row["measure"] for row in ran.json] == ["own-5"] * 3
    bad = make('id = "own-5"\n', "bad.toml")
    ran = alliance("score", make(), "--measure", bad)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0].startswith("alliance: bad.toml, $")
    ran = alliance("score", make(), "--measure", "nowhere.toml")
    assert (ran.code, ran.out) == (2, "")


def test_an_unknown_measure_is_told_once(alliance: Run, make: Make) -> None:
    ran = alliance("score", make(), "--measure", "arm5")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "alliance: no such measure; did you mean 'arm-5'?\n"


@pytest.mark.parametrize(
    "said", [("--delimiter", ";"), ("--delimiter", "\\t"), ("--delimiter", "tab")]
)
def test_delimiter(alliance: Run, make: Make, said: tuple[str, str]) -> None:
    character = ";" if said[1] == ";" else "\t"
    table = make((TIDY + FORMS).replace(",", character))
    assert alliance("score", table, *ARM, *said).json[0]["value"] == 6.2


def test_decimal_and_encoding(alliance: Run, make: Make) -> None:
    content = "case;session;rater;1;2;3;4;Größe\nc1;1;client;7,3;0;10;0,1;x\n".encode("cp1252")
    table = make(content)
    said = ("--measure", "srs", "--delimiter", ";", "--decimal", ",", "--json")
    assert alliance("score", table, *said, "--encoding", "cp1252").json[0]["value"] == 17.4
    ran = alliance("score", table, *said)
    assert (ran.code, ran.out) == (1, "")
    assert "row 1: not utf-8" in ran.err


def test_trust_keys(alliance: Run, make: Make) -> None:
    table = make(TIDY + FORMS + FORMS)
    ran = alliance("score", table, *ARM)
    assert (ran.code, ran.out) == (1, "")
    assert "row 5: a second form with the key of row 2" in ran.err
    ran = alliance("score", table, *ARM, "--trust-keys")
    assert len(ran.json) == 6


def test_a_range_does_not_replace_scales_of_single_items(alliance: Run, make: Make) -> None:
    measure = make(
        'id = "own"\nversion = "1"\nname = "Own"\nraters = ["client"]\nitems = 2\n'
        "[item_scales]\n1 = { low = 0, high = 4 }\n2 = { low = 1, high = 5 }\n"
        '[[scores]]\nid = "total"\nitems = ["1", "2"]\naggregate = "sum"\n',
        "own.toml",
    )
    table = make("case,session,rater,1,2\nc1,1,client,0,5\n")
    assert alliance("score", table, "--measure", measure).code == 0
    ran = alliance("score", table, "--measure", measure, "--range", "0-100")
    assert ran.code == 2
    assert "items of own have scales of their own" in ran.err
