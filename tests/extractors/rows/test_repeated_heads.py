"""Heads that a page prints again: their columns stay what they were."""

from extractors.frozen import replace
from extractors.rows.columns import read_blocks
from tests.extractors.rows.grids import grid


def test_a_head_repeated_in_more_lines_is_the_same_head() -> None:
    """权重 takes two lines on the second page, and these were taken for two rows."""
    table = grid(
        [
            "三级指标 | 评分 | <    | 完成情况 | <",
            "^        | 权重 | 得分 | 目标值   | 实际值",
            "立项依据 | 5    | 4    | 充分     | 充分",
            "三级指标 | 评分 | <    | 完成情况 | <",
            "^        | 权   | 得分 | 目标值   | 实际值",
            "^        | 重   | ^    | ^        | ^",
            "到位率   | 6    | 5    | 100%     | 95%",
        ]
    )
    table = replace(table, header_rows=2, repeated_headers=(3, 4, 5))
    (block,) = read_blocks(table, table.dense())
    assert [column.role for column in block.columns] == ["level3", "weight", "score", "target", "actual"]
    assert block.body == (2, 6)
