"""A response surface: what its coefficients say along the two diagonals, and where its ridge is."""

from math import sqrt

from attrs import frozen

_NONE = 1e-9
"""A coefficient or determinant is 0 up to this share of what it is made of."""


@frozen(kw_only=True)
class PrincipalAxis:
    """The first principal axis, ``Y = p10 + p11 * X``, through the stationary point."""

    p10: float
    p11: float
    x0: float
    y0: float
    """The stationary point."""


@frozen(kw_only=True)
class Surface:
    """``Z = b0 + b1*X + b2*Y + b3*X^2 + b4*X*Y + b5*Y^2``.

    X and Y are two raters' views on one scale, centred on one point. ``a1`` and ``a2`` are slope
    and curvature along the line of congruence (X = Y), ``a3`` and ``a4`` along that of
    incongruence (X = -Y); the order is that of the R package RSA (verified).

    >>> surface = Surface(b1=0.30, b2=0.25, b3=-0.10, b4=0.18, b5=-0.12)
    >>> [round(each, 4) for each in surface.a]
    [0.55, -0.04, 0.05, -0.4, 0.02]
    >>> round(surface.axis.p10, 4), round(surface.axis.p11, 4)
    (-0.0462, 0.895)
    """

    b0: float = 0.0
    b1: float
    b2: float
    b3: float
    b4: float
    b5: float

    @property
    def a(self) -> tuple[float, float, float, float, float]:
        """``a1`` to ``a5``."""
        return (
            self.b1 + self.b2,
            self.b3 + self.b4 + self.b5,
            self.b1 - self.b2,
            self.b3 - self.b4 + self.b5,
            self.b3 - self.b5,
        )

    @property
    def axis(self) -> PrincipalAxis | None:
        """The first principal axis; ``None`` if ``4*b3*b5 = b4^2`` or ``b4 = 0``."""
        determinant = 4 * self.b3 * self.b5 - self.b4**2
        if abs(determinant) <= _NONE * (4 * abs(self.b3 * self.b5) + self.b4**2):
            return None
        if abs(self.b4) <= _NONE * max(abs(self.b3), abs(self.b5)):
            return None
        x0 = (self.b2 * self.b4 - 2 * self.b1 * self.b5) / determinant
        y0 = (self.b1 * self.b4 - 2 * self.b2 * self.b3) / determinant
        p11 = self._slope()
        return PrincipalAxis(p10=y0 - p11 * x0, p11=p11, x0=x0, y0=y0)

    def _slope(self) -> float:
        """``(b5 - b3 + root) / b4``, written so that nothing cancels."""
        apart = self.b5 - self.b3
        root = sqrt(apart**2 + self.b4**2)
        return (apart + root) / self.b4 if apart >= 0 else self.b4 / (root - apart)
