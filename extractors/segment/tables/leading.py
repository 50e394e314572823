"""How far apart the lines of one cell stand (行距): tables set with wide leading are brought to the usual one."""

from collections.abc import Iterator, Sequence

from extractors.segment.tables.pieces import PlacedPiece, words_of

_USUAL, _WIDE = 1.3, 1.5  # of the size; how far apart lines usually stand, and what is wider than any usual leading
_WIDEST = 3.0  # of the size; further apart stand rows
_OF_ROWS = 0.93  # of the least distance between two figures; lines of one cell stand closer than rows
_LEVEL = 0.5  # of the size; what stands no further off each other stands on one height
_SAME = 1.08  # times the least distance: what counts as that distance
_FEWEST = 3  # pairs of lines at one distance


class Words:
    """The words of the lines of a page (行内的词), each line looked up once; as high as its leading wants it."""

    def __init__(self, leading: float = 1.0) -> None:
        """`leading`: of the lines of one cell, times the usual one."""
        self.leading = leading
        self._known: dict[int, list[PlacedPiece]] = {}

    def of(self, row: Sequence[PlacedPiece]) -> list[PlacedPiece]:
        """The words of the line that a row of pieces is from."""
        index = row[0].index
        if index not in self._known:
            self._known[index] = spread(words_of(row[0].line, index), self.leading)
        return self._known[index]


def spread(pieces: list[PlacedPiece], leading: float) -> list[PlacedPiece]:
    """The same pieces, as high as if their leading were the usual one; all distances are measured by heights."""
    if leading != 1.0:
        for piece in pieces:
            more = (leading - 1.0) * (piece.bottom - piece.top) / 2
            piece.top, piece.bottom = piece.top - more, piece.bottom + more
    return pieces


def leadings_of(pages: Sequence[Sequence[Sequence[PlacedPiece]]]) -> list[float]:
    """The leading of the cells of some lines of each page, times the usual one; 1 unless it is plainly wider.

    A page with too few lines to tell is set as the next one, or the one before, unless its lines stand closer.
    """
    steps = [_steps(rows) for rows in pages]
    told = [_told(words, figures) for words, figures in steps]
    leadings = []
    for at, (words, _) in enumerate(steps):
        near = [told[at], *told[at + 1 : at + 2], *told[max(at - 1, 0) : at]]
        leading = next((one for one in near if one is not None), 1.0)
        closer = told[at] is None and sum(step * _SAME < leading * _USUAL for step in words) > 1
        leadings.append(1.0 if closer else leading)
    return leadings


def _told(words: Sequence[float], figures: Sequence[float]) -> float | None:
    """What distances between lines of words and between figures tell about the leading; None where too few do.

    Lines of one cell stand closer than rows of figures do.
    """
    steps = sorted(words)
    often = zip(steps, steps[_FEWEST - 1 :], strict=False)  # a step, and the last of the fewest that are to be like it
    least = next((step for step, other in often if other <= _SAME * step), None)
    if least is None:
        return None
    return least / _USUAL if least >= _WIDE and least < _OF_ROWS * min(figures, default=_WIDEST) else 1.0


def _steps(rows: Sequence[Sequence[PlacedPiece]]) -> tuple[list[float], list[float]]:
    """How far below each other lines of words stand, and figures; times their size."""
    words: list[float] = []
    figures: list[float] = []
    for above, below in _stacked(rows):
        step = (below.middle - above.middle) / (above.bottom - above.top)
        if above.is_figure and below.is_figure:
            figures.append(step)
        elif step <= _WIDEST and not above.is_figure and not below.is_figure:
            words.append(step)
    return words, figures


def _stacked(rows: Sequence[Sequence[PlacedPiece]]) -> Iterator[tuple[PlacedPiece, PlacedPiece]]:
    """Each piece and the next one below that stands over or under it; something stands beside one of them."""
    pieces = sorted(((piece, len(row) > 1) for row in rows for piece in row), key=lambda one: one[0].middle)
    for at, (above, beside_above) in enumerate(pieces):
        level = above.middle + _LEVEL * (above.bottom - above.top)
        for below, beside_below in pieces[at + 1 :]:
            if below.middle > level and below.x0 < above.x1 and below.x1 > above.x0:
                if beside_above or beside_below:
                    yield above, below
                break
