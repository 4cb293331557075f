"""Least squares beside exact fractions, and beside NumPy."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapeutic_alliance.psychometrics.least_squares import least_squares

Matrix = list[list[Fraction]]


def exact(columns: Sequence[Sequence[float]], ys: Sequence[float]) -> list[float]:
    """Normal equations in fractions, solved by elimination: slow, and without any rounding."""
    rows: Matrix = [[Fraction(x) for x in column] for column in columns]
    right = [Fraction(y) for y in ys]
    table = [[*(dot(one, other) for other in rows), dot(one, right)] for one in rows]
    for pivot in range(len(table)):
        table[pivot] = [each / table[pivot][pivot] for each in table[pivot]]
        for other in range(len(table)):
            if other != pivot:
                factor = table[other][pivot]
                pairs = zip(table[other], table[pivot], strict=True)
                table[other] = [a - factor * b for a, b in pairs]
    return [float(row[-1]) for row in table]


def dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction())


@st.composite
def courses(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Session numbers and scores."""
    sessions = sorted(draw(st.sets(st.integers(1, 400), min_size=4, max_size=20)))
    score = st.floats(1, 5).map(lambda each: round(each, 3))
    return sessions, [draw(score) for _ in sessions]


@given(courses())
def test_a_parabola_beside_exact_fractions(of: tuple[list[int], list[float]]) -> None:
    sessions, scores = of
    places = [(session - sessions[0]) / sessions[-1] for session in sessions]
    columns = [[place**power for place in places] for power in range(3)]
    fit = least_squares(columns, scores)
    assert fit is not None
    found = [sum(c * place**k for k, c in enumerate(fit.coefficients)) for place in places]
    wanted_curve = exact(columns, scores)
    wanted = [sum(c * place**k for k, c in enumerate(wanted_curve)) for place in places]
    assert found == pytest.approx(wanted, abs=1e-9)
    assert list(fit.fitted) == pytest.approx(wanted, abs=1e-9)
    rss = sum((y - w) ** 2 for y, w in zip(scores, wanted, strict=True))
    assert fit.rss == pytest.approx(rss, abs=1e-9)


def test_coefficients_are_those_of_numpy() -> None:
    draw = np.random.default_rng(20)
    matrix = draw.normal(size=(50, 3))
    ys = draw.normal(size=50)
    fit = least_squares(matrix.T.tolist(), ys.tolist())
    assert fit is not None
    coefficients, rss, _, _ = np.linalg.lstsq(matrix, ys)
    assert list(fit.coefficients) == pytest.approx(list(coefficients), abs=1e-12)
    assert fit.rss == pytest.approx(float(rss[0]), abs=1e-12)


def test_nearly_equal_columns_keep_nine_digits() -> None:
    """Powers of 100,001 to 100,008, not centred: normal equations would lose all digits."""
    columns = [[float(each**power) for each in range(100_001, 100_009)] for power in range(3)]
    scores = [4.4, 4.2, 4.0, 3.7, 3.5, 3.4, 3.6, 3.9]
    fit = least_squares(columns, scores)
    assert fit is not None
    assert list(fit.coefficients) == pytest.approx(exact(columns, scores), rel=1e-9)


@pytest.mark.parametrize(
    "columns",
    [
        [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]],
        [[0.0, 0.0, 0.0]],
        [[1.0, 1.0, 1.0], [1.0, 2.0, 3.0], [3.0, 5.0, 7.0]],
        [[1.0, 1.0], [1.0, 2.0], [1.0, 4.0]],
    ],
)
def test_dependent_columns_have_no_fit(columns: list[list[float]]) -> None:
    assert least_squares(columns, [1.0] * len(columns[0])) is None
