"""What client, therapist and an observer rated and coded in the first simulated course."""

from simulated_courses.book import Book

OVER_TIME = (1, 4, 7, 10, 14)
CLIENT = {
    "trust": (2, 3, 2, 4, 4),
    "safety": (1, 3, 2, 4, 4),
    "understood": (2, 3, 1, 4, 5),
    "heard": (2, 4, 2, 4, 5),
    "openness": (1, 2, 1, 4, 4),
}
THERAPIST = {
    "trust": (3, 4, 4, 4, 5),
    "respect": (4, 4, 4, 5, 5),
    "heard": (2, 3, 3, 4, 4),
}


def rated(book: Book) -> None:
    """Facets of the bond in both directions, and skills of the therapist."""
    for n, session in enumerate(OVER_TIME):
        book.bonds(session, "c>t", **{facet: values[n] for facet, values in CLIENT.items()})
        book.bonds(session, "t>c", **{facet: values[n] for facet, values in THERAPIST.items()})
    book.bonds(1, "c>", trust_in_process=2)
    book.bonds(1, "c>t", withholding=5, confidence_in_role=3)
    book.bonds(1, "t>c", confidence_in_role=4, wish_to_improve=4, commitment=3, openness=2)
    book.bonds(3, "c>t", clarity=3, valued=3, supported=3, non_judgment=3)
    book.bonds(5, "c>t", respect=4, empathy=4, genuineness=3, positive_regard=3)
    book.bonds(7, "c>t", perceived_criticism=4, doubted_support=4, withholding=4)
    book.bonds(7, "c>t", negative_expression_safe=2)
    book.bonds(7, "c>", hope=2, engagement=2, commitment=2)
    book.bonds(7, "t>", engagement=4)
    book.bonds(9, "c>t", negative_expression_safe=4, perceived_criticism=2, doubted_support=1)
    book.bonds(9, "t>c", caring=5, warmth=4)
    book.bonds(9, "c>t", respect=4, caring=4, warmth=4, trustworthy=4)
    book.bonds(12, "c>t", be_oneself=4, expression=4, vulnerability=4, withholding=2)
    book.bonds(12, "c>", motivated=4, drive=4, shared_knowledge=4, ownership=4)
    book.bonds(14, "c>", trust_in_process=4, hope=4, generalisation=4, empowerment=4)
    book.bonds(14, "c>t", secure=4, investment=5, expertise_respected=4, respect=5)
    book.bonds(14, "t>c", experience_respected=5, wish_to_improve=5, commitment=5, openness=4)
    _skills(book)


def _skills(book: Book) -> None:
    for session, values in ((3, (3, 3, 3)), (7, (2, 2, 3)), (12, (4, 5, 4))):
        for skill, value in zip(("empathy", "validation", "consistency"), values, strict=True):
            book.skills(session, "c>t", skill, value)
    book.skills(6, "o>t", "empathy", 3, feelings=3, ideas=4, motivations=3)
    book.skills(6, "o>t", "active-listening", 3, words=4, nonverbal=2, reflecting_back=3)
    book.skills(6, "o>t", "insight", 4, reframe=4, language=3, presentation=2, bridge=3)
    book.skills(6, "o>t", "patience", 2)
    book.skills(9, "o>t", "genuineness", 4, real=4, congruent=4, open=5, sincere=4, honest=5)
    book.skills(9, "o>t", "positive-regard", 4, level=4, unconditionality=4)
    book.skills(9, "o>t", "emotional-intelligence", 4, needs=4, fears=3, motivations=4)
    book.skills(9, "o>t", "feedback", 4)


def coded(book: Book) -> None:
    """Segments of session 7 by the 3RS, utterances with what they show, and signs."""
    for segment, codes in enumerate(
        (
            "minimal-response", "minimal-response deferential", "", "avoidant-storytelling",
            "abstract-communication", "content-affect-split", "denial", "complaint-activities",
            "self-criticism", "",
        ),
        1,
    ):  # fmt: skip
        told = {"session": 7, "system": "3rs", "segment": segment, "by": "o", "of": "c"}
        book.add("codes", **told, codes=codes.split())
    for session, exemplar in (
        (2, "exhaustion"), (3, "courage"), (4, "standstill"), (6, "reproach"), (6, "aloof"),
        (7, "pity"), (8, "visible-hurt"), (8, "pattern"), (9, "loneliness"),
    ):  # fmt: skip
        book.said(session, exemplar, "t")
    for segment, code in ((1, "nod"), (2, "addition"), (4, "other-confirmation"), (5, "nod")):
        told = {"session": 9, "system": "signs", "segment": segment, "by": "o", "of": "c"}
        book.add("codes", **told, codes=[code])
