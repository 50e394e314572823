"""Tables without rules whose lines stand far apart, and those whose cells nearly touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages import Line
from extractors.segment.tables.aligned_cells import Block, Row
from extractors.segment.tables.aligned_names import Body, merged_names, put_groups
from extractors.segment.tables.leading import leadings_of, spread
from extractors.segment.tables.pieces import PlacedPiece
from tests.extractors.readers.pdf.printing import Sheet, printed, shown, tables_of

SIZE = 10.0
LINE = Line("")


def _piece(text: str, x0: float, top: float) -> PlacedPiece:
    return PlacedPiece(text, x0, x0 + SIZE * len(text), top, top + SIZE, LINE, 0)


def _page(pitch: float, rows: int) -> list[list[PlacedPiece]]:
    """Rows of a name over two lines and a figure at their middle, 8 points between rows."""
    lines: list[list[PlacedPiece]] = []
    for row in range(rows):
        top = 100 + row * (2 * pitch + 8)
        lines.append([_piece("资金使用", 60, top), _piece("规", 150, top)])
        lines.append([_piece("88.5", 200, top + pitch / 2)])
        lines.append([_piece("合规性", 65, top + pitch), _piece("范", 150, top + pitch)])
    return lines


def test_wide_leading_is_told_by_cells_of_several_lines() -> None:
    """Lines 23 points apart, of 10 points: they usually stand 13 apart."""
    assert leadings_of([_page(23, 3)]) == [pytest.approx(2.3 / 1.3)]
    assert leadings_of([_page(14, 3)]) == [1.0]


def test_rows_of_one_line_tell_nothing_of_leading() -> None:
    """Names as far apart as their figures are rows of their own, however far that is."""
    page = [[_piece("决策", 60, 100 + 24 * row), _piece("18.0", 150, 100 + 24 * row)] for row in range(6)]
    assert leadings_of([page]) == [1.0]


def test_a_page_with_too_few_lines_is_set_as_its_neighbour() -> None:
    """One row at the end of a page; but not if its own lines stand closer."""
    wide = pytest.approx(2.3 / 1.3)
    assert leadings_of([_page(23, 1), _page(23, 3)]) == [wide, wide]
    assert leadings_of([_page(23, 3), _page(23, 1)]) == [wide, wide]
    assert leadings_of([_page(14, 1), _page(23, 3)]) == [1.0, wide]


@given(st.floats(1.0, 3.0), st.floats(0, 700))
def test_spreading_keeps_the_middle(leading: float, top: float) -> None:
    """A piece grows as much upwards as downwards."""
    piece = spread([_piece("数", 60, top)], leading)[0]
    assert (piece.top + piece.bottom) / 2 == pytest.approx(piece.middle)
    assert piece.bottom - piece.top == pytest.approx(SIZE * leading)


def _lines(columns: list[float], rows: list[list[str]], top: float = 120.0) -> list[tuple[float, float, str]]:
    return [
        (x, top + 20 * at, text) for at, row in enumerate(rows) for x, text in zip(columns, row, strict=True) if text
    ]


def test_cells_that_nearly_touch_are_told_by_the_rows_beside() -> None:
    """Four points part the columns, no more than words; they stand flush over each other."""
    rows = [
        ["工程类别", "下达金额", "支出金额", "执行率"],
        ["规模化供水工程", "1,860.00", "1,702.30", "91.52%"],
        ["单村供水工程一", "1,954.60", "1,842.84", "94.28%"],
        ["水质监测设备件", "1,180.00", "1,158.00", "98.14%"],
        ["合计", "4,994.60", "4,703.14", "94.16%"],
    ]
    table = tables_of(printed(Sheet(lines=_lines([60, 134, 178, 222], rows))))[0]
    assert [row.split(" | ") for row in shown(table)] == rows
    lefts = {cell.column: box[0] for cell in table.cells if (box := table.span(cell).bbox) is not None}
    assert lefts == pytest.approx({0: 60, 1: 134, 2: 178, 3: 222}, abs=1)


def test_a_number_that_begins_a_remark_stays_with_it() -> None:
    """`11` stands nearer to its words than to the amount before; nothing stands below or above it."""
    rows = [
        ["子项目", "实际支出", "结余", "", "备注"],
        ["技改补助", "6,098.20", "321.80", "11", ""],
        ["改造券", "2,618.76", "111.24", "", "按实际核销数兑付"],
        ["平台建设", "1,401.50", "198.50", "", "尾款待审计后支付"],
        ["合计", "10,118.46", "631.54", "", ""],
    ]
    remark = (228.0, 140.0, "个项目延期至次年验收")
    table = tables_of(printed(Sheet(lines=[*_lines([60, 120, 180, 216, 240], rows), remark])))[0]
    assert shown(table)[1] == "技改补助 | 6,098.20 | 321.80 | 11个项目延期至次年验收"


def test_a_page_with_totals_alone_goes_on_with_the_names_before() -> None:
    """The last page of a table prints 合计, and above it the rest of a name."""
    row = Row(105.0, SIZE, {2: [Block([_piece("100", 200, 100)])]})
    rest = Row(0.0, 1.0)
    blocks = [[Block([_piece("意度", 60, 80)]), Block([_piece("合计", 60, 100)])], [], [*row.cells[2]]]
    body = Body([row], (rest, Row(0.0, 1.0)), False, True, "top")
    put_groups(merged_names(blocks, [0, 1], 1, body), body)
    assert [block.text for block in row.cells[0]] == ["合计"]
    assert [block.text for block in rest.cells[0]] == ["意度"]
