"""Score one form, and say how a score came about.

Run it from the root of the checkout: .venv/bin/python examples/01_score_one_form.py
"""

import therapeutic_alliance as ta

registry = ta.Registry()
measure = registry.measure("wai-sr")

# made up for the example; item 11 is not answered
answers = {"1": 5, "2": 4, "3": 4, "4": 3, "5": 4, "6": 5, "7": 3, "8": 4, "9": 4, "10": 5, "12": 4}

sheet = ta.score(measure, answers)
for score in sheet:
    told = "not scorable" if score.value is None else f"{score.value:g}"
    print(
        f"{score.id:6} {told:13} {score.metric}, possible {score.low:g} to {score.high:g}, "
        f"{score.answered} of {score.of} answered"
    )

print()
print("With three of four items answered asked for:")
prorated = ta.score(measure, answers, missing=ta.Prorate(0.75))
print(ta.explain(prorated, "goal"))
