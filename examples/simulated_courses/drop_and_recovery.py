"""A slow start, a misunderstanding that is noticed late, a drop, and a recovery."""

from datetime import date

import therapeutic_alliance as ta
from simulated_courses.book import Book, five
from simulated_courses.drop_and_recovery_ratings import coded, rated

DATES = (
    *("2026-01-07", "2026-01-14", "2026-01-21", "2026-02-04", "2026-02-11", "2026-02-18"),
    *("2026-02-25", "2026-03-04", "2026-03-11", "2026-03-18", "2026-04-01", "2026-04-08"),
    *("2026-04-22", "2026-05-06"),
)
CLIENT = (31, 33, 36, 40, 43, 41, 33, 35, 43, 46, None, 49, 50, 52)
"""Sums of 12 answers from 1 to 5; ``None``: the form was not given out."""
THERAPIST = (34, 35, 36, 37, 39, 39, 38, 34, 37, 40, 41, 41, 42, 43)
"""Sums of 10 answers from 1 to 5."""


def course() -> ta.Course:
    """The whole course."""
    book = Book("sim-recovery", "individual", 20260107)
    book.add("participants", id="c", role="client")
    book.add("participants", id="t", role="therapist", agency="clinic-a")
    book.add("participants", id="o", role="observer")
    book.sessions(*DATES, minutes=50, attended="c t")
    book.add("links", kind="supervision", case="sim-supervision-t")
    book.add("links", kind="earlier-course", case="sim-recovery-2024")
    _forms(book)
    _people(book)
    _goals(book)
    _tasks(book)
    _understandings(book)
    _formation(book)
    _misunderstanding(book)
    _recovery(book)
    rated(book)
    coded(book)
    return book.course()


def _forms(book: Book) -> None:
    for session, (client, therapist) in enumerate(zip(CLIENT, THERAPIST, strict=True), 1):
        day = date.fromisoformat(DATES[session - 1])
        if client is not None:
            book.form(session, "wai-sr", client, date=day, typed_wrongly="4" * (session == 3))
        book.form(session, "wai-srt", therapist, date=day)


def _people(book: Book) -> None:
    for session, severity in ((1, 5), (5, 4), (8, 4), (10, 3), (14, 2)):
        told = {"session": session, "of": "c", "aspect": "problem-severity"}
        book.add("characteristics", **told, rating=five(severity))
    for aspect, value in (
        ("expectancy", 3), ("maturity", 4), ("openness", 2), ("first-session-anxiety", 4),
        ("self-awareness", 3),
    ):  # fmt: skip
        book.add("characteristics", session=1, of="c", aspect=aspect, rating=five(value))
    for aspect, value in (
        ("openness", 4), ("growth", 4), ("insight", 4), ("change", 4), ("lasting-change", 3),
    ):  # fmt: skip
        book.add("characteristics", session=14, of="c", aspect=aspect, rating=five(value))
    told = {"session": 1, "of": "c", "by": "t"}
    book.add("characteristics", **told, aspect="problem-type", category="trauma")
    book.add("characteristics", **told, aspect="planned-length", category="short-term",
             text="14 sessions, to be looked at again after 10.")  # fmt: skip
    for session, aspect, category, text in (
        (2, "relational-history", "conditional", "Grew up where telling was followed by blame."),
        (5, "conditions-of-worth", "usefulness", "Counts only when useful to others."),
    ):
        told = {"session": session, "of": "c", "aspect": aspect, "category": category}
        book.add("characteristics", **told, text=text)
    book.add("characteristics", of="t", aspect="experience-level", category="early-career")
    book.add("characteristics", of="t", aspect="technique", category="trauma-focused")
    for session, load, burnout, attunement in ((1, 2, 2, 4), (7, 4, 3, 2), (12, 2, 2, 4)):
        for aspect, value in (("load", load), ("burnout", burnout), ("attunement", attunement)):
            told = {"session": session, "of": "t", "aspect": aspect}
            book.add("characteristics", **told, rating=five(value))
    book.add("characteristics", session=14, of="t", aspect="change", rating=five(3))
    book.add("characteristics", session=8, of="t", aspect="self-awareness", rating=five(4))


