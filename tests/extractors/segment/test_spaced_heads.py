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
