"""Interpersonal skills, their parts, and strategies that strengthen an alliance."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id

SKILLS = by_id(
    Meaning("empathy", "grasps the other's view and feelings", ("A23", "B34", "D05", "E07")),
    Meaning(
        "active-listening", "attends in full and gives back what was heard", ("A25", "C10", "D11")
    ),
    Meaning("genuineness", "is real with the other, and no role", ("A27", "B31", "D05", "D06")),
    Meaning("positive-regard", "accepts without terms or verdict", ("A29", "B38", "D05", "D12")),
    Meaning("cultural-humility", "respects and asks about another background", ("A31",)),
    Meaning("feedback", "tells what was noticed, without reproach", ("A33",)),
    Meaning("patience", "gives the other the time that it takes", ("A12",)),
    Meaning("consistency", "is the same from session to session", ("A13", "C17")),
    Meaning("warmth", "conveys care", ("B44",)),
    Meaning("insight", "sees how the other looks at self, others and the world", ("B48",)),
    Meaning("validation", "says that what the other feels makes sense", ("C11",)),
    Meaning("emotional-intelligence", "picks up needs, fears and motives", ("E07",)),
    Meaning("presence", "is there with all of their attention", ("A35", "D11")),
)
"""Skills."""

PARTS = by_id(
    Meaning("words", "of active listening: what is said", ("A25",)),
    Meaning("nonverbal", "of active listening: face, voice, posture", ("A25",)),
    Meaning("reflecting-back", "of active listening: says it again in own words", ("A25",)),
    Meaning("level", "of positive regard: how much of it", ("A29",)),
    Meaning("unconditionality", "of positive regard: whatever is told", ("A29", "D12")),
    Meaning("real", "of genuineness: a person and not only an expert", ("B31",)),
    Meaning("congruent", "of genuineness: what is shown is what is felt", ("B31",)),
    Meaning("open", "of genuineness: hides nothing that concerns the other", ("B31", "D08")),
    Meaning("sincere", "of genuineness: means what is said", ("D08",)),
    Meaning("honest", "of genuineness: says what is true", ("D08",)),
    Meaning("feelings", "of empathy: what the other feels", ("B34",)),
    Meaning("ideas", "of empathy: what the other thinks", ("B34",)),
    Meaning("motivations", "of empathy: what moves the other", ("B34", "E07")),
    Meaning("needs", "of emotional intelligence: what the other needs", ("E07",)),
    Meaning("fears", "of emotional intelligence: what the other fears", ("E07",)),
    Meaning("reframe", "of insight: offers another or a deeper view", ("B49",)),
    Meaning("language", "of insight: notices the choice of words", ("B49",)),
    Meaning("presentation", "of insight: notices how the other comes across", ("B49",)),
    Meaning("bridge", "of insight: leads from the other's view to a more helpful one", ("B50",)),
)
"""Parts of a skill."""

STRATEGIES = by_id(
    Meaning("presence", "undivided attention to words, feelings and body", ("A35",)),
    Meaning("collaboration", "goals and decisions are the client's, too", ("A36", "C14", "C16")),
    Meaning("flexibility", "adapts to what is needed and preferred", ("A37", "C25", "C26")),
    Meaning("self-reflection", "looks at own feelings, biases, reactions", ("A38",)),
    Meaning("supervision", "takes the work to a supervisor", ("A39",)),
    Meaning("trust", "earns trust by empathy and care", ("C05", "C07", "C08")),
    Meaning(
        "communication", "speaks clearly, listens, clears up misunderstandings", ("C09", "C12")
    ),
    Meaning("consistency", "keeps to times, follows up, can be relied on", ("C17", "C18", "C20")),
    Meaning("sensitivity", "treats differences with tact", ("C25",)),
    Meaning("confidentiality", "keeps what is told in the room", ("C06",)),
)
"""Strategies."""
