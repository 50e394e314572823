"""The unit of a table that states none comes from the text that tells its amounts again."""

from extractors.rows.told_units import told_units, unit_of
from tests.extractors.rows.grids import grid, part


def test_two_amounts_told_again_give_the_unit() -> None:
    """One amount told again may be chance, two with one unit are not; a number told in two units says nothing."""
    table = grid(["年度 | 到位", "2021年 | 3,120.50", "2022年 | 2,840.75"])
    told = {"3120.50": "万元", "2840.75": "万元"}
    assert unit_of(table, told) == "万元"
    assert unit_of(table, {"3120.50": "万元"}) == ""
    assert unit_of(table, {"3120.50": "万元", "2840.75": "元"}) == ""


def test_a_report_without_amounts_tells_no_unit() -> None:
    """Lines without money give nothing."""
    assert told_units(part(grid(["年度 | 到位", "2021年 | 3,120.50"]))) == {}
