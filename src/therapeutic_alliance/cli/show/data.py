"""A summary of a course as plain data."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from attrs import fields, has

from therapeutic_alliance._version import __version__
from therapeutic_alliance.cli.findings import findings_json
from therapeutic_alliance.cli.show.evidence import evidence_json
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.standing import standing_json
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.summary.raters import is_about
from therapeutic_alliance.course.summary.summary import Summary
from therapeutic_alliance.model.vocabulary.usage import OwnTerm


def summary_json(summary: Summary, scores: Scores) -> dict[str, Any]:
    """The whole summary: head, scores, and the other sections in the order of their class."""
    sections = _plain(summary)
    return {
        "library_version": __version__,
        "head": sections.pop("head"),
        "scores": {
            "forms": scores.forms,
            "measures": [
                {"measure": each.id, **standing_json(each)} for each in scores.measures.values()
            ],
            "courses": [_course(each, scores) for each in scores.series],
            "findings": findings_json(scores.found, scores.measures),
            "left_aside": _plain(scores.left_aside),
            "differing": list(scores.differing),
            "refused": [
                {"path": each.path, "item": each.item or None, "rule": each.rule}
                for each in scores.refused
            ],
        },
        "evidence": evidence_json(scores.joint),
        **sections,
    }


def _course(series: Series, scores: Scores) -> dict[str, Any]:
    return {
        "measure": series.measure,
        "rater": series.rater,
        "person": series.person,
        "about": is_about(series, scores.role_of),
        "occasion": series.occasion,
        "score": series.spec.id,
        "metric": series.spec.metric,
        "low": series.spec.low,
        "high": series.spec.high,
        "points": [{"session": each.session, "value": each.value} for each in series],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, OwnTerm):
        return value._asdict()
    if has(type(value)):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(type(value))}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value
