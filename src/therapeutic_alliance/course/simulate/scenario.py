"""What a simulated cohort is made of. Every number in it is an assumption."""

from collections.abc import Mapping
from typing import Any

from attrs import field, fields, frozen

from therapeutic_alliance.course.parameters import is_number, not_negative, positive, whole
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.errors import AllianceError

SHAPES = ("v", "u", "slide", "unrepaired")
"""The courses of a simulated rupture: one low session; several equally low ones; gradually down and
suddenly up; down for good. They are the simulator's own names, not what an episode is called."""


def _assumed(default: Any, why: str) -> Any:
    """A parameter without a source. What stands behind its value is told with it."""
    return field(default=default, metadata={"assumption": why})


_VARIED = "assumed: no source was found for it; varied over the scenarios"
_FIXED = "assumed: no source was found for it; the same in every scenario"
_OPEN = "chosen here, so that the base cohort looks as the study describes its own"


@frozen(kw_only=True)
class Scenario:
    """A cohort to simulate: every parameter is an assumption, none a norm.

    Scores are means of ``items`` whole answers on the scale ``low`` to ``high``. SDs, slopes and
    depths are in the units of that scale; hazards and shares are probabilities.
    ``assumptions`` says of each parameter what stands behind it.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> Scenario(name="base").within_sd, Scenario(name="noisy", within_sd=0.4).within_sd
    (0.25, 0.4)
    """

    name: str
    low: float = _assumed(1.0, "the scale of many alliance forms")
    high: float = _assumed(5.0, "the scale of many alliance forms")
    items: int = _assumed(12, "the length of short alliance forms")
    mean: float = _assumed(3.95, _OPEN)
    """Mean over persons of the level at session 2, the middle of the early rise; what lies beyond
    the scale is cut off."""
    between_sd: float = _assumed(0.60, _VARIED)
    """SD over persons of that level."""
    within_sd: float = _assumed(0.25, _VARIED)
    """Median over persons of the SD within a person (lognormal), without ruptures and growth."""
    within_cv: float = _assumed(0.4, _FIXED)
    """SD of the SDs within persons, as a fraction of their mean (coefficient of variation)."""
    autocorrelation: float = _assumed(0.3, _FIXED)
    """Of what moves a score within a person, from one session number to the next: AR(1)."""
    early: float = _assumed(0.25, _VARIED)
    """Rise from session 1 to session 3, the same for all."""
    slope: float = _assumed(0.015, _VARIED)
    """Mean rise a session, from session 3 on."""
    slope_sd: float = _assumed(0.02, _OPEN)
    """SD of the rise over persons."""
    item_sd: float = _assumed(0.45, _OPEN)
    """SD of the answers to the items of one form, before they are rounded."""
    straight_liners: float = _assumed(0.08, _FIXED)
    """Share of persons who give one answer to all items of a form."""
    missing: float = _assumed(0.10, _FIXED)
    """Share of sessions without a score, at random."""
    rupture_hazard: float = _assumed(0.05, _FIXED)
    """Probability a session that a rupture begins, from session ``first_onset`` on."""
    first_onset: int = _assumed(4, _OPEN)
    """First session at which a rupture can begin."""
    depth: float = _assumed(0.80, _VARIED)
    """Median depth of a rupture where it is deepest (lognormal)."""
    depth_cv: float = _assumed(0.4, _FIXED)
    """SD of the depths, as a fraction of their mean (coefficient of variation)."""
    share_v: float = _assumed(0.40, _FIXED)
    """Share of the ruptures with this shape, see :data:`SHAPES`; the four add to 1."""
    share_u: float = _assumed(0.25, _FIXED)
    share_slide: float = _assumed(0.15, _FIXED)
    share_unrepaired: float = _assumed(0.20, _FIXED)
    sessions: int = _assumed(16, _VARIED)
    """Sessions planned."""
    least_sessions: int = _assumed(3, _OPEN)
    """Nobody leaves before this many sessions took place."""
    dropout: float = _assumed(0.02, _FIXED)
    """Probability to leave after a session outside a rupture."""
    dropout_inside: float = _assumed(0.10, _FIXED)
    """Probability to leave after a session inside a rupture."""

    def __attrs_post_init__(self) -> None:
        for name in ("low", "high", "mean"):
            if not is_number(getattr(self, name)):
                raise AllianceError(f"scenario: {name} is a finite number")
        if not (self.low < self.high and self.low == int(self.low) and self.high == int(self.high)):
            raise AllianceError("scenario: low and high are whole numbers, low below high")
        for name in ("within_sd", "within_cv", "depth", "depth_cv"):
            positive("scenario", name, getattr(self, name))
        for name in ("between_sd", "slope_sd", "item_sd"):
            not_negative("scenario", name, getattr(self, name))
        for name in ("items", "sessions", "least_sessions", "first_onset"):
            whole("scenario", name, getattr(self, name), 1)
        for name in _PROBABILITIES:
            _probability(name, getattr(self, name))
        if abs(sum(self.shapes.values()) - 1) > EPSILON:
            raise AllianceError("scenario: the shares of the shapes add to 1")

    @property
    def shapes(self) -> Mapping[str, float]:
        """Probability of each shape."""
        return {each: getattr(self, f"share_{each}") for each in SHAPES}

    @property
    def assumptions(self) -> Mapping[str, str]:
        """What stands behind each parameter, in words."""
        return {
            each.name: each.metadata["assumption"]
            for each in fields(Scenario)
            if each.name != "name"
        }


_PROBABILITIES = (
    "autocorrelation",
    "straight_liners",
    "missing",
    "rupture_hazard",
    "dropout",
    "dropout_inside",
    *(f"share_{each}" for each in SHAPES),
)


def _probability(name: str, value: object) -> None:
    if not (is_number(value) and isinstance(value, int | float) and 0 <= value <= 1):
        raise AllianceError(f"scenario: {name} is a number from 0 to 1")
