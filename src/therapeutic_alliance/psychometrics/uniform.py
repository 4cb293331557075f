"""How uniform the answers of one form are: a fact about the form, and no verdict on the person."""

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.psychometrics.numbers import is_number
from therapeutic_alliance.psychometrics.spread import sd

CAUTION = (
    "many people choose the same answer throughout on alliance forms, most of all the highest: "
    "that is not evidence of carelessness"
)


@frozen(kw_only=True)
class Uniformity:
    """What the answers of one form look like, in the order in which they were given."""

    long_string: int
    """Longest run of equal consecutive answers; an unanswered item ends a run. 0 without any."""
    irv: float | None
    """Intra-individual response variability: the SD of the answers. ``None`` below two."""
    answered: int
    of: int
    """Items of the form."""
    uniform_response: bool | None
    """Whether all answers are equal; ``None`` if fewer than two items are answered."""
    caution: str = CAUTION


def uniformity(answers: Sequence[float | None]) -> Uniformity:
    """Long-string, IRV and ``uniform_response`` of one administration.

    Give the answers as they were given, before any reversal, in the order of the form, ``None``
    for an unanswered item. No threshold makes a form careless: Meier 2022 found that many
    respondents choose the same option throughout (verified). Even-odd consistency is left out on
    purpose: with three scales of four items it has three points, and no meaning.

    Raises :class:`AllianceError` for an answer that is no finite number.

    >>> found = uniformity([5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 5, 5])
    >>> found.long_string, round(found.irv, 4), found.uniform_response
    (7, 0.2887, False)
    """
    wrong = [at for at, each in enumerate(answers, 1) if each is not None and not is_number(each)]
    if wrong:
        rule = "no finite number; one that is not answered is None"
        raise AllianceError([Problem(path=f"answer {at}", rule=rule) for at in wrong])
    given = [each for each in answers if each is not None]
    several = len(given) > 1
    return Uniformity(
        long_string=_longest_run(answers),
        irv=sd(given) if several else None,
        answered=len(given),
        of=len(answers),
        uniform_response=len(set(given)) == 1 if several else None,
    )


def _longest_run(answers: Sequence[float | None]) -> int:
    longest = run = 0
    for before, answer in pairwise((None, *answers)):
        run = 0 if answer is None else run + 1 if answer == before else 1
        longest = max(longest, run)
    return longest
