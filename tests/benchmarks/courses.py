"""Reading and summing up whole courses, against the ``json`` module and a loop that checks nothing.

Run alone, it also tells where the time of reading goes.
"""

import cProfile
import json
import pstats
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

import therapeutic_alliance as ta
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.course.summary.summary import Summary, summarise

SESSIONS = (100, 1_000, 10_000, 100_000)
RATING = {"value": 4, "low": 1, "high": 5}


def document(sessions: int) -> str:
    """A course: in each session a form, a bond and an event, in every tenth two more records."""
    numbers = range(1, sessions + 1)
    tenth = range(10, sessions + 1, 10)
    days = {n: (date(2026, 1, 5) + timedelta(n // 2)).isoformat() for n in numbers}
    answers = {str(item): 1 + item % 5 for item in range(1, 13)}
    seen = {"of": "c", "toward": "t", "facet": "trust", "rating": RATING}
    data = {
        "schema": 1,
        "case": "c1",
        "system": "individual",
        "participants": [{"id": "c", "role": "client"}, {"id": "t", "role": "therapist"}],
        "goals": [{"id": "g", "session": 1, "proposed_by": ["c", "t"]}],
        "sessions": [
            {"id": f"s{n}", "number": n, "date": days[n], "attended": ["c", "t"]} for n in numbers
        ],
        "administrations": [
            {
                "id": f"f{n}",
                "measure": "wai-sr",
                "session": n,
                "rater": "client",
                "answers": answers,
            }
            for n in numbers
        ],
        "bonds": [{"id": f"b{n}", "session": n, **seen} for n in numbers],
        "events": [
            {"id": f"e{n}", "session": n, "kind": "disclosure", "by": ["c"]} for n in numbers
        ],
        "check_ins": [{"id": f"k{n}", "session": n, "topics": ["bond"]} for n in tenth],
        "goal_reviews": [
            {"id": f"r{n}", "session": n, "goal": "g", "by": "c", "clarity": RATING} for n in tenth
        ],
    }
    return json.dumps(data)


def naive(text: str) -> Mapping[str, float]:
    """What a user would write: some figures of the course, no checks, no corrections."""
    data = json.loads(text)
    days = [date.fromisoformat(each["date"]) for each in data["sessions"]]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    ratings = [each["rating"] for each in data["bonds"]]
    return {
        "gap": fmean(gaps),
        "bond": fmean((one["value"] - one["low"]) / (one["high"] - one["low"]) for one in ratings),
        "form": fmean(fmean(each["answers"].values()) for each in data["administrations"]),
        "events": len({each["session"] for each in data["events"]}),
        "check-ins": len(data["check_ins"]) / len(days),
    }


def jobs(text: str) -> Mapping[str, Callable[[], object]]:
    """What is timed, on one text; of a course, corrected, each step alone."""
    course = ta.loads("course", text)
    amended = _amended(course)
    return {
        "json module: json.loads, no checks": lambda: json.loads(text),
        "json.loads and a loop for five figures": lambda: naive(text),
        "ours: loads, all checks": lambda: ta.loads("course", text),
        "ours: current(), one form corrected": amended.current,
        "ours: indicators": lambda: ta.indicators(course),
        "ours: score_course": lambda: ta.score_course(course),
        "ours: scores, findings and summary, as shown": lambda: _summary(course),
        "ours: dumps": lambda: ta.dumps(course),
    }


def _summary(course: ta.Course) -> Summary:
    """What ``alliance show`` makes of a course before it prints."""
    registry = ta.Registry()
    scores = Scores.of(course.current(), registry)
    scores.follow("total", None, [registry.detector("drop-from-best")])
    return summarise(course, scores.series, scores.found)


def _amended(course: ta.Course) -> ta.Course:
    text = ta.dumps(course)
    data = json.loads(text)
    data["administrations"].append({**data["administrations"][0], "id": "f0", "amends": "f1"})
    return ta.loads("course", json.dumps(data))


def profile(sessions: int = 100_000) -> None:
    """Print the dearest functions of reading."""
    text = document(sessions)
    profiler = cProfile.Profile()
    profiler.runcall(ta.loads, "course", text)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    profile()
