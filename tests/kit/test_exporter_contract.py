"""The built-in exporters keep the contract. All forms are simulated."""

import csv
import json
from collections.abc import Mapping
from io import StringIO
from operator import itemgetter
from typing import Any

import therapeutic_alliance as ta
from therapeutic_alliance.testing import Key, RoundTripExporterContract, WorkedExport

REGISTRY = ta.Registry()
ARM = REGISTRY.measure("arm-5")
SHEETS = (
    ta.score(ARM, ta.Administration("arm-5", "-c1", 1, "client", dict.fromkeys("12345", 4))),
    ta.score(ARM, ta.Administration("arm-5", "-c1", 2, "client", {"1": 4})),
)
HEAD = (
    "case,session,date,rater,person,occasion,measure,score,metric,value,low,high,answered,of,"
    "status,measure_version,definition_sha256,provider,library_version"
)
TAIL = f"{ARM.version},{ARM.fingerprint},therapeutic-alliance,{ta.__version__}"
CSV = f"""{HEAD}
'-c1,1,,client,,,arm-5,total,mean,4,1,7,5,5,scored,{TAIL}
'-c1,2,,client,,,arm-5,total,mean,,1,7,1,5,not-scorable,{TAIL}
"""
JSON_ROWS = (
    (
        '{"case": "-c1", "session": 1, "date": null, "rater": "client", "person": null, '
        '"occasion": null, "measure": "arm-5", "score": "total", "metric": "mean", "value": 4.0, '
        '"low": 1.0, "high": 7.0, "answered": 5, "of": 5, "status": "scored", '
    ),
    (
        '{"case": "-c1", "session": 2, "date": null, "rater": "client", "person": null, '
        '"occasion": null, "measure": "arm-5", "score": "total", "metric": "mean", "value": null, '
        '"low": 1.0, "high": 7.0, "answered": 1, "of": 5, "status": "not-scorable", '
    ),
)
JSON_TAIL = (
    f'"measure_version": "{ARM.version}", "definition_sha256": "{ARM.fingerprint}", '
    f'"provider": "therapeutic-alliance", "library_version": "{ta.__version__}"}}'
)
JSON = "[\n" + ",\n".join(row + JSON_TAIL for row in JSON_ROWS) + "\n]\n"

Values = Mapping[Key, float | None]


def table(content: bytes, delimiter: str) -> Values:
    rows = csv.DictReader(StringIO(content.decode(), newline=""), delimiter=delimiter)
    return {
        (
            *(row["case"].removeprefix("'"), int(row["session"]), row["measure"], row["rater"]),
            *(row["person"].removeprefix("'") or None, row["occasion"] or None, row["score"]),
        ): float(row["value"]) if row["value"] else None
        for row in rows
    }


class TestScoresCsv(RoundTripExporterContract):
    exporter = REGISTRY.exporter("scores-csv")
    worked = (WorkedExport(sheets=SHEETS, content=CSV.encode()),)

    def read(self, content: bytes) -> Values:
        return table(content, ",")


class TestScoresTsv(RoundTripExporterContract):
    exporter = REGISTRY.exporter("scores-tsv")
    worked = (WorkedExport(sheets=SHEETS, content=CSV.replace(",", "\t").encode()),)

    def read(self, content: bytes) -> Values:
        return table(content, "\t")


class TestScoresJson(RoundTripExporterContract):
    exporter = REGISTRY.exporter("scores-json")
    worked = (WorkedExport(sheets=SHEETS, content=JSON.encode()),)

    def read(self, content: bytes) -> Values:
        rows: list[dict[str, Any]] = json.loads(content)
        who = itemgetter("case", "session", "measure", "rater", "person", "occasion", "score")
        return {who(row): row["value"] for row in rows}
