"""What every measure fulfils, and how much an author has to show for its key."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from hypothesis import strategies as st

from therapeutic_alliance.codec.text import dumps, loads
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.scoring.lint import lint
from therapeutic_alliance.scoring.sheet import score
from therapeutic_alliance.testing.contract import Contract, fail, holds
from therapeutic_alliance.testing.keys.arithmetic import by_hand, items_of
from therapeutic_alliance.testing.keys.evidence import TOLERANCE, Evidence, equal
from therapeutic_alliance.testing.keys.mutants import mutants
from therapeutic_alliance.testing.keys.weaknesses import weaknesses
from therapeutic_alliance.testing.keys.worked import Worked
from therapeutic_alliance.testing.strategies import answers

SHOWN = 10
"""How many contradictions a message lists."""


class MeasureContract(Contract):
    """Tests of one measure, against what its author worked out by hand.

    Give ``measure`` (of an open one the edition that you stated), ``worked``, ``ranges`` and
    ``refused``, as attributes, properties or methods. The measure's key is then changed one step
    at a time, and what you gave has to notice each change.

    >>> import therapeutic_alliance as ta
    >>> from therapeutic_alliance.testing import Worked
    >>> class TestRating(MeasureContract):
    ...     measure = ta.Measure(
    ...         id="one-mark", version="1", name="One mark (invented)", raters=["client"],
    ...         items=["q1"], scale=ta.Scale(low=0, high=4),
    ...         scores=[ta.ScoreRule(id="total", items=["q1"], aggregate="sum")],
    ...     )
    ...     worked = [Worked(answers=[1], scores={"total": 1})]
    ...     ranges = {"total": (0, 4)}
    ...     refused = {"q1": [5, -1, 0.5]}
    >>> TestRating().test_worked_examples_pin_the_whole_key()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "measure": "the measure to be tested, such as measure = ta.read_measure('pulse.toml')",
        "worked": "forms that you scored by hand from the manual, each a Worked(answers=..., "
        "scores=...); nothing else can show that the key is the printed one",
        "ranges": "the lowest and highest possible value of every score as the manual prints "
        "them, such as ranges = {'total': (0, 16)}",
        "refused": "answers that the form does not offer, by item, such as refused = "
        "{'q1': [5, -1, 0.5]}; without them a wrong scale would go unnoticed",
    }

    def test_definition_is_well_made(self) -> None:
        """What ``ta.lint`` (``alliance check``) finds nothing in."""
        _none(lint(self._measure()), "the definition is not well made")

    def test_round_trip_through_json(self) -> None:
        """The measure comes back from JSON as it was, with the same fingerprint."""
        measure = self._measure()
        again = loads("measure", dumps(measure))
        if again != measure or again.fingerprint != measure.fingerprint:
            fail(f"{measure.id} does not come back from JSON as it was")

    def test_worked_examples(self) -> None:
        """Every worked form has the scores that were worked out by hand."""
        _none(self._evidence().against_worked(self._measure()), "worked examples disagree")

    def test_ranges(self) -> None:
        """Every score has the range that the manual prints, and both ends can be reached."""
        measure, evidence = self._measure(), self._evidence()
        _none(evidence.against_ranges(measure), "ranges disagree")
        for end, keyed in enumerate((_lowest(measure), _highest(measure))):
            for each in score(measure, keyed):
                if abs((each.value or 0) - evidence.ranges[each.id][end]) > TOLERANCE:
                    fail(f"score {each.id}: {evidence.ranges[each.id][end]:g} cannot be reached")

    def test_refused_answers(self) -> None:
        """Answers that the form does not offer are refused."""
        _none(self._evidence().against_refused(self._measure()), "answers that do not exist")

    def test_worked_examples_pin_the_whole_key(self) -> None:
        """No key with one step wrong agrees with all that was worked out by hand."""
        measure, evidence = self._measure(), self._evidence()
        _none(evidence.against(measure), "first of all, what was given has to agree")
        survivors = list(evidence.survivors(measure))
        if survivors:
            fail(weaknesses(survivors, sum(1 for _ in mutants(measure))))

    def test_missing_answers_follow_the_rule(self) -> None:
        """A score with answers missing is what its rule makes of it, by plain arithmetic."""
        measure = self._measure()

        def law(form: dict[str, float | None]) -> None:
            sheet = score(measure, form)
            for rule in measure.scores:
                found, right = sheet[rule.id].value, by_hand(measure, rule, form)
                assert equal(found, right), (
                    f"score {rule.id} is {found}, plain arithmetic gives {right}"
                )

        holds(law, answers(measure))

    def test_scores_stay_within_their_range(self) -> None:
        """No form has a score outside ``ranges``."""
        measure, ranges = self._measure(), self._evidence().ranges

        def law(form: dict[str, float | None]) -> None:
            for each in score(measure, form):
                low, high = ranges.get(each.id, (each.low, each.high))
                inside = each.value is None or low - TOLERANCE <= each.value <= high + TOLERANCE
                assert inside, f"score {each.id} is {each.value}, outside {low:g} to {high:g}"

        holds(law, answers(measure))

    def test_a_higher_answer_never_lowers_a_positively_keyed_score(self) -> None:
        """Nor does it raise one with the item reversed; a score without the item stays."""
        measure = self._measure()
        items = {rule.id: items_of(measure, rule) for rule in measure.scores}

        def law(form: dict[str, float | None], item: str, higher: int) -> None:
            offered = measure.scale_of(item).answers()
            place = offered.index(form[item])  # type: ignore[arg-type]
            raised = form | {item: offered[min(place + higher, len(offered) - 1)]}
            before, after = score(measure, form), score(measure, raised)
            for name, own in items.items():
                change = (after[name].value or 0) - (before[name].value or 0)
                moved = -change if item in measure.reverse else change
                right = moved >= -TOLERANCE if item in own else abs(change) <= TOLERANCE
                assert right, f"a higher answer to item {item} changes score {name} by {change:g}"

        holds(law, answers(measure, missing=False), st.sampled_from(measure.items), st.integers(1))

    def test_order_of_answers_does_not_matter(self) -> None:
        """Answers by id in any order, and answers in item order, give the same scores."""
        measure = self._measure()

        def law(form: dict[str, float | None], order: list[str]) -> None:
            shuffled = {item: form[item] for item in order}
            in_order = [form[item] for item in measure.items]
            sheets = [score(measure, given).scores for given in (form, shuffled, in_order)]
            assert sheets[0] == sheets[1] == sheets[2], "the order of the answers matters"

        holds(law, answers(measure), st.permutations(measure.items))

    def _measure(self) -> Measure:
        measure = self.needed("measure")
        if not isinstance(measure, Measure):
            fail(f"{type(self).__name__}.measure is a {type(measure).__name__}, not a Measure")
        if measure.open:
            fail(f"give the edition that is scored, not the open one. {measure.what_is_open()}")
        return measure

    def _evidence(self) -> Evidence:
        worked, ranges, refused = map(self.needed, ("worked", "ranges", "refused"))
        if not all(isinstance(each, Worked) for each in worked):
            fail(f"{type(self).__name__}.worked holds something that is no Worked(...)")
        return Evidence(worked=worked, ranges=ranges, refused=refused)


def _none(contradictions: Iterable[object], heading: str) -> None:
    """Fail if there is any, with a line for each."""
    lines = [f"  {line}" for each in contradictions for line in str(each).splitlines()]
    if lines:
        more = [f"  ... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        fail("\n".join([f"{heading}:", *lines[:SHOWN], *more]))


def _lowest(measure: Measure) -> dict[str, float]:
    """The form on which every item counts least."""
    scales = {item: measure.scale_of(item) for item in measure.items}
    return {
        item: scale.high if item in measure.reverse else scale.low for item, scale in scales.items()
    }


def _highest(measure: Measure) -> dict[str, float]:
    """The form on which every item counts most."""
    scales = {item: measure.scale_of(item) for item in measure.items}
    return {
        item: scale.low if item in measure.reverse else scale.high for item, scale in scales.items()
    }
