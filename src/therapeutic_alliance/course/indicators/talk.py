"""Talk about the relationship itself, and what therapists tell of their own."""

from collections.abc import Iterator

from therapeutic_alliance.course.indicators.arithmetic import share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.model.course import Course


def _here_and_now(course: Course) -> Iterator[Found]:
    n = sum(event.kind == "here-and-now" for event in course.events)
    if not n:
        yield missing("no talk about the here and now is recorded")
    else:
        yield Found((), float(n), n, "as recorded")


def _helpful(course: Course) -> Iterator[Found]:
    judged = [
        event.helpful
        for event in course.events
        if event.kind == "therapist-disclosure" and event.helpful is not None
    ]
    none = "no therapist disclosure was judged"
    yield share(sum(judged), len(judged), of="judged helpful", none=none)


DEFINITIONS = (
    Definition(
        id="here-and-now-talks",
        words="How often the participants talked about what goes on between them at that moment.",
        unit="events",
        concepts=("B62",),
        claims=("honesty-heals",),
        values=_here_and_now,
    ),
    Definition(
        id="therapist-disclosures-helpful",
        words="Of the therapist disclosures that were judged afterwards, the share judged helpful.",
        unit="share of disclosures, 0 to 1",
        concepts=("B33", "D04", "D09"),
        values=_helpful,
    ),
)
