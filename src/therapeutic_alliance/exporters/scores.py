"""The scores table: one row a score, with all that is needed to trace it."""

from collections.abc import Iterator
from typing import Any

from therapeutic_alliance._version import __version__
from therapeutic_alliance.model.record import who_and_when
from therapeutic_alliance.model.scored import ScoreSheet

COLUMNS = (
    "case",
    "session",
    "date",
    "rater",
    "person",
    "occasion",
    "measure",
    "score",
    "metric",
    "value",
    "low",
    "high",
    "answered",
    "of",
    "status",
    "measure_version",
    "definition_sha256",
    "provider",
    "library_version",
)


def score_rows(sheet: ScoreSheet) -> Iterator[dict[str, Any]]:
    """One row for each score of a sheet, keyed by :data:`COLUMNS`; ``None`` is an empty cell.

    >>> import therapeutic_alliance as ta
    >>> sheet = ta.score(ta.Registry().measure("arm-5"), [6, 7, 1, 6, 5])
    >>> [(row["score"], row["metric"], row["value"]) for row in score_rows(sheet)]
    [('total', 'mean', 6.2)]
    """
    who, measure = who_and_when(sheet.form), sheet.measure
    for score in sheet.scores:
        spec = score.spec
        yield {
            **who,
            "measure": measure.id,
            "score": spec.id,
            "metric": spec.metric,
            "value": score.value,
            "low": spec.low,
            "high": spec.high,
            "answered": score.answered,
            "of": spec.of,
            "status": score.status,
            "measure_version": measure.version,
            "definition_sha256": measure.fingerprint,
            "provider": measure.provider,
            "library_version": __version__,
        }
