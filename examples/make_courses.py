"""Writes the three simulated courses, or tells what is in them.

All of it is invented: no person ever gave these answers, said these things or did them. Run it as
``python examples/make_courses.py examples/courses`` to write the files, and without a folder to
see how many records there are.
"""

import sys
from pathlib import Path

from simulated_courses import drop_and_recovery, failed_first_session, family_split_alliance

import therapeutic_alliance as ta

COURSES = {
    "drop-and-recovery": drop_and_recovery.course,
    "failed-first-session": failed_first_session.course,
    "family-split-alliance": family_split_alliance.course,
}


def main() -> None:
    """Write the files to the folder that is named, or print a line for each."""
    if sys.argv[1:] and not Path(sys.argv[1]).is_dir():
        sys.exit("make_courses.py: no such folder")
    for name, make in COURSES.items():
        course = make()
        if sys.argv[1:]:
            path = Path(sys.argv[1]) / f"{name}.json"
            path.write_text(ta.dumps(course, indent=2), encoding="utf-8", newline="\n")
        records = sum(1 for _ in course.entries())
        print(f"{name}: {len(course.sessions)} sessions, {records} records, all simulated")


if __name__ == "__main__":
    main()
