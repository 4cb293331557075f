"""JSON in, JSON out: what a service does with one form, and with one that is wrong.

Run it from the root of the checkout: .venv/bin/python examples/04_embed_in_a_service.py
"""

import json

import therapeutic_alliance as ta

REGISTRY = ta.Registry()


def handle(body: str) -> tuple[int, str]:
    """Status and body of the response; the body of an error holds no answer and no id."""
    try:
        form = ta.loads("administration", body)
        return 200, ta.dumps(ta.score(REGISTRY.measure(form.measure), form))
    except (ta.DocumentError, ta.AnswerError, ta.UnknownIdError) as error:
        problems = [
            {"path": each.path, "item": each.item, "rule": each.rule} for each in error.problems
        ]
    problem = {"type": "about:blank", "title": "The form cannot be scored", "status": 422}
    return 422, json.dumps({**problem, "errors": problems})


WHO = {"measure": "arm-5", "case": "c1", "session": 3, "rater": "client"}
for given in ({"1": 6, "2": 7, "3": 1, "4": 6, "5": 5}, {"1": 6, "2": 70}):
    status, answer = handle(json.dumps({**WHO, "answers": given}))
    print(status, answer)
