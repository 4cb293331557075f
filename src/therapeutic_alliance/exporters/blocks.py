"""A page as neutral blocks, and the one renderer that makes Markdown of them."""

from collections.abc import Iterable

from attrs import frozen


@frozen
class Code:
    """Text that is to be copied as it stands."""

    text: str


@frozen
class Strong:
    """Text that is to be seen first."""

    text: str


@frozen
class Link:
    """An address."""

    address: str


Words = tuple[str | Code | Strong | Link, ...]
"""Running text, piece by piece."""


@frozen
class Heading:
    """A heading; level 1 is the page's own."""

    level: int
    text: str


@frozen
class Paragraph:
    """A paragraph of plain text."""

    text: str


@frozen
class Bullets:
    """An unordered list."""

    entries: tuple[Words, ...]


@frozen
class Table:
    """A table of plain text, with a row of headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table


def markdown(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown, with an empty line between any two.

    >>> print(markdown([Heading(2, "Items"), Bullets((("Id: ", Code("pulse")),))]), end="")
    ## Items
    <BLANKLINE>
    - Id: `pulse`
    """
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {block.text}"]
        case Paragraph():
            return [block.text]
        case Bullets():
            return [f"- {''.join(map(_piece, entry))}" for entry in block.entries]
        case Table():
            rule = ("---",) * len(block.headings)
            return [_row(cells) for cells in (block.headings, rule, *block.rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _piece(piece: str | Code | Strong | Link) -> str:
    match piece:
        case Code():
            return f"`{piece.text}`"
        case Strong():
            return f"**{piece.text}**"
        case Link():
            return f"<{piece.address}>"
        case str():
            return piece
