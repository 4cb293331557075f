"""Least squares with a few columns, by orthogonal columns and exact sums."""

from collections.abc import Sequence
from math import fsum, sqrt

from attrs import frozen

_DEPENDENT = 1e-10
"""A column is taken for a combination of the others if no more than this share of it is left."""

Vector = Sequence[float]


@frozen
class LeastSquares:
    """The combination of columns that lies closest to the ``ys``."""

    coefficients: tuple[float, ...]
    """One for each column, in their order."""
    fitted: tuple[float, ...]
    rss: float
    """Residual sum of squares."""
    upper: tuple[tuple[float, ...], ...]
    """How much of each orthonormal column is in each column given."""

    def variance_of(self, weights: Vector) -> float:
        """Variance of a weighted sum of the coefficients, as a multiple of the error variance."""
        solved: list[float] = []
        for weight, column in zip(weights, self.upper, strict=True):
            known = fsum(share * each for share, each in zip(column, solved, strict=False))
            solved.append((weight - known) / column[-1])
        return _product(solved, solved)


def least_squares(columns: Sequence[Vector], ys: Vector) -> LeastSquares | None:
    """The least-squares fit, or ``None`` if one column is a combination of those before it.

    By modified Gram-Schmidt, the ``ys`` too (Bjoerck 1967, BIT 7:1-21); no normal equations, which
    would square the condition number. The time needed is linear in the number of rows.

    >>> fit = least_squares([[1, 1, 1, 1], [1, 2, 3, 4]], [2.0, 4.0, 6.0, 8.0])
    >>> [round(each, 9) + 0.0 for each in fit.coefficients], round(fit.rss, 9)
    ([0.0, 2.0], 0.0)
    """
    basis: list[Vector] = []
    upper: list[list[float]] = []
    for column in columns:
        shares, rest = _without(basis, column)
        length = _length(rest)
        if length <= _DEPENDENT * _length(column):
            return None
        basis.append([each / length for each in rest])
        upper.append([*shares, length])
    shares, residuals = _without(basis, ys)
    return LeastSquares(
        coefficients=_solved(upper, shares),
        fitted=tuple(y - rest for y, rest in zip(ys, residuals, strict=True)),
        rss=_product(residuals, residuals),
        upper=tuple(map(tuple, upper)),
    )


def _without(basis: Sequence[Vector], vector: Vector) -> tuple[list[float], Vector]:
    """How much of each member of an orthonormal basis is in a vector, and what is left of it."""
    shares = []
    for unit in basis:
        share = _product(unit, vector)
        shares.append(share)
        vector = [each - share * part for each, part in zip(vector, unit, strict=True)]
    return shares, vector


def _solved(upper: Sequence[Vector], shares: Vector) -> tuple[float, ...]:
    """Back substitution; ``upper[j][i]`` is how much of basis vector ``i`` is in column ``j``."""
    found: dict[int, float] = {}
    for row in reversed(range(len(upper))):
        known = fsum(upper[column][row] * value for column, value in found.items())
        found[row] = (shares[row] - known) / upper[row][row]
    return tuple(found[row] for row in range(len(upper)))


def _product(one: Vector, other: Vector) -> float:
    return fsum(a * b for a, b in zip(one, other, strict=True))


def _length(vector: Vector) -> float:
    return sqrt(_product(vector, vector))
