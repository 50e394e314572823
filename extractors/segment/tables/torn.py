"""Rows of ruled tables that a page break tore (跨页撕裂的行): the rest on the next page is put back."""

import re
from collections.abc import Mapping, Sequence

from extractors.pages import CELL_PADDING
from extractors.segment.headings import looks_closed
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.segment.tables.heads import is_form_label
from extractors.segment.tables.open_cells import leave_open
from extractors.segment.tables.printed_rows import bare_name
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, column_role, plain

_LONG = 10  # characters; a cell that was torn has filled some lines before
_NUMBER = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％]?")
_DECIMALS = re.compile(r"[.．]\d")
_FIGURE = re.compile(r"[≥≧≤≦＞＜><=约]?\s*[-−－]?\d[\d,，.]*\s*\S{0,4}")
_POINTS = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]")  # of a name, printed below it
_DATE = re.compile(r"\d{4}\s*年\d{1,2}月(?:\d{1,2}日)?(?:之?前|底)?")
# How a text ends that a figure goes on with: 流失率不超过.
_WANTS_FIGURE = re.compile(r"(?:不[超低少高大小多](?:过|于)|达到?|控制在|[≥≤<>＜＞=＝×÷:：为约至和及、，(（])$")
_NAMES = frozenset(plain(name) for name in (*LEVEL1, *LEVEL2, *LEVEL3))


def repeated_heads(above: list[DraftRow], below: list[DraftRow]) -> int:
    """How many of the first rows of the next page print heads again: those of the table, or of its lower part."""
    whole = _again(above, 0, below)
    if whole or not below or not _heads_columns(below[0]):  # else no row of heads is the same
        return whole
    return next((_again(above, at, below) for at in range(1, len(above)) if _heads_columns(above[at])), 0)


def _again(above: list[DraftRow], at: int, below: list[DraftRow]) -> int:
    """How many rows print again what the rows from `at` on print."""
    heads = 0
    while heads < min(len(below), len(above) - at) and _same(above[at + heads], below[heads]):
        heads += 1
    return heads


def _heads_columns(row: DraftRow) -> bool:
    """Whether a row is one of column heads (一级指标, 分值, 得分)."""
    return sum(column_role(text) is not None for text in row.texts if text) > 2


def mend_torn_row(above: list[DraftRow], below: list[DraftRow], heads: int, hollow: Mapping[int, int]) -> None:
    """Put the first row of a page behind the last row of the page before, if it is the rest of it.

    above: the rows so far. below: the rows of the next page, changed in place, of which `heads` are repeated.
    hollow: columns of which the last cell of the page before is empty, with the number of its rows.
    """
    if heads >= len(below):
        return
    raise_names(above, below[heads:], hollow)
    _mend_names(above, below[heads:])
    if not _is_rest(above[-1], below[heads]) and not _is_other_half(above, below[heads:]):
        return
    for column, cell in enumerate(below[heads].cells):
        target = above[-1].cells[column]
        if cell is not None and target is not None:
            _append(target, cell)
            leave_open(below[heads:], column, cell)
    above[-1].last = below[heads].last
    del below[heads]


def raise_names(above: Sequence[DraftRow], below: list[DraftRow], hollow: Mapping[int, int]) -> None:
    """Put names that stand on top of a page into the empty cells at the foot of the page before that they belong to.

    hollow: columns of which the last cell of the page before is empty, with the number of its rows.
    """
    for column, height in hollow.items():
        if height < len(above) and _stands_below(above, below, column, height):
            _raise_name(above[-height], below, column, height)


def _stands_below(above: Sequence[DraftRow], below: Sequence[DraftRow], column: int, height: int) -> bool:
    """Whether the name of an empty cell at the foot of a page stands in the part of it on the next page.

    Then its own number stands beside the upper part only; or, where names stand beside names, others of the column
    stand in merged cells and none is missing.
    """
    row, upper = below[0], above[-height:]
    cell = row.cells[column] if column < len(row.cells) else None
    if cell is None or cell.kind != "text" or any(each.is_total or _heads_columns(each) for each in upper):
        return False
    beside = [each.cells[column + 1] for each in upper if column + 1 < len(each.cells)]
    if not all(
        any(value is not None and value.kind == "number" for value in each.cells[column + 1 :]) for each in upper
    ):
        return False
    if any(other is not None and other.kind == "number" for other in beside):
        return row.cells[column + 1] is not None and not row.text(column + 1) and any(row.texts[column + 2 :])
    head = next((at for at in reversed(range(len(above) - height)) if _heads_columns(above[at])), -1)
    rows = [each for each in (*above[head + 1 : -height], *below) if not each.is_total and column < len(each.cells)]
    names = [each.cells[column] for each in rows]
    outer = [cell for each in rows for cell in each.cells[: column + 1] if cell is not None and cell.kind == "text"]
    merged = any(cell.row_span > 1 for cell in outer)
    return merged and row.text(column + 1) != "" and all(name is None or name.text for name in names)


