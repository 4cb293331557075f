"""A notebook for simulated records: it numbers them and makes the answers of forms."""

from datetime import date
from random import Random
from typing import Any

import therapeutic_alliance as ta
from therapeutic_alliance import alliance

SIMULATED = {
    "simulated": True,
    "about": "Invented from beginning to end: no person ever said, did or answered this.",
}
LOW, HIGH = 1, 5
SECTIONS: dict[str, tuple[type[alliance.Record], str]] = {
    "participants": (alliance.Participant, "person"),
    "links": (alliance.Link, "link"),
    "sessions": (alliance.Session, "s"),
    "administrations": (alliance.FilledForm, "form"),
    "goals": (alliance.Goal, "goal"),
    "goal_reviews": (alliance.GoalReview, "goal-review"),
    "tasks": (alliance.Task, "task"),
    "task_reviews": (alliance.TaskReview, "task-review"),
    "understandings": (alliance.Understanding, "understanding"),
    "agreements": (alliance.Agreement, "agreement"),
    "preferences": (alliance.Preference, "preference"),
    "bonds": (alliance.Bond, "bond"),
    "skills": (alliance.Skill, "skill"),
    "characteristics": (alliance.Characteristic, "trait"),
    "events": (alliance.Event, "event"),
    "check_ins": (alliance.CheckIn, "check-in"),
    "reflections": (alliance.Reflection, "reflection"),
    "reports": (alliance.Report, "report"),
    "codes": (alliance.SegmentCodes, "code"),
    "terminations": (alliance.Termination, "end"),
    "retractions": (alliance.Retraction, "retraction"),
}


def five(value: float) -> alliance.Rating:
    """A rating from 1 to 5."""
    return alliance.Rating(value, LOW, HIGH)


class Book:
    """The records of one course, as they are written down."""

    def __init__(self, case: str, system: str, seed: int) -> None:
        self._head: dict[str, Any] = {"case": case, "system": system}
        self._random = Random(seed)  # noqa: S311, a simulation
        self._records: dict[str, list[dict[str, Any]]] = {}

    def add(self, section: str, **fields: Any) -> None:
        """One record; without an id it gets the next number of its section."""
        records = self._records.setdefault(section, [])
        if "id" not in fields:
            fields = {"id": f"{SECTIONS[section][1]}-{len(records) + 1:02}", **fields}
        records.append(fields)

    def sessions(self, *dates: str, minutes: int, attended: dict[int, str] | str) -> None:
        """Sessions from 1 on; who was there is one text for all, or one by session number."""
        for number, day in enumerate(dates, 1):
            who = attended if isinstance(attended, str) else attended[number]
            self.add(
                "sessions",
                id=f"s{number}",
                number=number,
                date=date.fromisoformat(day),
                minutes=minutes,
                attended=who.split(),
            )

    def answers(self, items: int, total: int) -> dict[str, int]:
        """Whole answers from 1 to 5 that scatter and add up to a total."""
        level = total / items
        given = [self._within(round(level + self._random.gauss(0, 0.5))) for _ in range(items)]
        while (short := total - sum(given)) != 0:
            place = int(self._random.random() * items)
            given[place] = self._within(given[place] + (1 if short > 0 else -1))
        return {str(number): answer for number, answer in enumerate(given, 1)}

    @staticmethod
    def _within(answer: int) -> int:
        return min(HIGH, max(LOW, answer))

    def form(
        self, session: int, measure: str, total: int, *, typed_wrongly: str = "", **fields: Any
    ) -> None:
        """A filled form whose answers add up to a total; an item typed wrongly is corrected."""
        items, rater = {"wai-sr": (12, "client"), "wai-srt": (10, "therapist")}[measure]
        answers = self.answers(items, total)
        words = [measure, *([fields["person"]] if "person" in fields else []), str(session)]
        told = {"measure": measure, "session": session, "rater": rater, **fields}
        id_ = "-".join(words)
        if typed_wrongly:
            wrong = {**answers, typed_wrongly: LOW if answers[typed_wrongly] > LOW else HIGH}
            self.add("administrations", id=id_, answers=wrong, **told)
            told = {"amends": id_, **told}
            id_ += "-corrected"
        self.add("administrations", id=id_, answers=answers, **told)

    def bonds(self, session: int, pair: str, **ratings: int) -> None:
        """Facets from 1 to 5 of a pair such as ``c>t``; ``c>`` is toward the work as a whole."""
        of, toward = pair.split(">")
        to = {"toward": toward} if toward else {}
        for facet, value in ratings.items():
            name = facet.replace("_", "-")
            self.add("bonds", session=session, of=of, **to, facet=name, rating=five(value))

    def skills(self, session: int, pair: str, skill: str, value: int, **parts: int) -> None:
        """A skill, rated by whoever stands before ``>``, and its parts."""
        by, of = pair.split(">")
        told = {"session": session, "of": of, "by": by, "skill": skill}
        self.add("skills", **told, rating=five(value))
        for part, rated in parts.items():
            self.add("skills", **told, part=part.replace("_", "-"), rating=five(rated))

    def said(self, session: int, exemplar: str, of: str) -> None:
        """An utterance that the vocabulary has as an exemplar, as the observer coded it."""
        it = ta.vocabulary.EXEMPLARS[exemplar]
        told = {"session": session, "system": "skills", "by": "o", "of": of}
        self.add("codes", **told, codes=[it.code], polarity=it.polarity, text=it.text)

    def agree(self, session: int, about: str, by: str, strength: int | None = None) -> None:
        """How strongly one or several participants agree; ``None``: they do not."""
        for person in by.split():
            told: dict[str, Any] = {"session": session, "about": about, "by": person}
            said = {} if strength is None else {"strength": five(strength)}
            self.add("agreements", **told, agrees=strength is not None, **said)

    def course(self) -> ta.Course:
        """Everything written down."""
        records: dict[str, Any] = {
            section: [SECTIONS[section][0](**fields) for fields in entries]
            for section, entries in self._records.items()
        }
        return ta.Course(**self._head, **records, extensions=SIMULATED)
