"""What is to be shared: formulations, decisions, what taking part looks like."""

from collections.abc import Iterator

from therapeutic_alliance.course.indicators.agreed import agreed_by_all
from therapeutic_alliance.course.indicators.arithmetic import share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.model.alliance.goals import Understanding
from therapeutic_alliance.model.course import Course

_DECISION = "decision"


def _understandings(course: Course) -> Iterator[Found]:
    kinds: dict[str, list[Understanding]] = {}
    for each in course.understandings:
        if each.kind != _DECISION:
            kinds.setdefault(each.kind, []).append(each)
    if not kinds:
        yield missing("no understanding is recorded")
    for kind in sorted(kinds):
        yield agreed_by_all(course, kinds[kind], "understanding of this kind", kind)


def _decisions(course: Course) -> Iterator[Found]:
    decisions = [each for each in course.understandings if each.kind == _DECISION]
    yield agreed_by_all(course, decisions, _DECISION)


def _preferences(course: Course) -> Iterator[Found]:
    known: dict[str, list[bool]] = {}
    for each in course.preferences:
        if each.met is not None:
            known.setdefault(each.of, []).append(each.met)
    if not known:
        yield missing("no preference says whether it was met")
    for person, met in sorted(known.items()):
        yield share(sum(met), len(met), person, of="met", none="no preference")


DEFINITIONS = (
    Definition(
        id="shared-understandings",
        words="For each kind of understanding but decisions: of those that at least two "
        "participants answered, the share that all who answered share. The latest answer of "
        "each participant who takes part counts.",
        unit="share of understandings, 0 to 1",
        concepts=("B58", "D18", "E01"),
        values=_understandings,
    ),
    Definition(
        id="shared-decisions",
        words="Of the decisions that at least two participants answered, the share to which all "
        "who answered agree. The latest answer of each participant who takes part counts.",
        unit="share of decisions, 0 to 1",
        concepts=("A36", "B54", "B61"),
        claims=("taking-part-empowers", "three-qualities"),
        values=_decisions,
    ),
    Definition(
        id="preferences-met",
        words="For each participant: of the preferences known to be met or not, the share that "
        "was met.",
        unit="share of preferences, 0 to 1",
        concepts=("A37", "C25", "C26"),
        values=_preferences,
    ),
)
