"""Tables without rules: heads of several lines and levels, and what goes on over page breaks."""

from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

HEADS = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
EDGES = [60, 130, 200, 300, 340, 380]


def _table(*rows: list[str], edges: list[float] | None = None, top: float = 100.0) -> Ruled:
    return Ruled(edges or EDGES, rows, top=top, rules=False)


def test_a_head_over_the_blank_between_two_columns_is_that_of_both() -> None:
    """完成情况 stands over neither 目标值 nor 实际值, and makes no column of its own."""
    xs = [64, 154, 194, 254, 354]
    lines = [(174.0, 100.0, "评分"), (304.0, 100.0, "完成情况"), (64.0, 106.0, "三级指标")]
    lines += [(x, 112.0, text) for x, text in zip(xs[1:], ["权重", "得分", "目标值", "实际值"], strict=True)]
    body = ["泵站数量", "5", "5", "三座", "三座"], ["清淤长度", "4", "3", "十公里", "九公里"]
    lines += [(x, 130.0 + 14 * at, text) for at, row in enumerate(body) for x, text in zip(xs, row, strict=True)]
    (table,) = tables_of(printed(Sheet(lines=lines)))
    assert shown(table)[0] == "三级指标 | 评分 | 评分 | 完成情况 | 完成情况"
    assert shown(table)[1] == "三级指标 | 权重 | 得分 | 目标值 | 实际值"


def test_the_last_line_of_a_head_is_no_row() -> None:
    """One head breaks over two lines, and lines stand as far apart as rows."""
    rows = [["一级指", *HEADS[1:]], ["标"], ["产出", "产出数量", "泵站数量", "5", "5"], ["", "", "闸门数量", "4", "3"]]
    rows.append(["效益", "社会效益", "受益人口", "9", "8"])
    lines = [(x, 100.0 + 12.5 * at, text) for at, row in enumerate(rows) for x, text in zip(EDGES, row, strict=False)]
    (table,) = tables_of(printed(Sheet(lines=[line for line in lines if line[2]])))
    assert shown(table)[0] == " | ".join(HEADS)
    assert [row.split(" | ")[2] for row in shown(table)[1:]] == ["泵站数量", "闸门数量", "受益人口"]


def test_the_end_of_a_table_without_heads_goes_on_with_the_page_before() -> None:
    """Two rows of one figure each are no table by themselves."""
    heads = ["一级指标", "二级指标", "三级指标", "分值"]
    first = [["产出", "产出数量", "泵站数量", "5"], ["产出", "产出质量", "验收合格率", "5"]]
    last = [["效益", "社会效益", "受益人口", "9"], ["效益", "生态效益", "绿化面积", "6"]]
    edges = [60.0, 130.0, 200.0, 300.0, 340.0]
    upper = Sheet([_table(heads, *first, edges=edges, top=700.0)])
    (table,) = tables_of(printed(upper, Sheet([_table(*last, edges=edges, top=60.0)])))
    assert shown(table) == [" | ".join(row) for row in (heads, *first, *last)]


def test_a_name_that_went_down_is_that_of_the_number_left_above() -> None:
    """Also without rules: each name has a weight beside it, and the last weight on the page has no name."""
    heads = ["一级指标", "二级指标", "权重", "三级指标", "分值", "得分"]
    first = [
        ["产出", "产出数量", "9", "泵站数量", "5", "5"],
        ["", "", "", "闸门数量", "4", "4"],
        ["", "", "7", "清淤长度", "4", "4"],
    ]
    last = [["", "河道整治", "", "护岸长度", "3", "3"], ["效益", "社会效益", "6", "受益人口", "6", "6"]]
    edges = [60.0, 130.0, 200.0, 240.0, 320.0, 360.0, 400.0]
    upper = Sheet([_table(heads, *first, edges=edges, top=700.0)])
    (table,) = tables_of(printed(upper, Sheet([_table(*last, edges=edges, top=60.0)])))
    assert [row.split(" | ")[1] for row in shown(table)[3:5]] == ["河道整治", "河道整治"]
