"""Captions and units of tables are told from prose and from the names of bodies."""

import pytest

from extractors.segment.tables.captions import is_caption, is_unit_line, unit_in
from tests.extractors.segment.layouts import parts, prose, tables

GRID = "项目→预算→支出\n甲→10→9\n乙→20→20\n"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("（单位:元）", "元"),
        ("金额单位：亿元", "亿元"),
        ("单位：人民币万元", "万元"),
        ("表2 支出明细（单位：万元）", "万元"),
        ("支出明细表单位：千元", "千元"),
        ("单位：人次", "人次"),
        ("单位：万元、%", "万元、%"),
        ("主管单位：水利局", ""),
        ("填报单位：柏河县", ""),
        ("单位：柏河县水利局", ""),
        ("各单位情况表", ""),
    ],
)
def test_unit(text: str, unit: str) -> None:
    """Only the unit that a table is stated in is one; the unit that fills a form in is a body."""
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    "text",
    ["表 1-1 资金支出明细表", "附表3 得分情况", "柏河县绩效评价评分表", "各指标得分情况（一）", "图表2 问卷统计"],
)
def test_captions(text: str) -> None:
    """Numbered tables and short lines that name one."""
    assert is_caption(text)


@pytest.mark.parametrize(
    "text", ["各项得分见下表：", "项目得分情况较好。", "一、得分情况", "支出情况、结余情况，", "近年来"]
)
def test_what_is_no_caption(text: str) -> None:
    """Sentences, headings and what announces a table are none."""
    assert not is_caption(text)


@pytest.mark.parametrize(
    ("above", "caption", "unit"),
    [
        ("表1 资金情况\n单位：万元\n\n", "表1 资金情况", "万元"),
        ("表1 资金情况\n\n（金额单位：元）\n", "表1 资金情况", "元"),
        ("资金使用情况表（单位：万元）\n", "资金使用情况表（单位：万元）", "万元"),
        ("资金使用情况表\n填报单位：柏河县水利局\n", "资金使用情况表", ""),
        ("具体情况如下：\n", "", ""),
    ],
)
def test_caption_and_unit_of_a_table(above: str, caption: str, unit: str) -> None:
    """They are found in the lines above, over blank lines and fields."""
    (grid,) = tables("项目资金使用总体合规。\n" + above + GRID)
    assert (grid.caption, grid.unit) == (caption, unit)


def test_a_field_above_a_table_stays_prose() -> None:
    """Who filled the table in is not lost."""
    (part,) = parts("资金使用情况表\n填报单位：柏河县水利局\n" + GRID)
    assert prose(part) == ["填报单位：柏河县水利局"]


def test_units_of_units_are_no_lines() -> None:
    """A line that names a body is no unit line."""
    assert is_unit_line("单位：万元")
    assert not is_unit_line("单位：水利局")
