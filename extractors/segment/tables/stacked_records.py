"""Tables without levels whose cells stand one below the other (逐格竖排的数值表), as web pages are copied.

`序号 / 项目名称 / 预算数 / 支出数` and then `1 / 甲项目 / 120.00 / 118.50`, a line each, blank lines between or none.
Every record repeats the kinds of the first; the table ends at the first line that does not fit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice

from extractors.frozen import frozen
from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.headings import looks_closed
from extractors.segment.noise import is_bare_number, is_page_mark
from extractors.segment.tables.draft import Draft, DraftRow, kind_of, row_of
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_NUMBERS = ("number", "rate", "dash")
_LEVELS = ("level1", "level2", "level3", "indicator")
_MIN_COLUMNS, _MAX_COLUMNS = 3, 12
_MIN_ROWS = 2
_MIN_FIGURES = 2  # columns of figures
_MAX_HEAD = 20  # characters
_MAX_TEXT = 60  # characters of a cell of text
_MAX_BLANK = 3  # lines between two cells
_MAX_NAME_LINES = 3
_UNIT_ONLY = re.compile(r"[（(][^（()）]{1,8}[)）]")
# Heads of tables of figures by place, year or source that head no table of indicators.
_HEAD = re.compile(
    r".{0,4}(?:区县|县区|县市|市县|镇街|街镇|乡镇|街道|村居|市州|地市|地区|片区|校区|标段|批次|期次|季度|月份)(?:[(（].{1,6}[)）])?"
    r"|镇?[(（]?[县镇乡街村区][)）]?[(（]?[市区街居县、]{1,4}[)）]?|.{0,10}(?:预算|支出|资金|收入|经费|投资|金额|补助|补贴|奖补|拨款|配套|结余|结转|到位|兑现|进度"
    r"|款|费|占比|增幅|增速|人次|场次|户次|家次|面积|里程|总计|小计)(?:[(（].{1,8}[)）])?|(?:19|20)\d{2}年?度?.{0,8}"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))


@dataclass(slots=True)
class _Cell:
    """A line with text (单格). index: of the line (0-based); broken heads have several pieces."""

    pieces: list[Piece]
    index: int

    @property
    def text(self) -> str:
        """The words, pieces joined."""
        return "".join(text for text, _ in self.pieces)

    @property
    def kind(self) -> str:
        """`figure` for numbers, rates and dashes, else `text`."""
        kind = kind_of(self.text)
        return "figure" if kind in _NUMBERS else kind


@frozen
class _Record:
    """A record (记录). cells: pieces by column. end: position of the cell behind it. repeated: it is the head again."""

    cells: list[list[Piece]]
    end: int
    repeated: bool = False


def find_stacked_records(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts: list[Draft] = []
    unclaimed = list(compress(range(len(lines)), free))
    if sum([kind_of(lines[index].text) in _NUMBERS for index in unclaimed]) < _MIN_ROWS * _MIN_FIGURES:
        return drafts  # as in nearly every text
    for index in unclaimed:
        if (drafts and index < drafts[-1].end) or not _is_word(lines[index].text):
            continue
        draft = _read(lines, free, index)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _is_word(text: str) -> bool:
    """Whether a line is one short word, as heads are."""
    bare = text.strip()
    return 0 < len(bare) <= _MAX_HEAD and len(bare.split()) == 1 and kind_of(bare) == "text"


def _read(lines: Sequence[Line], free: Sequence[bool], start: int) -> Draft | None:
    """The table whose first head stands at `start`, or None: the widest head below which two records fit."""
    first = list(_cells(lines, free, start, _MIN_COLUMNS))
    if len(first) < _MIN_COLUMNS or not _is_head(first):
        return None
    cells = list(_cells(lines, free, start, _MAX_COLUMNS * (_MIN_ROWS + 1)))
    words = next((at for at, cell in enumerate(cells) if not _is_word(cell.text)), len(cells))
    if words == len(cells):
        return None  # a list of words, no figure in reach
    for width in range(min(words, _MAX_COLUMNS), _MIN_COLUMNS - 1, -1):
        if _is_head(cells[:width]) and _fits(cells, width):
            return _draft(start, _cells(lines, free, start, len(lines)), width)
    return None


def _is_head(cells: Sequence[_Cell]) -> bool:
    """Whether the cells name columns: all words, two in three of them known, none a level of indicators."""
    texts = [cell.text for cell in cells]
    if not all(map(_is_word, texts)):
        return False
    known = sum(1 for text in texts if is_head(text) or _HEAD.fullmatch(text))
    return known * 3 >= len(cells) * 2 and not any(head_role(text) in _LEVELS for text in texts)


def _cells(lines: Sequence[Line], free: Sequence[bool], start: int, most: int) -> Iterator[_Cell]:
    """The lines with text from `start` on, up to `most`; a unit in brackets on its own line goes on with the head."""
    cell: _Cell | None = None
    blank = 0
    for index in range(start, len(lines)):
        text = lines[index].text.strip()
        blank = 0 if text else blank + 1
        if blank > _MAX_BLANK or not free[index] or len(text) > _MAX_TEXT or looks_closed(text):
            break
        if not text or is_page_mark(text):
            continue
        if cell is not None and _UNIT_ONLY.fullmatch(text) and is_head(cell.text):
            cell = _Cell([*cell.pieces, (text, lines[index])], index)
            continue
        if cell is not None:
            yield cell
            most -= 1
        if most <= 0:
            return
        cell = _Cell([(text, lines[index])], index)
    if cell is not None:
        yield cell


def _fits(cells: Sequence[_Cell], width: int) -> bool:
    """Whether two records stand below a head of `width` cells, with two columns of figures or more behind the first."""
    kinds = _kinds(cells, width)
    if len(kinds) < width or kinds[1:].count("figure") < _MIN_FIGURES or "text" not in kinds:
        return False
    first = _record(cells, width, kinds)
    second = None if first is None else _next(cells, first[1], width, kinds)
    return second is not None and (not second.repeated or _next(cells, second.end, width, kinds) is not None)


def _kinds(cells: Sequence[_Cell], width: int) -> list[str]:
    """The kinds of the first record's cells, the total passed over; a year in front is what the record is about."""
    first = width
    if first < len(cells) and _is_total(cells[first]):
        first = next((at for at in range(width + 1, len(cells)) if cells[at].kind == "text"), width)
    kinds = [cell.kind for cell in cells[first : first + width]]
    return ["text", *kinds[1:]] if kinds and _YEAR.fullmatch(cells[first].text) else kinds


