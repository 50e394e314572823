"""Tables as browsers print them: a piece of a level rule below each cell, and nothing upright."""

from extractors.pages import Frame, FrameCell
from extractors.readers.pdf.cell_texts import crosses, is_row
from extractors.readers.pdf.centred import RowCell, widened
from extractors.readers.pdf.plane import Run
from extractors.readers.pdf.rowless import with_ruled_rows
from tests.extractors.readers.pdf.printing import UP, Ruled, Sheet, printed, shown, tables_of

HEADS = ["一级指标", "二级指标", "三级指标", "权重", "得分"]
EDGES = [60, 130, 200, 300, 340, 390]
ROWS = [
    HEADS,
    ["决策", "项目立项", "立项依据|充分性", "8", "7"],
    [UP, UP, "立项程序|规范性", "4", "4"],
    ["过程", "资金管理", "资金|到位率", "6", "6"],
]


def run(x0: float, x1: float, text: str, baseline: float = 100.0) -> Run:
    """A text of even characters from x0 to x1 (points)."""
    wide = (x1 - x0) / len(text)
    glyphs = [(x0 + at * wide, x0 + (at + 1) * wide, char, False) for at, char in enumerate(text)]
    return Run(x0, x1, baseline, 10.0, glyphs)


def test_where_pieces_of_level_rules_meet_columns_do() -> None:
    """Cells of two lines are one, and of a merged cell it is told which rows it covers.

    Rules around the heads and the whole table alone say nothing of rows.
    """
    table = tables_of(printed(Sheet([Ruled(EDGES, ROWS, rules=False, underlined=range(4))])))[0]
    assert (table.method, shown(table)[1:]) == (
        "ruled",
        [
            "决策 | 项目立项 | 立项依据充分性 | 8 | 7",
            "决策 | 项目立项 | 立项程序规范性 | 4 | 4",
            "过程 | 资金管理 | 资金到位率 | 6 | 6",
        ],
    )
    rows = [HEADS, *(["决策", "项目立项", "立项依据", "8", "7.5"] for _ in range(4))]
    table = tables_of(printed(Sheet([Ruled(EDGES, rows, rules=False, underlined=(0, 4))])))[0]
    assert len(shown(table)) == 5


def test_a_row_torn_by_the_page_has_no_rule_below_it() -> None:
    """It is the last of the sheet."""
    rows = [*ROWS, ["", "组织实施", "制度|健全性", "5", "5"]]
    first = Ruled(EDGES, rows, top=630.0, rules=False, underlined=range(4))
    table = tables_of(printed(Sheet([first])))[0]
    assert (table.method, shown(table)[-1]) == ("ruled", "过程 | 组织实施 | 制度健全性 | 5 | 5")


def test_prose_between_tables_with_the_same_columns_parts_them() -> None:
    """It begins where the tables do, which no text of a cell does."""
    tables = [Ruled(EDGES, ROWS, rules=False, underlined=range(4), top=top) for top in (80.0, 320.0)]
    lines = [(60.0, 235.0, "二、过程"), (80.0, 253.0, "该指标得满分。"), (60.0, 310.0, "表2")]
    found = tables_of(printed(Sheet(tables, lines)))
    assert [(table.method, len(shown(table))) for table in found] == [("ruled", 4), ("ruled", 4)]


def test_rows_between_upright_rules_alone_are_not_one() -> None:
    """A rule runs below the heads and the last row; between them each cell has its own piece at both sides."""
    rows = [HEADS, *(["决策", "项目立项", f"依据{name}", "8", "7.5"] for name in "甲乙丙丁")]
    table = tables_of(printed(Sheet([Ruled(EDGES, rows, rules=False, underlined=(0, 4), upright=True)])))[0]
    assert shown(table)[1:] == [f"决策 | 项目立项 | 依据{name} | 8 | 7.5" for name in "甲乙丙丁"]


def test_a_text_in_the_middle_of_blank_cells_is_one_cell_with_them() -> None:
    """No rule tells that the head spans three columns; the text beside it stands in the middle of its own."""
    row = [
        RowCell(0, 40, []),
        RowCell(40, 80, [run(40, 80, "评价指标")]),
        RowCell(80, 120, []),
        RowCell(120, 160, [run(130, 150, "得分")]),
    ]
    assert [(cell.x0, cell.x1) for cell in widened(row)] == [(0, 40), (40, 80), (80, 120), (120, 160)]
    row[1] = RowCell(40, 80, [run(30, 70, "评价指标")])
    row[2] = RowCell(80, 100, [])
    assert [(cell.x0, cell.x1) for cell in widened(row)] == [(0, 100), (120, 160)]
    row = [RowCell(0, 40, []), RowCell(40, 82, [run(44, 76, "其中")], merged=True), RowCell(82, 120, [])]
    assert [(cell.x0, cell.x1) for cell in widened(row)] == [(0, 120)]


def test_words_with_blanks_between_them_are_no_cells() -> None:
    """A sentence over the edge of a column is none of a row; two texts far apart may be."""
    sentence = [run(60, 180, "全年清扫率不低于"), run(182.5, 260, "85%以上。")]
    assert not is_row(sentence, [60, 120, 300], 80, 120)
    assert is_row([run(60, 140, "全年清扫率不低于"), run(200, 260, "85%以上。")], [60, 120, 300], 80, 120)


def test_two_texts_written_as_one_run_reach_over_no_edge_between_them() -> None:
    """名 and 分 stand in cells of their own."""
    glyphs = [(60.0, 70.0, "名", False), (84.0, 94.0, "分", True)]
    assert not crosses(Run(60.0, 94.0, 100.0, 10.0, glyphs), [77.0])
    assert crosses(Run(60.0, 94.0, 100.0, 10.0, glyphs), [66.0])


def test_a_word_that_runs_out_of_its_cell_is_left_whole() -> None:
    """A formula that cannot be broken stands over the rule beside it."""
    rows = [[*HEADS[:3], "说明", "得分"], ["决策", "项目立项", "立项依据", "4x88.7%/90%=3.94", "|3.94"]]
    table = tables_of(printed(Sheet([Ruled(EDGES, rows)])))[0]
    assert shown(table)[1] == "决策 | 项目立项 | 立项依据 | 4x88.7%/90%=3.94 | 3.94"


def test_dashes_of_upright_rules_tell_of_no_rows() -> None:
    """They stand apart, and pieces of rules beside cells do not."""
    cells = tuple(FrameCell(0, at, 1, 1, (100.0 * at, 0.0, 100.0 * at + 100, 90.0)) for at in range(2))
    frame = Frame((0.0, 0.0, 200.0, 90.0), 1, 2, cells, edges=(0.0, 100.0, 200.0))
    for gap, kept in ((2.0, [frame]), (0.0, [])):
        pieces = [(x, top, top + 30 - gap) for x in frame.edges for top in (0.0, 30.0, 60.0)]
        assert with_ruled_rows([frame], pieces) == kept
