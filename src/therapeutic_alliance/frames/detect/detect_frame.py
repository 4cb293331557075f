"""One detector over all courses of a frame."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.observes import scores_only
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError, MissingExtraError
from therapeutic_alliance.frames.detect.asked import asked, refuse_none
from therapeutic_alliance.frames.detect.task import (
    Task,
    as_names,
    column_of_score,
    refuse_prefix,
    refuse_rater,
)
from therapeutic_alliance.frames.detect.warned import warn
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric

Frame = TypeVar("Frame")


def detect_frame(  # noqa: PLR0913 - each is named by the caller
    frame: Frame,
    detector: Detector[Any],
    *,
    by: str | Sequence[str],
    order: str,
    score: str | Mapping[str, str],
    measure: Measure | None = None,
    low: float | None = None,
    high: float | None = None,
    metric: Metric | None = None,
    rater: str | None = None,
    prefix: str = "",
) -> Frame:
    """One flag for each row, as new columns of the caller's own kind of frame.

    One call is for one score of one measure in one metric, by one rater: filter the rows of a
    table that holds several. ``by`` names the column, or the columns together, of the case, and
    ``order`` that of the session number, from 1; rows may stand in any order. ``score`` names the
    column of scores, null or ``NaN`` where none was observed: with ``measure`` as
    :func:`score_frame` names it, and then in the measure's own metric, otherwise
    ``{id of the score: column}``, or any column, which is then that of the score ``total``.
    ``measure`` or else ``low`` and ``high`` give the possible range, in ``metric`` (default: the
    measure's own; ``mean`` without one), as for :class:`Series`. ``rater`` is the role of who
    rated, one that ``measure`` accepts, for constants that are of one.

    New columns, named after ``prefix`` and the detector's id with ``-`` as ``_``:
    ``rci_drop_flag`` (Boolean: null where a session cannot be judged), ``rci_drop_statistic`` and
    ``rci_drop_threshold`` (Float64: in the unit of the detector, such as points of the score or
    standard deviations; null where it has none). They are equal, bit for bit, to ``flag``,
    ``statistic`` and ``threshold`` of each :class:`Flag` that ``detector.flags`` gives for the
    :class:`Series` of each case. Why a session is flagged is not put into words: ask
    ``detector.flags`` of that case. The caller's other columns, the order of rows and the index
    stay.

    Online rules of the library take all cases at once; any other rule goes case by case, and a
    :class:`PerCaseWarning` says so.

    Raises :class:`TableError` with row (counted from 0), column and rule of what is refused,
    also where a column of text called ``measure``, ``score``, ``metric`` or ``rater`` names another
    than this call's, or several raters; :class:`SeriesError` for a score that is none of the
    alliance, has no range or is not the rule's; :class:`UnknownIdError` if the measure has no score
    of that id, :class:`DefinitionError` if it is none or a part of its key is open;
    :class:`AllianceError` for what is no detector, or none of scores; :class:`PluginError` for what
    a plugin's detector raises, and for flags of it that are none; :class:`MissingExtraError`
    without the extra ``frames``; and ``TypeError`` for what is no frame, such as a single column.

    >>> import polars
    >>> import therapeutic_alliance as ta
    >>> frame = polars.DataFrame(
    ...     {"case": [7, 9, 7, 7], "session": [2, 1, 1, 3], "score": [3.4, 4.0, 4.2, 4.1]}
    ... )
    >>> rule = ta.Registry().detector("rci-drop")
    >>> told = ta.detect_frame(
    ...     frame, rule, by="case", order="session", score="score", low=1, high=5
    ... )
    >>> told["rci_drop_flag"].to_list()
    [True, None, None, False]
    """
    try:
        import narwhals as nw
        import numpy as np  # noqa: F401 - what the rules on whole columns need
    except ImportError:
        raise MissingExtraError.of("data frames need", "frames") from None
    from therapeutic_alliance.frames.detect import eager, lazy
    from therapeutic_alliance.frames.detect.roles import refuse_roles
    from therapeutic_alliance.frames.headings import as_given, of_narwhals
    from therapeutic_alliance.frames.rules.by_detector import RULES

    refuse_none(detector)
    scores_only(detector)
    refuse_prefix(prefix)
    column, score_id = column_of_score(score, measure, metric)
    course = Series.of(
        [], measure=measure, score=score_id, metric=metric, rater=rater, low=low, high=high
    )
    refuse_rater(rater, measure)
    if isinstance(detector, OnlineDetector):  # refuses a score that the rule is not made for
        no_session = "of a course without sessions"
        asked(detector, lambda: detector.flags(course), no_session, lets_by=(AllianceError,))
    task = Task(
        detector=detector,
        by=as_names(by),
        order=order,
        score=column,
        course=course,
        prefix=prefix,
    )
    table = of_narwhals(frame)
    refuse_roles(task, table)
    if type(detector) not in RULES:
        warn(task, stacklevel=2)
    engine = lazy if isinstance(table, nw.LazyFrame) else eager
    found = engine.detected(task, table)
    return as_given(found, frame)  # type: ignore[no-any-return]
