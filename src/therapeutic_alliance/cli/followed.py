"""Which forms of a table make courses: those of the alliance with the score to follow."""

from collections.abc import Iterable, Iterator, Mapping

import click

from therapeutic_alliance.cli.standing import standing
from therapeutic_alliance.course.caseload import caseload
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric, ScoreSheet

METRICS = ("sum", "mean", "percent")
SCORE = click.option(
    "--score", "score_id", default="total", show_default=True, help="Score to follow."
)
METRIC = click.option(
    "--metric", type=click.Choice(METRICS), help="Metric (default: the definition's)."
)


class Followed:
    """Makes courses of what can be followed, and remembers what was left aside."""

    def __init__(self, score: str, metric: Metric | None) -> None:
        self._score = score
        self._metric = metric
        self._left: dict[str, ScoreSheet] = {}
        self._measures: dict[str, Measure] = {}

    def courses(self, sheets: Iterable[ScoreSheet]) -> tuple[Series, ...]:
        """The series; if no measure can be followed, the error that says why."""
        found = caseload(self._fit(sheets), self._score, self._metric)
        return found or caseload(self._left.values(), self._score, self._metric)

    def _fit(self, sheets: Iterable[ScoreSheet]) -> Iterator[ScoreSheet]:
        for sheet in sheets:
            self._measures[sheet.measure.id] = sheet.measure
            if self._why_not(sheet.measure):
                self._left.setdefault(sheet.measure.id, sheet)
            else:
                yield sheet

    def _why_not(self, measure: Measure) -> str:
        if measure.construct == "outcome":
            return "it measures outcome, not the alliance"
        if self._score not in [rule.id for rule in measure.scores]:
            return f"it has no score {self._score}"
        return ""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The measures of all forms, by id."""
        return self._measures

    @property
    def remarks(self) -> Iterator[str]:
        """What was left aside; of what was followed, what is not the alliance or not verified."""
        for measure in self._measures.values():
            if why := self._why_not(measure):
                yield f"{measure.id} is left aside: {why}"
                continue
            if measure.construct != "alliance":
                yield f"{measure.id} measures {_words(measure.construct)}, not the alliance"
            yield from standing(measure)


def _words(construct: str) -> str:
    return construct.replace("-", " ")
