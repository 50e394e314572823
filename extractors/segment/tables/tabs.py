"""Grids whose cells are parted by tabs (制表符分隔的表格), cells that go on in the next line included."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.captions import is_caption
from extractors.segment.tables.draft import Draft, DraftRow, kind_of, row_of
from extractors.segment.tables.heads import begins_form, is_form_label
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import LEVEL1, LEVEL2, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_RULE_CHARACTERS = set("-—–=─━_:|+ \t")
_MAX_BRIDGE = 15  # tabless lines inside one row that is complete
_MAX_OPEN = 40  # lines of one row that lacks tabs
_MIN_BROKEN = 3  # tabs of the narrowest table whose rows are put together from several lines
_MAX_NAME = 30
_OUTER = ("annex", "part", "chapter", "section", "cn", "cn-paren")
_TOTALS = frozenset(map(plain, TOTAL_LABELS))
_NAMES = frozenset(map(plain, (*LEVEL1, *LEVEL2, *TOTAL_LABELS, *SUBTOTAL_LABELS)))


@dataclass(slots=True)
class _Open:
    """The row being read: the pieces of its cells and the lines it spans."""

    cells: list[list[Piece]]
    first: Line
    last: Line

    def closed(self) -> DraftRow:
        """The row as a draft."""
        return row_of(self.cells, self.first, self.last)


def is_rule(text: str) -> bool:
    """Whether the line is a rule drawn with characters (`----\\t----`) and no row."""
    stripped = text.strip()
    return len(stripped) >= 3 and set(stripped) <= _RULE_CHARACTERS and any(c in "-—–=─━_" for c in stripped)


def is_tab_row(text: str) -> bool:
    """Whether a tab stands inside the line, not only in front of or behind it; or it is blank but for tabs."""
    return "\t" in text and ("\t" in text.strip() or text.count("\t") >= 2)


def find_tabs(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tab-separated grids. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        if free[index] and is_tab_row(lines[index].text):
            end = _block_end(lines, free, index)
            draft = _read_block(lines, index, end)
            if draft is not None:
                drafts.append(draft)
            index = end
        else:
            index += 1
    return drafts


def _block_end(lines: Sequence[Line], free: Sequence[bool], start: int) -> int:
    """Index behind the last line of the block: tab rows, rules, and lines that go on with a cell.

    Where every row is followed by a blank line, single blank lines do not end the block.
    """
    spaced = _is_spaced(lines, free, start)
    end, index = start + 1, start + 1
    most = have = lines[start].text.count("\t")
    while index < len(lines) and free[index]:
        text = lines[index].text
        if "\t" in text and (is_tab_row(text) or text.strip()):
            count = text.count("\t")
            have = have + count if have < most and have + count <= most else count
            most = max(most, count)
            end = index + 1
        elif is_rule(text) or (text.strip() and _goes_on(lines, free, index, most - have)):
            end = index + 1
        elif text.strip() or not (spaced and index == end):
            break
        index += 1
    return end


def _is_spaced(lines: Sequence[Line], free: Sequence[bool], start: int) -> bool:
    """Whether rows and blank lines take turns from the line `start` on, three rows or more."""
    span = range(start, min(start + 5, len(lines)))
    return len(span) == 5 and all(
        free[index]
        and ("\t" in lines[index].text.rstrip(" ") if (index - start) % 2 == 0 else not lines[index].text.strip())
        for index in span
    )


def _goes_on(lines: Sequence[Line], free: Sequence[bool], index: int, missing: int) -> bool:
    """Whether the tabless line at `index` is a cell's text going on: a tab row follows soon that opens no table.

    missing: tabs that the row above still lacks; while it lacks some, its cell may hold many lines.
    """
    text = lines[index].text
    label = label_of(text)
    if not missing and label is not None and label.style in _OUTER and looks_closed(lines[index - 1].text):
        return False
    if not missing and (is_caption(text) or _is_outer_heading(text) or _is_total_row(lines[index - 1].text)):
        return False
    figure = kind_of(_cells(lines[index - 1])[-1]) in ("number", "rate")  # no text that may go on
    if figure and (is_caption(text) or (label is not None and label.style == "annex")):
        return False
    for below in range(index + 1, min(index + (_MAX_OPEN if missing > 0 else _MAX_BRIDGE), len(lines))):
        beneath = lines[below].text
        if not free[below] or not beneath.strip():
            return False
        if "\t" in beneath:
            return not _opens_table(beneath)
    return False


def _is_outer_heading(text: str) -> bool:
    """Whether a line is a short heading of an outer level, `三、绩效分析`, and no text that goes on."""
    label = label_of(text)
    return label is not None and label.style in _OUTER and len(text.strip()) <= _MAX_NAME and not looks_closed(text)


def _is_total_row(text: str) -> bool:
    """Whether a tab row is the total below a table."""
    return plain(text.split("\t", maxsplit=1)[0][:_MAX_NAME]) in _TOTALS and "\t" in text


def _opens_table(text: str) -> bool:
    """Whether a tab row heads a table or begins a form."""
    cells = [cell for cell in text.split("\t") if cell.strip()]
    values = any(kind_of(cell) in ("number", "rate") for cell in cells)
    return not values and (sum(1 for cell in cells if head_role(cell)) >= 2 or begins_form(cells[0]))


def _read_block(lines: Sequence[Line], start: int, end: int) -> Draft | None:
    """The block as a table, or None where it is a list of fields and no table."""
    block = [line for line in lines[start:end] if line.text.strip(" ") and not is_rule(line.text)]
    if not block:
        return None
    tabs = _usual_tabs(block)
    rows: list[DraftRow] = []
    index = 0
    while index < len(block):
        row = _Open([[(text, block[index])] for text in _cells(block[index])], block[index], block[index])
        for line in block[index + 1 : index + 1 + _rest_of_row(block, index, tabs)]:
            first, *others = _cells(line)
            row.cells[-1].append((first, line))
            row.cells.extend([(text, line)] for text in others)
            row.last = line
            index += 1
        rows.append(row.closed())
        index += 1
    return Draft("tabs", rows, start, end) if _is_table(rows) else None


def _cells(line: Line) -> list[str]:
    """The texts between the tabs of a line."""
    return [text.strip() for text in line.text.rstrip("\r\n").split("\t")]


def _rest_of_row(block: Sequence[Line], index: int, tabs: int) -> int:
    """How many of the lines that follow belong to the row that begins at `index`.

    tabs: of a full row. Lines without tabs do; lines with tabs do where they bring exactly the tabs that lack.
    """
    have = block[index].text.count("\t")
    own = _cells(block[index])
    last = own[-1]
    field = have == 1 and is_form_label(own[0])  # `项目属性 → 常年性`: complete, however wide other rows are
    if have >= tabs and not last:
        return 0  # an empty last cell does not go on: a line without tabs below it begins the next row
    taken = best = 0
    while index + taken + 1 < len(block) and taken < _MAX_OPEN:
        line = block[index + taken + 1]
        count = line.text.count("\t")
        cells = _cells(line)
        if count and (field or have + count > tabs or tabs < _MIN_BROKEN or not _may_be_cut(last, cells[0])):
            break
        taken += 1
        have += count
        last = cells[-1]
        if (not count and have >= tabs) or have == tabs or (not count and best == taken - 1):
            best = taken
    return best


def _may_be_cut(before: str, after: str) -> bool:
    """Whether two lines may be one cell's text cut in two: words on both sides, and no name that begins a row."""
    return (
        bool(after)
        and kind_of(before) == "text"
        and kind_of(after) == "text"
        and plain(after[:_MAX_NAME]).split("(")[0] not in _NAMES
        and not is_form_label(after)
    )


def _usual_tabs(block: Sequence[Line]) -> int:
    """How many tabs a full row has: the most frequent count, the larger of two equally frequent."""
    counted = Counter(line.text.count("\t") for line in block if "\t" in line.text)
    return max(counted, key=lambda count: (counted[count], count), default=0)


def _is_table(rows: Sequence[DraftRow]) -> bool:
    """A table has two columns or more; two columns of `名称：值` are the fields of a title page."""
    width = max(len(row.cells) for row in rows)
    if len(rows) == 1 and sum(1 for text in rows[0].texts if text) < 3:
        return False
    return width > 2 or not all(row.text(0).rstrip().endswith(("：", ":")) or not row.text(1) for row in rows)
