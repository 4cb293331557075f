"""Simulates the caseload of the demo and prints it as CSV.

All of it is invented: no person ever gave these answers. Run it as
``python examples/make_caseload.py > src/therapeutic_alliance/simulated/caseload.csv``.
"""

import csv
import sys
from datetime import date, timedelta
from random import Random

START = date(2026, 1, 12)
ITEMS = {"wai-sr": 12, "wai-srt": 10}

# level of the client's answers by session (1 to 5); None: the session has no form
COURSES: dict[str, list[float | None]] = {
    "sim-01": [3.2, 3.4, 3.7, 3.8, 4.0, 4.1, 4.1, 4.2, 4.3, 4.3],
    "sim-02": [3.6, 3.9, 4.1, 4.2, 4.3, 3.1, 3.4, 4.1, 4.3, 4.4, 4.4, 4.5],
    "sim-03": [3.8, 4.0, 4.1, 4.2, 4.3, 4.2, 2.9, 3.0, 3.8, 3.75, 3.85, 3.8, 3.75, 3.8],
    "sim-04": [4.4, 4.4, 4.3, 4.2, 4.1, 4.0, 3.9, 3.8, 3.6, 3.5, 3.4, 3.3],
    "sim-05": [3.5, None, 3.7, 3.9, None, None, 4.0],
    "sim-06": [4.9, 5.0, 5.0, 5.0, 5.0, 5.0, 4.9, 5.0],
}


def answers(level: float, items: int, random: Random) -> list[int]:
    """Whole answers around a level."""
    spread = [level + random.gauss(0, 0.35) for _ in range(items)]
    return [min(5, max(1, round(each))) for each in spread]


def main() -> None:
    """Write the table."""
    random = Random(20260112)  # noqa: S311, a simulation
    items = [str(n) for n in range(1, 13)]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["case", "session", "date", "measure", "rater", *items])
    for number, (case, course) in enumerate(COURSES.items()):
        for session, level in enumerate(course, 1):
            if level is None:
                continue
            day = START + timedelta(days=7 * (session - 1) + number % 5)
            for measure, rater, seen in (
                ("wai-sr", "client", level),
                ("wai-srt", "therapist", 0.6 * level + 1.5),
            ):
                given: list[object] = [*answers(seen, ITEMS[measure], random)]
                if random.random() < 0.06:
                    given[random.randrange(len(given))] = ""
                given += [""] * (12 - len(given))
                table.writerow([case, session, day.isoformat(), measure, rater, *given])


if __name__ == "__main__":
    main()
