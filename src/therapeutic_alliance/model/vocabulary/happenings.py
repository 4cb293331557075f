"""What happens along the way: kinds of events, what they touch, what they leave behind."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id

EVENTS = by_id(
    Meaning("challenge", "the therapist questions a thought, feeling or habit", ("B16",)),
    Meaning("disclosure", "someone tells something; depth says how far", ("A09", "B42", "B45")),
    Meaning("therapist-disclosure", "the therapist tells something of their own", ("B33", "D04")),
    Meaning("misunderstanding", "one took the other wrongly", ("C12",)),
    Meaning("here-and-now", "they speak of what is between them at this moment", ("B62",)),
    Meaning("problem", "something in the work goes wrong", ("B72",)),
    Meaning("resistance", "works against what is asked", ("C22",)),
    Meaning("reluctance", "hesitates to go along", ("C23",)),
    Meaning("cultural-difference", "a difference of background comes up", ("C24",)),
    Meaning("life-event", "something happens outside the therapy", ("E22",)),
    Meaning("missed", "a session did not take place, and no word came before", ("C18",)),
    Meaning("cancelled", "a session was called off", ("C18", "C20")),
    Meaning("late", "a session began late", ("C20",)),
    Meaning("follow-up", "contact after a session, as was agreed", ("C19",)),
    Meaning("distance", "is less in touch than before", ("E21",)),
    Meaning("negative-feeling", "says what was felt badly between them", ("B63", "B64")),
    Meaning("feedback", "one tells another how the work is for them", ("A33", "C15")),
    Meaning("withdrawal", "moves away from the other or the work", ("B18",)),
    Meaning("confrontation", "moves against the other or the work", ("B18",)),
    Meaning("transference", "an old relationship is lived again in this one", ("B67", "D02"), True),
    Meaning("projection", "sees own feelings in the other", ("B67", "D02"), True),
)
"""Kinds of events. ``transference`` and ``projection`` are inferred, and never scored."""

EVENT_TARGETS = by_id(
    Meaning("thought", "a thought or belief", ("B16", "E02")),
    Meaning("emotion", "a feeling", ("B16", "E02")),
    Meaning("behaviour", "something done, or a habit", ("B16", "E02")),
    Meaning("relationship", "what is between the participants", ("B62",)),
    Meaning("process", "how the therapy goes", ("E20",)),
    Meaning("need", "something that is needed", ("E07",)),
    Meaning("fear", "something that is feared", ("E07",)),
)
"""What an event is about."""

FEELINGS = by_id(
    Meaning("relief", "a weight is off", ("D21",), True),
    Meaning("joy", "gladness", ("D21",), True),
    Meaning("comfort", "ease", ("D21",), True),
    Meaning("hurt", "pain done by the other", ("B64",), True),
    Meaning("anger", "ire at the other", ("B64",), True),
    Meaning("resentment", "ill feeling that stays", ("B64",), True),
)
"""What a talk or an event leaves behind."""
