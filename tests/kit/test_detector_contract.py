"""The built-in detectors keep the contract that others are held to. All courses are simulated."""

from typing import ClassVar

import therapeutic_alliance as ta
from therapeutic_alliance.testing import DetectorContract, WorkedCourse

REGISTRY = ta.Registry()
IN_THE_METRIC = "sd is given in the metric of the series, so that it is another one in another"


class TestRciDrop(DetectorContract):
    detector = REGISTRY.detector("rci-drop")
    worked = (
        WorkedCourse(
            values=[4.3, 4.2, 3.6, 3.5, None, 2.9],
            low=1,
            high=5,
            flagged=[3, 6],
            not_evaluable=[1, 5],
            note="0.15 of the range is 0.6; 4.2 to 3.6 and 3.5 to 2.9 are just that",
        ),
        WorkedCourse(
            values=[4, 2, 3],
            low=1,
            high=5,
            flagged=[4],
            not_evaluable=[1, 8],
            sessions=[1, 4, 8],
            note="two sessions between are compared, three are not",
        ),
    )


class TestRciDropFromRunningMax(DetectorContract):
    detector = REGISTRY.detector("rci-drop", reference="running-max")
    worked = (
        WorkedCourse(
            values=[4.3, 4.0, 3.7, None, 3.8], low=1, high=5, flagged=[3], not_evaluable=[1, 4]
        ),
    )


class TestRciDropFromSession3(DetectorContract):
    detector = REGISTRY.detector("rci-drop", reference="session-3", max_gap=0)
    worked = (
        WorkedCourse(
            values=[4.9, 4.8, 4.0, 3.4, 3.5], low=1, high=5, flagged=[4], not_evaluable=[1, 2, 3]
        ),
    )


class TestDropFromBest(DetectorContract):
    detector = REGISTRY.detector("drop-from-best")
    worked = (
        WorkedCourse(
            values=[4.3, 4.0, 3.7, None, 3.8], low=1, high=5, flagged=[3], not_evaluable=[1, 4]
        ),
    )


class TestDropFromBestWithParameters(DetectorContract):
    """RC = 1.645 * sqrt(2) * 1 * sqrt(1 - 0.92) = 0.658."""

    detector = REGISTRY.detector(
        "drop-from-best",
        sd=1.0,
        reliability=0.92,
        kind="retest",
        source="an illustration",
        z=1.645,
    )
    worked = (
        WorkedCourse(values=[4.3, 3.65, 3.64], low=1, high=5, flagged=[3], not_evaluable=[1]),
    )
    deviates: ClassVar[dict[str, str]] = {
        "test_the_metric_does_not_matter": IN_THE_METRIC,
        "test_ties_fall_alike_in_every_metric": IN_THE_METRIC,
    }
