"""Check: a table of yearly growth leaves no year out (年份缺失)."""

from collections.abc import Iterator
from itertools import pairwise

from extractors.frozen import replace
from extractors.segment.model import Cell
from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.plain_grids import plain_grids
from pipeline.checks.relate import verdict_of
from pipeline.checks.series import Step, growth_columns, is_series, judge, steps
from pipeline.checks.table_laws import GROWTH
from pipeline.checks.wording import where

RULE = "series-gap"


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in plain_grids(facts):
        columns = list(growth_columns(grid)) if is_series(grid) else []
        if columns:
            yield from _gaps(grid, columns)


def _gaps(grid: NumberGrid, columns: list[tuple[int, int]]) -> Iterator[Relation]:
    """One relation for the step between each two rows of years."""
    values, rates = columns[0]
    by_row = {step.row: step for step in steps(grid, values, rates)}
    rows = [number for number, year in enumerate(grid.years) if year is not None]
    for before, now in pairwise(rows):
        first, last = _year_cell(grid, before), _year_cell(grid, now)
        if first is not None and last is not None:
            yield _gap(grid, before, now, (first, last, _growth_head(grid, rates)), by_row.get(now))


def _growth_head(grid: NumberGrid, rates: int) -> Cell | None:
    """The head of the growth column, or of any other that names growth where converters lost it."""
    cells = [*grid.head_cells[rates : rates + 1], *grid.head_cells]
    return next((cell for cell in cells if cell is not None and GROWTH.search(cell.text)), None)


def _year_cell(grid: NumberGrid, row: int) -> Cell | None:
    figures = [figure for figure in grid.rows[row] if figure is not None]
    at = figures[0].cell.row if figures else None
    return next((cell for cell in grid.grid.cells if cell.row == at and cell.text[:4].isdigit()), None)


def _gap(grid: NumberGrid, before: int, now: int, cells: tuple[Cell, Cell, Cell | None], step: Step | None) -> Relation:
    first, last, head = cells
    one, other = grid.years[before] or 0, grid.years[now] or 0
    table = grid.grid
    right = [Operand(f"{table.table_id}.growth", "reported", head.text, None, table.span(head))] if head else []
    relation = Relation(
        RULE,
        "consistent" if other == one + 1 else "inconsistent",
        tuple(
            Operand(f"{table.table_id}.years", "operand", cell.text, None, table.span(cell)) for cell in (first, last)
        ),
        tuple(right),
        formula=f"{one} → {other}",
        reported=last.text,
        computed=str(one + 1),
        severity="error" if step is not None and verdict_of(judge(step)) != "inconsistent" else "warning",
    )
    if relation.verdict == "consistent":
        return relation
    missing = "、".join(str(year) for year in range(one + 1, other))
    base = f"，{other} 年的同比实际以 {one} 年为基数" if relation.severity == "error" else ""
    return replace(
        relation,
        title=f"年度数据缺 {missing} 年",
        message=f"表中 {one} 年（{where(table.span(first))}）之后即为 {other} 年（{where(table.span(last))}），"
        f"缺 {missing} 年{base}。",
    )


CHECK = Check(
    rule=RULE,
    name="年份缺失",
    what="A table that prints year-on-year growth has a row for every year between its first and last.",
    why="Growth over two years told as growth over one overstates the benefit.",
    formula="year of row = year of row before + 1",
    tolerance="equality",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=("表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.00%",),
    disagrees=(
        "表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2021 | 250.7 | 9.00%",
    ),
    false_alarms=("tables of single years without growth (three-year plans, base years)",),
)
