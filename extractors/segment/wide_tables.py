"""Tables printed in strips (横向分页的表格): sheets wider than the paper, whose columns go on on other pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.frozen import frozen, replace
from extractors.pages import Document, Frame, FrameCell, Line, Page
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.open_cells import SAME_EDGE
from extractors.segment.tables.pieces import FIGURES
from extractors.segment.tables.roles import head_role

_SAME = 1.0  # points by which rules of one row may stand apart on two pages
_MOST_STRIPS, _MOST_PAGES = 8, 12  # beside each other; in all
_MOST_ABOVE = 3  # lines of a caption over the whole table that stand above a strip
_FEWEST_ROWS = 2
_ALIKE = 0.7  # of the texts of a column that is printed again
_MANY_ROWS = 8
_CENTRED = 6.0  # points; twice what the middle of a caption may stand off that of its table
_NUMBERED = re.compile(r"\s*(附|表)[件表]?\s*[0-9一二三四五六七八九十]")
_UNEVEN = 2.0  # points by which rows differ in height


@frozen
class _Strip:
    """A page that bears one grid, and nothing below it (表格条). page: 0-based. above: its other lines.

    rules: y of its rows' edges, ascending. apart: y of all rules on the page that are as wide as the grid.
    """

    page: int
    frame: Frame
    above: tuple[Line, ...]
    lines: tuple[Line, ...]
    rules: tuple[float, ...]
    apart: tuple[float, ...] = ()


_Block = list[list[_Strip]]  # by row and column


def with_wide_tables(document: Document) -> Document:
    """The document, the strips of each table put beside each other on the page where its rows begin.

    A spreadsheet prints the strips one after another (over, then down), or all rows of one first (down, then over).
    """
    pages = document.pages
    if not _may_be_wide(pages):
        return document
    strips = [_strip(number, page) for number, page in enumerate(pages)]
    joined = list(pages)
    at = 0
    while at < len(strips):
        block = _block(strips, at)
        for row in block:
            for page, lines in _joined(row).items():
                joined[page] = replace(joined[page], lines=lines)
        at += max(sum(map(len, block)), 1)
    return replace(document, pages=tuple(joined))


def _may_be_wide(pages: Sequence[Page]) -> bool:
    """Whether two pages in reach of each other bear one grid each that begins and ends at the same heights."""
    extents = [page.frames[0].box[1::2] if len(page.frames) == 1 else None for page in pages]
    return any(
        extent is not None
        and any(other is not None and abs(other[0] - extent[0]) < _SAME > abs(other[1] - extent[1]) for other in before)
        for extent, before in ((extents[at], extents[max(at - _MOST_PAGES, 0) : at]) for at in range(len(extents)))
    )


def _strip(number: int, page: Page) -> _Strip | None:
    """The only grid of a page with what stands in and above it; None where there is more, or it is turned."""
    framed = [line for line in page.lines if line.framed is not None]
    if not framed or len({id(line.framed[0]) for line in framed if line.framed}) != 1:
        return None
    frame = framed[0].framed[0] if framed[0].framed else None
    if frame is None or frame.turn:
        return None
    free = [line for line in page.lines if line.framed is None and not _is_cut(line, frame)]
    left, top, right, bottom = frame.box
    boxes = [ruling.box for ruling in page.rulings]
    apart = [box[1] for box in boxes if box[0] < left + SAME_EDGE and box[2] > right - SAME_EDGE]
    floor = max([y for y in apart if y > bottom + _SAME], default=bottom)
    if any(not line.box or top < line.box[1] < bottom or line.box[1] > floor for line in free):
        return None
    rules = sorted({y for cell in frame.cells for y in cell.box[1::2]})
    return _Strip(number, frame, tuple(free), tuple(framed), tuple(rules), tuple(apart))


def _as_high(strip: _Strip, first: _Strip) -> _Strip:
    """The strip with more rows on top and at its foot, if the first one has them and rules tell so.

    Where a cell is merged over the columns of several strips, those in the middle have no upright rules.
    """
    _, top, _, bottom = strip.frame.box
    higher = [y for y in reversed(first.rules) if y < top - _SAME]
    for beyond in (higher, [y for y in first.rules if y > bottom + _SAME]):
        for y in beyond:
            if not any(abs(rule - y) < _SAME for rule in strip.apart):
                return strip
            strip = _with_row(strip, y, at_top=beyond is higher)
    return strip


def _with_row(strip: _Strip, y: float, *, at_top: bool) -> _Strip:
    """The strip with a row of one cell between its upper or lower end and a rule at `y`."""
    frame, shift = strip.frame, int(at_top)
    left, top, right, bottom = frame.box
    upper, lower = (y, top) if at_top else (bottom, y)
    row = FrameCell(0 if at_top else frame.n_rows, 0, 1, frame.n_columns, (left, upper, right, lower))
    cells = [replace(cell, row=cell.row + shift) for cell in frame.cells]
    cells.insert(0 if at_top else len(cells), row)
    box = left, min(upper, top), right, max(lower, bottom)
    whole = replace(frame, box=box, n_rows=frame.n_rows + 1, cells=tuple(cells))
    inside = [line for line in strip.above if line.box and upper < (line.box[1] + line.box[3]) / 2 < lower]
    lines = [replace(line, framed=(whole, cells.index(row))) for line in inside]
    lines += [replace(line, framed=(whole, line.framed[1] + shift)) for line in strip.lines if line.framed]
    above = tuple(line for line in strip.above if line not in inside)
    return _Strip(strip.page, whole, above, tuple(lines), tuple(sorted((*strip.rules, y))), strip.apart)


def _is_cut(line: Line, frame: Frame) -> bool:
    """Whether a line is struck through by a side of the grid: half a character of a head that goes on beside it."""
    if line.box is None:
        return False
    x0, top, x1, bottom = line.box
    left, upper, right, lower = frame.box
    return upper < top and bottom < lower and (x0 < left < x1 or x0 < right < x1)


def _block(strips: Sequence[_Strip | None], at: int) -> _Block:
    """The strips of one table that begins on a page (0-based), by rows; empty where there is none but the first."""
    best: _Block = []
    for across in range(2, _MOST_STRIPS + 1):
        for down in range(1, _MOST_PAGES // across + 1):
            if across * down <= max(sum(map(len, best)), 1) or at + across * down > len(strips):
                continue
            known = [strip for strip in strips[at : at + across * down] if strip is not None]
            if len(known) < across * down:
                break
            for rows in (
                [known[row::down] for row in range(down)],
                [known[row * across : (row + 1) * across] for row in range(down)],
            ):
                block = [[_as_high(strip, row[0]) for strip in row] for row in rows]
                if _fits(block):
                    best = block
    return best


def _fits(block: _Block) -> bool:
    """Whether strips go on with each other: the same rows beside each other, the same columns below."""
    if any(len(strip.rules) <= _FEWEST_ROWS for strip in block[0]):
        return False
    for row in block:
        if any(_has_text_below(strip) for strip in row):
            return False
        if any(len(strip.above) > _MOST_ABOVE or not _same_rows(row[0], strip) for strip in row[1:]):
            return False
    for upper, lower in pairwise(block):
        if any(not _same_columns(one.frame, other.frame) for one, other in zip(upper, lower, strict=True)):
            return False
    return all(_are_strips(one, other) for one, other in pairwise(block[0]))


def _has_text_below(strip: _Strip) -> bool:
    """Whether something stands below the grid, not to be lost between strips."""
    return any(line.box is None or line.box[1] > strip.frame.box[1] for line in strip.above)


def _same_rows(one: _Strip, other: _Strip) -> bool:
    """Whether the rules of one strip's rows are among those of the other's, which begins and ends as high."""
    fewer, more = sorted((one.rules, other.rules), key=len)
    ends = abs(fewer[0] - more[0]) < _SAME and abs(fewer[-1] - more[-1]) < _SAME
    return ends and all(any(abs(y - other) < _SAME for other in more) for y in fewer)


def _same_columns(one: Frame, other: Frame) -> bool:
    """Whether the edges of one grid's columns are among those of the other's."""
    fewer, more = sorted((one.edges, other.edges), key=len)
    return all(any(abs(x - other) < SAME_EDGE for other in more) for x in fewer)


def _are_strips(one: _Strip, other: _Strip) -> bool:
    """Whether two grids of the same rows are strips of one table, and no tables of their own.

    Tables have captions of their own, and names of rows; those of one form have the same columns.
    """
    first, second = _first_row(one), _first_row(other)
    if (first and first == second) or _are_captioned(one, other):
        return False
    headed = all(any(head_role(text) is not None for text in row) and not _has_value(row) for row in (first, second))
    if headed or _is_all_figures(one, other):
        return True
    if len(one.frame.edges) == len(other.frame.edges) and _same_columns(one.frame, other.frame):
        return False
    return not _has_value(second) or _is_uneven(one) or len(one.rules) > _MANY_ROWS


def _are_captioned(one: _Strip, other: _Strip) -> bool:
    """Whether two strips have captions of one kind: 附件1 and 附件2, 表1 and 表2, or both in their middle."""
    again = {line.text for line in one.above} & {line.text for line in other.above}
    first, second = (
        {kind for line in strip.above if line.text not in again for kind in _caption_kinds(line, strip.frame)}
        for strip in (one, other)
    )
    return bool(first & second)


def _caption_kinds(line: Line, frame: Frame) -> Iterator[str]:
    """What makes a line the caption of the grid below it."""
    numbered = _NUMBERED.match(line.text)
    if numbered:
        yield numbered[1]
    if line.box is not None and abs(line.box[0] + line.box[2] - frame.box[0] - frame.box[2]) < _CENTRED:
        yield "centred"


def _is_all_figures(one: _Strip, other: _Strip) -> bool:
    """Whether a strip has nothing but figures below its heads, but for names of rows that it prints again."""
    below = [text for column in list(_columns(other))[_repeated(one, other) :] for text in column[1:]]
    return bool(below) and not _has_value(_first_row(other)) and all(kind_of(text) in FIGURES for text in below)


def _is_uneven(strip: _Strip) -> bool:
    """Whether the rows of a strip differ in height, as hardly those of two tables do in the same way."""
    heights = [lower - upper for upper, lower in pairwise(strip.rules)]
    return max(heights) - min(heights) > _UNEVEN


def _has_value(texts: Sequence[str]) -> bool:
    """Whether a number or a rate stands among the texts."""
    return any(kind_of(text) in ("number", "rate") for text in texts)


def _first_row(strip: _Strip) -> list[str]:
    """The texts of a strip's first row."""
    return [text for index, text in sorted(_texts(strip).items()) if strip.frame.cells[index].row == 0]


