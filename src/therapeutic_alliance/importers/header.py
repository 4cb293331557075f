"""The heading of a table: which column is what."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.importers.mapping import COLUMNS, TableMap
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.scoring.cells import unguarded


@frozen
class Header:
    """Positions of the columns that are used. Headings are compared without outer spaces."""

    file: str
    names: tuple[str, ...]
    columns: Mapping[str, int]
    """Our name of a column -> its position."""
    items: Mapping[str, str]
    """Item id -> heading or name, where the map says so."""

    @property
    def long(self) -> bool:
        """Whether each row is one answer."""
        return "item" in self.columns and "answer" in self.columns

    def item_positions(self, measure: Measure) -> tuple[int, ...]:
        """Column positions of a measure's items in printed order.

        Raises :class:`TableError` that lists the items without a column.
        """
        headings = [self.items.get(item, item) for item in measure.items]
        unknown = [
            item
            for item, heading in zip(measure.items, headings, strict=True)
            if item in self.items and heading not in self.names
        ]
        absent = [
            item
            for item, heading in zip(measure.items, headings, strict=True)
            if item not in unknown
            and (self.names.count(heading) != 1 or headings.count(heading) != 1)
        ]
        rules = []
        if unknown:
            rules.append(
                f"the heading that [items] names is not there, for item {', '.join(unknown)}"
            )
        if absent:
            rules.append(
                f"one column is needed for each item of {measure.id}; none or several for item "
                f"{', '.join(absent)}: name them in the [items] of a mapping file (--map)"
            )
        if rules:
            raise TableError(Problem(file=self.file, row=1, rule=rule) for rule in rules)
        return tuple(self.names.index(heading) for heading in headings)

    def strangers(self, measure: Measure) -> tuple[int, ...]:
        """Positions of item columns that are not of this measure."""
        own = set(self.item_positions(measure))
        mapped = set(self.items.values())
        return tuple(
            position
            for position, name in enumerate(self.names)
            if position not in own
            and position not in self.columns.values()
            and (name.isdigit() or name in mapped)
        )


def read_header(names: Sequence[str], table: TableMap, file: str) -> Header:
    """Find the columns. Raises :class:`TableError` for every one that is missing or double."""
    names = tuple(unguarded(name.strip()) for name in names)
    if (separator := other_separator(names)) is not None:
        rule = f"one column only, and its heading has {separator}: say --delimiter {separator}"
        raise TableError(Problem(file=file, row=1, rule=rule))
    wanted = {column: table.columns.get(column, column) for column in COLUMNS}
    columns = {column: names.index(name) for column, name in wanted.items() if name in names}
    problems = [
        f"the column for {column} is not there, though the map names it"
        for column, name in table.columns.items()
        if name not in names
    ]
    problems += [
        f"two columns could be the {column}"
        for column in columns
        if names.count(wanted[column]) > 1
    ]
    problems += _double_roles(columns, names, {} if "item" in columns else table.items)
    if "case" not in columns and "case" not in table.columns:
        problems.append("no column 'case': name it in the [columns] of a mapping file (--map)")
    if not {"session", "date"} & columns.keys():
        problems.append("no column 'session' or 'date': name one in [columns]")
    if "rater" not in columns and table.rater is None:
        problems.append(
            "no column 'rater': name it in [columns], or say --rater for the whole table"
        )
    if "measure" not in columns and table.measure is None:
        problems.append("no column 'measure': say --measure for the whole table")
    if ("item" in columns) != ("answer" in columns):
        problems.append("a long table needs both an 'item' and an 'answer' column")
    if problems:
        raise TableError(Problem(file=file, row=1, rule=rule) for rule in problems)
    return Header(file, names, columns, table.items)


def other_separator(names: Sequence[str]) -> str | None:
    """The separator that a table of one column may have been meant to have, as an option says it.

    >>> other_separator(["case;session;rater"]), other_separator(["case", "a;b"])
    ("';'", None)
    """
    if len(names) != 1:
        return None
    told = {";": "';'", "\t": "tab", "|": "'|'"}
    return next((said for character, said in told.items() if character in names[0]), None)


def _double_roles(
    columns: Mapping[str, int], names: Sequence[str], items: Mapping[str, str]
) -> list[str]:
    """What is wrong if one heading is used twice; headings may be a person's and are not told."""
    roles: dict[str, list[str]] = {}
    for column, position in columns.items():
        roles.setdefault(names[position], []).append(column)
    for item, heading in items.items():
        if heading in roles:
            roles[heading].append(f"item {item}")
    return [f"one heading is used for {' and '.join(each)}" for each in roles.values() if each[1:]]
