"""What a report consists of before it has a layout (版块): paragraphs and grids."""

from dataclasses import dataclass
from typing import Literal

from corpus.render.blocks import Block as SetBlock
from corpus.render.blocks import TextBlock, table

Role = Literal["title", "heading", "body", "caption", "sign"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A title, heading or paragraph (段落). depth: of headings, from 0."""

    text: str
    role: Role = "body"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table (表格): rows of equal length; `←` is merged with the cell to its left, `↑` with the one above."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1


Block = Paragraph | Grid


def typeset(blocks: list[Block]) -> list[SetBlock]:
    """The blocks as the PDF printer takes them."""
    found: list[SetBlock] = []
    for block in blocks:
        if isinstance(block, Grid):
            found.append(table([list(row) for row in block.rows], block.header_rows))
        else:
            found.append(TextBlock(block.text, "body" if block.role == "sign" else block.role))
    return found
