"""The scores of a case as the two-state model looks at them."""

from attrs import frozen


@frozen(order=True)
class Steps:
    """Observed scores, and how many session numbers each lies after the one before it."""

    scores: tuple[float, ...]
    """Fractions of the possible range, less the growth that is expected."""
    steps: tuple[int, ...]
    """The first counts from 0."""
