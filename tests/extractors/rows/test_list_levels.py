"""Levels in a table with one column of names, told by weights that add up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.rows.list_levels import levels_by_weight
from pipeline.process import process

TABLE = """汀洲县寄宿生补助政策绩效评价报告

三、评分

| 指标 | 分值 | 自评分 | 评价分 | 差异说明 |
| --- | :---: | :-: | -: | --- |
| **政策制定** | **40** | **40** | **34** | |
| 政策依据 | 15 | 15 | 15 | — |
| 标准测算 | 25 | 25 | 19 | 未测算走读生 |
| **政策落实** | **60** | **60** | **51.5** | |
| 发放及时 | 30 | 30 | 24 | 两期延后 |
| 家长认可 | 30 | 30 | 27.5 | — |
| **总分** | **100** | **100** | **85.5** | |
"""


def test_groups_above_their_rows_are_parents() -> None:
    """A group whose weight its rows make up is not counted beside them."""
    (report,) = process("list.txt", TABLE.encode()).reports
    found = [(one.level, one.name, one.path) for one in report.report.indicators]
    assert found[:3] == [(1, "政策制定", ()), (2, "政策依据", ("政策制定",)), (2, "标准测算", ("政策制定",))]
    assert not report.findings


@given(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=5), min_size=2, max_size=6))
def test_any_groups_are_found_again(groups: list[list[int]]) -> None:
    """The law: what was put together is taken apart, unless another way would fit as well."""
    weights: list[Decimal | None] = []
    levels: list[int] = []
    for rows in groups:
        weights += [Decimal(sum(rows)), *map(Decimal, rows)]
        levels += [1, *[2] * len(rows)]
    assert levels_by_weight(weights, Decimal(sum(map(sum, groups)))) == levels


def test_flat_lists_and_gaps_tell_nothing() -> None:
    """Weights that make up the whole once are one level; a row without weight leaves it open."""
    flat = [Decimal(value) for value in (20, 30, 50)]
    assert levels_by_weight(flat, None) == []
    assert levels_by_weight([*flat, None], None) == []
    assert levels_by_weight([Decimal(100), Decimal(40), Decimal(60)], None) == []
