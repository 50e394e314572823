"""Tables drawn with characters (字符线表): Markdown pipe tables, grid tables, box drawings."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftRow, row_of
from extractors.segment.tables.heads import is_form_label, is_head
from extractors.segment.tables.pipe_wraps import wrapped_row, wrapped_rows

_BOX = str.maketrans("│┃║｜", "||||")
_RULE = re.compile(r"[\s|+:=\-─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]+")
_RULE_MARK = re.compile(r"[-=─━═]{2,}")
_RULED_CELL = re.compile(r"\s*:?-+:?\s*")
_GRID_RULE = re.compile(r"\s*[+├┌┏╔╠┣]")
_SPLIT = re.compile(r"(?<!\\)\|")
_MAX_REST = 2  # lines that a cell breaks into below the first
_MAX_BLANK = 1
_HEADS = 3  # columns of such a table whose strokes stand tight
_MIN_OPEN = 3  # lines that a table without strokes at its ends and without a rule must have
_WORD = 12  # characters of a head's cell
_DIGIT = re.compile(r"\d")
_QUANTITY = re.compile(r"[≥≤><＞＜]?\s?\d")
_TIGHT = re.compile(r"[^\s|]\||\|[^\s|]")  # of narrow strokes; wide ones (│ ｜) need no blank beside them
_FIGURE = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?\s*[%％]?")


def find_pipes(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        if not free[index] or not _is_row(lines[index].text):
            index += 1
            continue
        end = _block_end(lines, free, index)
        draft = _draft(lines, index, end)
        if draft is not None:
            drafts.append(draft)
        index = end
    return drafts


def _is_rule(text: str) -> bool:
    """Whether the line only rules: `|---|:-:|`, `+----+`, `├──┼──┤`."""
    return bool(_RULE.fullmatch(text)) and bool(_RULE_MARK.search(text) or _aligns(text))


def _aligns(text: str) -> bool:
    """Whether a line is a Markdown rule whose dashes are single: `|:-|-:|`."""
    cells = text.strip().strip("|").split("|")
    return ":" in text and len(cells) > 1 and all(_RULED_CELL.fullmatch(cell) for cell in cells)


def _is_row(text: str) -> bool:
    """Whether the line is a row or a rule of such a table."""
    if not text.strip():
        return False
    if "│" in text or "┃" in text or "║" in text or "｜" in text:
        text = text.translate(_BOX)
    strokes = text.count("|")
    if strokes == 1 and is_form_label(text.partition("|")[0]):
        return True  # `项目名称|某某项目`: a field of a form without strokes at its ends
    return strokes >= 2 or (_is_rule(text) and ("|" in text or bool(_GRID_RULE.match(text))))


def _block_end(lines: Sequence[Line], free: Sequence[bool], start: int) -> int:
    """Index behind the last line of the block; single blank lines and page marks between rows belong to it."""
    end = index = start
    blanks, columns = 0, _open_columns(lines[start].text)
    while index < len(lines) and blanks <= _MAX_BLANK:
        text = lines[index].text
        if is_page_mark(text):
            blanks = 0
        elif not free[index]:
            break
        elif _is_row(text):
            index += _rest_below(lines, free, index, columns)
            end, blanks = index + 1, 0
        elif text.strip():
            break
        else:
            blanks += 1
        index += 1
    return end


def _open_columns(head: str) -> int:
    """How many columns a first line without strokes at its ends parts; 0 for one with strokes there."""
    bare = head.translate(_BOX).strip()
    return 0 if bare.startswith("|") or bare.endswith("|") else len(_SPLIT.split(bare))


def _rest_below(lines: Sequence[Line], free: Sequence[bool], index: int, columns: int) -> int:
    """How many lines below a row that lacks its last column print the rest of it, broken within a cell; 0 for none.

    columns: of the table; 0 where that is not known.
    """
    if columns < _HEADS or len(_SPLIT.split(lines[index].text.translate(_BOX))) != columns - 1:
        return 0
    for count in range(1, _MAX_REST + 1):
        at = index + count
        if at >= len(lines) or not free[at] or not lines[at].text.strip() or _is_row(lines[at].text):
            return 0
        if is_page_mark(lines[at].text):
            return 0
        if "|" in lines[at].text.translate(_BOX):
            return count
    return 0


def _broken(block: Sequence[Line], columns: int) -> list[list[Line]]:
    """The lines of each row of a table without strokes at its ends: one, or more where a cell broke."""
    free = [True] * len(block)
    groups: list[list[Line]] = []
    at = 0
    while at < len(block):
        stop = at + 1 + _rest_below(block, free, at, columns)
        groups.append(list(block[at:stop]))
        at = stop
    return groups


def _draft(lines: Sequence[Line], start: int, end: int) -> Draft | None:
    """The block as a table, or None where it is text with a stroke in it."""
    printed = [line for line in lines[start:end] if line.text.strip() and not is_page_mark(line.text)]
    whole = _broken(printed, _open_columns(printed[0].text)) if printed else []
    block = [group[0] for group in whole if len(group) == 1] if any(len(group) > 1 for group in whole) else printed
    ruled = any(_is_rule(line.text) for line in block)
    framed = sum(1 for line in block if line.text.translate(_BOX).lstrip().startswith("|"))
    head = block[0].text.translate(_BOX).strip() if block else ""
    bare_head = not head.startswith("|") and not head.endswith("|")  # rows that begin with an empty cell look framed
    open_ends = not ruled and (framed * 2 <= len(block) or bare_head)
    if len(block) < 2 or (open_ends and not any(form(block) for form in (_uniform, _headed, _filled, _even))):
        return None
    grid = sum(1 for line in block if _is_rule(line.text) and _GRID_RULE.match(line.text)) >= 3
    groups = _ruled_groups(block) if grid else _single(block) if ruled or open_ends else wrapped_rows(block)
    bare = _usual_columns(block) if open_ends else _bare_columns(block)
    if len(block) < len(printed) and open_ends:
        rows = [_broken_row(group, bare) for group in whole]
    else:
        rows = [wrapped_row(group) if len(group) > 1 and not grid else _row(group, bare) for group in groups]
    rows = [row for row in rows if any(row.texts)]
    return Draft("pipes", rows, start, end) if rows and max(len(row.cells) for row in rows) >= 2 else None


def _uniform(block: Sequence[Line]) -> bool:
    """Whether lines without strokes at their ends are rows: strokes alike, narrow ones spaced, figures in most."""
    parts = [_SPLIT.split(line.text.translate(_BOX)) for line in block]
    figures = sum(1 for row in parts if any(_FIGURE.fullmatch(cell.strip()) for cell in row))
    return (
        len(block) >= _MIN_OPEN
        and len({len(row) for row in parts}) == 1
        and not any(_TIGHT.search(line.text.strip()) for line in block)
        and figures * 2 >= len(block)
    )


def _headed(block: Sequence[Line]) -> bool:
    """Whether lines without strokes at their ends are rows: below a head of known columns, figures in half of them."""
    parts = [[cell.strip() for cell in _SPLIT.split(line.text.translate(_BOX))] for line in block]
    heads = [at for at, row in enumerate(parts) if len(row) >= _HEADS and _names_columns(row)]
    if not heads:
        return False
    head = max(heads, key=lambda at: len(parts[at]))  # a form's rows of 预期目标 and the like are narrower
    body = parts[head + 1 :]
    wide = sum(1 for row in body if len(row) == len(parts[head]))
    figures = sum(1 for row in body if any(_FIGURE.fullmatch(cell) for cell in row))
    return len(body) >= _HEADS - 1 and wide * 4 >= len(body) * 3 and figures * 2 >= len(body)


def _filled(block: Sequence[Line]) -> bool:
    """Whether lines without strokes at their ends are rows: below words, all as wide, half of them figures."""
    head, *body = ([cell.strip() for cell in _SPLIT.split(line.text.translate(_BOX))] for line in block)
    if len(head) < _HEADS or len(body) < _MIN_OPEN - 1 or any(_FIGURE.fullmatch(cell) or not cell for cell in head):
        return False
    alike = all(len(row) == len(head) and row[0] for row in body)
    return alike and all(sum(bool(_FIGURE.fullmatch(cell)) for cell in row) * 2 >= len(row) for row in body)


def _even(block: Sequence[Line]) -> bool:
    """Whether lines without strokes at their ends are rows: all as wide as a head of different words, with numbers."""
    head, *body = ([cell.strip() for cell in _SPLIT.split(line.text.translate(_BOX))] for line in block)
    worded = all(cell and len(cell) <= _WORD and not _DIGIT.search(cell) for cell in head)
    if len(head) <= _HEADS or len(body) < _MIN_OPEN or not worded or len(set(head)) < len(head):
        return False
    numbered = sum(1 for row in body if any(_QUANTITY.match(cell) for cell in row[1:]))
    return all(len(row) == len(head) and row[0] for row in body) and numbered * 2 >= len(body)


def _names_columns(row: Sequence[str]) -> bool:
    """Whether every cell of a row names a column."""
    filled = [cell for cell in row if cell]
    return len(filled) * 2 > len(row) and all(is_head(cell) for cell in filled)


def _usual_columns(block: Sequence[Line]) -> int:
    """How many columns most lines of a table without strokes at its ends have."""
    counted = Counter(len(_SPLIT.split(line.text.translate(_BOX))) for line in block)
    return max(counted, key=lambda count: (counted[count], count))


def _bare_columns(block: Sequence[Line]) -> int:
    """How many columns a rule without strokes at its ends parts (`---|---`): a blank before a stroke is a cell."""
    rule = next((line.text.strip() for line in block if _is_rule(line.text)), "")
    return 0 if not rule or rule[0] in "|+" or rule[-1] in "|+" or "|" not in rule else rule.count("|") + 1


def _single(block: Sequence[Line]) -> list[list[Line]]:
    """The lines that are no rules, each a row."""
    return [[line] for line in block if not _is_rule(line.text)]


def _ruled_groups(block: Sequence[Line]) -> list[list[Line]]:
    """The lines of each row of a grid table: those between two rules."""
    groups: list[list[Line]] = [[]]
    for line in block:
        if not _is_rule(line.text):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _row(lines: Sequence[Line], bare: int) -> DraftRow:
    """One row from its lines, cell by cell. bare: columns of a table without strokes at its ends, else 0."""
    cells: list[list[Piece]] = []
    for line in lines:
        for column, text in enumerate(_cells(line.text, bare)):
            while len(cells) <= column:
                cells.append([])
            if text:
                cells[column].append((text, line))
    return row_of(cells, lines[0], lines[-1])


def _broken_row(lines: Sequence[Line], bare: int) -> DraftRow:
    """One row of a table without strokes at its ends; what stands before the first stroke of a line ends a cell."""
    cells: list[list[Piece]] = [[]]
    for number, line in enumerate(lines):
        for column, text in enumerate(_cells(line.text, bare)):
            if column or not number:
                cells.append([])
            if text:
                cells[-1].append((text, line))
    return row_of(cells[1:], lines[0], lines[-1])


def _cells(text: str, bare: int) -> list[str]:
    """The cells of one line, without the strokes at its ends.

    In a table without such strokes one that begins the line, but does not end it, stands behind an empty cell.
    """
    parts = _SPLIT.split(text.translate(_BOX).strip())
    framed = len(parts) != bare and not (bare and parts[-1].strip())
    if framed and parts and not parts[0].strip():
        parts = parts[1:]
    if framed and len(parts) > 1 and not parts[-1].strip() and text.rstrip().translate(_BOX).endswith("|"):
        parts = parts[:-1]
    return [part.strip().replace("\\|", "|") for part in parts]