def _raise_name(owner: DraftRow, below: list[DraftRow], column: int, height: int) -> None:
    """Put the name that stands on top of a page into the empty cell above it, of so many rows."""
    cell, target = below[0].cells[column], owner.cells[column]
    if cell is not None and target is not None:
        leave_open(below, column, cell)
        target.flow, target.row_span, target.declared = cell.flow, height, True


def _append(above: DraftCell, cell: DraftCell) -> None:
    """Put the rest behind its beginning; the halves of a number without a blank."""
    above.append(cell, whole=cell.kind != "blank" and _NUMBER.fullmatch(above.text + cell.text) is not None)


def _same(one: DraftRow, other: DraftRow) -> bool:
    """Whether two rows print the same."""
    return [plain(text) for text in one.texts] == [plain(text) for text in other.texts] and any(one.texts)


def _mend_names(above: list[DraftRow], below: list[DraftRow]) -> None:
    """Put the rest of a merged cell's name, that stands on top of the page, behind its beginning."""
    row = below[0]
    if row.is_total:
        return
    for column, cell in enumerate(row.cells):
        if cell is None or cell.kind != "text":
            continue
        at = next((at for at in reversed(range(len(above))) if above[at].text(column)), None)
        begun = None if at is None else above[at].cells[column]
        if at is None or begun is None or _heads_columns(above[at]):
            continue
        owner, reaches_down = above[at], at + begun.row_span >= len(above)
        if (
            (reaches_down and _closes(begun, cell))
            or _makes_name(above, column, begun, cell)
            or (reaches_down and _lacks_number(owner, row, column, begun, cell))
        ):
            _append(begun, cell)
            leave_open(below, column, cell)


def _closes(begun: DraftCell, rest: DraftCell) -> bool:
    """Whether the rest closes a bracket that is left open, or begins nothing by itself: （35分）, 指标, %."""
    if rest.text in ("%", "％"):
        return begun.kind == "number"
    if rest.text == "指标":
        return begun.kind == "text" and not begun.text.endswith("指标")
    if _POINTS.fullmatch(rest.text):
        return not _POINTS.search(begun.text)
    opened = re.split("[)）]", begun.text)[-1]
    return bool(re.search("[(（]", opened)) and re.search("[()（）]", rest.text + "(")[0] in ")）"  # type: ignore[index]


def _makes_name(above: Sequence[DraftRow], column: int, begun: DraftCell, rest: DraftCell) -> bool:
    """Whether both together are a name of the standard framework and the beginning alone is none.

    产出 below a level-1 name 产出 is none either: it begins 产出时效. Points may stand behind it: 效益指标（30分）.
    """
    name = plain(begun.text)
    if bare_name(begun.text + rest.text) not in _NAMES:
        return False
    outer = (next((plain(row.text(left)) for row in reversed(above) if row.text(left)), "") for left in range(column))
    return name not in _NAMES or name in outer


def _lacks_number(owner: DraftRow, row: DraftRow, column: int, begun: DraftCell, rest: DraftCell) -> bool:
    """Whether the name's own number stands beside its beginning and none beside the rest, which had to go on."""
    beside = owner.cells[column + 1] if column + 1 < len(owner.cells) else None
    if beside is None or beside.kind != "number" or begun.kind != "text" or row.text(column + 1):
        return False
    return column + 2 < len(row.cells) and bool(row.text(column + 2)) and _had_to_go_on(begun, rest)


