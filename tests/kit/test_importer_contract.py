"""The built-in importer keeps the contract. All forms are simulated."""

from datetime import date

import therapeutic_alliance as ta
from therapeutic_alliance.testing import BadFile, ImporterContract, WorkedFile

REGISTRY = ta.Registry()
TABLE = b"""case,session,rater,person,date,1,2,3,4,5
case-7,1,client,,2026-03-01,6,7,1,6,5
case-7,2,client,,2026-03-08,6,,1,6,5
case-9,1,client,first,2026-03-01,7,7,7,7,7
"""
FORMS = (
    ta.Administration(
        "arm-5", "case-7", 1, "client", dict(zip("12345", (6, 7, 1, 6, 5), strict=True)),
        date=date(2026, 3, 1),
    ),
    ta.Administration(
        "arm-5", "case-7", 2, "client", dict(zip("12345", (6, None, 1, 6, 5), strict=True)),
        date=date(2026, 3, 8),
    ),
    ta.Administration(
        "arm-5", "case-9", 1, "client", dict.fromkeys("12345", 7),
        date=date(2026, 3, 1), person="first",
    ),
)  # fmt: skip
HEAD = b"case,session,rater,1,2,3,4,5\n"


class TestTable(ImporterContract):
    importer = REGISTRY.importer("table", measure="arm-5")
    measures = REGISTRY
    worked = (
        WorkedFile(name="wide.csv", content=TABLE, forms=FORMS),
        WorkedFile(name="case-7.tsv", content=TABLE.replace(b",", b"\t"), forms=FORMS),
    )
    bad = (
        BadFile(name="session.csv", content=HEAD + b"case-7,0,client,6,7,1,6,5\n", says="row 2"),
        BadFile(name="text.csv", content=HEAD + b"case-7,1,client,6,7,1,6,x\n", says="item 5"),
        BadFile(name="ragged.csv", content=HEAD + b"case-7,1,client,6,7\n", says="row 2"),
        BadFile(name="zip.csv", content=b"PK\x03\x04", says="workbook"),
        BadFile(
            name="twice.csv",
            content=HEAD + b"case-7,1,client,6,7,1,6,5\n" * 2,
            says="second form",
        ),
    )


class TestTableThatSaysItsMeasure(ImporterContract):
    """Long, with a measure column; a plain function gives the measures."""

    importer = REGISTRY.importer("table", rater="client")
    worked = (
        WorkedFile(
            name="long.csv",
            content=b"case,session,measure,item,answer\n"
            + b"".join(b"case-7,1,arm-5,%d,%d\n" % (item, 7 - item) for item in range(1, 6)),
            forms=[
                ta.Administration(
                    "arm-5", "case-7", 1, "client", {str(item): 7 - item for item in range(1, 6)}
                )
            ],
        ),
    )
    bad = (
        BadFile(
            name="item.csv",
            content=b"case,session,measure,item,answer\ncase-7,1,arm-5,9,3\n",
            says="row 2",
        ),
    )

    @staticmethod
    def measures(measure_id: str) -> ta.Measure:
        return REGISTRY.measure(measure_id)


def measure_of(measure_id: str) -> ta.Measure:
    return REGISTRY.measure(measure_id)


class TestMeasuresOfAFunction(TestTableThatSaysItsMeasure):
    measures = measure_of  # type: ignore[assignment]


class TestMeasuresOfABoundMethod(TestTableThatSaysItsMeasure):
    measures = REGISTRY.measure


class TestMeasuresOfAMethodOfTheContract(TestTableThatSaysItsMeasure):
    def measures(self, measure_id: str) -> ta.Measure:  # type: ignore[override]
        return REGISTRY.measure(measure_id)


class TestMeasuresOfAProperty(TestTableThatSaysItsMeasure):
    @property
    def measures(self) -> ta.Registry:  # type: ignore[override]
        return REGISTRY


class TestMeasuresFromAMethod(TestTableThatSaysItsMeasure):
    def measures(self) -> ta.Registry:  # type: ignore[override]
        return REGISTRY


class TestMeasuresFromAClassMethod(TestTableThatSaysItsMeasure):
    @classmethod
    def measures(cls) -> ta.Registry:  # type: ignore[override]
        return REGISTRY
