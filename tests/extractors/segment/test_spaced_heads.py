"""Heads of tables aligned by blanks whose names are broken over lines, and repeated on the next page."""

from tests.extractors.segment.layouts import parts, shown

TEXT = """
                         项目支出绩效自评表（2031 年度）

一级    二级指标    三级指标            年度          实际          分值  得分  偏差原因分析
指标                                    指标值        完成值                    及改进措施
产出    产出数量    新修机耕桥          ≥45座         48座          20    20

                    整修灌渠            ≥62.5千米     57.5千米      20    18.4  征地滞后，下半年
                                                                                补修完成
        产出质量    验收合格率          100%          100%          20    20

                                     — 2 —

一级    二级指标    三级指标            年度          实际          分值  得分  偏差原因分析
指标                                    指标值        完成值                    及改进措施
效益    社会效益    受益农户数          ≥1800户       1862户        40    40
总分                                                                100   98.4
"""
ROWS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ["产出", "产出数量", "新修机耕桥", "≥45座", "48座", "20", "20"],
    ["^", "^", "整修灌渠", "≥62.5千米", "57.5千米", "20", "18.4", "征地滞后，下半年补修完成"],
    ["^", "产出质量", "验收合格率", "100%", "100%", "20", "20"],
    ["效益", "社会效益", "受益农户数", "≥1800户", "1862户", "40", "40"],
    ["总分", "", "", "", "", "100", "98.4"],
]


def test_names_broken_over_two_lines_are_one_head() -> None:
    """The second line of a head is no row; on the next page head and body go on."""
    (part,) = parts(TEXT)
    (grid,) = part.tables
    assert [
        [cell.strip() for cell in row.split("|")][: len(own)] for row, own in zip(shown(grid), ROWS, strict=True)
    ] == ROWS
    assert len(grid.fragments) == 2


DETAILS = """
某市农机补助项目绩效评价报告
一、项目明细
序号  承担单位        所在镇  总投入    自筹      补助    件数  进展
1     东平农机合作社  北桥镇  860.00    780.00    80.00   4     已完成
2     西岭种植专业社  北桥镇  742.50    662.50    80.00   3     已完成
3     南坪机械服务队  南坪镇  415.00    365.00    50.00   2     在建
4     长垣农业服务部  南坪镇  1,015.00  935.00    80.00   3     在建
      合计                    3,032.50  2,742.50  290.00  12
"""


def test_unknown_names_are_a_head_where_rows_are_set_as_it_is() -> None:
    """Full rows right below that begin where the names do make them a head; prose of words apart does not."""
    (part,) = parts(DETAILS)
    (grid,) = part.tables
    assert [cell.strip() for cell in shown(grid)[-1].split("|")][3:7] == ["3,032.50", "2,742.50", "290.00", "12"]
    loose = "一、说明\n注  资金  分配  办法\n1  由市  统一  下达\n2  由县  自行  安排\n3  由镇  分批  兑付\n"
    assert not list(parts(loose)[0].tables)


YEARS = """
某县湿地保护项目绩效评价报告
一、分年度情况
内容      单位  规划总量  2019  2020  2021  累计     比率
河道治理  公里      26.1   4.5   9.2  12.4  26.1  100.00%
截污管网  公里      31.4   3.2  11.8  15.6  30.6   97.45%
污水设施    村        40     6    15    18    39   97.50%
"""


def test_years_in_a_head_are_names_and_no_figures() -> None:
    """Years that follow each other name columns; their column is not lost, nor the unit's."""
    (part,) = parts(YEARS)
    (grid,) = part.tables
    assert [[cell.strip() for cell in row.split("|")][:6] for row in shown(grid)][:2] == [
        ["内容", "单位", "规划总量", "2019", "2020", "2021"],
        ["河道治理", "公里", "26.1", "4.5", "9.2", "12.4"],
    ]


WIDE = """
某镇古建筑修缮项目绩效评价报告
一、面积
项目名称    计划面积  完成面积  完成率
北廊桥           420       420  100.00%
南祠堂          1280       850   66.41%
东城墙          1040      1040  100.00%
合    计        2740      2310   84.31%
"""


def test_a_word_set_wide_apart_is_one_cell() -> None:
    """合    计 is the label of the total row and does not push its numbers into the next columns."""
    (part,) = parts(WIDE)
    (grid,) = part.tables
    assert [cell.strip() for cell in shown(grid)[-1].split("|")] == ["合计", "2740", "2310", "84.31%"]


BROKEN_NAMES = """
某县村医补助项目绩效评价报告
一、资金
             表1  补助资金预算及支出情况表
                                              单位：万元
  项目内容            预算数      支出数      结余      执行率
  卫生室日常运行      112.00      111.60      0.40      99.64%
  经费补助
  基本药物制度        332.00      330.00      2.00      99.40%
  补助
  乡村医生养老        120.00      112.32      7.68      93.60%
  补助
    合  计            564.00      553.92     10.08      98.21%
"""


def test_a_head_of_plain_names_stands_over_rows_whose_names_are_broken() -> None:
    """The second line of a name stands between the rows that show how the head is set."""
    (grid,) = parts(BROKEN_NAMES)[0].tables
    first = [row.split("|")[0].strip() for row in shown(grid)]
    assert first == ["项目内容", "卫生室日常运行经费补助", "基本药物制度补助", "乡村医生养老补助", "合计"]
