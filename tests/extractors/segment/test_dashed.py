"""Tables whose columns are ruled by dashes find their cells by those columns."""

import pytest

from tests.extractors.segment.layouts import parts, prose, shown, tables

SIMPLE = """投资情况如下。

  标段     施工单位               合同价（万元）   支付比例
  -------- -------------------- ---------------- ----------
  一标段   柏河水利建设有限公司           210.00      95%
  二标段   清源工程公司                    86.50
  合计                                    296.50      92%

  : 表3 合同支付情况

各标段均已完工。
"""
MULTILINE = """
  -----------------------------------------
  指标        目标值         完成值
  ----------- -------------- --------------
  渠道衬砌    ≥12公里，含    12.5公里
  长度        支渠

  验收        100%           100%
  -----------------------------------------

以上为主要指标。
"""
HEADLESS = """
  -------- ------- -------
  东河乡        12      12
  西岭镇         8       7
  -------- ------- -------
"""


def test_a_simple_table() -> None:
    """The rule gives the columns; blank cells are known by their place, the caption stands below."""
    (part,) = parts(SIMPLE)
    (grid,) = part.tables
    assert shown(grid) == [
        "标段 | 施工单位 | 合同价（万元） | 支付比例",
        "一标段 | 柏河水利建设有限公司 | 210.00 | 95%",
        "二标段 | 清源工程公司 | 86.50 |",
        "合计 |  | 296.50 | 92%",
    ]
    assert (grid.method, grid.header_rows, grid.caption) == ("aligned", 1, "表3 合同支付情况")
    assert prose(part) == ["投资情况如下。", "各标段均已完工。"]


def test_a_multiline_table() -> None:
    """Blank lines part the rows of a table between two lines of dashes."""
    (grid,) = tables(MULTILINE)
    assert shown(grid) == ["指标 | 目标值 | 完成值", "渠道衬砌长度 | ≥12公里，含支渠 | 12.5公里", "验收 | 100% | 100%"]


def test_a_table_without_head() -> None:
    """Two rules around rows make a table whose first row is a row."""
    (grid,) = tables(HEADLESS)
    assert shown(grid) == ["东河乡 | 12 | 12", "西岭镇 | 8 | 7"]
    assert grid.header_rows == 0


@pytest.mark.parametrize(
    "text",
    [
        "--- ---\n\n柏河县绩效评价报告。\n",
        "概况如下\n-- -- --\n全年完成任务，无遗留问题，详见附件所列各项内容的说明。\n",
    ],
    ids=["an ornament", "prose below a rule"],
)
def test_dashes_that_rule_nothing(text: str) -> None:
    """Dashes above prose are an ornament."""
    assert tables(text) == []
