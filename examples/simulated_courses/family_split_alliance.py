"""A family in which one member's alliance stays low while another's is high."""

from datetime import date

import therapeutic_alliance as ta
from simulated_courses.book import Book, five
from simulated_courses.family_ratings import coded, rated

DATES = (
    *("2026-01-15", "2026-01-29", "2026-02-19", "2026-03-05"),
    *("2026-03-12", "2026-03-26", "2026-04-16", "2026-04-30"),
)
ALL = "t1 t2 mother father adolescent"
ATTENDED = {
    1: ALL,
    2: ALL,
    3: ALL,
    4: "t1 t2 mother father",
    5: "t1 adolescent",
    6: f"{ALL} grandmother",
    7: "t1 mother father adolescent",
    8: ALL,
}
CLIENTS: dict[str, tuple[int | None, ...]] = {
    "mother": (45, 47, 50, 52, None, 51, 52, 53),
    "father": (38, 40, 41, 41, None, 43, None, 45),
    "adolescent": (29, 27, 23, None, 30, 25, 31, 34),
}
"""Sums of 12 answers from 1 to 5; ``None``: was not there, or gave no form back."""
THERAPISTS: dict[str, tuple[int | None, ...]] = {
    "t1": (36, 36, 35, 38, 37, 35, 38, 39),
    "t2": (35, 37, 36, 38, None, 36, None, 38),
}
"""Sums of 10 answers from 1 to 5."""


def course() -> ta.Course:
    """The whole course."""
    book = Book("sim-family", "family", 20260115)
    for person in CLIENTS:
        book.add("participants", id=person, role="client", relation=person)
    book.add("participants", id="grandmother", role="family-member", relation="grandmother")
    book.add("participants", id="t1", role="therapist", agency="clinic-c")
    book.add("participants", id="t2", role="therapist", agency="clinic-c")
    book.add("participants", id="o", role="observer")
    book.sessions(*DATES, minutes=80, attended=ATTENDED)
    book.add("links", kind="same-family", case="sim-adolescent-alone")
    book.add("links", kind="same-group", case="sim-family-evening-group")
    book.add("links", kind="supervision", case="sim-supervision-c")
    _forms(book)
    _people(book)
    _goals(book)
    _tasks(book)
    _understandings(book)
    _events(book)
    _talks(book)
    rated(book)
    coded(book)
    book.add("terminations", session=8, date=date(2026, 4, 30), kind="planned", by=ALL.split())
    return book.course()


def _forms(book: Book) -> None:
    for measure, raters in (("wai-sr", CLIENTS), ("wai-srt", THERAPISTS)):
        for person, totals in raters.items():
            for session, total in enumerate(totals, 1):
                if total is not None:
                    book.form(session, measure, total, person=person)


def _people(book: Book) -> None:
    for person, expectancy, severity, maturity in (
        ("mother", 5, 4, 4), ("father", 3, 3, 3), ("adolescent", 1, 2, 3),
    ):  # fmt: skip
        for aspect, value in (("expectancy", expectancy), ("problem-severity", severity)):
            told = {"session": 1, "of": person, "aspect": aspect}
            book.add("characteristics", **told, rating=five(value))
        told = {"session": 2, "of": person, "aspect": "maturity", "by": "t1"}
        book.add("characteristics", **told, rating=five(maturity))
    for person, category in (
        ("mother", "first-generation"), ("father", "first-generation"),
        ("adolescent", "second-generation"),
    ):  # fmt: skip
        told = {"session": 2, "of": person, "aspect": "cultural-context"}
        book.add("characteristics", **told, category=category)
    told = {"session": 1, "of": "adolescent", "by": "t1"}
    book.add("characteristics", **told, aspect="problem-type", category="family-conflict")
    book.add("characteristics", **told, aspect="planned-length", category="short-term",
             text="8 sessions, every other week.")  # fmt: skip
    book.add("characteristics", session=5, of="adolescent", aspect="relational-history",
             category="told-on", text="Earlier helpers passed on what they were told.")  # fmt: skip
    for person, level, fatigue in (("t1", "experienced", 3), ("t2", "in-training", 2)):
        book.add("characteristics", of=person, aspect="experience-level", category=level)
        told = {"session": 6, "of": person, "aspect": "fatigue"}
        book.add("characteristics", **told, rating=five(fatigue))
    for person, change in (("mother", 4), ("father", 3), ("adolescent", 3)):
        told = {"session": 8, "of": person, "aspect": "change"}
        book.add("characteristics", **told, rating=five(change))


