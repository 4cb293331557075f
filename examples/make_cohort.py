"""Simulates a cohort of forty clients and prints it as CSV.

All of it is invented: no person ever gave these answers. Run it as
``python examples/make_cohort.py > examples/tables/cohort.csv``.
"""

import csv
import sys
from random import Random

ITEMS = 12
CASES = 40


def answers(level: float, random: Random) -> list[int]:
    """Whole answers from 1 to 5 around a level."""
    return [min(5, max(1, round(level + random.gauss(0, 0.4)))) for _ in range(ITEMS)]


def main() -> None:
    """Write the table."""
    random = Random(20260301)  # noqa: S311, a simulation
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["case", "session", "measure", "rater", *range(1, ITEMS + 1)])
    for case in range(1, CASES + 1):
        level = random.gauss(3.8, 0.5)
        for session in range(1, random.randint(2, 12) + 1):
            if random.random() > 0.1:  # some sessions have no form
                given = answers(level + 0.1 * min(session, 3) + random.gauss(0, 0.25), random)
                table.writerow([f"sim-{100 + case}", session, "wai-sr", "client", *given])


if __name__ == "__main__":
    main()
