"""What spreadsheets print (电子表格打印件): cells cut by page breaks and by their own height, running heads."""

from collections.abc import Sequence

import pymupdf

from extractors.pages import Document, Line
from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.frames import find_frames
from extractors.readers.pdf.placing import by_cell
from extractors.readers.pdf.plane import Run
from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.rows.front import read_front
from extractors.segment.flow import cell_flow
from extractors.segment.segment import segment
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

XS = (60.0, 120.0, 240.0, 320.0)
Text = tuple[float, float, str]  # x and baseline
Rule = tuple[float, float, float, float]


def _row(
    top: float, height: float, *, closed: Sequence[int] = (0, 1, 2), roofed: Sequence[int] = (0, 1, 2)
) -> list[Rule]:
    """The rules around a row of three cells. closed, roofed: the columns with a rule below and above."""
    rules: list[Rule] = [(x, top, x, top + height) for x in XS]
    rules += [(XS[column], top + height, XS[column + 1], top + height) for column in closed]
    return rules + [(XS[column], top, XS[column + 1], top) for column in roofed]


def _read(*pages: tuple[Sequence[Rule], Sequence[Text], float]) -> Document:
    """Pages of rules and of text in one size, as the reader of PDF reads them."""
    pdf = pymupdf.open()
    for rules, texts, size in pages:
        page = pdf.new_page(width=595, height=842)
        for x0, y0, x1, y1 in rules:
            page.draw_line((x0, y0), (x1, y1), width=0.5)
        for x, baseline, text in texts:
            page.insert_text((x, baseline), text, fontname="china-s", fontsize=size)
    return read("printed.pdf", pdf.tobytes())


def _values(y: float, name: str, value: str) -> list[Text]:
    return [(130, y, name), (250, y, value)]


HEADS: list[Text] = [(65, 713, "一级指标"), (130, 713, "三级指标"), (250, 713, "得分")]
ABOVE = [*_row(700, 20), *_row(720, 20), *_row(740, 20, closed=(1, 2))]
BELOW = [*_row(60, 20, roofed=(1, 2)), *_row(80, 20)]


def _rows(upper: Sequence[Text], lower: Sequence[Text]) -> list[str]:
    """The body of a table over two pages whose first column holds a merged cell at the break. Texts: of that column."""
    above = [*HEADS, (65, 733, "决策"), *_values(733, "立项", "2"), *_values(753, "建站", "3"), *upper]
    below = [*lower, *_values(73, "通水", "4"), (65, 93, "效益"), *_values(93, "受益", "5")]
    table = tables_of(_read((ABOVE, above, 10), (BELOW, below, 10)))[0]
    return [row for row in shown(table) if not row.startswith("一级指标")]


def test_a_merged_cell_begins_on_the_page_before_its_text() -> None:
    """No rule is drawn below its column where the page ends: 产出 begins there, though it is printed on the next."""
    rows = _rows([], [(65, 73, "产出")])
    assert rows == ["决策 | 立项 | 2", "产出 | 建站 | 3", "产出 | 通水 | 4", "效益 | 受益 | 5"]


def test_a_line_that_the_page_break_cut_is_one() -> None:
    """Both pages print it, struck through by their edges, each showing a half; most of it lies beyond the table."""
    rows = _rows([(65, 765, "产出")], [(65, 63, "产出")])
    assert rows == ["决策 | 立项 | 2", "产出 | 建站 | 3", "产出 | 通水 | 4", "效益 | 受益 | 5"]


def test_a_line_of_which_a_page_shows_a_sliver_is_taken_from_the_other() -> None:
    """Below the last rule hangs what is seen of 产出, a character that is taller than its neighbour."""
    rows = _rows([(65, 769, "产")], [(65, 69, "产出")])
    assert [row.split(" | ")[0] for row in rows] == ["决策", "产出", "产出", "效益"]


def test_a_sliver_above_a_table_is_no_text_between_pages() -> None:
    """Of the line that the page before prints whole its foot is seen above the first rule."""
    rows = _rows([(65, 756, "产出")], [(65, 60.5, "产出")])
    assert [row.split(" | ")[0] for row in rows] == ["决策", "产出", "产出", "效益"]


def test_a_text_over_two_pages_is_one() -> None:
    """Two lines in the middle of a merged cell, and the page breaks between them."""
    rows = _rows([(65, 757, "公共服务")], [(65, 70, "能力提升")])
    assert [row.split(" | ")[0] for row in rows] == ["决策", "公共服务能力提升", "公共服务能力提升", "效益"]


