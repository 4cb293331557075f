"""The two-state model of H16 in plain Python: one transition a session, states one by one."""

from collections.abc import Sequence
from itertools import product
from math import exp, lgamma, log, pi, sqrt
from statistics import NormalDist

import therapeutic_alliance as ta
from therapeutic_alliance.course.sd_floor import SD_FLOOR


def _points(model: ta.StateModel) -> list[tuple[float, float, float]]:
    at = [[NormalDist().inv_cdf((n + 0.5) / k) for n in range(k)] for k in model.grid]
    return [
        (
            model.mean + model.between_sd * a,
            max(SD_FLOOR, model.within_sd * exp(model.within_spread * b)),
            model.depth * exp(model.depth_spread * c),
        )
        for a, b, c in product(*at)
    ]


def _t8(score: float, centre: float, scale: float) -> float:
    constant = exp(lgamma(4.5) - lgamma(4)) / sqrt(8 * pi) / scale
    return float(constant * (1 + ((score - centre) / scale) ** 2 / 8) ** -4.5)


def log_likelihoods(
    model: ta.StateModel, observed: Sequence[tuple[int, float]], forced: int | None = None
) -> list[float]:
    """Of each point; with the second state certain at the session ``forced``."""
    found = []
    for level, sd, depth in _points(model):
        out, inside, total, now = 1.0, 0.0, 0.0, 0
        for session, share in observed:
            for _ in range(session - now):
                out, inside = (
                    out * (1 - model.entry) + inside * model.exit,
                    out * model.entry + inside * (1 - model.exit),
                )
            now = session
            centre = level + model.expected_growth(session)
            out *= 0 if session == forced else _t8(share, centre, sd)
            inside *= _t8(share, centre - depth, sd)
            total += log(out + inside)
            out, inside = out / (out + inside), inside / (out + inside)
        found.append(total)
    return found


def oracle(model: ta.StateModel, series: ta.Series, *, smooth: bool) -> list[float]:
    """The statistic of each observed session."""
    observed = [(each.session, series.share(each.value or 0.0)) for each in series.observed]
    found = []
    for n, (session, _) in enumerate(observed, 1):
        known = observed if smooth else observed[:n]
        free = log_likelihoods(model, known)
        most = max(free)
        forced = log_likelihoods(model, known, session)
        found.append(sum(exp(x - most) for x in forced) / sum(exp(x - most) for x in free))
    return found


def log_likelihood(model: ta.StateModel, cases: Sequence[ta.Series]) -> float:
    """Of a cohort, persons and states summed out."""
    total = 0.0
    for series in cases:
        observed = [(each.session, series.share(each.value or 0.0)) for each in series.observed]
        of_points = log_likelihoods(model, observed)
        total += log(sum(map(exp, of_points)) / len(of_points))
    return total
