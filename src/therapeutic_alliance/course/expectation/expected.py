"""What is expected of the next score of a person, and what learns it."""

from typing import Protocol

from attrs import frozen


@frozen
class Expected:
    """What is expected of a score outside a rupture, as a part of the range and less growth."""

    mean: float
    scale: float
    """The deviation from the mean that is expected."""
    suspicion: float = 0.0
    """Log odds that a rupture is under way, before the score is seen, less those at the start."""


class Belief(Protocol):
    """What is known of a person from the scores so far; a frozen value."""

    __slots__ = ()

    def expected(self, session: int) -> Expected:
        """What is expected of the score of a session."""

    def after(self, session: int, score: float) -> "Belief":
        """What is known after the score of a session."""
