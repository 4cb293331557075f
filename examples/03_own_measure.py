"""Read a measure of one's own from a file, check it, and score with it.

Run it from the root of the checkout: .venv/bin/python examples/03_own_measure.py
"""

from pathlib import Path

import therapeutic_alliance as ta

FOLDER = Path(__file__).parent / "own-measure"

measure = ta.read_measure(FOLDER / "session-tempo.toml")
problems = ta.lint(measure)
print("problems:", *problems or ["none"])
print("fingerprint:", measure.fingerprint)

sheet = ta.score(measure, {"fit": 4, "say": 5, "rushed": 2, "stuck": None})
print(ta.explain(sheet, "total"))

# a whole folder beside the built-in measures; the registry it comes from stays as it is
registry = ta.Registry().with_path(FOLDER)
print("session-tempo" in registry.measures, "wai-sr" in registry.measures)