def _run(text: str, baseline: float) -> Run:
    glyphs = [(62.0 + 10 * at, 72.0 + 10 * at, character, False) for at, character in enumerate(text)]
    return Run(glyphs[0][0], glyphs[-1][1], baseline, 10.0, glyphs)


def _by_row(*runs: Run) -> dict[int, list[str]]:
    """The texts by row, of a column of three cells that are twenty points high."""
    across = [(float(y), 60.0, 200.0) for y in (100, 120, 140, 160)]
    (frame,) = find_frames(across, [(60.0, 100.0, 160.0), (150.0, 100.0, 160.0), (200.0, 100.0, 160.0)])
    groups, outside = by_cell(runs, [CellFinder(frame)])
    assert not outside
    texts = {
        frame.cells[cell].row: ["".join(glyph[2] for glyph in run.glyphs) for run in own]
        for (_, cell), own in groups.items()
    }
    return dict(sorted(texts.items()))


def test_a_text_too_high_for_its_row_stays_in_its_cell() -> None:
    """Its first and last line lie mostly beyond the rules, which strike them through; it was written in one go."""
    runs = [_run("预期目标", 112), _run("甲甲甲甲", 121.5), _run("乙乙乙乙", 133.5), _run("丙丙丙丙", 145.5)]
    assert _by_row(*runs, _run("一级", 155)) == {0: ["预期目标"], 1: ["乙乙乙乙", "甲甲甲甲", "丙丙丙丙"], 2: ["一级"]}


def test_a_line_whose_place_is_taken_belongs_below_the_rule() -> None:
    """The rest of a merged cell behind a repeated head: only its lower edge is seen, and the head has its own text."""
    assert _by_row(_run("名称", 114), _run("社会效益", 121.5)) == {0: ["名称"], 1: ["社会效益"]}
    assert _by_row(_run("社会效益", 121.5)) == {0: ["社会效益"]}


def test_a_running_head_may_be_larger_than_a_sheet_made_to_fit() -> None:
    """It stands apart from all else; a title right above its table does not, however often it comes."""
    text = [(60.0, 300.0 + 12 * row, "全年实际支出八百万元，年初预算九百万元，按期完成。" * 2) for row in range(9)]
    pages = [([], [(240.0, 64.0, "内部资料"), *text], 8.0) for _ in range(2)]
    pdf = pymupdf.open()
    for _, texts, size in pages:
        page = pdf.new_page(width=842, height=595)
        for number, (x, baseline, line) in enumerate(texts):
            page.insert_text((x, baseline), line, fontname="china-s", fontsize=size if number else 11)
    assert not [line for page in read("printed.pdf", pdf.tobytes()).pages for line in page.lines if "内部" in line.text]
    for page in pdf:
        page.insert_text((240, 80), "项目支出绩效自评表", fontname="china-s", fontsize=11)
    assert [line for page in read("printed.pdf", pdf.tobytes()).pages for line in page.lines if "内部" in line.text]


def test_a_running_head_is_no_part_of_the_title() -> None:
    """On a single page nothing comes again: it is far smaller than the title, or of two parts that stand apart."""
    for head, height in (("内部资料", 6.0), ("内部资料  附表1", 12.0)):
        lines = [
            Line(head, page=1, box=(60, 40, 200, 40 + height)),
            Line("清溪县河道整治项目绩效评价报告", page=1, box=(60, 70, 300, 82)),
        ]
        titles = [value.text for name, value in read_front(lines) if name == "title"]
        assert titles == ["清溪县河道整治项目绩效评价报告"]


def test_characters_set_one_below_the_other_are_one_text() -> None:
    """Digits among them are one number."""
    line = Line("产")
    assert cell_flow([(character, line) for character in "产出（50分）"]).text == "产出（50分）"
    assert cell_flow([("5", line), ("8", line)]).text == "5 8"


def _columns_at(y: float, texts: Sequence[str], xs: Sequence[float]) -> list[Text]:
    return [(x, y, text) for x, text in zip(xs, texts, strict=True)]


def test_heads_in_the_middle_of_wide_columns_stand_over_values_at_their_edges() -> None:
    """No head stands over a value, but there are as many of both."""
    rows = [("决策", "20", "17.50"), ("过程", "20", "15.20"), ("产出", "35", "30.60")]
    text = [*_columns_at(100, ("评价维度", "分值", "得分"), (110, 260, 400))]
    for number, row in enumerate(rows):
        text += _columns_at(114 + 14 * number, row, (60, 200, 340))
    (table,) = tables_of(_read(([], text, 10)))
    assert shown(table) == ["评价维度 | 分值 | 得分", *(" | ".join(row) for row in rows)]


