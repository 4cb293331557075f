"""A summary of a course for a person, section by section."""

from rich.console import Console

from therapeutic_alliance.cli.show.courses import show_apart, show_courses
from therapeutic_alliance.cli.show.evidence import show_evidence
from therapeutic_alliance.cli.show.head import show_head
from therapeutic_alliance.cli.show.rest import show_indicators, show_rest
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.sections import Page
from therapeutic_alliance.cli.show.timeline import show_open_points, show_timeline
from therapeutic_alliance.cli.show.work import show_bonds, show_work
from therapeutic_alliance.course.summary.summary import Summary


def show_summary(console: Console, summary: Summary, scores: Scores, *, whole: bool) -> None:
    """Print a summary; of long sections the latest part, unless the ``whole`` is asked for."""
    page = Page(console, whole=whole)
    show_head(page, summary.head)
    show_courses(page, scores)
    show_evidence(page, scores.joint)
    show_apart(page, summary.disagreements)
    show_timeline(page, summary, scores)
    show_open_points(page, summary.open_points)
    show_work(page, summary.agreed)
    show_bonds(page, summary.bonds, summary.head.sessions.last)
    show_indicators(page, summary)
    show_rest(page, summary)
