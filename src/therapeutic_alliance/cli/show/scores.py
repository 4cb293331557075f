"""The scores of a course as far as there are any, and what stands in the way of the others."""

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from therapeutic_alliance.cli.findings import OURS, Finding, findings
from therapeutic_alliance.cli.output import tracked
from therapeutic_alliance.course.caseload import caseload
from therapeutic_alliance.course.evidence import JointEpisode, joined, recorded
from therapeutic_alliance.course.evidence.joined import Source
from therapeutic_alliance.course.roles import roles
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.summary.raters import is_about
from therapeutic_alliance.course.summary.whole import once_for_all
from therapeutic_alliance.errors import AllianceError, AnswerError, Problem
from therapeutic_alliance.model.alliance.people import FilledForm
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric, ScoreSheet
from therapeutic_alliance.scoring.sheet import score as score_form
from therapeutic_alliance.sdk.courses import placed
from therapeutic_alliance.sdk.registry import Registry


@frozen
class LeftAside:
    """Forms of one measure that make no course, and why."""

    measure: str
    why: str
    forms: int


@define
class Scores:
    """What came of the forms of a course: scored, left aside or refused."""

    forms: int = 0
    sheets: list[ScoreSheet] = field(factory=list)
    """Of the forms that can be scored, in the order of the course."""
    refused: list[Problem] = field(factory=list)
    """What is wrong with single forms; no answer is quoted."""
    series: list[Series] = field(factory=list)
    found: list[Finding] = field(factory=list)
    """What each detector says of each series; all that is said of one series together."""
    measures: dict[str, Measure] = field(factory=dict)
    """The measures that sheets are of, by id."""
    role_of: Mapping[str, str] = field(factory=dict)
    """The role of each participant."""
    recorded: tuple[Source, ...] = ()
    """What direct reports and codes of observers say of ruptures."""
    several: set[str] = field(factory=set)
    """Measures of which more than one score is followed."""
    differing: list[str] = field(factory=list)
    """Where forms differ in what is rated once for all."""
    _left: Counter[tuple[str, str]] = field(factory=Counter)

    @classmethod
    def of(cls, current: Course, registry: Registry) -> "Scores":
        """Score what can be scored of a course as it holds now."""
        scores = cls(role_of=roles(current), recorded=recorded(current))
        looked_up: dict[str, Measure | str] = {}
        for form in tracked(iter(current.administrations), "forms scored"):
            if form.measure not in looked_up:
                looked_up[form.measure] = _look_up(form.measure, registry)
            scores.add(form, current.case, looked_up[form.measure])
        return scores

    def add(self, form: FilledForm, case: str, measure: Measure | str) -> None:
        """Take in a form and its measure, or why there is none."""
        self.forms += 1
        if isinstance(measure, str):
            self._left[form.measure, measure] += 1
            return
        try:
            sheet = score_form(measure, form.administration(case))
        except AnswerError as error:
            self.refused += placed(self.forms - 1, form, error.problems)
        except AllianceError as error:
            self._left[measure.id, _why(error)] += 1
        else:
            self.sheets.append(sheet)
            self.measures[measure.id] = measure

    def follow(
        self,
        score: str | None,
        metric: Metric | None,
        detectors: Sequence[Detector[Series]],
        providers: Sequence[str] = (),
    ) -> None:
        """Make a series of what can be followed, and let every detector look at it.

        Without a ``score`` that is the total of each measure, or each score of one that has no
        total. ``providers`` are those of the detectors (default: this library).
        """
        of_measure: dict[str, list[ScoreSheet]] = {}
        for sheet in self.sheets:
            of_measure.setdefault(sheet.measure.id, []).append(sheet)
        for id_, sheets in sorted(of_measure.items()):
            measure = self.measures[id_]
            found: list[Series] = []
            wanted = _followed(measure, score)
            if len(wanted) > 1:
                self.several.add(id_)
            for each in wanted:
                try:
                    found += caseload(sheets, each, metric)
                except AllianceError as error:
                    self._left[id_, _why(error)] = len(sheets)
            series, differing = once_for_all(found, measure, self.role_of)
            self.series += series
            self.differing += differing
        rules = list(zip(detectors, providers or [OURS] * len(detectors), strict=True))
        self.found = [findings(each, *rule) for each in self.series for rule in rules]

    def name(self, series: Series, letter: str = "") -> str:
        """A course by letter, rater and person; by its score if others of its measure are there."""
        who = f"about {series.person}" if is_about(series, self.role_of) else series.person
        score = f"({series.spec.id})" if series.measure in self.several else None
        parts = (letter, series.rater, who, series.occasion, score)
        return " ".join(part for part in parts if part)

    @property
    def joint(self) -> tuple[JointEpisode, ...]:
        """Possible ruptures of all sources, each with what every source says of it."""
        scored = [(each.series, each.flags) for each in self.found if each.flags.sign == "rupture"]
        return joined([*scored, *self.recorded])

    @property
    def left_aside(self) -> list[LeftAside]:
        """What is not followed, by measure and reason."""
        return [LeftAside(*key, forms) for key, forms in sorted(self._left.items())]

    @property
    def remarks(self) -> list[str]:
        """What is not scored or not followed, a line each."""
        left = [
            f"not followed: {each.forms} form{'s' * (each.forms > 1)} of {each.measure}: {each.why}"
            for each in self.left_aside
        ]
        return [*left, *self.differing, *(f"refused: {each}" for each in self.refused)]


def _why(error: AllianceError) -> str:
    """What the error says, without an option of other commands."""
    return str(error).removesuffix(", on the command line --key FILE")


def _followed(measure: Measure, score: str | None) -> list[str]:
    """The scores to follow."""
    if score is not None:
        return [score]
    known = [rule.id for rule in measure.scores]
    return ["total"] if "total" in known else known


def _look_up(id_: str, registry: Registry) -> Measure | str:
    try:
        return registry.measure(id_)
    except AllianceError as error:
        return str(error)
