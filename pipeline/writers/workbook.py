"""The working paper as a workbook (工作底稿 consistency.xlsx): what a cell holds is shown, never run."""

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.writers.sheets import SHEETS, Column, Sheet

MAX_CHARACTERS = 32_767  # of a cell, in UTF-16 units; Excel's own limit, as is the next
MAX_ROWS = 1_048_576  # of a sheet, its header included
CUT_MARK = "……（内容超出单元格上限，以下从略，全文见 records 文件夹）"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.(\d{1,8}))?(%?)")
_EXACT_DIGITS = 15  # decimal digits that a spreadsheet's numbers hold
# XML has no place for these, whatever the escape.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_A3, _A4, _A4_WIDTH = 8, 9, 180  # paper codes; characters that stay legible on A4 across
_LINE, _MOST_LINES = 14.5, 16  # points of a line; a row grows no higher, its text can still be read in the cell
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FIXED_DATE = datetime.datetime(2000, 1, 1)
_INK, _RULE, _HEAD = "#24323D", "#C9D1D6", "#E4EAEE"
_SEVERITY_FILL = {"影响结论": "#F3D3D0", "数据矛盾": "#F8E3CF", "需要关注": "#F8F0CF", "文字提示": "#E8EDF1"}


def write_workbook(folder: Path) -> None:
    """Write `consistency.xlsx` from the records below `folder`."""
    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "default_format_properties": {"font_name": "微软雅黑", "font_size": 10, "font_color": _INK},
    }
    book = xlsxwriter.Workbook(str(folder / "consistency.xlsx"), options)
    book.use_zip64()
    book.set_properties({"title": "绩效评价报告一致性核对底稿", "created": _FIXED_DATE})
    styles = Styles(book)
    for sheet in SHEETS:
        _write_sheet(book, styles, sheet, sheet.rows(folder))
    book.close()


class Styles:
    """The workbook's formats (单元格格式), each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[Any, Format] = {}
        self.head = book.add_format(
            {
                "bold": True,
                "bg_color": _HEAD,
                "text_wrap": True,
                "valign": "vcenter",
                "bottom": 2,
                "border_color": _RULE,
            }
        )
        self.count = self._cell(num_format="0", align="center")
        self.text = self._cell(text_wrap=True)
        self.quoted = self._cell(text_wrap=True, quote_prefix=True)  # stays text even after somebody edits the cell
        self.severity = {name: self._cell(bg_color=fill, bold=True) for name, fill in _SEVERITY_FILL.items()}

    def number(self, pattern: str) -> Format:
        """Of a number shown by a pattern."""
        if pattern not in self._made:
            self._made[pattern] = self._cell(num_format=pattern)
        return self._made[pattern]

    def _cell(self, **properties: Any) -> Format:
        """A new format with these properties."""
        return self._book.add_format({"valign": "top", **properties})


def _write_sheet(book: Workbook, styles: Styles, sheet: Sheet, rows: Iterable[Sequence[Any]]) -> None:
    """One sheet, continued on further ones where it is full."""
    page, row, number = _begin(book, styles, sheet, 1), 0, 1
    for record in rows:
        if row == MAX_ROWS - 1:
            _finish(page, sheet, row)
            number += 1
            page, row = _begin(book, styles, sheet, number), 0
        row += 1
        page.set_row(row, row_height(sheet, record))
        for index, (column, value) in enumerate(zip(sheet.columns, record, strict=True)):
            _write_cell(page, styles, row, index, column, value)
    _finish(page, sheet, row)


def _begin(book: Workbook, styles: Styles, sheet: Sheet, number: int) -> Worksheet:
    """A new sheet with its head, frozen and repeated in print."""
    page = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name}（{number}）")
    page.freeze_panes(1, sheet.frozen)
    page.repeat_rows(0)
    page.hide_gridlines(0)  # lines on screen and on paper, without a border on every cell
    page.set_landscape()
    page.set_paper(_A3 if sum(column.width for column in sheet.columns) > _A4_WIDTH else _A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&L&A&R第 &P 页，共 &N 页")
    page.set_row(0, 30)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(0, index, column.head, styles.head)
    return page


def _finish(page: Worksheet, sheet: Sheet, rows: int) -> None:
    """Filters over what was written, and choices where the auditor fills in."""
    page.autofilter(0, 0, rows, len(sheet.columns) - 1)
    page.print_area(0, 0, rows, (sheet.printed or len(sheet.columns)) - 1)
    for index, column in enumerate(sheet.columns):
        if column.choices and rows:
            page.data_validation(1, index, rows, index, {"validate": "list", "source": list(column.choices)})


def _write_cell(page: Worksheet, styles: Styles, row: int, index: int, column: Column, value: Any) -> None:
    """One cell: a number where the column holds numbers and the print is exact in a spreadsheet, else text."""
    if value is None or value == "":
        return
    if isinstance(value, int):
        page.write_number(row, index, value, styles.count)
        return
    number = as_number(value) if column.number else None
    if number is not None:
        page.write_number(row, index, number, styles.number(number_format(value, column.money)))
        return
    text = fitting(value)
    style = styles.quoted if text.startswith(_FORMULA_STARTS) else styles.severity.get(text, styles.text)
    page.write_string(row, index, text, style)


def row_height(sheet: Sheet, record: Sequence[Any]) -> float:
    """Points that the longest text of a row needs; a Chinese character is two columns wide."""
    most = 1
    for column, value in zip(sheet.columns, record, strict=True):
        if isinstance(value, str) and len(value) * 2 > column.width:
            # (bytes + characters) / 2 is the width: 1 for ASCII, 2 for Chinese.
            lines = sum(
                -(-(len(line.encode("utf-8", "replace")) + len(line)) // (2 * column.width)) or 1
                for line in value.split("\n")
            )
            most = max(most, lines)
    return min(most, _MOST_LINES) * _LINE + 2


def as_number(text: str) -> float | None:
    """The number that `text` prints, where a spreadsheet can hold it digit by digit; else None."""
    match = _NUMBER.fullmatch(text)
    if match is None or sum(character.isdigit() for character in text) > _EXACT_DIGITS:
        return None
    value = float(text.rstrip("%"))
    return value / 100 if match[2] else value


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
