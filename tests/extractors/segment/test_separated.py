"""Rows whose cells are parted by a mark are tables where a line of heads stands above them; sentences are not."""

import pytest

from tests.extractors.segment.layouts import parts, prose, shown, tables

ROWS = ["序号 | 指标 | 分值 | 得分", "1 | 疏浚渠段 | 6 | 6", "2 | 管护到位 | 4 | 3.5", "合计 | — | 10 | 9.5"]


@pytest.mark.parametrize("mark", ["；", ";", " / ", '","', "｜", " ｜ ", "│"])
def test_rows_parted_by_a_mark(mark: str) -> None:
    """The same table whatever parts its cells."""
    quote = '"' if mark == '","' else ""
    lines = [quote + mark.join(row.split(" | ")) + quote for row in ROWS]
    (grid,) = tables("表2 得分情况\n" + "\n".join(lines) + "\n以上为自评结果。")
    assert shown(grid) == ROWS


def test_strokes_of_a_box_without_rules() -> None:
    """Lines framed by box strokes are rows."""
    (grid,) = tables("\n".join(f"│ {row.replace('|', '│')} │" for row in ROWS))
    assert shown(grid) == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "目标合理，得4分；程序规范，得5分；材料完整，得3分\n预算合理，得4分；资金到位，得5分；支出合规，得3分\n"
        "制度健全，得4分；执行有效，得5分；档案完整，得3分",
        "任务；分值；得分",
        "指标；分值；得分\n甲项；5；4\n其余指标从略；详见附件",
        "单位 / 联系人 / 电话\n某站 / 某甲 / 未登记\n某所 / 某乙 / 未登记",
    ],
)
def test_sentences_and_lists_are_no_table(text: str) -> None:
    """No head, too few rows, rows of other lengths or without any figure: prose."""
    (part,) = parts(text)
    assert list(part.tables) == []
    assert prose(part)
