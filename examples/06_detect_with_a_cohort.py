"""Compare a course with a cohort, and set what others saw beside it.

Run it from the root of the checkout: .venv/bin/python examples/06_detect_with_a_cohort.py
"""

from pathlib import Path

import therapeutic_alliance as ta

HERE = Path(__file__).parent
registry = ta.Registry()

# constants of simulated clients, who rate the WAI-SR; nobody ever gave these answers
constants = ta.loads("cohort", (HERE / "tables/constants.json").read_text(encoding="utf-8"))
course = ta.read_course(HERE / "courses/drop-and-recovery.json")  # simulated, too
series = ta.series(course, rater="client")

rules = [registry.detector(id_, cohort=constants) for id_ in ("eb-z", "set-aside-z")]
for rule in (*rules, registry.detector("drop-from-best")):
    flags = rule.flags(series)
    print(f"{rule.id}: flagged {flags.sessions or 'none'} of {flags.evaluable} evaluable")
    for flag in flags:
        if flag.flag:
            print(f"  session {flag.session}: {flag.why}")

print()
for episode in ta.evidence.joined([(series, flags), *ta.evidence.recorded(course)], tolerance=1):
    print(f"Sessions {episode.first} to {episode.last}:")
    for said in episode.evidence:
        print(f"  {said}")
print("No flag is no sign of a good alliance.")
