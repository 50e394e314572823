"""Tables without levels, one cell on each line, find their records by the kinds of their cells."""

from tests.extractors.segment.layouts import parts, prose, shown, tables

RECORDS = """各子项目执行情况如下：

序号

子项目

预算数

（万元）

支出数（万元）

执行率

1

渠道衬砌

210.00

205.80

98.00%

3

2

管护道路与
配套涵闸

64.50

60.20

93.33%

合计

274.50

266.00

96.90%

二、其他情况

全部子项目均已验收。
"""
SERIALLESS = "乡镇\n任务数\n完成数\n完成率\n东河乡\n12\n12\n100%\n西岭镇\n—\n3\n—\n\n以上乡镇均已复核。\n"


def test_records_one_cell_a_line() -> None:
    """A unit goes on with its head, a name with its second line; a page number stands for nothing."""
    (grid,) = tables(RECORDS)
    assert shown(grid) == [
        "序号 | 子项目 | 预算数（万元） | 支出数（万元） | 执行率",
        "1 | 渠道衬砌 | 210.00 | 205.80 | 98.00%",
        "2 | 管护道路与配套涵闸 | 64.50 | 60.20 | 93.33%",
        "合计 |  | 274.50 | 266.00 | 96.90%",
    ]
    assert (grid.method, grid.header_rows) == ("one-cell-per-line", 1)


def test_prose_around_records_stays_prose() -> None:
    """What introduces the table and what follows it are no cells."""
    (part,) = parts(RECORDS)
    assert prose(part) == ["各子项目执行情况如下：", "全部子项目均已验收。"]


def test_records_without_serial_numbers() -> None:
    """The first column may be names; a dash is a figure that is not there."""
    (grid,) = tables(SERIALLESS)
    assert shown(grid)[1:] == ["东河乡 | 12 | 12 | 100%", "西岭镇 | — | 3 | —"]


def test_a_total_in_front_and_a_dash_for_a_column_of_words() -> None:
    """The kinds of the columns are those of the records, not of the total above them."""
    first = "序号\n子项目\n预算\n支出\n执行率\n总计\n30\n27\n90%\n一\n甲渠\n10\n9\n90%\n二\n乙渠\n20\n18\n90%\n"
    (grid,) = tables(first)
    assert shown(grid)[1:3] == ["总计 |  | 30 | 27 | 90%", "一 | 甲渠 | 10 | 9 | 90%"]
    dashed = "乡镇\n实施单位\n预算\n支出\n东河乡\n清源水务工程公司\n10\n9\n西岭镇\n润泽水利工程公司\n20\n18\n"
    dashed += "南山镇\n长源公司\n5\n4\n合计\n—\n35\n31\n"
    (grid,) = tables(dashed)
    assert shown(grid)[-1] == "合计 | — | 35 | 31"


def test_a_head_repeated_on_the_next_page_is_no_record() -> None:
    """The repeated head is kept as such."""
    first, second = SERIALLESS.split("西岭镇")
    head = "乡镇\n任务数\n完成数\n完成率\n"
    (grid,) = tables(first + head + "西岭镇" + second)
    assert grid.repeated_headers == (2,)
    assert grid.n_rows == 4


def test_one_record_is_no_table() -> None:
    """A list of words above one run of numbers says nothing of columns."""
    assert tables("乡镇\n任务数\n完成数\n完成率\n东河乡\n12\n12\n100%\n各乡镇均已完成。\n") == []
