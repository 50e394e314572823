"""The workbook shows what the records hold and runs none of it."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.writers import sheet_rows, wording, workbook
from pipeline.writers.sheets import SHEETS
from pipeline.writers.workbook import CUT_MARK, MAX_CHARACTERS, as_number, fitting, number_format, write_workbook
from tests.pipeline import make
from tests.pipeline.writing import write_lines


def _book(folder: Path) -> openpyxl.Workbook:
    write_workbook(folder)
    return openpyxl.load_workbook(folder / "consistency.xlsx")


def test_every_sheet_has_head_filter_and_frozen_row(tmp_path: Path) -> None:
    """Also a sheet without rows can be read."""
    book = _book(write_lines(tmp_path))
    assert book.sheetnames == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == [column.head for column in sheet.columns]
        assert page.auto_filter.ref is not None
        assert str(page.freeze_panes)[-1] == "2"


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    """Not on opening (type s), and not after somebody edits the cell (quote prefix)."""
    book = _book(write_lines(tmp_path, make.result(findings=make.hostile_findings())))
    seen = set()
    for row in book["疑点"].iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type != "f"
            if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t")):
                assert cell.quotePrefix
                seen.add(cell.value[0])
    assert seen >= {"=", "+", "@", "\t"}


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    """Also what looks like markup or like a spreadsheet's own escapes; control characters apart."""
    book = _book(write_lines(tmp_path, make.result(findings=make.hostile_findings())))
    column = [row[4].value for row in book["疑点"].iter_rows(min_row=2)]
    # openpyxl leaves the escape of an escape as it stands, spreadsheets decode it
    assert [text.replace("_x005F_", "_") for text in column] == [workbook.fitting(text) for text in make.HOSTILE]


def test_numbers_are_numbers_shown_as_printed(tmp_path: Path) -> None:
    """The auditor can add up a column, and sees the printed digits."""
    page = _book(write_lines(tmp_path, make.result()))["指标"]
    heads = [cell.value for cell in page[1]]
    weight, rate = page.cell(2, heads.index("分值") + 1), page.cell(2, heads.index("得分率") + 1)
    assert (weight.value, weight.number_format) == (20, "0.00")
    assert (rate.value, rate.number_format) == (0.897, "0.00%")


def test_findings_are_sorted_by_severity(tmp_path: Path) -> None:
    """The gravest stands first."""
    findings = (make.finding("f1", "info"), make.finding("f2", "decisive"), make.finding("f3", "error"))
    page = _book(write_lines(tmp_path, make.result(findings=findings)))["疑点"]
    assert [row[1].value for row in page.iter_rows(min_row=2)] == ["影响结论", "数据矛盾", "文字提示"]


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [("17.94", "17.94", "0.00"), ("-2", "-2", "0"), ("89.70%", "0.897", "0.00%"), ("0.5", "0.5", "0.0")],
)
def test_printed_numbers(text: str, value: str, pattern: str) -> None:
    """A number is exact, and keeps its digits through its format."""
    assert as_number(text) == value
    assert number_format(text) == pattern


@pytest.mark.parametrize("text", ["007", "1,000", "12345678901234567", "≥90%", "", "1e5", "1.", "--1"])
def test_texts_that_are_no_exact_number(text: str) -> None:
    """What a spreadsheet would show otherwise than printed stays text."""
    assert as_number(text) is None


def test_long_text_is_cut_with_a_note() -> None:
    """Excel's limit counts UTF-16 units; a character outside the basic plane counts two."""
    for text in ("长" * 40_000, "𠀀" * 20_000):
        cut = fitting(text)
        assert cut.endswith(CUT_MARK)
        assert len(cut.encode("utf-16-le")) // 2 <= MAX_CHARACTERS
    assert fitting("长" * MAX_CHARACTERS) == "长" * MAX_CHARACTERS


def test_characters_that_xml_forbids_are_left_out() -> None:
    """Control characters and lone surrogates would make the file unreadable."""
    assert fitting("甲\x00\x07乙\ud800\n丙\t") == "甲乙\n丙\t"


def test_full_sheet_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows beyond Excel's limit go on in a further sheet, none is lost."""
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    findings = tuple(make.finding(f"f{n}") for n in range(5))
    book = _book(write_lines(tmp_path, make.result(findings=findings)))
    pages = [book[name] for name in book.sheetnames if name.startswith("疑点")]
    assert [page.title for page in pages] == ["疑点", "疑点（2）", "疑点（3）"]
    assert [page.max_row - 1 for page in pages] == [2, 2, 1]


def test_long_sheet_of_records_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of rows no spreadsheet opens; the sheet names the file that has them all."""
    whole = _book(write_lines(tmp_path / "whole", make.result()))["表格"]
    assert whole.max_row > 3
    monkeypatch.setattr(workbook, "SHEETS", tuple(replace(sheet, most=2) for sheet in workbook.SHEETS))
    page = _book(write_lines(tmp_path / "cut", make.result()))["表格"]
    assert page.max_row == 4
    assert "records/tables.jsonl" in str(page.cell(4, 1).value)


def test_of_many_relations_those_that_fail_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the auditor has to look at is not what a long sheet leaves out."""
    result = make.result()
    failed = result.reports[0]
    right = replace(failed.relations[0], verdict="consistent")
    folder = write_lines(tmp_path, replace(result, reports=(replace(failed, relations=(right, failed.relations[0])),)))
    monkeypatch.setattr(sheet_rows, "LONG_RELATIONS", 1)
    monkeypatch.setattr(workbook, "SHEETS", tuple(replace(sheet, most=1) for sheet in workbook.SHEETS))
    page = _book(folder)["关系"]
    assert page.cell(2, 3).value == wording.VERDICT["inconsistent"]
    assert "records/relations.jsonl" in str(page.cell(3, 1).value)
