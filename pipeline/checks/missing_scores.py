"""Check: a table that prints a total score prints scores for what it sums up (得分缺失)."""

from collections.abc import Iterator

from extractors.rows.model import IndicatorRow
from extractors.segment.model import Cell, TableGrid
from normalizers.names import bare
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.prints import Print
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import place

RULE = "missing-scores"
_HEADS = ("分值", "得分", "权重", "自评得分", "评价得分", "评分")
_LEAST = 3  # leaves in the table


def _test(facts: Facts) -> Iterator[Relation]:
    grids = {grid.table_id: grid for grid in facts.tables}
    for row in facts.total_rows:
        if row.score is not None and row.score.table is not None:
            leaves = _leaves(facts, row.score.table)
            if len(leaves) >= _LEAST and not any(map(_is_scored, leaves)):
                yield _missing(facts, row, grids.get(row.score.table), len(leaves))


def _leaves(facts: Facts, table: str) -> list[IndicatorRow]:
    """The rows of the leaves that this table prints."""
    rows = [row for row in facts.report.rows.indicators if row.table_id == table and row.row_role == "indicator"]
    deepest = max((row.level for row in rows), default=0)
    return [row for row in rows if row.level == deepest]


def _is_scored(row: IndicatorRow) -> bool:
    return any(name == "score" and value.text.strip() for name, value in row.fields)


def _missing(facts: Facts, row: Print, grid: TableGrid | None, count: int) -> Relation:
    heads = [] if grid is None else [cell for cell in grid.cells if bare(cell.text) in _HEADS]
    places = [_head(grid, cell) for cell in heads if grid is not None]
    total = row.score
    if total is None:
        raise ValueError("a total row with a score")
    places.append(Operand.of("total.score", "reported", total))
    return spotted(
        RULE,
        f"total.missing.{total.table}",
        places,
        title=f"总分 {total.text.strip()} 无分项得分支持",
        message=f"{place(total)}列总分 {total.text.strip()}，但该表 {count} 项指标的得分均为空，总分无从复算。",
        reported=total.text.strip(),
        severity="warning",
    )


def _head(grid: TableGrid, cell: Cell) -> Operand:
    return Operand("table.head", "witness", cell.text, None, grid.span(cell))


CHECK = Check(
    rule=RULE,
    name="得分缺失",
    what="Where a table prints a total score, its indicators are scored.",
    why="A total without parts cannot be recomputed.",
    formula="scores printed ≥ 1 where a total is printed",
    tolerance="told only where not one of three or more indicators is scored",
    severity="warning",
    source="财预〔2020〕10号第十六条（总分由各项指标得分汇总形成）、第二十五条（内容完整）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("评分表 甲 权重 50 得分 47；评分表 乙 权重 50 得分 47；评分表 合计 得分 94",),
    disagrees=("行 自评表 甲 权重 50；行 自评表 乙 权重 30；行 自评表 丙 权重 20；自评表 合计 权重 100 得分 100",),
    false_alarms=("a summary that prints only the total",),
)
