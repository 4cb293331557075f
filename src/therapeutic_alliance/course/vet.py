"""Flags of a rule that may be a plugin's, looked at before anybody relies on them."""

from collections.abc import Iterator
from typing import Any, get_args

from therapeutic_alliance.course.parameters import is_number, is_plain
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.errors import PluginError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flag, Flags, Sign


def vet(detector: Detector[Series], series: Series, flags: Flags) -> None:
    """Look at what a detector says of a series.

    Raises :class:`PluginError` if that is not one flag for each session under the detector's own
    name, each ``True``, ``False`` or ``None`` with words and finite numbers, and where it is
    ``True`` with a statistic that has the threshold or more.

    >>> from therapeutic_alliance import Registry
    >>> series, rule = Series.of([4.2, 4.1, 3.0], low=1, high=5), Registry().detector("rci-drop")
    >>> vet(rule, series, rule.flags(series))
    """
    fault = next(_faults(detector, series, flags), "")
    if fault:
        raise PluginError(f"detector {detector.id}: {fault}")


def _faults(detector: Detector[Series], series: Series, flags: Any) -> Iterator[str]:
    if not _is_flags(flags):
        yield "it returned no Flags"
        return
    if not all(isinstance(each, Flag) for each in flags.flags):
        yield "its flags hold something that is no Flag"
        return
    if type(flags.low_information) is not bool:
        yield "low_information is True or False"
    if flags.sign not in get_args(Sign):
        yield "its flags are a sign of neither a rupture nor a waning"
    if (flags.detector, flags.mode) != (detector.id, detector.mode):
        yield "its flags are under another name or mode than its own"
    yield from _words_faults(flags)
    if [each.session for each in flags] != [point.session for point in series]:
        yield "there is not one flag for each session, in their order"
        return
    first = next((point.session for point in series.observed), None)
    for point, flag in zip(series, flags, strict=True):
        if point.session == first and flag.flag:
            yield f"session {first}: the first observed session cannot be flagged"
        if (fault := _fault(flag)) or (point.value is None and flag.flag is not None):
            yield f"session {point.session}: {fault or 'not observed, and yet evaluated'}"


def _is_flags(flags: object) -> bool:
    return isinstance(flags, Flags)


def _words_faults(flags: Any) -> Iterator[str]:
    """What is wrong with how flags tell of their rule."""
    if not all(isinstance(each, str) for each in flags.conventions):
        yield "its conventions are no texts"
    if not all(isinstance(name, str) and is_plain(value) for name, value in flags.parameters):
        yield "its parameters are no plain values"


def _fault(flag: Any) -> str:
    if flag.flag is not None and type(flag.flag) is not bool:
        return "a flag is True, False or None"
    if not isinstance(flag.why, str) or not flag.why.isprintable():
        return "why is no text on one line"
    pairs = [number for pair in (flag.reference, flag.before) if pair for number in pair]
    numbers = (flag.statistic, flag.threshold, flag.tolerance, flag.sd, *pairs)
    if not all(each is None or is_number(each) for each in numbers):
        return "its numbers are not finite, or not Python's own (float)"
    if flag.flag and falls_short(flag):
        return "flagged with a statistic below its threshold; a higher one is more like a rupture"
    return ""


def falls_short(flag: Flag) -> bool:
    """Whether a statistic is below its threshold; not so where one of them is not told."""
    if flag.statistic is None or flag.threshold is None:
        return False
    return flag.statistic < flag.threshold - EPSILON
