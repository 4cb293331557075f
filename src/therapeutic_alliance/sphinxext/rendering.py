"""Neutral blocks as docutils nodes, so that pages of every markup can hold them."""

from collections.abc import Iterable

from docutils import nodes  # type: ignore[import-untyped]

from therapeutic_alliance.exporters.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Link,
    Paragraph,
    Strong,
    Table,
)


def rendered(blocks: Iterable[Block], prefix: str, document: nodes.document) -> list[nodes.Node]:
    """The blocks as nodes; headings open sections, whose targets begin with ``prefix``."""
    top = nodes.Element()
    places: list[tuple[int, nodes.Element]] = [(0, top)]
    for block in blocks:
        if isinstance(block, Heading):
            while places[-1][0] >= block.level:
                places.pop()
            section = _section(block, prefix, document)
            places[-1][1].append(section)
            places.append((block.level, section))
        else:
            places[-1][1].append(_node(block))
    return list(top.children)


def _section(heading: Heading, prefix: str, document: nodes.document) -> nodes.section:
    name = prefix if heading.level == 1 else f"{prefix} {heading.text}"
    section = nodes.section(names=[nodes.fully_normalize_name(name)])
    section.append(nodes.title(heading.text, heading.text))
    document.note_implicit_target(section, section)
    return section


def _node(block: Paragraph | Bullets | Table) -> nodes.Element:
    match block:
        case Paragraph():
            return nodes.paragraph(block.text, block.text)
        case Bullets():
            entries = [nodes.list_item("", _words(entry)) for entry in block.entries]
            return nodes.bullet_list("", *entries, bullet="-")
        case Table():
            return _table(block)


def _words(pieces: Iterable[str | Code | Strong | Link]) -> nodes.paragraph:
    return nodes.paragraph("", "", *map(_piece, pieces))


def _piece(piece: str | Code | Strong | Link) -> nodes.Node:
    match piece:
        case Code():
            return nodes.literal(piece.text, piece.text)
        case Strong():
            return nodes.strong(piece.text, piece.text)
        case Link():
            return nodes.reference(piece.address, piece.address, refuri=piece.address)
        case str():
            return nodes.Text(piece)


def _table(table: Table) -> nodes.table:
    group = nodes.tgroup(
        "",
        *(nodes.colspec(colwidth=1) for _ in table.headings),
        nodes.thead("", _row(table.headings)),
        nodes.tbody("", *map(_row, table.rows)),
        cols=len(table.headings),
    )
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(cell, cell)) for cell in cells))