def _is_rest(above: DraftRow, row: DraftRow) -> bool:
    """Whether a row holds only the rest of what the row above prints: nothing beside it, no figure of its own.

    Each of its cells lies below one whose last line is full, so that its text had to go on; or all of them are
    sentences below sentences, and the row has no name. Where the row above has figures, the rest lacks some of them;
    where it has none, both together are heads of columns. A label or a number in two halves leaves no doubt.
    """
    filled = [column for column, text in enumerate(row.texts) if text]
    named = [column for column, text in enumerate(above.texts) if text]
    dated = [column for column in filled if _DATE.fullmatch(above.text(column) + row.text(column))]
    figures = [column for column in named if column not in dated and _FIGURE.fullmatch(above.text(column))]
    pairs = []
    for column in filled:
        cell, target = row.cells[column], above.cells[column] if column < len(above.cells) else None
        if cell is None or target is None or cell.column_span != target.column_span:
            return False
        pairs.append((target, cell))
    if any(_makes_label(target.text, cell.text) or _parts_figure(target.text, cell.text) for target, cell in pairs):
        return True
    if not filled or len(filled) >= len(named) or (figures and set(figures) <= set(filled)):
        return False
    if _makes_heads(pairs) or (figures and all(_had_to_go_on(target, cell) for target, cell in pairs)):
        return True
    named_anew = any(plain(rest.text) in _NAMES or rest.row_span > 1 for _, rest in pairs)
    return filled[0] > named[0] and not named_anew and all(_may_go_on(target, cell) for target, cell in pairs)


def _is_other_half(above: Sequence[DraftRow], below: Sequence[DraftRow]) -> bool:
    """Whether the first row below holds just what the last row above lacks, and other rows have both.

    Programs do not part a text of few lines: it goes down as a whole, while cells of one line stay above.
    """
    upper, lower = above[-1], below[0]
    if upper.is_total or _heads_columns(upper):
        return False
    stay = [column for column, text in enumerate(upper.texts) if text]
    gone = [column for column, text in enumerate(lower.texts) if text]
    for column in gone:
        cell, target = lower.cells[column], upper.cells[column]
        if cell is None or target is None or target.text:
            return False
    others = [one for one in (*above[:-1], *below[1:]) if not _heads_columns(one)]
    return any(_go_together(others, one, other) for one in stay for other in gone)


def _go_together(rows: Sequence[DraftRow], one: int, other: int) -> bool:
    """Whether rows that have something in one of two columns mostly have something in both; two rows at least."""
    either = [row for row in rows if row.text(one) or row.text(other)]
    both = sum(1 for row in either if row.text(one) and row.text(other))
    return both > 1 and both * 2 > len(either)


def _makes_heads(pairs: Sequence[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether two cells or more, and all of them, are heads of columns with their rest; not all rests alone."""
    whole = len(pairs) > 1 and all(column_role(above.text + rest.text) is not None for above, rest in pairs)
    return whole and any(column_role(rest.text) is None for _, rest in pairs)


def _makes_label(above: str, rest: str) -> bool:
    """Whether only both together are the label of a field in a form: 项目名, and 称 below."""
    return is_form_label(above + rest) and not is_form_label(above) and not is_form_label(rest)


def _parts_figure(above: str, rest: str) -> bool:
    """Whether a number breaks off and its decimals stand below: 40, and .00 below."""
    return _NUMBER.fullmatch(above) is not None and _DECIMALS.match(rest) is not None


def _had_to_go_on(above: DraftCell, cell: DraftCell) -> bool:
    """Whether the next character would not have fitted behind the last line of the cell above.

    Two figures one below the other are never one, unless the first breaks off and the second is no figure by itself.
    """
    if not above.flow.lines or not cell.flow.lines:
        return False
    if _FIGURE.fullmatch(cell.text) and not (_NUMBER.fullmatch(above.text + cell.text) and "%" in cell.text):
        return False
    last, first = above.flow.lines[-1], cell.flow.lines[0]
    if last.room is None or not first.chars:
        return False
    return last.room - CELL_PADDING < first.length / len(first.chars)


def _may_go_on(above: DraftCell, cell: DraftCell) -> bool:
    """Whether a cell's text can be the rest of the sentence above it."""
    if above.kind != "text" or (cell.kind != "text" and not _WANTS_FIGURE.search(above.text)):
        return False
    return len(above.text) >= _LONG or not looks_closed(above.text)
