"""Simulated sheets for exporters: invented measures, and forms that nobody ever filled in."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import MAX_SESSION, Administration
from therapeutic_alliance.model.rule import MissingRule, Prorate, ScoreRule
from therapeutic_alliance.model.scale import Scale
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.scoring.sheet import score

ITEMS = ("first", "second", "third")
SECRETS = ("quokka", "numbat", "73.21")
"""Stands in the case, person and answers of each sheet and in no measure."""
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("x")')
"""What a spreadsheet would run, if a cell began with it."""
SCRIPT = '<script>alert("invented")</script>'
LETTERS = "Invented \u00e9 \u0416 \u05d0 \u4e2d \U0001f600"
_ENDS = """" onclick="alert(1)' onclick='alert(1)">'>-->]]></title></script>"""
"""Of an attribute in either kind of quotes or in none, a comment, CDATA and elements of text."""
MARKUP = f"{_ENDS}<img src=x onerror=alert(1)>{SCRIPT}&amp;"

_MARKS = Scale(low=0, high=90, step=0.01, kind="visual-analogue", unit="mm")


def _measure(name: str = "Invented (simulated)", **changes: Any) -> Measure:
    invented = Measure(
        id="invented",
        version="1",
        name=name,
        raters=("client", "therapist"),
        items=ITEMS,
        scale=_MARKS,
        reverse=("second",),
        scores=(
            ScoreRule(id="part", items=ITEMS[:2], aggregate="mean"),
            ScoreRule(id="total", items=ITEMS, aggregate="sum", missing=MissingRule(at_most=1)),
            ScoreRule(id="single", items=ITEMS[2:], aggregate="rating"),
        ),
    )
    return evolve(invented, **changes)


INVENTED = _measure()
"""Scores of each aggregate and a missing rule, of marks with two decimals, so that values have
many."""
OTHER = _measure(id="invented-other", raters=("client", "therapist", "observer"))


def _form(*answers: float | None, **changes: Any) -> Administration:
    given = dict(zip(ITEMS, answers or (73.21, 20.5, 70.12), strict=True))
    who: dict[str, Any] = {"measure": "invented", "case": "quokka-1", "session": 1}
    return Administration(**{**who, "rater": "client", "answers": given, **changes})


def _sheet(*answers: float | None, measure: Measure = INVENTED, **changes: Any) -> ScoreSheet:
    return score(measure, _form(*answers, measure=measure.id, **changes))


def named(text: str) -> tuple[ScoreSheet, ...]:
    """A sheet of a measure whose names and version are this text."""
    return (_sheet(measure=_measure(name=text, short=text, version=text)),)


MARKED = "a name with markup"
ORDINARY: tuple[ScoreSheet, ...] = tuple(
    _sheet(73.21, second, 33.33, session=session, date=date(2026, 3, session))
    for session, second in enumerate((10, 0.01, 66.6, 90), 1)
)
"""One case, four sessions, all answered."""


@cache
def samples() -> Mapping[str, tuple[ScoreSheet, ...]]:
    """Sheets by what is special about them.

    >>> [sheet["total"].status for sheet in samples()["not scorable, prorated"]]
    ['not-scorable', 'prorated', 'prorated']
    """
    strange = {f"a name or version that begins with {text!r}": text for text in FORMULAS}
    return MappingProxyType(
        {
            "one case": ORDINARY,
            "not scorable, prorated": (
                _sheet(None, None, None),
                _sheet(73.21, None, 50, session=2),
                score(INVENTED, _form(73.21, None, 50, session=3), missing=Prorate(0.5)),
            ),
            "several raters": (*ORDINARY, _sheet(rater="therapist")),
            "several persons": (*ORDINARY, _sheet(person="numbat-1"), _sheet(person="numbat-2")),
            "before and after a session": (_sheet(occasion="pre"), _sheet(occasion="post")),
            "several cases": (*ORDINARY, _sheet(case="quokka-2"), _sheet(case="quokka-3")),
            "several measures": (*ORDINARY, _sheet(measure=OTHER, rater="observer")),
            "without a form": (score(INVENTED, dict(_form().answers)),),
            "long ids and numbers": (
                _sheet(case="quokka".ljust(64, "9"), person="numbat.-_", session=MAX_SESSION),
            ),
            "ids that look like formulas": (_sheet(case="-1-1", person="-2-3"),),
            "letters of other scripts": (_sheet(measure=_measure(name=LETTERS)),),
            MARKED: named(MARKUP),
            "a provider that begins with '='": (_sheet(measure=_measure(provider="=1+1")),),
            **{what: named(text) for what, text in strange.items()},
        }
    )


RELATED: tuple[ScoreSheet, ...] = (
    _sheet(),
    _sheet(case="quokka-2"),
    _sheet(session=2),
    _sheet(measure=OTHER),
    _sheet(rater="therapist"),
    _sheet(person="numbat-1"),
    _sheet(person="numbat-2"),
    _sheet(occasion="pre"),
    _sheet(occasion="post"),
)
"""Any other than the first differs from it in one part of its key."""

ONE_SCORE = _measure(scores=(ScoreRule(id="total", items=ITEMS, aggregate="sum"),))
LAID_BESIDE: tuple[tuple[ScoreSheet, ...], ...] = tuple(
    (_sheet(*answers, measure=ONE_SCORE),)
    for answers in ((73.21, 20.5, 7.54), (20.5, 70.12, 56.75), (20.5, None, 56.75))
)
"""The same form with one score and with another, 150.25 and 97.13, and with none."""

MARKS: tuple[ScoreSheet, ...] = tuple(
    _sheet(73.21, 41.37, 58.49, measure=ONE_SCORE, session=session) for session in (1, 2)
)
"""Their only score is 180.33."""
ANSWERS = re.compile(rb"(?:73[.,]2|41[.,]3|58[.,]4|48[.,]6)")
"""Begins an answer of :data:`MARKS`, or what is left of one when it is reversed."""

THIRDS: tuple[ScoreSheet, ...] = (
    _sheet(
        *(1, 86, 5),
        measure=_measure(scores=(ScoreRule(id="total", items=ITEMS, aggregate="mean"),)),
    ),
)
"""Their only score is 10/3."""
UNROUNDED = re.compile(rb"3[.,]333333333")

_KEYS = st.fixed_dictionaries(
    {
        "case": st.sampled_from(["quokka-1", "quokka-2", "-1-1", "1e5", "007", "nan", "a.b_c"]),
        "session": st.integers(1, 40),
        "measure": st.sampled_from([INVENTED, OTHER]),
        "rater": st.sampled_from(INVENTED.raters),
        "person": st.sampled_from([None, "numbat-1", "-2"]),
        "occasion": st.sampled_from([None, "pre", "post"]),
    }
)
_ANSWERS = st.tuples(*(st.one_of(st.none(), st.integers(0, 9_000).map(lambda n: n / 100)),) * 3)


def drawn_sheets() -> st.SearchStrategy[list[ScoreSheet]]:
    """Up to 8 sheets of two measures, no two with one key, with answers missing."""
    sheets = st.builds(lambda key, answers: _sheet(*answers, **key), _KEYS, _ANSWERS)
    return st.lists(sheets, max_size=8, unique_by=lambda sheet: sheet.form and sheet.form.key)
