"""The workbook's file format: well-formed parts, exact cells, the same bytes again."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.writers.spreadsheet import BookWriter, Layout, Style, column_letters, number_cell, text_cell

LAYOUT = Layout(widths=[10, 20, 30], frozen=1, printed=2, large=True, choices={2: ("是", "否")})
BOLD = Style(number="0.00", bold=True, fill="F3D3D0")


def _write(path: Path) -> Path:
    with BookWriter(path, "标题 & <底稿>", "宋体") as book:
        for name in ("甲", "乙's（2）"):
            sheet = book.add_sheet(name, LAYOUT)
            sheet.append([(0, text_cell("头", Style(bold=True))), (2, text_cell("尾", Style()))], 20)
            sheet.append([(0, text_cell("1 < 2 & 3", Style(wrap=True))), (1, number_cell("17.90", BOLD))], 15.5)
            sheet.finish()
    return path


def test_every_part_is_well_formed(tmp_path: Path) -> None:
    """And every part that is referred to is there."""
    with zipfile.ZipFile(_write(tmp_path / "a.xlsx")) as package:
        names = set(package.namelist())
        for name in names:
            ElementTree.fromstring(package.read(name))  # noqa: S314 - our own file
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))  # noqa: S314
    named = {str(part.get("PartName")).removeprefix("/") for part in types if part.get("PartName")}
    assert named <= names
    assert names - named == {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}


def test_another_program_reads_what_was_written(tmp_path: Path) -> None:
    """Values, formats, widths, frozen panes, filter, choices, print settings."""
    book = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))
    assert book.sheetnames == ["甲", "乙's（2）"]
    sheet = book["乙's（2）"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["头", None, "尾"],
        ["1 < 2 & 3", 17.9, None],
    ]
    number = sheet["B2"]
    assert (number.number_format, number.font.b, number.fill.fgColor.rgb) == ("0.00", True, "FFF3D3D0")
    assert sheet["A2"].alignment.wrap_text
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.column_dimensions["C"].width == 30
    assert sheet.print_title_rows == "$1:$1"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C2"]
    assert sheet.row_dimensions[2].height == 15.5


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    """No clock stands in the file."""
    assert _write(tmp_path / "a.xlsx").read_bytes() == _write(tmp_path / "b.xlsx").read_bytes()


def test_an_interruption_leaves_no_file(tmp_path: Path) -> None:
    """Nor a rest of one."""
    with pytest.raises(KeyboardInterrupt), BookWriter(tmp_path / "a.xlsx", "标题", "宋体") as book:
        book.add_sheet("甲", LAYOUT)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@given(st.integers(min_value=0, max_value=16_383))
def test_columns_are_counted_in_letters(index: int) -> None:
    """A is 0; the letters can be counted back."""
    value = 0
    for letter in column_letters(index):
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value == index + 1
