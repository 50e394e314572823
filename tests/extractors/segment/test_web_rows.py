"""Tables of web pages whose merged cells were dropped: every row, or every cell, ends with a stroke."""
# ruff: noqa: E501

from tests.extractors.segment.layouts import parts, shown

FORM = """
部门预算项目支出绩效自评表（2031年度） | ||||||||||
项目名称 | 渡口航标维护 | |||||||||
主管部门 | 临沧渡县航务局 | 实施单位（盖章） | 临沧渡县航道站 | |||||||
预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 | ||
总额 | 40.00 | 36.00 | 27.00 | 75.00% | 10 | 7.5 | 汛期停工。 | |||
其中：财政资金 | 40.00 | 36.00 | 27.00 | 75.00% | / | / | ||||
绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析 |
产出指标 | 数量指标 | 维护航标座数 | ≥ | 32 | 座 | 30 | 40 | 37.5 | 两座待修。 | |
质量指标 | 航标正常率 | ≥ | 98 | % | 99 | 20 | 20 | ||
效益指标 | 社会效益指标 | 航道安全状况 | 定性 | 良好 | 良好 | 20 | 20 | |||
满意度指标 | 服务对象满意度指标 | 船民满意度 | ≥ | 90 | % | 93 | 10 | 10 | ||
合计 | 100 | 95 | |||||||||
"""
MONEY = ["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
ROWS = [
    " | 产出指标 | 数量指标 | 维护航标座数 | ≥ | 32 | 座 | 30 | 40 | 37.5 | 两座待修。",
    " |  | 质量指标 | 航标正常率 | ≥ | 98 | % | 99 | 20 | 20 | ",
    " | 效益指标 | 社会效益指标 | 航道安全状况 | 定性 | 良好 |  | 良好 | 20 | 20 | ",
    " | 满意度指标 | 服务对象满意度指标 | 船民满意度 | ≥ | 90 | % | 93 | 10 | 10 | ",
    "合计 |  |  |  |  |  |  |  | 100 | 95 | ",
]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _measures(rows: list[str]) -> list[tuple[str, str, str]]:
    """Name, weight and score of every row of indicators, and those of the total."""
    cells = [_cells(row) for row in rows]
    return [(row[3] or row[0], row[8], row[9]) for row in cells if len(row) > 9 and row[8].isdigit()]


def test_rows_without_their_merged_cells() -> None:
    """Numbers stand below the heads they belong to, however far the row slid to the left."""
    (part,) = parts(FORM)
    (grid,) = part.tables
    rows = shown(grid)
    assert _measures(rows) == _measures(ROWS)
    assert _cells(next(row for row in rows if row.startswith("年度预算数")))[2:9] == MONEY
    assert _cells(next(row for row in rows if "总额" in row))[2:8] == [
        "40.00",
        "36.00",
        "27.00",
        "75.00%",
        "10",
        "7.5",
    ]


def test_one_cell_a_line_closed_by_strokes() -> None:
    """The same page with a line for every cell; a stroke alone is a blank cell."""
    lines = [cell.strip() + " |" for row in FORM.strip().splitlines() for cell in row.split("|") if cell.strip()]
    (part,) = parts("\n".join(lines) + "\n|\n")
    (grid,) = part.tables
    assert _measures(shown(grid)) == _measures(ROWS)


def test_a_regular_table_with_closing_strokes_keeps_its_columns() -> None:
    """Nothing slid: blank cells stay where they are."""
    head = "一级指标 | 三级指标 | 分值 | 得分 | 说明 |\n"
    (part,) = parts(
        head + "产出 | 清淤长度 | 20 | 18 | 一段未清 |\n产出 | 验收合格 | 30 | 30 | |\n合计 | | 50 | 48 | |\n"
    )
    (grid,) = part.tables
    assert _cells(shown(grid)[-1])[:4] == ["合计", "", "50", "48"]


def test_rows_printed_without_their_merged_names() -> None:
    """A row of fewer cells, all of them filled, begins below the names it goes on with."""
    (part,) = parts(
        "附表 | \n一级指标（满分） | 二级指标 | 三级指标 | 满分 | 实得分 |\n投入（15） | 预算编制 | 编制准确 | 5 | 4 |\n"
        "用款计划 | 计划合理 | 10 | 9 |\n产出（85） | 清淤 | 清淤长度 | 45 | 40.5 |\n验收合格 | 40 | 40 |\n合计 | 100 | 93.5 |\n"
    )
    assert shown(list(part.tables)[-1])[1:] == [
        "投入（15） | 预算编制 | 编制准确 | 5 | 4",
        "^ | 用款计划 | 计划合理 | 10 | 9",
        "产出（85） | 清淤 | 清淤长度 | 45 | 40.5",
        "^ | ^ | 验收合格 | 40 | 40",
        " |  | 合计 | 100 | 93.5",
    ]


STACKED = """
项目支出绩效自评表
项目名称
书屋空调改造
主管部门
苇塘县文化局
实施单位
苇塘县图书馆
项目资金
(万元)
年初
预算数
全年
预算数
全年
执行数
分值
执行率
得分
年度资金总额
43.2
43.2
37.24
10
86%
9
年度总体目标
预期目标
实际完成情况
完成改造
已完成
一级指标
二级指标
三级指标
年度
指标值
实际
完成值
分值
得分
偏差原因分析及改进措施
产出指标
数量指标
指标1：改造书屋
20
20
40
40
0
指标2：
……
质量指标
指标1：验收合格率
100
100
10
10
效益指标
经济效益
指标
指标1：
指标2：
社会效益
指标
指标1：读者人次
500
520
30
30
0
满意度
指标
服务对象满意度指标
指标1：读者满意度
95
96
10
10
0
总分
100
99
"""


def test_unfilled_names_and_broken_heads() -> None:
    """The form's own names that nobody filled in take no part; heads on two lines are one; `0` is no score."""
    (part,) = parts(STACKED)
    (grid,) = part.tables
    rows = [_cells(row) for row in shown(grid)]
    assert [row[2:8] for row in rows if row[1] == "年度资金总额"] == [["43.2", "43.2", "37.24", "10", "86%", "9"]]
    names = [(row[3], row[4:8]) for row in rows if len(row) > 7 and row[3].startswith("指标1")]
    assert names == [
        ("指标1：改造书屋", ["20", "20", "40", "40"]),
        ("指标1：验收合格率", ["100", "100", "10", "10"]),
        ("指标1：读者人次", ["500", "520", "30", "30"]),
        ("指标1：读者满意度", ["95", "96", "10", "10"]),
    ]


LINES = """
项目支出绩效自评表
项目名称 渡槽防渗
主管部门 实施单位 苇塘县水务站
项目资金
(万元)
年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分
年度资金总额: 88 88 88 10 10
一级
指标
二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
(50分)
数量指标 指标1:防渗长度 4 4 20 20
指标2:更换闸门 2 2 20 20
……
质量指标 指标1:工程质量合格 10 10
指标2:
……
(30分)
社会效益
指标
指标1:灌溉得到保障 30 30
指标2:
……
满意度指标
(10分)
服务对象
满意度指标
指标1:农户满意度 90% 96% 10 10
指标2:
……
总分 100 100
"""


def test_rows_of_words_with_unfilled_names_between() -> None:
    """A row without target and actual keeps its name; what nobody filled in is nobody's remark."""
    tables = list(parts(LINES)[0].tables)
    rows = [_cells(row) for row in shown(tables[-1])]
    assert [(row[2], row[3:7]) for row in rows if len(row) > 6 and row[2].startswith("指标")] == [
        ("指标1:防渗长度", ["4", "4", "20", "20"]),
        ("指标2:更换闸门", ["2", "2", "20", "20"]),
        ("指标1:工程质量合格", ["", "", "10", "10"]),
        ("指标1:灌溉得到保障", ["", "", "30", "30"]),
        ("指标1:农户满意度", ["90%", "96%", "10", "10"]),
    ]
    assert not any("指标2:" in cell and len(cell) < 7 for row in rows for cell in row)
