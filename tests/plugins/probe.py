"""Run in an environment: discovers what it is told to, uses all of it, and says what happened."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import therapeutic_alliance as ta
from therapeutic_alliance.sdk.kinds import KINDS

SERIES = ta.Series.of([4.2, 4.3, 0.5, None, 2.5], low=0, high=5)


def main() -> None:
    """One JSON object on stdout; anything else that is printed there spoils it."""
    allow = json.loads(sys.argv[1])
    before = set(sys.modules)
    registry = ta.Registry.discover(allow=allow)
    brought = sorted({name.partition(".")[0] for name in set(sys.modules) - before})
    told = {
        "report": {each.distribution: _status(each) for each in registry.report()},
        "brought": brought,
        "used": dict(_used(registry)),
        "strict": _strict(allow),
    }
    print(json.dumps(told))


def _status(status: ta.PluginStatus) -> dict[str, Any]:
    adds = {kind: list(ids) for kind, ids in status.adds.items() if ids}
    return {
        "version": status.version,
        "stage": status.stage,
        "problem": status.problem,
        "adds": adds,
        "seconds": status.seconds,
    }


def _strict(allow: Any) -> list[list[str]]:
    try:
        ta.Registry.discover(allow=allow, strict=True)
    except ExceptionGroup as group:
        return [
            [type(error).__name__, str(error), type(error.__cause__).__name__]
            for error in group.exceptions
        ]
    return []


def _used(registry: ta.Registry) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each thing does, by kind and id; those that cannot be looked up say why."""
    sheet = ta.score(ta.Registry().measure("wai-sr"), [4] * 12)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.csv"
        uses: dict[str, Callable[[Any], Any]] = {
            "measures": _score,
            "detectors": lambda each: each.flags(SERIES).sessions,
            "phase_models": lambda each: [phase.name for phase in each.phases(SERIES)],
            "importers": lambda each: _read(each, lines, registry),
            "exporters": lambda each: len(b"".join(each.export([sheet]))),
        }
        for kind in KINDS:
            listing = getattr(registry, kind)
            yield kind, {id_: _tried(uses[kind], listing, id_) for id_ in listing}


def _tried(use: Callable[[Any], Any], listing: Any, id_: str) -> Any:
    try:
        return use(listing[id_])
    except ta.AllianceError as error:
        return f"{type(error).__name__}: {error}"


def _score(measure: ta.Measure) -> Any:
    if measure.open:
        return "open"
    sheet = ta.score(measure, [measure.scale_of(item).low for item in measure.items])
    return {score.id: score.value for score in sheet}


def _read(importer: Any, path: Path, registry: ta.Registry) -> int:
    wide = "case,session,rater,measure,1,2,3,4,5\nc1,1,client,arm-5,1,2,3,4,5\n"
    path.write_text(wide if importer.id == "table" else "arm-5 1 2 3 4 5\n", encoding="utf-8")
    return len(list(importer.forms(path, registry.measure)))


if __name__ == "__main__":
    main()
