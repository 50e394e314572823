"""One indicator of two years is two records, whether tables, columns or prose tell the years."""

from dataclasses import replace

from extractors.rows.extract import extract
from normalizers.forest import Forest, grow
from tests.extractors.rows.grids import grid
from tests.extractors.rows.reports import report
from tests.normalizers.builders import row


def _shown(forest: Forest) -> list[str]:
    return [
        f"{node.name} {node.year} {' '.join(m.text for m in node.mentions)}".strip()
        for tree in forest.trees
        for node in tree.at(3)
    ]


def _table(year: str, table: str, target: str, actual: str) -> tuple[str, list[str]]:
    head = "一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值"
    rows = [head, f"产出 | 数量指标 | 巡护里程 | {target} | {actual}", "^ | ^ | 巡护次数 | 12次 | 12次"]
    return f"{table} {year}年绩效指标完成情况", rows


def test_two_tables_of_two_years_are_two_trees() -> None:
    """Same names, other years: nothing of the one is said of the other."""
    tables = [
        grid(rows, table_id=f"t{number}", caption=caption)
        for number, (caption, rows) in enumerate(
            [_table("2021", "表1", "400公里", "410公里"), _table("2022", "表2", "450公里", "430公里")]
        )
    ]
    forest = grow(extract(report(["某项目绩效评价报告"], [], *tables)).indicators)
    assert _shown(forest) == [
        "巡护里程 2021年 400公里 410公里",
        "巡护次数 2021年 12次 12次",
        "巡护里程 2022年 450公里 430公里",
        "巡护次数 2022年 12次 12次",
    ]


def test_columns_of_two_years_are_two_trees_and_a_base_year_is_none() -> None:
    """`2021年目标值 … 2022年目标值` state two years; `2020年实际值` alone is only a base to compare with."""
    table = grid(
        [
            "一级指标 | 二级指标 | 三级指标 | 2020年实际值 | 2021年目标值 | 2021年实际值 | 2022年目标值 | 2022年实际值",
            "产出 | 数量指标 | 巡护里程 | 390 | 400 | 410 | 450 | 430",
            "^ | ^ | 巡护次数 | 10 | 12 | 12 | 14 | 15",
        ]
    )
    forest = grow(extract(report(["某项目绩效评价报告"], [], table)).indicators)
    assert _shown(forest) == [
        "巡护里程 2021年 400 410",
        "巡护次数 2021年 12 12",
        "巡护里程 2022年 450 430",
        "巡护次数 2022年 14 15",
    ]
    assert [node.path for node in forest.trees[1].at(3)] == [("产出", "数量指标")] * 2


def test_targets_of_another_year_than_evaluated_do_not_enter_the_scored_tree() -> None:
    """What was set for the year before is no second print of the scored target; of the same year it is."""
    scored = row(3, "巡护里程", line=5, weight="10", score="9", target="450")
    old = replace(row(3, "巡护里程", line=20, table="t2", role="target", target="400"), year="2021年")
    same = replace(old, year="2022年")
    assert _shown(grow((scored, old), (2022,))) == ["巡护里程  10 9 450", "巡护里程 2021年 400"]
    assert _shown(grow((scored, same), (2022,))) == ["巡护里程 2022年 10 9 450 400"]