def _texts(strip: _Strip) -> dict[int, str]:
    """The texts of a strip's cells, by their index."""
    texts: dict[int, str] = {}
    for line in strip.lines:
        if line.framed is not None:
            texts[line.framed[1]] = texts.get(line.framed[1], "") + line.text.strip()
    return texts


def _repeated(first: _Strip, strip: _Strip) -> int:
    """How many columns of the first strip a strip prints again at its left."""
    here, there = (list(_columns(own)) for own in (first, strip))
    again = 0
    while again < min(len(here), len(there) - 1) and _prints_again(here[again], there[again]):
        again += 1
    return again


def _prints_again(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether a column of names prints another once more; heads that reach over the next column may be cut."""
    alike = sum((Counter(here) & Counter(there)).values())
    if not there or alike < _ALIKE * max(len(there), len(here) - 2):
        return False
    return here == there or 2 * sum(kind_of(text) == "text" for text in there) > len(there)


def _columns(strip: _Strip) -> Iterator[list[str]]:
    """The texts of each column from top to bottom, blank ones left out."""
    texts = _texts(strip)
    for column in range(strip.frame.n_columns):
        own = [index for index, cell in enumerate(strip.frame.cells) if cell.column == column]
        yield [texts[index] for index in own if index in texts]


def _joined(row: Sequence[_Strip]) -> dict[int, tuple[Line, ...]]:
    """The lines of the pages (0-based) that strips stand on, after all were put on the page of the first."""
    frame, places = _whole_frame(row)
    lines = [
        replace(line, framed=(frame, place))
        for number, strip in enumerate(row)
        for line in strip.lines
        if line.framed and (place := places.get((number, line.framed[1]))) is not None
    ]
    lines.sort(key=lambda line: line.framed[1] if line.framed else 0)
    above = {line.text: line for strip in reversed(row) for line in reversed(strip.above)}  # some printed on each
    return {strip.page: () for strip in row} | {row[0].page: (*reversed(above.values()), *lines)}


def _whole_frame(row: Sequence[_Strip]) -> tuple[Frame, dict[tuple[int, int], int]]:
    """The grid of all strips beside each other, and where the cells went: by strip and index there."""
    _, rules = max((len(strip.rules), strip.rules) for strip in row)
    cells: list[tuple[FrameCell, tuple[int, int]]] = []
    edges: list[float] = [row[0].frame.edges[0]]
    above: list[int] = []
    below: list[int] = []
    for number, strip in enumerate(row):
        again = _repeated(row[0], strip) if number else 0
        own, shift, begins = strip.frame, edges[-1] - strip.frame.edges[again], len(edges) - 1 - again
        for index, cell in enumerate(own.cells):
            if cell.column >= again:
                cells.append((_moved(cell, begins, rules), (number, index)))
        edges += [edge + shift for edge in own.edges[again + 1 :]]
        above += [column + begins for column in own.open_above if column >= again]
        below += [column + begins for column in own.open_below if column >= again]
    cells.sort(key=lambda own: (own[0].row, own[0].column))
    box = edges[0], rules[0], edges[-1], rules[-1]
    shown = tuple(cell for cell, _ in cells)
    frame = Frame(box, len(rules) - 1, len(edges) - 1, shown, 0, tuple(edges), tuple(above), tuple(below))
    return frame, {place: at for at, (_, place) in enumerate(cells)}


def _moved(cell: FrameCell, columns: int, rules: Sequence[float]) -> FrameCell:
    """A cell with its place among all columns and rows. columns: before those of its strip."""
    top, bottom = (min(range(len(rules)), key=lambda at: abs(rules[at] - y)) for y in cell.box[1::2])
    return FrameCell(top, cell.column + columns, bottom - top, cell.column_span, cell.box)
