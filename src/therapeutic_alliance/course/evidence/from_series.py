"""Observations from series of scores: pairs of before and after."""

from therapeutic_alliance.course.observations import NEITHER, Observation, Observations, PrePost
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError

_NAMED = {
    "spec": "score, metric and possible range",
    "measure": "measure",
    "rater": "rater",
    "person": "person",
    "case": "case",
}


def pre_post(pre: Series, post: Series) -> Observations[PrePost]:
    """Scores before and after each session, from the series of the two occasions.

    Both are of one rater, measure, score and metric. Raises :class:`SeriesError` if they are not,
    or if one is of the other occasion.

    >>> pre, post = (Series.of(scores, low=1, high=5) for scores in ([4.0, 4.1], [4.2, None]))
    >>> [(point.value.pre, point.value.post) for point in pre_post(pre, post)]
    [(4.0, 4.2), (4.1, None)]
    """
    for series, occasion in ((pre, "pre"), (post, "post")):
        if series.occasion not in (None, occasion):
            raise SeriesError(f"the scores of occasion {occasion} are of another occasion")
    for name in ("spec", "measure", "rater", "person", "case"):
        if getattr(pre, name) != getattr(post, name):
            raise SeriesError(f"scores before and after sessions are of one {_NAMED[name]}")
    before, after = ({point.session: point.value for point in each} for each in (pre, post))
    pairs = [
        (session, PrePost(before.get(session), after.get(session)))
        for session in sorted(before.keys() | after.keys())
    ]
    return Observations(
        kind="pre-post",
        points=tuple(
            Observation(session, None if pair == NEITHER else pair) for session, pair in pairs
        ),
        rater=pre.rater,
        person=pre.person,
        case=pre.case,
        spec=pre.spec,
    )
