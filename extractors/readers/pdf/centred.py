"""Cells merged across a row by how their texts are centred (居中的合并单元格), where no rule tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.readers.pdf.plane import Run

_OFF = 0.25  # of the size; a centred text stands no further from the middle of its cell
_EXACT = 0.05  # of the size; what is nearer to the middle by less is no nearer
_MOST = 12  # blank cells on one side that a merged one may cover


@dataclass(slots=True)
class RowCell:
    """A cell of one row (行内单元格): its sides and its texts. merged: whether it is known to cover columns."""

    x0: float
    x1: float
    texts: list[Run]
    merged: bool = False

    def off_centre(self, x0: float, x1: float) -> float:
        """How far from the middle between two places the widest of its texts stands, in its size."""
        widest = max(self.texts, key=lambda run: run.x1 - run.x0)
        return abs(widest.x0 + widest.x1 - x0 - x1) / (2 * widest.size)

    def is_centred(self, x0: float, x1: float) -> bool:
        """Whether the widest of its texts stands in the middle between two places."""
        return self.off_centre(x0, x1) <= _OFF


def widened(row: Sequence[RowCell]) -> list[RowCell]:
    """The row, a text that stands in the middle of its cell and blank ones beside it in one cell with them."""
    cells: list[RowCell] = []
    at = 0
    while at < len(row):
        end = next((end for end in range(at + 1, len(row) + 1) if row[end - 1].texts), len(row))
        cell = row[end - 1]
        settled = not cell.texts or (cell.is_centred(cell.x0, cell.x1) and not cell.merged)
        if not settled and (span := _span(row, at, end)):
            first, last = span
            cells += row[at:first]
            cells.append(RowCell(row[first].x0, row[last].x1, cell.texts))
            at = last + 1
        else:
            cells += row[at:end]
            at = end
    return cells


def _span(row: Sequence[RowCell], start: int, end: int) -> tuple[int, int] | None:
    """The first and the last cell that the text of row[end - 1] is best centred in, or the most."""
    own, cell = end - 1, row[end - 1]
    last = next((at for at in range(end, len(row)) if row[at].texts), len(row)) - 1
    found = [
        (round(off / _EXACT), first - behind, first, behind)
        for first, behind in _spans(max(start, own - _MOST), own, min(last, own + _MOST))
        if (off := cell.off_centre(row[first].x0, row[behind].x1)) <= _OFF
    ]
    return min(found)[2:] if found else None


def _spans(start: int, own: int, last: int) -> Iterator[tuple[int, int]]:
    """All stretches that take in the cell `own`."""
    for first in range(start, own + 1):
        yield from ((first, behind) for behind in range(own, last + 1))
