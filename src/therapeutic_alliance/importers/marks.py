"""Answers as a table may hold them: in another unit, or the other way round."""

from therapeutic_alliance.model.scale import Scale


def in_unit(answer: float, scale: Scale, unit: str | None) -> float:
    """A mark read in ``unit``, in the unit of the scale.

    >>> in_unit(73, Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm"), "mm")
    7.3
    """
    if unit is None or scale.unit in (None, unit):
        return answer
    return answer / 10 if unit == "mm" else answer * 10


def unflipped(answer: float, scale: Scale) -> float:
    """An answer of an item that is printed the other way round; out of range it stays as it is."""
    if scale.low <= answer <= scale.high:
        return round(scale.low + scale.high - answer, 9)  # 10 - 9.9 is not 0.1 in a float
    return answer
