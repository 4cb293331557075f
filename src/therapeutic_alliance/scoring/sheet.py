"""Score one form."""

from collections.abc import Mapping, Sequence, Sized
from operator import call
from typing import cast

from therapeutic_alliance.errors import AnswerError, Problem
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.rule import Missing, check_missing
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.scoring.key import (
    ScoringKey,
    as_number,
    compile_key,
    items_in_words,
    no_measure,
)

Answers = Mapping[str, object] | Sequence[object]


def score(
    measure: Measure, answers: Administration | Answers, *, missing: Missing | None = None
) -> ScoreSheet:
    """The scores of one form.

    ``answers`` is a mapping by item id, a sequence in item order, or an
    :class:`Administration`. An absent id or ``None`` is not answered; a visual analogue mark is
    in the scale's own unit. Without ``missing`` the authors' rule holds, and where they publish
    none, a score with an unanswered item is ``not-scorable``; ``ta.Prorate(0.8)`` asks for more.
    A rule of your own is any hashable object with ``needed(of)``, how many of ``of`` items must be
    answered (a whole number; at least one is needed in any case), and ``label``, a text that says
    whose rule it is; ``str(rule)`` is what explanations say.

    Raises :class:`AnswerError` with every item and rule that is broken (no answer is quoted),
    :class:`DefinitionError` while a part of the measure's key is open, and
    :class:`AllianceError` if ``missing`` is no rule.

    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("wai-sr")
    >>> sheet = ta.score(measure, [5, 4, 4, 3, 4, 5, 3, 4, 4, 5, None, 4])
    >>> sheet["bond"].value, sheet["bond"].low, sheet["bond"].high
    (15.0, 4.0, 20.0)
    >>> sheet["goal"].status, sheet["goal"].answered, sheet["goal"].of
    ('not-scorable', 3, 4)
    >>> answers = [5, 4, 4, 3, 4, 5, 3, 4, 4, 5, None, 4]
    >>> ta.score(measure, answers, missing=ta.Prorate(0.75))["goal"].value
    16.0
    """
    if not isinstance(measure, Measure):
        raise no_measure()
    if missing is not None:
        check_missing(missing)
    key = compile_key(measure)
    form = None
    if isinstance(answers, Administration):
        form = answers
        check_form(measure, form)
        given = _by_id(key, form.answers)
    elif isinstance(answers, Mapping):
        given = _by_id(key, answers)
    else:
        given = _in_sequence(key, answers)
    counts = _counts(key, given)
    return ScoreSheet(
        measure,
        tuple([rule.score(counts, missing) for rule in key.scores]),
        missing,
        cast("tuple[float | None, ...]", given),
        form,
    )


def check_form(measure: Measure, form: Administration) -> None:
    """Refuse a form of another measure or version, or by a rater the measure does not accept."""
    problems = []
    if form.measure != measure.id and form.measure not in measure.aliases:
        problems.append(Problem(path="$.measure", rule=f"the form is not of {measure.id}"))
    if form.measure_version not in (None, measure.version):
        problems.append(
            Problem(path="$.measure_version", rule=f"this is version {measure.version}")
        )
    if form.rater not in measure.raters:
        accepted = ", ".join(measure.raters)
        rule = f"{measure.id} accepts these raters only: {accepted}"
        problems.append(Problem(path="$.rater", rule=rule))
    if problems:
        raise AnswerError(problems)


def _by_id(key: ScoringKey, answers: Mapping[str, object]) -> tuple[object, ...]:
    if len(answers) == len(key.ids):
        try:
            return key.in_order(answers)
        except KeyError:
            pass
    if not answers.keys() <= key.id_set:
        strangers = [n for n, item in enumerate(answers, 1) if item not in key.id_set]
        rule = f"not an item of {key.measure.id}, which has {items_in_words(key.ids)}"
        if not all(isinstance(item, str) for item in answers):
            rule += "; item ids are text, '1' and not 1"
        raise AnswerError(Problem(path=f"answer {n}", rule=rule) for n in strangers)
    return tuple(map(answers.get, key.ids))


def _in_sequence(key: ScoringKey, answers: Sequence[object]) -> tuple[object, ...]:
    if not isinstance(answers, Sized) or isinstance(answers, str) or len(answers) != len(key.ids):
        raise AnswerError(
            f"{key.measure.id}: a sequence of {len(key.items)} answers is needed, one for each item"
        )
    return tuple(answers)


def _counts(key: ScoringKey, given: tuple[object, ...]) -> list[int | None]:
    plain = given if _PLAIN.issuperset(map(type, given)) else tuple(map(as_number, given))
    counts = list(map(call, key.lookups, plain))
    if None in counts and counts.count(None) > sum(answer is None for answer in given):
        raise AnswerError(
            Problem(item=item.id, rule=item.refuses(answer))
            for item, answer, count in zip(key.items, given, counts, strict=True)
            if count is None and answer is not None
        )
    return counts


_PLAIN = frozenset({int, float, type(None)})
"""Types that can be looked up as they are: ``True`` would be found as 1, so it must not be one."""
