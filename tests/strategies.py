"""The kit's strategies as the library's own tests use them, and a few more."""

from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.testing import answers, measures

__all__ = ["answers", "callers", "forms", "measures"]


@st.composite
def forms(
    draw: st.DrawFn, *, complete: bool = False, one_range: bool = False
) -> tuple[ta.Measure, dict[str, float | None]]:
    """A measure with answers."""
    measure = draw(measures(one_range=one_range))
    return measure, draw(answers(measure, missing=not complete))


def callers() -> st.SearchStrategy[ta.Prorate | None]:
    """What a caller may ask for missing answers."""
    return st.one_of(
        st.none(), st.integers(1, 20).map(lambda n: ta.Prorate(n / 20)), st.just(ta.Prorate(0.8))
    )
