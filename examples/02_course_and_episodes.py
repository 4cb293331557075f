"""Follow one client over the sessions: flags, why they stand, and what came after.

Run it from the root of the checkout: .venv/bin/python examples/02_course_and_episodes.py
"""

import therapeutic_alliance as ta

registry = ta.Registry()

# simulated forms: nobody ever gave these answers
forms = [form for form in ta.example("caseload") if form.case == "sim-02"]
sheets = [ta.score(registry.measure(form.measure), form) for form in forms]

series = ta.series(sheets, "total", rater="client", metric="mean")
flags = registry.detector("drop-from-best").flags(series)

for point, flag in zip(series, flags, strict=True):
    score = "  - " if point.value is None else f"{point.value:.2f}"
    mark = {True: "x", False: " ", None: "?"}[flag.flag]
    print(f"session {point.session:2}  {score} {mark}  {flag.why.partition(';')[0]}")

print()
for episode in ta.episodes(series, flags):
    print(episode)
print("Stands behind it:", *flags.conventions)
print("No flag is no sign of a good alliance.")