def test_numbers_printed_as_hashes_are_unread_and_told() -> None:
    """A column too narrow for its numbers: nothing is read in their place, and nothing slides there."""
    rows = [
        ("一级指标", "三级指标", "得分", "分值", "完成值"),
        ("决策", "立项依据", "7.00", "8", "###"),
        ("过程", "资金到位率", "6.00", "6", "96%"),
        ("产出", "建站数量", "5.00", "6", "12座"),
        ("总计", "", "###", "20", ""),
    ]
    table = Ruled([60, 120, 200, 260, 320, 380], rows)
    document = printed(Sheet([table], [(60, 80, "清溪县河道整治项目绩效评价报告")]))
    report = extract(segment(document)[0])
    values = {row.name.text: {name: value.text for name, value in row.fields} for row in report.indicators}
    assert values["立项依据"] == {"weight": "8", "score": "7.00"}
    assert values["总计"] == {"weight": "20"}
    assert [note.code for grid in segment(document)[0].tables for note in grid.notes] == ["unread-numbers"]


def _sheet_grid(paragraphs: int) -> list[str]:
    """Rows of a table with some as wide as the sheet above and below it, all in one grid."""
    rows = [("一级指标", "三级指标", "得分"), ("决策", "立项", "2"), ("产出", "建站", "3"), ("效益", "受益", "5")]
    rules: list[Rule] = []
    text: list[Text] = []
    for number in range(2 * paragraphs + len(rows)):
        top, row = 100.0 + 20 * number, number - paragraphs
        if 0 <= row < len(rows):
            rules += _row(top, 20)
            text += _columns_at(top + 13, rows[row], (65, 130, 250))
        else:
            rules += [rule for rule in _row(top, 20) if rule[1] == rule[3] or rule[0] in (XS[0], XS[-1])]
            text.append((65, top + 13, f"第{number}段按期完成。"))
    (table,) = tables_of(_read((rules, text, 10)))
    return shown(table)


def test_paragraphs_in_the_grid_of_a_sheet_are_no_rows() -> None:
    """Gridlines are printed around all that stands on a sheet; a title or two may belong to a form."""
    assert _sheet_grid(3) == ["一级指标 | 三级指标 | 得分", "决策 | 立项 | 2", "产出 | 建站 | 3", "效益 | 受益 | 5"]
    assert len(_sheet_grid(1)) > 4


def test_a_box_of_lines_across_has_columns_by_alignment() -> None:
    """Rules around the table and below every row, but none between the columns; another table stands on the page."""
    rows = [("一级指标", "三级指标", "得分"), ("决策", "立项", "2"), ("产出", "建站", "3"), ("效益", "受益", "5")]
    rules: list[Rule] = []
    text: list[Text] = []
    for number, row in enumerate(rows):
        top = 100.0 + 30 * number
        rules += [rule for rule in _row(top, 30) if rule[1] == rule[3] or rule[0] in (XS[0], XS[-1])]
        text += _columns_at(top + 19, row, (65, 130, 250))
        text += [(130, top + 26, "规范性")] if number == 1 else []
    text = [(x, y - 6 if (x, y) == (130, 149) else y, one) for x, y, one in text]
    (table,) = tables_of(_read((rules, text, 7)))
    assert shown(table)[1] == "决策 | 立项规范性 | 2"


def test_an_empty_merged_cell_at_the_foot_of_a_page_has_its_text_on_the_next() -> None:
    """Where gridlines are printed, a page ends with a rule, whatever is merged there."""
    above = [*_row(700, 20), *_row(720, 20, closed=(1, 2)), *_row(740, 20, roofed=(1, 2))]
    upper = [*HEADS, *_values(733, "通水", "2"), *_values(753, "建站", "3")]
    lower = [(65, 73, "产出"), *_values(73, "供电", "4"), (65, 93, "效益"), *_values(93, "受益", "5")]
    (table,) = tables_of(_read((above, upper, 10), ([*_row(60, 20), *_row(80, 20)], lower, 10)))
    assert shown(table)[1:] == ["产出 | 通水 | 2", "产出 | 建站 | 3", "产出 | 供电 | 4", "效益 | 受益 | 5"]
