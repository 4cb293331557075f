"""Course documents to show, and how a page is read."""

import json
import re
from pathlib import Path
from typing import Any

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "courses").glob("*.json"))
RECOVERY, FAILED, FAMILY = EXAMPLES
SIXES = dict.fromkeys("12345", 6)


def document(**sections: Any) -> str:
    people = [{"id": "c", "role": "client"}, {"id": "t", "role": "therapist"}]
    return json.dumps({"schema": 1, "case": "c1", "participants": people, **sections})


def form(session: int, **more: Any) -> dict[str, Any]:
    form = {"id": f"f{session}", "measure": "arm-5", "session": session, "rater": "client"}
    return {**form, "answers": SIXES, **more}


def flat(text: str) -> str:
    """Without line breaks and what a table is drawn with."""
    return re.sub(r"[\s─|+-]+", " ", text)
