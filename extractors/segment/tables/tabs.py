"""Grids whose cells are parted by tabs (制表符分隔的表格), cells that go on in the next line included."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.draft import Draft, DraftRow, kind_of, row_of

_RULE_CHARACTERS = set("-—–=─━_:|+ \t")
_MAX_BRIDGE = 3


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
    """Index behind the last line of the block: tab rows, and tabless lines wedged between two of them."""
    end = start + 1
    while end < len(lines) and free[end]:
        text = lines[end].text
        if (
            is_tab_row(text)
            or is_rule(text)
            or (text.strip() and (end + 1 < len(lines)) and _goes_on(lines, free, end))
        ):
            end += 1
        else:
            break
    return end


def _goes_on(lines: Sequence[Line], free: Sequence[bool], index: int) -> bool:
    """Whether the tabless line at `index` is a cell's text going on: open row above, tab row soon below."""
    above = lines[index - 1].text
    if label_of(lines[index].text) and looks_closed(above):
        return False
    for below in range(index + 1, min(index + 1 + _MAX_BRIDGE, len(lines))):
        if not free[below] or not lines[below].text.strip():
            return False
        if is_tab_row(lines[below].text):
            return True
    return False


def _read_block(lines: Sequence[Line], start: int, end: int) -> Draft | None:
    """The block as a table, or None where it is a list of fields and no table."""
    block = [line for line in lines[start:end] if not is_rule(line.text)]
    if not block:
        return None
    width = _usual_tabs(block)
    rows: list[DraftRow] = []
    current: _Open | None = None
    for line in block:
        cells = [text.strip() for text in line.text.rstrip("\r\n").split("\t")]
        if current is not None and _same_row(current, cells, width):
            current.cells[-1].append((cells[0], line))
            current.cells.extend([(text, line)] for text in cells[1:])
            current.last = line
            continue
        if current is not None:
            rows.append(current.closed())
        current = _Open([[(text, line)] for text in cells], line, line)
    if current is not None:
        rows.append(current.closed())
    return Draft("tabs", rows, start, end) if _is_table(rows) else None


def _usual_tabs(block: Sequence[Line]) -> int:
    """How many tabs a full row has: the most frequent count, the larger of two equally frequent."""
    counted = Counter(line.text.count("\t") for line in block if "\t" in line.text)
    return max(counted, key=lambda count: (counted[count], count), default=0)


def _same_row(current: _Open, cells: list[str], tabs: int) -> bool:
    """Whether a line goes on with the row's last cell: no tab in it, or exactly the tabs that the row lacks."""
    if len(cells) == 1:
        return True
    have = len(current.cells) - 1
    last = "".join(text for text, _ in current.cells[-1])
    return (
        tabs >= 3
        and have < tabs
        and have + len(cells) - 1 == tabs
        and bool(cells[0])
        and kind_of(last) == "text"
        and kind_of(cells[0]) == "text"
    )


def _is_table(rows: Sequence[DraftRow]) -> bool:
    """A table has two columns or more; two columns of `名称：值` are the fields of a title page."""
    width = max(len(row.cells) for row in rows)
    if len(rows) == 1 and sum(1 for text in rows[0].texts if text) < 3:
        return False
    return width > 2 or not all(row.text(0).rstrip().endswith(("：", ":")) or not row.text(1) for row in rows)
