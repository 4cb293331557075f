"""The truth-and-bias model of many dyads, with bias and tracking random over them."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from therapeutic_alliance.course.alike import refuse_mixed, refuse_mixed_scales
from therapeutic_alliance.course.mixed.fit import SUBJECT, Effect, MixedModel, Rows, fit
from therapeutic_alliance.course.raters.pairs import Pairs, pairs
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.psychometrics.spread import mean


@frozen(kw_only=True)
class TruthAndBiasModel(MixedModel):
    """How judgements of many dyads follow the truth."""

    bias: Effect
    """b0, directional bias: how far the judgement lies above the truth."""
    tracking: Effect
    """b1, temporal congruence: its change for a change of the truth by 1."""


def truth_and_bias(
    dyads: Iterable[Sequence[Series]], *, percent: bool = False
) -> TruthAndBiasModel:
    """The truth-and-bias model of West & Kenny 2011, bias and tracking random over dyads.

    ``J_it = b0_i + b1_i * T_it + e_it``, where both the truth ``T`` and the judgement ``J`` are
    centred on the dyad's mean of the truth, over its common sessions. ``dyads`` are pairs of
    series, truth first: by convention that of the client. Dyads with fewer than 5 common sessions
    are left out. ``percent``: see ``ta.raters``. Errors as for :func:`growth`.

    >>> from random import Random
    >>> draw = Random(1)
    >>> truths = [[draw.gauss(70, 5) for _ in range(8)] for _ in range(12)]
    >>> judged = [[30 + 0.5 * score + draw.gauss(0, 2) for score in each] for each in truths]
    >>> series = [[Series.of(one, low=0, high=100) for one in each] for each in (truths, judged)]
    >>> found = truth_and_bias(zip(*series))
    >>> round(found.bias.value), round(found.tracking.value, 1)
    (-5, 0.5)
    """
    both = [(truth, judgement) for truth, judgement in dyads]
    every = [each for dyad in both for each in dyad]
    for one in (0, 1):
        refuse_mixed(SUBJECT, [dyad[one] for dyad in both], "measure", "rater", "occasion")
    if not percent:
        refuse_mixed(SUBJECT, every, "score")
        refuse_mixed_scales(SUBJECT, every)
    unit: Metric = "percent" if percent or not every else every[0].spec.metric
    paired = [pairs(truth, judgement, percent=percent) for truth, judgement in both]
    enough = [_centred(each) for each in paired if not each.too_few]
    found = fit(enough, unit, left_out=len(paired) - len(enough))
    bias, tracking = found.effects
    return TruthAndBiasModel(bias=bias, tracking=tracking, **found.common)


def _centred(both: Pairs) -> Rows:
    centre = mean(both.first)
    return [
        ((1.0, truth - centre), judgement - centre)
        for truth, judgement in zip(both.first, both.second, strict=True)
    ]
