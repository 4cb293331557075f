"""What this distribution contributes itself, by the same hooks as any plugin."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from therapeutic_alliance.sdk.folder import MeasureFolder
from therapeutic_alliance.sdk.hooks import hookimpl

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector

MEASURES = Path(__file__).parent / "measures"


@hookimpl
def alliance_measures() -> Iterable[MeasureFolder]:
    """The definitions under ``measures/``."""
    return [MeasureFolder(MEASURES, "therapeutic-alliance")]


@hookimpl
def alliance_detectors() -> Iterable["Detector[Series]"]:
    """The detectors under ``course/detectors/``."""
    from therapeutic_alliance.course.detectors.reliable_drop import (
        DropFromBest,
        RciDrop,
    )

    return [DropFromBest(), RciDrop()]
