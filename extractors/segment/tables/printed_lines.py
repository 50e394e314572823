"""Single lines of a page seen as rows (无框线表格的行): which can belong to a table without rules, which end it."""

import re
from collections.abc import Sequence

from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.captions import is_caption
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.pieces import PlacedPiece, size_of

_MOST_GAP = 3.2  # of the size; a wider blank between two lines ends a table
_WIDE = 0.62  # of the type area; a piece so wide is prose
_LARGER = 1.06  # times the size of a table's figures; prose is
_CLOSE = 1.7  # of the size; lines of one cell stand no further apart
_INTERLACED = 0.9  # of the size
_LONGEST_CELL = 30  # characters of a line of a cell
_SHORT = 4  # characters
_NUMBERED = re.compile(r"(?:附?表|附件|图)\s*[0-9一二三四五六七八九十]")
_UNIT = re.compile(r"[(（]?(?:金额|计量)?单位\s*[:：]")
_SIGNED = re.compile(
    r"(?:(?:单位|项目|部门|财务|业务|评价(?:组|小组|机构)?)?(?:负责人|主评人)|(?:填报|填表|联系|审核|经办|复核|制表|编制|评价)人员?|"
    r"(?:联系|办公|手机)?电话|(?:填报|填表|编制|评价)?(?:日期|时间))(?:[(（].{1,6}[)）])?\s*[:：]"
)


def is_line_of_words(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line has three pieces or more and no figure."""
    return len(row) > 2 and not any(piece.is_figure for piece in row)


def is_seed(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line is a row by itself: three pieces, or two with a figure; and not `表1 资金来源 单位：万元`."""
    if len(row) < 2 or is_caption_with_unit(row) or is_signature(row):
        return False
    return len(row) >= 3 or (len(row) == 2 and any(piece.is_figure for piece in row))


def is_caption_with_unit(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line of several pieces names a table, or says the unit of all its figures."""
    if len(row) < 2 or any(piece.is_figure for piece in row):
        return False
    return _NUMBERED.match(row[0].text) is not None or _UNIT.match(row[-1].text) is not None


def is_signature(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line says who filled in a form, and when: `填报人：王某 联系电话：… 填报日期：…`."""
    labels = [piece.text for piece in row if "：" in piece.text or ":" in piece.text]  # hardly ever any
    return len(labels) > 1 and sum(_SIGNED.match(text) is not None for text in labels) >= 2


def may_belong(above: Sequence[PlacedPiece], row: Sequence[PlacedPiece], width: float) -> bool:
    """Whether a line may go on with a table: near, and no prose, heading or caption."""
    if not above or not row:
        return False
    size = row[0].bottom - row[0].top
    if row[0].top - above[0].bottom > _MOST_GAP * size or row[0].top < above[0].top - size:
        return False
    return is_seed(row) or is_interlaced(above, row) or not is_prose(row, width)


def size_of_figures(row: Sequence[PlacedPiece]) -> float:
    """The size in which a row of figures is printed; 0 without figures, and where the sizes were only guessed."""
    if not any(piece.is_figure for piece in row) or row[0].line.origin == "ocr":
        return 0.0
    return max(size_of(piece) for piece in row)


def is_larger(row: Sequence[PlacedPiece], size: float) -> bool:
    """Whether a line is printed larger than all rows of figures above, as the prose below a table often is."""
    return min(size_of(piece) for piece in row) > _LARGER * size


def is_interlaced(above: Sequence[PlacedPiece], row: Sequence[PlacedPiece]) -> bool:
    """Whether a short line stands lower than another by less than a line, as only cells beside each other do."""
    return (
        abs(row[0].top - above[0].top) < _INTERLACED * (row[0].bottom - row[0].top)
        and len(row[0].text) <= _LONGEST_CELL
    )


def is_prose(row: Sequence[PlacedPiece], width: float) -> bool:
    """Whether a line is a sentence, a heading, a caption or a page mark."""
    text = row[0].text
    if len(row) > 1:
        named = _NUMBERED.match(text) is not None or is_caption_with_unit(row) or is_signature(row)
        return named or any(piece.x1 - piece.x0 > _WIDE * width for piece in row)
    if row[0].x1 - row[0].x0 > _WIDE * width or is_page_mark(text):
        return True
    return is_caption(text) or (label_of(text) is not None and not looks_closed(text) and len(text) > 4)


def has_end(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line ends a sentence or leads to what follows it, as no line of a cell at the top of a page does."""
    return len(row) == 1 and row[0].text.endswith(("。", "：", ":"))


def is_next_line(above: Sequence[PlacedPiece], row: Sequence[PlacedPiece]) -> bool:
    """Whether a line stands so close below another as lines of one cell do."""
    return row[0].top - above[0].top <= _CLOSE * (row[0].bottom - row[0].top)


def may_be_head(piece: PlacedPiece) -> bool:
    """Whether a piece names a column, or may be part of a name broken over lines."""
    if _UNIT.match(piece.text) or piece.is_figure:
        return False
    return is_head(piece.text) or (len(piece.text) <= _SHORT and not looks_closed(piece.text))
