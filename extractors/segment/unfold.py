"""Tables that web pages and search indexes left without their shape (网页表格): one line for each cell.

Either a line holds a whole table, its cells parted by single blanks; only the stretch from the head or the first label
of the form on is unfolded, what stands before it stays one line. Or every row, or every cell, ends with a stroke, and
cells merged over several rows are dropped from all but the first, so that columns do not stand below each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.pages import Line
from extractors.segment.flow import stretch_line
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.roles import head_role

_HEAD = re.compile(r"一级指标\s+(?:\S{1,8}\s+)?二级指标\s+(?:\S{1,8}\s+)?三级指标\s")
_FORM = re.compile(r"(?:^|\s)(?:项目|专项|政策)名称\s")
_MIN_WORDS = 25
_MAX_WORDS = 20_000
_LEAST_CELLS = 12  # lines of one cell and a stroke each
_MEASURES = ("weight", "score")
_NO_TEXT = ("number", "rate", "dash", "blank")


def unfold(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, those with a whole table unfolded; the pieces keep the number of their line."""
    lines = tuple(lines)
    whole = "\0".join([line.text for line in lines])
    if "|" not in whole and _HEAD.search(whole) is None:  # nearly always
        return lines
    return tuple(_unfolded(lines))


def _unfolded(lines: Sequence[Line]) -> Iterator[Line]:
    """The same, where a line may hold more than its own cell or row."""
    for line in _cells_apart(lines):
        found = _HEAD.search(line.text) if "一级指标" in line.text and "\t" not in line.text else None
        if found is None or "<" in line.text or "|" in line.text:
            yield line
            continue
        form = _FORM.search(line.text, 0, found.start())
        start = form.start() if form else found.start()
        words = line.text[start:].split(None, _MAX_WORDS)
        if len(words) < _MIN_WORDS:
            yield line
            continue
        if line.text[:start].strip():
            yield stretch_line(line, line.text[:start].strip(), None)
        yield from (stretch_line(line, word, None) for word in words)


def _cells_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, rows and cells that end with a stroke taken apart where that is how the page carries its tables."""
    if not any("|" in line.text for line in lines):  # nearly always
        yield from lines
        return
    closed = [_is_closed(line.text) for line in lines]
    single = sum(1 for line, close in zip(lines, closed, strict=True) if close and line.text.count("|") == 1)
    start = 0
    while start < len(lines):
        end = start + 1
        while closed[start] and end < len(lines) and (closed[end] or not lines[end].text.strip()):
            end += 1
        block = lines[start:end]
        rows = _to_the_right(block) if closed[start] and single < _LEAST_CELLS else []
        if closed[start] and not rows and (single >= _LEAST_CELLS or _is_ragged(block)):
            yield from (cell for line in block for cell in _cells(line))
        else:
            yield from rows or block
        start = end


def _is_closed(text: str) -> bool:
    """Whether a line ends with a stroke and does not begin with one, or is that stroke alone."""
    text = text.strip()
    return text.endswith("|") and (text == "|" or not text.startswith("|")) and "<" not in text


def _is_ragged(block: Sequence[Line]) -> bool:
    """Whether rows below a head of indicators have texts where it names weights or scores: their cells slid left."""
    measures: list[int] = []
    for line in block:
        cells = [cell.strip() for cell in line.text.split("|")]
        if "一级指标" in cells:
            measures = [column for column, cell in enumerate(cells) if head_role(cell) in _MEASURES]
        elif any(column < len(cells) and kind_of(cells[column]) not in _NO_TEXT for column in measures) or (
            measures and sum(kind_of(cell) == "number" for cell in cells[: measures[0]]) > 1
        ):
            return True
    return False


def _to_the_right(block: Sequence[Line]) -> list[Line]:
    """The rows with the blank cells that merging left out put in front of them; [] where none is short or one misfits.

    Only where every cell that is printed is filled: a row's last cell then stands below the last head.
    """
    rows: list[Line] = []
    head: list[str] = []
    slid = 0
    for line in block:
        cells = [cell.strip() for cell in line.text.split("|")[:-1]]
        if "".join(cells).startswith("一级指标"):
            head = cells
        elif head and cells:
            gap = len(head) - len(cells)
            cells = [*[""] * gap, *cells]
            if gap < 0 or not all(cells[gap:]) or not _fits(cells, head):
                return []
            slid += gap > 0
            rows.append(stretch_line(line, "|".join(["", *cells, ""]), line.raw))
            continue
        rows.append(line)
    return rows if slid and all(head) else []


def _fits(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether numbers stand below weights and scores, and none below the levels."""
    for cell, named in zip(cells, head, strict=True):
        role, kind = head_role(named) or "", kind_of(cell)
        if (role in _MEASURES and kind not in _NO_TEXT) or (role.startswith("level") and kind == "number"):
            return False
    return True


def _cells(line: Line) -> Iterator[Line]:
    """The filled cells of a row, a line each; a row without any stays a blank line."""
    cells = [cell.strip() for cell in line.text.split("|")]
    filled = [cell for cell in cells if cell] or [""]
    yield from (stretch_line(line, cell, line.raw) for cell in filled)
