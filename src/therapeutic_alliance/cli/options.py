"""The options that all commands share that read a table."""

from collections.abc import Callable
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from attrs import evolve, fields, frozen

from therapeutic_alliance.cli import usage
from therapeutic_alliance.cli.foreign import Foreign
from therapeutic_alliance.cli.plugged import Plugins, uses_plugins
from therapeutic_alliance.codec.files import read_measure
from therapeutic_alliance.codec.stated import read_key
from therapeutic_alliance.errors import DocumentError, TableError
from therapeutic_alliance.importers.imported import ImportedForms
from therapeutic_alliance.importers.keys import SeenForms, TrustedForms
from therapeutic_alliance.importers.mapping import TableMap, read_mapping
from therapeutic_alliance.importers.scored import Forms
from therapeutic_alliance.importers.table import FormTable
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.rule import Prorate
from therapeutic_alliance.model.scale import Scale
from therapeutic_alliance.model.validity import ROLES
from therapeutic_alliance.sdk.registry import Registry

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
DELIMITER = click.option(
    "--delimiter",
    metavar="CHAR",
    callback=usage.delimiter,
    help="Column separator (default: comma; tab for .tsv).",
)
ENCODING = click.option(
    "--encoding",
    metavar="NAME",
    callback=usage.encoding,
    help="Encoding of the file (default: UTF-8).",
)

_OPTIONS = (
    click.option(
        "--measure", metavar="ID", help="Measure of the whole table: an id, or a .toml file."
    ),
    click.option("--rater", type=click.Choice(ROLES), help="Rater of the whole table."),
    click.option(
        "--map", "mapping", type=FILE, help="mapping.toml: columns, items, codes, labels."
    ),
    click.option(
        "--missing",
        multiple=True,
        metavar="CODE",
        help="Code for not answered, e.g. 99; repeatable.",
    ),
    click.option(
        "--range",
        "span",
        metavar="LOW-HIGH[:STEP]",
        callback=usage.span,
        help="State the answer range, e.g. 1-7.",
    ),
    click.option(
        "--unit", type=click.Choice(["cm", "mm"]), help="Unit of visual analogue marks in the file."
    ),
    click.option(
        "--order",
        metavar="ID",
        help="Answers were coded by position on a form printed so, e.g. printed.",
    ),
    click.option(
        "--key", type=FILE, help="Key file for a measure whose key is open: reverse, scores, scale."
    ),
    DELIMITER,
    click.option("--decimal", type=click.Choice([".", ","]), help="Decimal mark of the answers."),
    ENCODING,
    click.option(
        "--prorate",
        type=float,
        metavar="SHARE",
        help="Fill missing answers if this share is answered, e.g. 0.8.",
    ),
    click.option(
        "--trust-keys", is_flag=True, help="Do not look for two forms of one key; saves memory."
    ),
    click.option(
        "--from", "importer", metavar="ID", help="Importer that reads the file (default: table)."
    ),
)


@frozen(kw_only=True, slots=False)
class Reading:
    """What the shared options say."""

    file: Path
    measure: str | None
    rater: str | None
    mapping: Path | None
    missing: tuple[str, ...]
    span: dict[str, Any]
    unit: str | None
    order: str | None
    key: Path | None
    delimiter: str | None
    decimal: str | None
    encoding: str | None
    prorate: float | None
    trust_keys: bool
    importer: str | None
    plugins: Plugins

    @cached_property
    def registry(self) -> Registry:
        """What is built in, and the plugins of this command."""
        return self.plugins.registry()

    @property
    def rule(self) -> Prorate | None:
        """The caller's rule for missing answers."""
        return None if self.prorate is None else Prorate(self.prorate)

    def table(self) -> Forms:
        """The forms of the file as the options have it."""
        seen = TrustedForms() if self.trust_keys else SeenForms()
        measure_of = self.measure_of
        if self.importer is not None:
            usage.check_importer(self)
            importer = self.registry.importer(self.importer)
            foreign = Foreign.of("importer", importer, readable=(TableError, DocumentError))
            forms = foreign.each(lambda: importer.forms(self.file, measure_of), Administration)
            return ImportedForms(self.file, forms, measure_of, seen)
        map_ = self.map()
        if map_.measure is not None:  # a wrong one is told once, not at each row
            usage.check_measure(measure_of(map_.measure), self.unit, self.order)
        return FormTable(self.file, map_, measure_of, seen)

    def map(self) -> TableMap:
        """The map as the options complete it."""
        map_ = read_mapping(self.mapping) if self.mapping else TableMap()
        usage.check_order(self.order, map_)
        said = {
            "measure": self.measure,
            "rater": self.rater,
            "unit": self.unit,
            "order": self.order,
            "delimiter": self.delimiter,
            "decimal": self.decimal,
            "encoding": self.encoding,
        }
        given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        return evolve(map_, **given, missing=map_.missing | frozenset(self.missing))

    @cached_property
    def measure_of(self) -> Callable[[str], Measure]:
        """The measure of a name, in the edition that the options state."""
        registry = self.registry
        key = read_key(self.key) if self.key else None

        @cache
        def measure_of(named: str) -> Measure:
            own = named == self.measure and named.endswith((".toml", ".json"))
            if own and not Path(named).is_file():
                raise click.BadParameter("no such file", param_hint="--measure")
            measure = read_measure(named) if own else registry.measure(named)
            if key:
                scale = Scale(**self.span) if self.span else key.scale
                return evolve(key, scale=scale).edition(measure)
            if self.span:
                usage.check_span(measure)
                return measure.stated(**self.span)
            return measure

        return measure_of


def reads_a_table(command: Command) -> Command:
    """Give a command FILE and the shared options, handed on as one :class:`Reading`."""
    return _reads(command, click.argument("file", type=FILE))


def reads_a_file_or_folder(command: Command) -> Command:
    """The same, where FILE can be a folder of files."""
    return _reads(command, click.argument("file", type=FILE_OR_FOLDER))


def may_read_a_table(command: Command) -> Command:
    """The same, where something else can take the place of FILE."""
    return _reads(command, click.argument("file", type=FILE, required=False))


def _reads(command: Command, file: Callable[[Any], Any]) -> Command:
    @wraps(command)
    def with_reading(**values: Any) -> Any:
        names = [each.name for each in fields(Reading)]
        reading = Reading(**{name: values.pop(name) for name in names})
        return command(reading=reading, **values)

    wrapped: Any = uses_plugins(with_reading)
    for option in reversed((file, *_OPTIONS)):
        wrapped = option(wrapped)
    return cast("Command", wrapped)