def _goals(book: Book) -> None:
    book.add("goals", id="sleep", session=1, proposed_by=["c", "t"], text="Sleep through a night.")
    book.add("goals", id="wishes", session=2, proposed_by=["c"], text="Say at home what I need.")
    book.add("goals", id="memory", session=4, proposed_by=["t"],
             text="Think of the accident without freezing.")  # fmt: skip
    book.add("goals", id="choir", session=10, proposed_by=["c"], text="Sing in the choir again.")
    book.agree(1, "sleep", "c t", 4)
    book.agree(2, "wishes", "c", 4)
    book.agree(3, "wishes", "t", 3)
    book.agree(4, "memory", "t", 5)
    book.agree(4, "memory", "c")
    book.agree(9, "memory", "c", 4)
    book.agree(10, "choir", "c t", 4)
    for session, goal, by, status, clarity, attainment in (
        (2, "sleep", "c", "active", 3, 1), (2, "sleep", "t", "active", 4, 1),
        (4, "memory", "c", "active", 2, 1), (4, "memory", "t", "active", 4, 1),
        (5, "wishes", "c", "active", 3, 2), (9, "memory", "c", "changed", 4, 2),
        (9, "memory", "t", "changed", 4, 2), (10, "wishes", "c", "active", 4, 3),
        (13, "sleep", "c", "attained", 5, 5), (13, "sleep", "t", "attained", 4, 4),
        (13, "choir", "c", "dropped", 4, 1), (14, "wishes", "c", "partly-attained", 4, 4),
        (14, "memory", "c", "partly-attained", 5, 4), (14, "memory", "t", "attained", 4, 5),
    ):  # fmt: skip
        told = {"session": session, "goal": goal, "by": by, "status": status}
        seen = {"clarity": five(clarity), "attainment": five(attainment)}
        book.add("goal_reviews", **told, **seen)


def _tasks(book: Book) -> None:
    for session, id_, kind, serves, by, text in (
        (2, "diary", "homework", "sleep", "t", "Note the hours of sleep."),
        (3, "grounding", "intervention", "sleep memory", "t", "Five things to see and to touch."),
        (5, "one-wish", "homework", "wishes", "c t", "Tell one wish at home."),
        (6, "letters", "activity", "", "t", "Read a letter aloud, and answer it."),
        (10, "crossing", "homework", "memory", "c t", "Walk to the crossing with a friend."),
        (11, "timeline", "activity", "memory", "c", "Draw the year as a line."),
    ):  # fmt: skip
        told = {"session": session, "id": id_, "kind": kind, "text": text}
        book.add("tasks", **told, serves=serves.split(), proposed_by=by.split())
    book.agree(2, "diary", "c t", 3)
    book.agree(3, "grounding", "c t", 4)
    book.agree(5, "one-wish", "c t", 4)
    book.agree(6, "letters", "t", 4)
    book.agree(6, "letters", "c")
    book.agree(10, "crossing", "c t", 5)
    book.agree(11, "timeline", "c t", 4)
    for session, task, by, done in (
        (3, "diary", "c", "yes"), (4, "diary", "c", "partly"), (5, "diary", "c", "yes"),
        (5, "diary", "t", "partly"), (6, "one-wish", "c", "partly"), (7, "one-wish", "c", "no"),
        (7, "letters", "c", "no"), (9, "one-wish", "c", "yes"), (11, "crossing", "c", "partly"),
        (12, "crossing", "c", "yes"), (12, "crossing", "t", "yes"), (12, "timeline", "c", "yes"),
    ):  # fmt: skip
        book.add("task_reviews", session=session, task=task, by=by, done=done)


