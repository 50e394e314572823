"""Grids with upright rules only (只有竖线的表格): their pieces tell of rows that no level rule parts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pages import Frame
from extractors.readers.pdf.cell_texts import NEAR
from extractors.readers.pdf.rulings import Segment

_ABUT = 0.5  # points; pieces of a rule are no further apart, the dashes of one are
_SHORTEST = 8.0  # points; of a piece as high as a cell
_MOST_ROWS = 4  # of a frame whose rows are looked at: around the heads, and around the whole
_FEWEST = 2  # heights at which every upright rule is pieced together where no level rule runs


def with_ruled_rows(frames: Sequence[Frame], pieces: Sequence[Segment]) -> list[Frame]:
    """The frames whose rows are ruled; text within the others is read by where it stands.

    pieces: upright ones as drawn, one for each cell where a browser drew them.
    """
    return [frame for frame in frames if frame.n_rows > _MOST_ROWS or not _is_rowless(frame, pieces)]


def _is_rowless(frame: Frame, pieces: Sequence[Segment]) -> bool:
    """Whether all upright rules of a frame are pieced together where it has no row."""
    _, top, _, bottom = frame.box
    edges = sorted({y for cell in frame.cells for y in (cell.box[1], cell.box[3])})
    ends: list[set[float]] = []
    for x in frame.edges:
        own = [
            piece
            for piece in pieces
            if abs(piece[0] - x) <= NEAR and top - NEAR <= piece[1] and piece[2] <= bottom + NEAR
        ]
        if len(own) <= _FEWEST or any(end - start < _SHORTEST for _, start, end in own):
            return False
        inner = {end for _, _, end in own if all(abs(end - y) > NEAR for y in edges)}
        starts = [start for _, start, _ in own]
        ends.append({end for end in inner if any(abs(start - end) <= _ABUT for start in starts)})
    first, *others = ends
    shared = [end for end in first if all(any(abs(end - other) <= NEAR for other in own) for own in others)]
    return len(shared) >= _FEWEST