def _goals(book: Book) -> None:
    book.add("goals", id="evenings", session=1, proposed_by=["mother"], text="Meals in peace.")
    book.add("goals", id="school", session=1, proposed_by=["father"], text="To school every day.")
    book.add("goals", id="own-room", session=5, proposed_by=["adolescent"],
             text="A door that others knock at.")  # fmt: skip
    book.agree(1, "evenings", "mother t1 t2", 5)
    book.agree(1, "evenings", "father", 3)
    book.agree(1, "evenings", "adolescent")
    book.agree(1, "school", "mother father", 4)
    book.agree(2, "school", "t1", 2)
    book.agree(2, "school", "adolescent")
    book.agree(5, "own-room", "adolescent t1", 5)
    book.agree(6, "own-room", "mother", 3)
    book.agree(6, "own-room", "father")
    book.agree(7, "own-room", "father", 3)
    book.agree(7, "evenings", "adolescent", 3)
    for session, goal, by, status, clarity in (
        (2, "evenings", "mother", "active", 5), (2, "evenings", "adolescent", "active", 2),
        (6, "school", "father", "changed", 3), (7, "own-room", "adolescent", "active", 5),
        (8, "evenings", "mother", "partly-attained", 5),
        (8, "evenings", "adolescent", "partly-attained", 4),
        (8, "own-room", "adolescent", "attained", 5), (8, "school", "adolescent", "dropped", 3),
    ):  # fmt: skip
        told = {"session": session, "goal": goal, "by": by, "status": status}
        book.add("goal_reviews", **told, clarity=five(clarity))


def _tasks(book: Book) -> None:
    for session, id_, kind, serves, by, text in (
        (1, "one-meal", "homework", "evenings", "t1 mother", "One meal without telephones."),
        (3, "chairs", "intervention", "evenings", "t2", "Swap chairs, and speak as the other."),
        (4, "map", "activity", "", "t2", "Draw who calls whom."),
        (6, "knock", "homework", "own-room", "adolescent t1", "Knock, and wait for an answer."),
    ):  # fmt: skip
        told = {"session": session, "id": id_, "kind": kind, "text": text}
        book.add("tasks", **told, serves=serves.split(), proposed_by=by.split())
    book.agree(1, "one-meal", "mother t1", 5)
    book.agree(1, "one-meal", "adolescent")
    book.agree(6, "knock", "adolescent mother t1", 4)
    for session, task, by, done in (
        (2, "one-meal", "mother", "yes"), (2, "one-meal", "adolescent", "no"),
        (3, "one-meal", "father", "partly"), (7, "knock", "adolescent", "partly"),
        (7, "knock", "father", "yes"), (8, "knock", "adolescent", "yes"),
    ):  # fmt: skip
        book.add("task_reviews", session=session, task=task, by=by, done=done)


def _understandings(book: Book) -> None:
    for session, id_, kind, by, text in (
        (1, "room", "confidentiality", "t1", "What is told alone is passed on by its teller only."),
        (2, "turns", "participation", "t2", "Everyone may pass; nobody speaks for another."),
        (5, "alone", "decision", "adolescent t1", "One session of the adolescent's own."),
        (7, "two-homes", "formulation", "t1", "Two worlds with two sets of rules, under one roof."),
    ):
        told = {"session": session, "id": id_, "kind": kind, "text": text}
        book.add("understandings", **told, proposed_by=by.split())
    book.agree(1, "room", "mother father t1 t2", 4)
    book.agree(1, "room", "adolescent")
    book.agree(5, "room", "adolescent", 4)
    book.agree(2, "turns", "mother father t1 t2", 4)
    book.agree(5, "alone", "adolescent t1", 5)
    book.agree(6, "alone", "mother father", 3)
    book.agree(7, "two-homes", "mother father adolescent t1", 4)
    for of, about, met, text in (
        ("adolescent", "trust", False, "No talk with the school behind my back."),
        ("mother", "collaboration", True, "To plan together."),
        ("father", "consistency", True, "The same room and hour."),
        ("mother", "format", True, "All of us in one room."),
        ("father", "directiveness", False, "To be told what to do."),
    ):
        book.add("preferences", session=1, of=of, about=about, met=met, text=text)


