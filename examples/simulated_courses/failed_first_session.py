"""A first session that fails: one low form, a missed session, and no more."""

from datetime import date

import therapeutic_alliance as ta
from simulated_courses.book import Book, five


def course() -> ta.Course:
    """The whole course; most sections are empty."""
    book = Book("sim-failed-first", "individual", 20260302)
    book.add("participants", id="c", role="client")
    book.add("participants", id="t", role="therapist", agency="clinic-b")
    book.sessions("2026-03-02", minutes=50, attended="c t")
    book.form(1, "wai-sr", 22)
    _who(book)
    _session(book)
    _after(book)
    return book.course()


def _who(book: Book) -> None:
    for aspect, value in (("load", 5), ("burnout", 5), ("fatigue", 4), ("attunement", 1)):
        book.add("characteristics", session=1, of="t", aspect=aspect, rating=five(value))
    book.add("characteristics", of="t", aspect="credentials", category="licensed")
    book.add("characteristics", session=1, of="c", aspect="first-session-anxiety", rating=five(5))
    book.add("characteristics", session=1, of="c", aspect="expectancy", rating=five(2))
    book.add("characteristics", session=1, of="c", aspect="problem-severity", rating=five(4))


def _session(book: Book) -> None:
    book.bonds(1, "c>t", seen=1, heard=1, understood=2, hope=1, trust=2, safety=2)
    book.bonds(1, "t>c", hope=2)
    book.skills(1, "c>t", "presence", 1)
    book.skills(1, "c>t", "active-listening", 2)
    book.add("preferences", session=1, of="c", about="presence", met=False)
    book.add(
        "events", session=1, kind="misunderstanding", by=["t"], toward=["c"], about=["need"],
        noticed_by=["c"], feelings=["hurt"],
        note="Took a question about the first weeks for a wish to leave early.",
    )  # fmt: skip
    book.add(
        "events", session=1, kind="disclosure", by=["c"], toward=["t"], about=["emotion"],
        depth="factual",
    )  # fmt: skip
    book.add("goals", session=1, id="goal-1", proposed_by=["t"], text="Return to full hours.")
    book.agree(1, "goal-1", "c")


def _after(book: Book) -> None:
    missed, told = date(2026, 3, 9), date(2026, 3, 12)
    book.add("events", date=missed, kind="missed", by=["c"])
    book.add(
        "events", date=told, kind="follow-up", by=["t"], toward=["c"], note="A call, no answer."
    )
    book.add(
        "reflections", by="t", toward="c", date=told, prompt="core-trouble", answer="unsure",
        entries=["I was worn out that day and heard the file more than the person."],
        tags=["reaction", "supervision"],
    )  # fmt: skip
    book.add(
        "terminations", date=date(2026, 3, 16), kind="premature", by=["c"],
        reason="Wrote that it was not the right place.",
    )  # fmt: skip
