"""Distributions that work, one or more of each kind. All that they contribute is invented."""

from tests.plugins.distributions import CODE, DATA, SETUPTOOLS, Dist, package_of


def pulse(measure_id: str, *, high: int = 4, more: str = "") -> str:
    """A measure file with two items."""
    return f"""\
schema = 1
id = "{measure_id}"
version = "1"
name = "Invented"
status = "stated"
raters = ["client"]
items = 2
reverse = []
{more}
[scale]
low = 0
high = {high}
[[scores]]
id = "total"
items = ["1", "2"]
aggregate = "sum"
"""


MEASURE = """
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl

@hookimpl
def alliance_measures():
    scale = ta.Scale(low=0, high={high})
    total = ta.ScoreRule(id="total", items=("1", "2"), aggregate="sum")
    yield ta.Measure(id="{id}", version="1", name="Invented", raters=("client",),
                     items=("1", "2"), scale=scale, scores=(total,), aliases={aliases!r})
"""
DETECTOR = """
from attrs import frozen
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl

@frozen
class Below(ta.OnlineDetector[None]):
    limit: float = {limit}
    id, citation = "{id}", "invented"

    def start(self, spec):
        return None

    def step(self, state, point):
        flag = None if point.value is None else point.value < self.limit
        return state, ta.Flag(session=point.session, flag=flag, why="below the limit, or not")

@hookimpl
def alliance_detectors():
    return [Below()]
"""
PHASE_MODEL = """
from attrs import frozen
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl

@frozen
class Whole:
    id, mode, citation = "{id}", "retrospective", "invented"

    def phases(self, series):
        numbers = [point.session for point in series]
        phase = ta.Phase(name="whole", first=numbers[0], last=numbers[-1], why="all of it")
        return ta.Phases(model=self.id, mode=self.mode, phases=(phase,))

@hookimpl
def alliance_phase_models():
    return [Whole()]
"""
IMPORTER = """
from attrs import frozen
import therapeutic_alliance as ta
from therapeutic_alliance import hookimpl

@frozen
class Lines:
    rater: str = "client"
    id, reads = "{id}", "lines of answers"

    def forms(self, path, measure_of):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            name, *answers = line.split()
            given = zip(measure_of(name).items, map(int, answers), strict=True)
            yield ta.Administration(case=f"c{{number}}", session=number, measure=name,
                                    rater=self.rater, answers=dict(given))

@hookimpl
def alliance_importers():
    return [Lines()]
"""
EXPORTER = """
from attrs import frozen
from therapeutic_alliance import hookimpl

@frozen
class Values:
    id, media_type, suffix = "{id}", "text/plain", ".txt"

    def export(self, sheets):
        for sheet in sheets:
            for score in sheet:
                yield f"{{score.id}} {{score.value}}\\n".encode()

@hookimpl
def alliance_exporters():
    return [Values()]
"""


def code(name: str, *texts: str, version: str = "1.0") -> Dist:
    """A code plugin of one module."""
    return Dist(
        name, {"plugin.py": "\n".join(texts)}, {CODE: f"{package_of(name)}.plugin"}, version
    )


def measure(name: str, measure_id: str, *, high: int = 4, aliases: tuple[str, ...] = ()) -> Dist:
    """A code plugin that contributes a measure."""
    return code(name, MEASURE.format(id=measure_id, high=high, aliases=aliases))


def detector(name: str, detector_id: str, *, limit: float = 2.0) -> Dist:
    """A code plugin that contributes a detector."""
    return code(name, DETECTOR.format(id=detector_id, limit=limit))


def pack(
    name: str, files: dict[str, str | bytes], *, init: str = "", backend: str | None = None
) -> Dist:
    """A data pack whose own code would fail, if it ran."""
    never = "raise RuntimeError('a data pack was imported')"
    inside = {f"measures/{file}": content for file, content in files.items()}
    dist = Dist(
        name, {"__init__.py": init or never, **inside}, {DATA: f"{package_of(name)}.measures"}
    )
    return dist._replace(backend=backend) if backend else dist


GOOD = (
    measure("good-measure", "code-pulse"),
    measure("good-measure-two", "code-pulse-two", aliases=("second-pulse",)),
    detector("good-detector", "below"),
    detector("good-detector-two", "below-two", limit=3.0),
    code("good-phase-model", PHASE_MODEL.format(id="whole")),
    code("good-phase-model-two", PHASE_MODEL.format(id="whole-two")),
    code("good-importer", IMPORTER.format(id="lines")),
    code("good-importer-two", IMPORTER.format(id="lines-two")),
    code("good-exporter", EXPORTER.format(id="values")),
    code("good-exporter-two", EXPORTER.format(id="values-two")),
    pack("good-pack", {"pulse-a.toml": pulse("pulse-a"), "pulse-b.toml": pulse("pulse-b")}),
    pack("good-pack-two", {"pulse-c.toml": pulse("pulse-c", high=6)}),
    pack("good-setuptools", {"pulse-d.toml": pulse("pulse-d")}, backend=SETUPTOOLS),
    Dist(
        "good-both",
        {
            "plugin.py": DETECTOR.format(id="below-both", limit=1.0),
            "measures/pulse-e.toml": pulse("pulse-e"),
        },
        {CODE: "good_both.plugin", DATA: "good_both.measures"},
    ),
)
ADDS = {
    "good-measure": {"measures": ["code-pulse"]},
    "good-measure-two": {"measures": ["code-pulse-two"]},
    "good-detector": {"detectors": ["below"]},
    "good-detector-two": {"detectors": ["below-two"]},
    "good-phase-model": {"phase_models": ["whole"]},
    "good-phase-model-two": {"phase_models": ["whole-two"]},
    "good-importer": {"importers": ["lines"]},
    "good-importer-two": {"importers": ["lines-two"]},
    "good-exporter": {"exporters": ["values"]},
    "good-exporter-two": {"exporters": ["values-two"]},
    "good-pack": {"measures": ["pulse-a", "pulse-b"]},
    "good-pack-two": {"measures": ["pulse-c"]},
    "good-setuptools": {"measures": ["pulse-d"]},
    "good-both": {"detectors": ["below-both"], "measures": ["pulse-e"]},
}
"""What each contributes, by kind."""