def _events(book: Book) -> None:
    for session, kind, by, what in (
        (1, "reluctance", "adolescent", {"noticed_by": ["t2"], "about": ["process"]}),
        (2, "late", "adolescent", {"minutes": 20}),
        (3, "cultural-difference", "mother father adolescent",
         {"about": ["relationship"], "noticed_by": ["t1"], "addressed": 7,
          "note": "What a child owes to parents."}),
        (3, "withdrawal", "adolescent", {"toward": ["t1", "t2"], "noticed_by": ["t2"],
                                         "addressed": 5}),
        (3, "projection", "father", {"toward": ["t1"], "inferred": True}),
        (5, "disclosure", "adolescent", {"toward": ["t1"], "about": ["fear"],
                                         "depth": "vulnerable", "helpful": True}),
        (5, "therapist-disclosure", "t1", {"toward": ["adolescent"], "helpful": True}),
        (6, "confrontation", "adolescent", {"toward": ["t1", "father"], "feelings": ["anger"],
                                            "noticed_by": ["t1", "t2"], "addressed": 6}),
        (6, "negative-feeling", "adolescent", {"toward": ["t1"], "feelings": ["hurt"],
                                               "noticed_by": ["t1"], "addressed": 7}),
        (6, "life-event", "father", {"note": "The grandmother moved in."}),
        (6, "disclosure", "mother", {"about": ["emotion"], "depth": "personal"}),
        (7, "here-and-now", "t1 adolescent father", {"about": ["relationship"], "helpful": True}),
        (7, "disclosure", "father", {"about": ["fear"], "depth": "vulnerable"}),
        (8, "feedback", "adolescent", {"toward": ["t1"], "about": ["process"]}),
    ):  # fmt: skip
        book.add("events", session=session, kind=kind, by=by.split(), **what)
    book.add("events", date=date(2026, 2, 12), kind="missed", by=list(CLIENTS))
    book.add("events", date=date(2026, 4, 9), kind="cancelled", by=["t1"])
    book.add("events", date=date(2026, 3, 9), kind="follow-up", by=["t1"], toward=["adolescent"])


def _talks(book: Book) -> None:
    for session, begun_by, topics, fields in (
        (2, "t1", ["process", "goals"], {"explicit": False, "answered": False, "cadence": 2}),
        (5, "t1", ["bond", "safety"], {"explicit": True, "answered": True, "cadence": 2,
                                       "feelings": ["relief"], "note": "With one member alone."}),
        (7, "mother", ["bond", "goals"], {"explicit": True, "answered": True, "moment": "start",
                                          "feelings": ["resentment", "comfort"]}),
        (8, "t2", ["process", "feedback"], {"explicit": False, "answered": True, "moment": "end",
                                            "feelings": ["joy"]}),
    ):  # fmt: skip
        book.add("check_ins", session=session, begun_by=begun_by, topics=topics, **fields)
    book.add("check_ins", date=date(2026, 4, 10), begun_by="t1", moment="between-sessions",
             explicit=False, topics=["process"], answered=True)  # fmt: skip
    for session, toward, prompt, said in (
        (3, "adolescent", "on-track", {"answer": "no", "tags": ["reaction"]}),
        (3, "mother", "genuine-voice", {"answer": "yes", "tags": ["bias"]}),
        (4, "adolescent", "growing-safety", {"answer": "no", "tags": ["supervision"]}),
        (5, "adolescent", "risky-sharing", {"answer": "yes", "count": 1}),
        (7, "father", "opening-up", {"answer": "yes", "tags": ["emotion"]}),
    ):  # fmt: skip
        book.add("reflections", session=session, by="t1", toward=toward, prompt=prompt, **said)
    for session, by, rupture in (
        (3, "mother", False), (3, "t1", False), (3, "adolescent", True), (6, "father", True),
        (6, "adolescent", True), (6, "t1", True), (8, "adolescent", False), (8, "t1", False),
    ):  # fmt: skip
        rated_as = {"intensity": five(4), "resolution": five(2)} if rupture else {}
        book.add("reports", session=session, by=by, rupture=rupture, **rated_as)
