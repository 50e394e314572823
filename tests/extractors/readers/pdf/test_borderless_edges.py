"""Where tables without rules begin and end on a page, and which lines of their heads and cells belong together."""

from extractors.pages import Document
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

FUNDS = ["资金来源", "预算数", "到位数", "支出数"]
EDGES = [60, 140, 210, 280, 350]
ROWS = [
    FUNDS,
    ["中央补助", "600.00", "600.00", "580.00"],
    ["省级补助", "350.00", "350.00", "350.00"],
    ["合计", "950.00", "950.00", "930.00"],
]
NAMES = ["一级指标", "三级指标", "分值", "得分"]


def _table(rows: list[list[str]], top: float = 100.0) -> Ruled:
    """A table without rules at the usual places."""
    return Ruled(EDGES, rows, top=top, rules=False)


def _words(*rows: tuple[float, tuple[str, ...]]) -> list[tuple[float, float, str]]:
    """Lines of text at the places of the columns. rows: their baselines and what they print."""
    return [(x + 4, y, text) for y, texts in rows for x, text in zip(EDGES, texts, strict=False) if text]


def _shown(document: Document) -> list[list[str]]:
    """The rows of every table."""
    return [shown(table) for table in tables_of(document)]


def test_larger_print_right_below_is_no_row() -> None:
    """Three pieces with figures stand in the line below the total, printed as the prose of the page is."""
    below = [(64.0, 205.0, "共3项"), (150.0, 205.0, "950.00"), (300.0, 205.0, "见附表2。")]
    assert _shown(printed(Sheet([_table(ROWS)], below, size=12.0)))[0][-1] == "合计 | 950.00 | 950.00 | 930.00"


def test_a_total_printed_in_the_size_of_its_rows_stays_a_row() -> None:
    """The same line in the size of the table."""
    below = [(64.0, 205.0, "上年"), (144.0, 205.0, "950.00"), (214.0, 205.0, "940.00"), (284.0, 205.0, "90.00")]
    assert _shown(printed(Sheet([_table(ROWS)], below)))[0][-1] == "上年 | 950.00 | 940.00 | 90.00"


def test_who_filled_in_the_form_is_no_row() -> None:
    """The line runs through the columns above it."""
    below = [
        (64.0, 205.0, "填报人：王某某（办公室）"),
        (195.0, 205.0, "联系电话：0000-0000000"),
        (320.0, 205.0, "填报日期：3月1日"),
    ]
    assert _shown(printed(Sheet([_table(ROWS)], below)))[0][-1] == "合计 | 950.00 | 950.00 | 930.00"


def test_a_caption_with_a_unit_beside_it_parts_two_tables() -> None:
    """Name and unit stand in one line, with a gap between them as between cells."""
    caption = [(64.0, 205.0, "表2"), (100.0, 205.0, "分月支出情况"), (290.0, 205.0, "单位：万元")]
    lower = [
        ["月份", "计划数", "支出数", "结余数"],
        ["1月", "10.00", "9.00", "1.00"],
        ["2月", "20.00", "19.00", "1.00"],
    ]
    found = _shown(printed(Sheet([_table(ROWS), _table(lower, top=215)], caption)))
    assert [rows[-1] for rows in found] == ["合计 | 950.00 | 950.00 | 930.00", "2月 | 20.00 | 19.00 | 1.00"]


def test_a_total_in_the_middle_of_merged_cells_parts_no_columns() -> None:
    """Its label stands between the names of the first and of the second column, over the end of both."""
    rows = [NAMES, ["产出", "完成数量", "50", "48"], ["效益", "满意程度", "50", "49"]]
    total = [(108.0, 183.0, "合计"), (214.0, 183.0, "100"), (284.0, 183.0, "97")]
    table = Ruled([60, 116, 210, 280, 350], rows, rules=False)
    wide = [
        (64.0, 205.0, "可持续影响"),
        (120.0, 205.0, "长效管理机制情况"),
        (214.0, 205.0, "10"),
        (284.0, 205.0, "9"),
    ]
    rows_shown = _shown(printed(Sheet([table], [*total, *wide])))[0]
    assert rows_shown[1] == "产出 | 完成数量 | 50 | 48"
    assert [text for text in rows_shown[3].split(" | ") if text] == ["合计", "100", "97"]


