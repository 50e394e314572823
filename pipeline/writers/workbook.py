"""The working paper as a workbook (工作底稿 consistency.xlsx): what a cell holds is shown, never run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.writers.sheets import SHEETS, Sheet
from pipeline.writers.spreadsheet import BookWriter, Cell, Layout, SheetWriter, Style, number_cell, text_cell

MAX_CHARACTERS = 32_767  # of a cell, in UTF-16 units; Excel's own limit, as is the next
MAX_ROWS = 1_048_576  # of a sheet, its header included
CUT_MARK = "……（内容超出单元格上限，以下从略，全文见 records 文件夹）"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.(\d{1,8}))?(%?)")
_EXACT_DIGITS = 15  # decimal digits that a spreadsheet's numbers hold
# XML has no place for these, whatever the escape.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT = 48  # characters; such texts come again and again, and their cells are kept
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINE, _MOST_LINES, _HEAD_LINES = 14.5, 16, 2  # points of a line; a row grows no higher, its text stays in the cell
_A4_WIDTH = 180  # characters across that stay legible on A4
_HEAD = Style(bold=True, fill="E4EAEE", wrap=True, underlined=True)
_TEXT, _QUOTED, _COUNT = Style(wrap=True), Style(wrap=True, quoted=True), Style(number="0", centred=True)
_SEVERITY = {
    "影响结论": Style(bold=True, fill="F3D3D0"),
    "数据矛盾": Style(bold=True, fill="F8E3CF"),
    "需要关注": Style(bold=True, fill="F8F0CF"),
    "文字提示": Style(bold=True, fill="E8EDF1"),
}


def write_workbook(folder: Path) -> None:
    """Write `consistency.xlsx` from the records below `folder`."""
    with BookWriter(folder / "consistency.xlsx", "绩效评价报告一致性核对底稿", "微软雅黑") as book:
        for sheet in SHEETS:
            _write_sheet(book, sheet, sheet.rows(folder))


def _write_sheet(book: BookWriter, sheet: Sheet, rows: Iterable[Sequence[Any]]) -> None:
    """One sheet; a full one is continued on further ones, or cut where its records stand whole elsewhere."""
    page, number = _begin(book, sheet, 1), 1
    for record in rows:
        if sheet.whole and page.rows > sheet.most:
            notice = f"行数过多，本表到此为止；全部内容见 {sheet.whole} 或 jihe.db。"
            page.append([(0, text_cell(notice, Style(bold=True)))], _LINE + 2)
            break
        if page.rows == MAX_ROWS:
            page.finish()
            number += 1
            page = _begin(book, sheet, number)
        page.append(_cells(sheet, record), row_height(sheet, record))
    page.finish()


def _begin(book: BookWriter, sheet: Sheet, number: int) -> SheetWriter:
    """A new sheet with its head; number: 1 for the first of this name."""
    columns = sheet.columns
    layout = Layout(
        widths=[column.width for column in columns],
        frozen=sheet.frozen,
        printed=sheet.printed or len(columns),
        large=sum(column.width for column in columns) > _A4_WIDTH,
        choices={index: column.choices for index, column in enumerate(columns) if column.choices},
    )
    page = book.add_sheet(sheet.name if number == 1 else f"{sheet.name}（{number}）", layout)
    head = ((index, text_cell(column.head, _HEAD)) for index, column in enumerate(columns))
    page.append(head, _HEAD_LINES * _LINE)
    return page


def _cells(sheet: Sheet, record: Sequence[Any]) -> Iterator[tuple[int, Cell]]:
    """The cells of a row that hold anything."""
    for index, (column, value) in enumerate(zip(sheet.columns, record, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, int):
            yield index, number_cell(str(value), _COUNT)
        else:
            make = _known_cell if len(value) <= _SHORT else _cell
            yield index, make(value, column.number, column.money)


def _cell(value: str, number: bool, money: bool) -> Cell:
    """A cell: a number where the column holds numbers and the print is exact in a spreadsheet, else text."""
    exact = as_number(value) if number else None
    if exact is not None:
        return number_cell(exact, Style(number=number_format(value, money)))
    text = fitting(value)
    return text_cell(text, _QUOTED if text.startswith(_FORMULA_STARTS) else _SEVERITY.get(text, _TEXT))


_known_cell = lru_cache(maxsize=1 << 14)(_cell)


def row_height(sheet: Sheet, record: Sequence[Any]) -> float:
    """Points that the longest text of a row needs in the columns that are printed; Chinese is two columns wide."""
    most = 1
    for column, value in zip(sheet.columns[: sheet.printed], record[: sheet.printed], strict=True):
        if isinstance(value, str) and len(value) * 2 > column.width:
            # (bytes + characters) / 2 is the width: 1 for ASCII, 2 for Chinese.
            lines = sum(
                -(-(len(line.encode("utf-8", "replace")) + len(line)) // (2 * column.width)) or 1
                for line in value.split("\n")
            )
            most = max(most, lines)
    return min(most, _MOST_LINES) * _LINE + 2


def as_number(text: str) -> str | None:
    """The number that `text` prints, exact, where a spreadsheet can hold it digit by digit; else None."""
    match = _NUMBER.fullmatch(text)
    if match is None or sum(character.isdigit() for character in text) > _EXACT_DIGITS:
        return None
    return f"{Decimal(text[:-1]) / 100:f}" if match[2] else text


def number_format(text: str, money: bool = False) -> str:
    """The pattern that shows a number with the digits it was printed with."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"no number: {text!r}")
    decimals = "." + "0" * len(match[1]) if match[1] else ""
    return ("#,##0" if money else "0") + decimals + match[2]


def fitting(text: str) -> str:
    """`text` as a cell can hold it: without characters XML forbids, and no longer than Excel allows."""
    text = _ILLEGAL.sub("", text)
    if len(text) * 2 <= MAX_CHARACTERS or len(text.encode("utf-16-le")) // 2 <= MAX_CHARACTERS:
        return text
    room = (MAX_CHARACTERS - len(CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK
