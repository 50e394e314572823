"""Facts about real PDFs, each looked up on the rendered page by eye; skipped where the files are not at hand."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from extractors.pages import Document
from extractors.readers.read import read
from extractors.readers.settings import ReadingSettings
from extractors.segment.model import TableGrid
from extractors.segment.segment import segment

REAL = Path(__file__).parents[5] / "shared" / "pdf" / "real"
RAPID = ReadingSettings(engine="rapid")  # reads with the same models as PaddleOCR, but is there in a moment


@cache
def _pages(name: str, *numbers: int) -> Document:
    """Some pages (1-based) of a real file, read."""
    path = REAL / f"{name}.pdf"
    if not path.is_file():
        pytest.skip("no ../shared/pdf/real here")
    import pymupdf

    pdf = pymupdf.open(path)
    pdf.select([number - 1 for number in numbers])
    return read(f"{name}.pdf", pdf.tobytes(), RAPID)


def _texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def _tables(document: Document) -> list[TableGrid]:
    return [table for part in segment(document) for table in part.tables]


def _row(table: TableGrid, number: int) -> list[str]:
    return [cell.text for cell in table.cells if cell.row == number]


def test_a_seal_over_the_signature_hides_nothing() -> None:
    """The body's name and the date stand below the seal; its own ring of words is no line of text."""
    document = _pages("redhead_scan_with_seal", 4)
    assert document.pages[0].read_by_ocr
    texts = _texts(document)
    assert "2025年11月25日" in texts
    assert "中国证券投资基金业协会" in texts
    assert "二、纪律处分决定" in texts
    signature = texts.index("中国证券投资基金业协会")
    assert texts[signature + 1] == "2025年11月25日"


def test_every_character_of_a_scan_has_its_place_and_certainty() -> None:
    """Inside the page, from left to right, between 0 and 1."""
    page = _pages("redhead_scan_with_seal", 4).pages[0]
    for line in page.lines:
        assert len(line.chars) == len(line.text)
        assert line.origin == "ocr"
        assert line.confidence == min(char.confidence or 0.0 for char in line.chars)
        lefts = [char.box[0] for char in line.chars]
        assert lefts == sorted(lefts)
        assert line.box is not None
        assert page.width is not None
        assert 0 <= line.box[0] < line.box[2] <= page.width


def test_a_table_in_a_scan_is_read_through_its_grid() -> None:
    """Fourteen narrow columns whose characters stand below each other."""
    document = _pages("scan_mix_zh", 2)
    assert document.pages[0].read_by_ocr
    table = _tables(document)[0]
    assert (table.n_rows, table.n_columns) == (2, 14)
    assert _row(table, 0)[:5] == ["地区", "韩地", "宋地", "燕地", "吴地"]
    assert _row(table, 1)[2:4] == ["房心", "尾箕"]


def test_a_broken_unicode_map_sends_the_page_to_its_image() -> None:
    """The text layer of this standard is gibberish; the image says what it says."""
    document = _pages("gbt_standard_broken_tounicode", 6)
    assert document.pages[0].read_by_ocr
    assert any(note.code == "page-ocr" and "字符编码错误" in note.message for note in document.notes)
    assert "5.2.2.2 汤色" in _texts(document)
    table = _tables(document)[0]
    assert [_row(table, row) for row in range(table.n_rows)] == [
        ["茶类", "冲泡时间/min"],
        ["绿茶", "4"],
        ["红茶", "5"],
        ["乌龙茶（条型、卷曲型、）", "5"],
        ["乌龙茶（圆结型、拳曲型、颗粒型）", "6"],
        ["白茶", "5"],
        ["黄茶", "5"],
    ]


def test_a_page_turned_by_its_file_is_read_upright() -> None:
    """Its wide table has a header three deep and eleven columns."""
    document = _pages("annual_halfyear_2010_rotated_pages", 23)
    page = document.pages[0]
    assert page.width is not None
    assert page.height is not None
    assert page.width > page.height
    (table,) = _tables(document)
    assert (table.n_rows, table.n_columns, table.header_rows) == (30, 11, 3)
    assert [text for text in _row(table, 3) if text] == [
        "一、上年年末余额", "942,838,487.00", "1,295,599,359.15", "17,223,662.80", "-122,868,779.58",
        "23,782,882.08", "2,156,575,611.45",
    ]  # fmt: skip
    assert [text for text in _row(table, 29) if text][-1] == "2,211,600,414.14"


def test_a_table_over_four_pages_is_one() -> None:
    """Without a repeated header; each fragment says why it was linked, each cell keeps its page."""
    (table,) = _tables(_pages("sh_putuo_wanli_2024_budget", 11, 12, 13, 14))
    assert [(fragment.first.page, fragment.rows) for fragment in table.fragments] == [
        (1, (0, 15)), (2, (15, 33)), (3, (33, 51)), (4, (51, 69)),
    ]  # fmt: skip
    assert all(fragment.reason for fragment in table.fragments[1:])
    assert table.header_rows == 3
    assert _row(table, 15) == ["201", "38", "02", "一般行政管理事务", "135,200", "135,200", "0", "0", "0"]
    assert _row(table, 33) == ["208", "05", "02", "事业单位离退休", "76,620", "76,620", "0", "0", "0"]
    cell = next(cell for cell in table.cells if (cell.row, cell.column) == (33, 4))
    assert table.span(cell).page == 3


@pytest.mark.parametrize("heading", ["第一章 LS-DYNA简介", "1.1 LS-DYNA发展概况", "1.2 分析能力"])
def test_a_heading_drawn_four_times_is_read_once(heading: str) -> None:
    """Copies a hair's breadth apart make it bold."""
    bare = "".join(heading.split())
    texts = ["".join(text.split()) for text in _texts(_pages("overlapped_bold_duplicates", 1))]
    assert texts.count(bare) == 1
    assert sum(text.count(bare) for text in texts) == 1


def test_a_watermark_across_the_page_is_no_text() -> None:
    """It runs at 45 degrees and is told in a note."""
    document = _pages("rotated_45_watermark_zh", 1, 2, 3, 4)
    assert any(note.code == "watermark" for note in document.notes)
    assert "第1节分数巧算" in ["".join(text.split()) for text in _texts(document)]


def _lies_within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return inner[0] >= outer[0] - 2 and inner[2] <= outer[2] + 2


@pytest.mark.parametrize("name", ["annual_halfyear_2010_rotated_pages", "gbt_standard_broken_tounicode"])
def test_cells_lie_within_their_frame(name: str) -> None:
    """Also on a turned page, and on one that was read from its image."""
    numbers: dict[str, Callable[[], Document]] = {
        "annual_halfyear_2010_rotated_pages": lambda: _pages(name, 23),
        "gbt_standard_broken_tounicode": lambda: _pages(name, 6),
    }
    page = numbers[name]().pages[0]
    framed = [line for line in page.lines if line.framed is not None]
    assert framed
    for line in framed:
        assert line.framed is not None
        assert line.box is not None
        assert _lies_within(line.box, line.framed[0].box)