def _next(cells: Sequence[_Cell], at: int, width: int, kinds: Sequence[str]) -> _Record | None:
    """The record from a cell on, a page's number in front of it passed over; or the head printed again."""
    again = cells[at : at + width]
    if [plain(cell.text) for cell in again] == [plain(cell.text) for cell in cells[:width]]:
        return _Record([cell.pieces for cell in again], at + width, True)
    found = _record(cells, at, kinds)
    if found is None and at < len(cells) and is_bare_number(cells[at].text):
        found = _record(cells, at + 1, kinds)
    return None if found is None else _Record(*found)


def _is_total(cell: _Cell) -> bool:
    """Whether a cell labels a total (合计)."""
    return plain(cell.text).rstrip("：:") in _TOTALS


def _dashes(cells: Sequence[_Cell], at: int, kinds: Sequence[str]) -> bool:
    """Whether a total prints a dash for a column of text: more figures follow than there are columns of figures."""
    behind = next((place for place in range(at, len(cells)) if cells[place].kind != "figure"), len(cells))
    return behind - at > kinds.count("figure") and kind_of(cells[at].text) == "dash"


def _record(cells: Sequence[_Cell], at: int, kinds: Sequence[str]) -> tuple[list[list[Piece]], int] | None:
    """The record that begins at a cell, by column, and the position behind it; None where it does not fit."""
    total = at < len(cells) and _is_total(cells[at])
    row: list[list[Piece]] = []
    for column, kind in enumerate(kinds):
        blank = total and column and (kind == "text" or not row)
        dashed = blank and _dashes(cells, at, kinds[column:])
        if blank:
            row.append(list(cells[at].pieces) if dashed else [])
            at += dashed
            continue
        wanted = "text" if total and not column else kind
        year = not column and at < len(cells) and bool(_YEAR.fullmatch(cells[at].text))
        if at >= len(cells) or (cells[at].kind != wanted and not (year and wanted == "text")):
            return None
        row.append(list(cells[at].pieces))
        at += 1
        behind = kinds[column + 1 : column + 2]
        while (
            not total and wanted == "text" and not year and behind == ["figure"] and _goes_on(cells, at, len(row[-1]))
        ):
            row[-1].extend(cells[at].pieces)
            at += 1
    return row, at


def _goes_on(cells: Sequence[_Cell], at: int, pieces: int) -> bool:
    """Whether a line of words goes on with the name above it, whose figures are still to come."""
    return at < len(cells) and cells[at].kind == "text" and pieces < _MAX_NAME_LINES


def _draft(start: int, stream: Iterator[_Cell], width: int) -> Draft:
    """The table: its head and all records that fit; a page's number between two records is passed over.

    Cells are drawn from `stream` record by record, so that what follows the table is not read for nothing.
    """
    reach = _MAX_NAME_LINES * width
    cells = list(islice(stream, width + reach))
    kinds = _kinds(cells, width)
    draft = Draft("one-cell-per-line", [_row([cell.pieces for cell in cells[:width]])], start, 0, header_rows=1)
    at = width
    while (found := _next(cells, at, width, kinds)) is not None:
        if found.repeated:
            draft.repeated.add(len(draft.rows))
            draft.breaks.append((len(draft.rows), "跨页接续：表头在换页处重复"))
        draft.rows.append(_row(found.cells))
        at = found.end
        cells.extend(islice(stream, max(at + reach - len(cells), 0)))
    draft.end = cells[at - 1].index + 1
    return draft


def _row(cells: list[list[Piece]]) -> DraftRow:
    """A row from its cells' pieces."""
    used = [line for pieces in cells for _, line in pieces]
    return row_of(cells, used[0], used[-1])
