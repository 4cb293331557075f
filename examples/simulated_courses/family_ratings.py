"""What the family, the therapists and an observer rated and coded."""

from simulated_courses.book import Book


def rated(book: Book) -> None:
    """Bonds to the therapists, among the members, and of each to the family as a whole."""
    for session, mother, father, adolescent in (
        (1, 4, 3, 2), (3, 5, 3, 1), (6, 4, 4, 2), (8, 5, 4, 3),
    ):  # fmt: skip
        for person, value in (("mother", mother), ("father", father), ("adolescent", adolescent)):
            book.bonds(session, f"{person}>t1", trust=value)
            book.bonds(session, f"{person}>", safety=max(1, value - 1))
    book.bonds(1, "t1>mother", trust=4, respect=4)
    book.bonds(1, "t1>father", trust=3, respect=4)
    book.bonds(1, "t1>adolescent", trust=3, respect=4)
    book.bonds(8, "t1>adolescent", trust=4, respect=5)
    for session, pair, values in (
        (2, "mother>father", (4, 3)), (2, "father>mother", (4, 4)),
        (2, "mother>adolescent", (3, 3)), (2, "adolescent>mother", (3, 2)),
        (2, "father>adolescent", (2, 2)), (2, "adolescent>father", (2, 1)),
        (8, "father>adolescent", (3, 4)), (8, "adolescent>father", (3, 3)),
    ):  # fmt: skip
        book.bonds(session, pair, warmth=values[0], heard=values[1])
    book.bonds(5, "adolescent>t1", heard=4, seen=4, connection=3)
    book.bonds(3, "adolescent>t2", connection=1, seen=2)
    for person, mutuality, engagement in (("mother", 4, 5), ("father", 3, 3), ("adolescent", 1, 2)):
        book.bonds(6, f"{person}>", mutuality=mutuality, engagement=engagement)
        book.bonds(6, f"{person}>t1", collaboration=mutuality)
    book.skills(3, "o>t1", "cultural-humility", 3)
    book.skills(7, "adolescent>t1", "cultural-humility", 4)
    book.skills(7, "mother>t1", "warmth", 5)
    book.skills(7, "adolescent>t1", "presence", 3)


def coded(book: Book) -> None:
    """Segments of session 6 by the 3RS, and utterances."""
    for segment, of, codes in (
        (1, "adolescent", "minimal-response"), (2, "adolescent", "defend-self"),
        (3, "adolescent", "complaint-therapist control-pressure"), (4, "father", ""),
        (5, "adolescent", "reject-intervention"), (6, "father", "complaint-progress"),
        (7, "father", "complaint-parameters"), (8, "adolescent", ""),
    ):  # fmt: skip
        told = {"session": 6, "system": "3rs", "segment": segment, "by": "o", "of": of}
        book.add("codes", **told, codes=codes.split())
    for session, skill, polarity, text in (
        (3, "cultural-humility", "-", "At your age everyone wants to be free of the parents."),
        (7, "flexibility", "+", "Then we leave the plan. What matters now?"),
    ):
        told = {"session": session, "system": "skills", "by": "o", "of": "t1", "text": text}
        book.add("codes", **told, codes=[skill], polarity=polarity)
    book.said(7, "background", "t1")
