"""Where the columns of a table without rules cannot be told (列位置存疑): better unread than read wrongly."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pages import Line
from extractors.provenance import Note
from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_columns import PrintedColumn, covered
from extractors.segment.tables.printed_head import whole_heads
from extractors.segment.tables.roles import head_role

_TWO_FIGURES = re.compile(r"\d[\d,.]*[%％]?\s+\d[\d,.]*[%％]?")
_MESSAGE = "无框线表格的列位置无法确定，未按表格读取；请对照原件核对。"


def columns_are_doubtful(
    head_words: Sequence[PlacedPiece], bodies: Sequence[Sequence[PlacedPiece]], columns: Sequence[PrintedColumn]
) -> bool:
    """Whether heads or figures that stand side by side fall into one column. bodies: below the head, page by page."""
    known = [head for head in whole_heads(head_words) if head_role(head.text)]
    if any(_stand_side_by_side(one, other, columns) for one, other in pairwise(_from_left(known))):
        return True
    return any(_TWO_FIGURES.fullmatch(piece.text) for body in bodies for piece in body)


def _from_left(heads: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """Heads as they follow each other from left to right."""
    return sorted(heads, key=lambda head: head.x0)


def _stand_side_by_side(one: PlacedPiece, other: PlacedPiece, columns: Sequence[PrintedColumn]) -> bool:
    """Whether two heads of one height stand in one column."""
    if one.x1 > other.x0 or one.top >= other.bottom or other.top >= one.bottom:
        return False
    return covered(one, columns)[1] - 1 == covered(other, columns)[0]


def unread(lines: Sequence[Line], start: int, end: int) -> Draft:
    """The table as printed, line by line in one column, with a note that says why. start, end: half open."""
    draft = Draft("aligned", [], start, end)
    for line in lines[start:end]:
        if line.text.strip():
            draft.rows.append(DraftRow([DraftCell(cell_flow([(line.text, line)]))], line, line))
    draft.notes.append(Note("uncertain-columns", _MESSAGE, lines[start].span()))
    return draft
