"""Possible ruptures as each source has them, scores and direct reports and codes side by side."""

from collections.abc import Sequence
from typing import Any

from therapeutic_alliance.cli.show.sections import Page, listed, span
from therapeutic_alliance.course.evidence import Evidence, JointEpisode


def show_evidence(page: Page, joint: Sequence[JointEpisode]) -> None:
    """Print what every source says of the sessions of each possible rupture, if there are two."""
    if not joint or len(joint[0].evidence) < 2:
        return
    page.section("Possible ruptures, source by source")
    for each in page.latest(joint, "possible ruptures"):
        page.say(f"Session {span(each.first, each.last)}:")
        page.say_all((f"{_who(told)}: {told.words}." for told in each.evidence), indent=4)
    page.say("That one source flags nothing is no evidence against another.")


def _who(told: Evidence) -> str:
    return f"{listed([told.rater, told.person])} ({told.detector})"


def evidence_json(joint: Sequence[JointEpisode]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            "first": each.first,
            "last": each.last,
            "evidence": [
                {
                    "rater": told.rater,
                    "person": told.person,
                    "detector": told.detector,
                    "observes": told.observes,
                    "says": told.says,
                    "sessions": list(told.sessions),
                    "evaluated": told.evaluated,
                    "of": told.of,
                }
                for told in each.evidence
            ],
        }
        for each in joint
    ]