def test_one_row_at_the_foot_of_a_page_belongs_to_the_table_that_goes_on() -> None:
    """The next page prints the heads again."""
    heads = ["经办方", "承办点数", "收款额", "赔付额"]
    pages = [
        [heads, ["甲社", "8", "29.40", "16.80"]],
        [heads, ["乙社", "6", "21.60", "12.36"], ["丙社", "4", "14.50", "8.74"]],
    ]
    found = _shown(printed(*(Sheet([_table(rows, top=top)]) for rows, top in zip(pages, (730, 70), strict=True))))
    assert len(found) == 1
    assert [row for row in found[0] if not row.startswith("经办方")] == [
        "甲社 | 8 | 29.40 | 16.80",
        "乙社 | 6 | 21.60 | 12.36",
        "丙社 | 4 | 14.50 | 8.74",
    ]


def test_one_row_on_top_of_a_page_belongs_to_the_table_before() -> None:
    """Its heads are those of the page before."""
    heads = ["指标", "决策", "过程", "产出"]
    pages = [
        [heads, ["标准分", "20", "30", "50"], ["评价得分", "18", "27", "48"], ["上年得分", "17", "26", "45"]],
        [heads, ["得分率", "90%", "90%", "96%"]],
    ]
    found = _shown(printed(*(Sheet([_table(rows, top=top)]) for rows, top in zip(pages, (700, 70), strict=True))))
    assert [rows[-1] for rows in found] == ["得分率 | 90% | 90% | 96%"]


def test_a_head_over_others_stands_half_a_row_above_those_beside_it() -> None:
    """A merged head has the height of one row, the heads beside it that of two."""
    lines = _words((111.0, ("", "", "其中（万元）")), (122.0, ("险种", "承保数")), (133.0, ("", "", "省级", "县级")))
    lines += _words((155.0, ("小麦", "62", "624.00", "249.60")), (177.0, ("玉米", "48", "684.00", "273.60")))
    lines += _words((199.0, ("合计", "110", "1308.00", "523.20")))
    lines = [(x + 20 if text.startswith("其中") else x, y, text) for x, y, text in lines]
    rows = _shown(printed(Sheet(lines=[(64.0, 60.0, "承保情况如下："), *lines])))[0]
    assert rows[0] == "险种 | 承保数 | 其中（万元） | 其中（万元）"
    assert rows[-1] == "合计 | 110 | 1308.00 | 523.20"


def test_a_date_broken_over_two_lines_is_no_figure_of_its_own() -> None:
    """Its day alone looks like a number that stands off the row."""
    lines = _words((108.0, ("采购内容", "合同金额", "节约金额", "签订日期")))
    for at, name in enumerate("甲乙丙"):
        top = 130.0 + 40 * at
        lines += _words((top, (f"{name}类运维", "", "", f"2024-0{at + 1}-")), (top + 7, ("", "168.00", "7.00")))
        lines += _words((top + 14, ("服务", "", "", "26")))
    found = _shown(printed(Sheet(lines=lines)))[0]
    assert [row.split(" | ")[:3] for row in found[1:]] == [[f"{name}类运维服务", "168.00", "7.00"] for name in "甲乙丙"]


def test_a_row_with_words_where_others_have_figures_is_a_row() -> None:
    """Its cells must not go to the rows above and below."""
    heads = ["二级指标", "三级指标", "指标值", "完成值"]
    rows = [
        heads,
        ["数量指标", "培训场次", "20", "21"],
        ["社会效益", "群众生活", "改善", "改善"],
        ["满意度", "群众满意", "90%", "95%"],
    ]
    rows.insert(2, ["质量指标", "合格程度", "98%", "99%"])
    assert _shown(printed(Sheet([_table(rows)])))[0][3:] == [
        "社会效益 | 群众生活 | 改善 | 改善",
        "满意度 | 群众满意 | 90% | 95%",
    ]
