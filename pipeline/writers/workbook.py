"""The working paper as a workbook (工作底稿 consistency.xlsx): what a cell holds is shown, never run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.writers.sheets import SHEETS, Column, Sheet
from pipeline.writers.spreadsheet import BookWriter, Layout, SheetWriter, Style

MAX_CHARACTERS = 32_767  # of a cell, in UTF-16 units; Excel's own limit, as is the next
MAX_ROWS = 1_048_576  # of a sheet, its header included
CUT_MARK = "……（内容超出单元格上限，以下从略，全文见 records 文件夹）"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.(\d{1,8}))?(%?)")
_EXACT_DIGITS = 15  # decimal digits that a spreadsheet's numbers hold
# XML has no place for these, whatever the escape.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    """One sheet, continued on further ones where it is full."""
    page, number = _begin(book, sheet, 1), 1
    for record in rows:
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
    head = ((index, column.head, _HEAD, False) for index, column in enumerate(columns))
    page.append(head, _HEAD_LINES * _LINE)
    return page


def _cells(sheet: Sheet, record: Sequence[Any]) -> Iterator[tuple[int, str, Style, bool]]:
    """The cells of a row that hold anything."""
    for index, (column, value) in enumerate(zip(sheet.columns, record, strict=True)):
        if value is not None and value != "":
            yield (index, *_cell(column, value))


def _cell(column: Column, value: Any) -> tuple[str, Style, bool]:
    """A cell: a number where the column holds numbers and the print is exact in a spreadsheet, else text."""
    if isinstance(value, int):
        return str(value), _COUNT, True
    number = as_number(value) if column.number else None
    if number is not None:
        return number, Style(number=number_format(value, column.money)), True
    text = fitting(value)
    return text, _QUOTED if text.startswith(_FORMULA_STARTS) else _SEVERITY.get(text, _TEXT), False


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