def _understandings(book: Book) -> None:
    for session, id_, kind, by, text in (
        (1, "private", "confidentiality", "t", "What stays in the room, and the exceptions."),
        (2, "taking-part", "participation", "c t", "Either may say stop; pauses count as work."),
        (3, "story", "formulation", "t", "Staying silent kept me safe once."),
        (8, "slower", "decision", "c t", "Letters wait; half the session has no plan."),
    ):  # fmt: skip
        told = {"session": session, "id": id_, "kind": kind, "text": text}
        book.add("understandings", **told, proposed_by=by.split())
    book.agree(1, "private", "c t", 4)
    book.agree(2, "taking-part", "c t", 4)
    book.agree(3, "story", "t", 4)
    book.agree(3, "story", "c")
    book.agree(5, "story", "c", 3)
    book.agree(8, "slower", "c t", 5)
    for session, of, about, met, text in (
        (1, "c", "pace", True, "Slowly, and with warning."),
        (1, "c", "flexibility", True, "Some days without homework."),
        (1, "c", "confidentiality", True, "No letters to the family."),
        (6, "c", "sensitivity", False, "Not to be asked twice about the same night."),
        (8, "c", "communication", True, "To be told why we do a thing."),
        (9, "t", "self-reflection", True, "Ten minutes of notes after each session."),
        (7, "t", "supervision", True, "To bring this work to supervision."),
    ):
        book.add("preferences", session=session, of=of, about=about, met=met, text=text)


def _formation(book: Book) -> None:
    for session, about, depth in (
        (1, "emotion", "factual"), (2, "relationship", "factual"), (3, "thought", "personal"),
        (4, "behaviour", "personal"), (5, "fear", "vulnerable"),
    ):  # fmt: skip
        told = {"session": session, "kind": "disclosure", "by": ["c"], "toward": ["t"]}
        book.add("events", **told, about=[about], depth=depth)
    book.add("events", session=1, kind="reluctance", by=["c"], about=["process"], noticed_by=["t"])
    book.add("events", date=date(2026, 1, 28), kind="cancelled", by=["c"])
    book.add("events", session=4, kind="late", by=["c"], minutes=10)
    book.add("events", session=5, kind="therapist-disclosure", by=["t"], toward=["c"],
             about=["emotion"], helpful=True, note="Said that the story had moved me.")  # fmt: skip
    book.add("events", session=5, kind="life-event", by=["c"], note="The partner lost a job.")
    book.add("events", id="event-elsewhere", session=2, kind="problem", by=["c"], about=["need"])
    book.add("retractions", amends="event-elsewhere", by="t", reason="Entered in the wrong course.")
    book.add("check_ins", session=1, begun_by="t", explicit=False, topics=["process", "goals"],
             moment="end", answered=False, cadence=4)  # fmt: skip
    book.add("check_ins", session=4, begun_by="t", explicit=False, topics=["tasks", "feedback"],
             moment="end", answered=True, feelings=["comfort"], cadence=4)  # fmt: skip
    for session, prompt, answer in ((2, "opening-up", "no"), (5, "opening-up", "yes")):
        book.add("reflections", session=session, by="t", toward="c", prompt=prompt, answer=answer)
    book.add("reflections", session=3, by="t", toward="c", prompt="core-trouble", rating=five(3),
             tags=["bias"], entries=["I may see the accident, not the silence."])  # fmt: skip
    book.add("reflections", session=4, by="t", toward="c", prompt="conveyed-warmth",
             entries=["Kept the chair by the door free.", "Left the silence alone."])  # fmt: skip


def _misunderstanding(book: Book) -> None:
    book.add("events", session=6, kind="challenge", by=["t"], toward=["c"],
             about=["thought", "behaviour"], helpful=False,
             note="Asked what staying silent costs today.")  # fmt: skip
    book.add("events", session=6, kind="misunderstanding", by=["c", "t"], about=["thought"],
             noticed_by=["t"], noticed=8, addressed=8, helpful=True,
             feelings=["hurt", "resentment"],
             note="Heard as: it was your own doing.")  # fmt: skip
    book.add("events", session=6, kind="resistance", by=["c"], about=["process"])
    book.add("events", session=7, kind="late", by=["c"], minutes=15)
    book.add("events", session=7, kind="distance", by=["c"], toward=["t"])
    book.add("events", session=7, kind="withdrawal", by=["c"], toward=["t"], about=["process"])
    book.add("events", session=7, kind="disclosure", by=["c"], toward=["t"], depth="factual")
    book.add("events", session=7, kind="transference", by=["c"], toward=["t"], inferred=True,
             note="Perhaps the blame of long ago.")  # fmt: skip
    book.add("reflections", session=7, by="t", toward="c", prompt="on-track", answer="no", count=0,
             tags=["emotion", "supervision"], entries=["I worked hard, alone."])  # fmt: skip
    book.add("reports", session=6, by="c", rupture=True, intensity=five(2), resolution=five(1))
    book.add("reports", session=6, by="t", rupture=False)
    book.add("reports", session=7, by="c", rupture=True, intensity=five(4), resolution=five(1))
    book.add("reports", session=7, by="t", rupture=False)
    book.add("reports", session=8, by="c", rupture=True, intensity=five(3), resolution=five(4))
    book.add("reports", session=8, by="t", rupture=True, intensity=five(4), resolution=five(3))
    book.add("reports", session=9, by="c", rupture=False)
    book.add("reports", session=9, by="t", rupture=False)


def _recovery(book: Book) -> None:
    book.add("check_ins", session=8, begun_by="c", explicit=True, moment="start", answered=True,
             topics=["bond", "safety", "process"], feelings=["anger", "hurt", "relief"], cadence=2,
             note="Told what had been heard two sessions before.")  # fmt: skip
    book.add("events", session=8, kind="here-and-now", by=["c", "t"], about=["relationship"],
             helpful=True)  # fmt: skip
    book.add("events", session=8, kind="negative-feeling", by=["c"], toward=["t"],
             feelings=["anger"], noticed_by=["t"], noticed=8, addressed=8,
             helpful=True)  # fmt: skip
    book.add("events", session=8, kind="feedback", by=["c"], toward=["t"], about=["process"])
    book.add("events", session=9, kind="challenge", by=["t"], toward=["c"], about=["emotion"],
             helpful=True)  # fmt: skip
    book.add("events", session=10, kind="problem", by=["t"], about=["process"], noticed_by=["c"],
             addressed=10, note="The room was booked twice.")  # fmt: skip
    book.add("events", date=date(2026, 3, 25), kind="cancelled", by=["t"])
    book.add("events", date=date(2026, 3, 27), kind="follow-up", by=["t"], toward=["c"])
    for session, about, depth in (
        (8, "relationship", "vulnerable"), (9, "emotion", "vulnerable"),
        (10, "need", "vulnerable"), (12, "fear", "threatening"), (13, "thought", "vulnerable"),
    ):  # fmt: skip
        told = {"session": session, "kind": "disclosure", "by": ["c"], "toward": ["t"]}
        book.add("events", **told, about=[about], depth=depth, helpful=True)
    for session, by, topics, feelings in (
        (10, "t", ["goals", "tasks"], ["comfort"]), (12, "c", ["bond", "feedback"], ["joy"]),
        (14, "t", ["process", "bond"], ["joy", "relief"]),
    ):  # fmt: skip
        book.add("check_ins", session=session, begun_by=by, explicit=by == "c", topics=topics,
                 moment="during", answered=True, feelings=feelings, cadence=2)  # fmt: skip
    for session, prompt, answer in (
        (8, "genuine-voice", "yes"), (9, "growing-safety", "yes"), (12, "risky-sharing", "yes"),
    ):  # fmt: skip
        told = {"by": "t", "toward": "c", "prompt": prompt, "answer": answer}
        book.add("reflections", session=session, **told, count=1)
    book.add("reflections", session=9, by="t", toward="c", prompt="hopeful-view", tags=["reaction"],
             entries=["The silence was a skill, and it can rest now."])  # fmt: skip
    book.add("terminations", session=14, kind="planned", by=["c", "t"],
             reason="The goals that matter most are near enough.")  # fmt: skip
