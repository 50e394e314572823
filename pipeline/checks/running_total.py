"""Check: a running total in a table is the one before it and what was added since (累计数)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import written
from pipeline.checks.wording import where

RULE = "running-total"
_RUNNING = re.compile(r"累\s*计|累\s*积")
_LEAST = 2  # steps that must hold


@frozen
class _Step:
    """One row of a running total (一期累计). before: the total of the row above, None in the first row."""

    before: Figure | None
    added: Figure
    now: Figure

    @property
    def holds(self) -> bool:
        """Whether it adds up."""
        return self.now.value == self.added.value + (self.before.value if self.before is not None else 0)


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.number_grids:
        for column in range(1, grid.width):
            if _RUNNING.search(grid.heads[column]) and not grid.is_rate(column):
                yield from _of_column(grid, column)


def _of_column(grid: NumberGrid, column: int) -> Iterator[Relation]:
    """The column against the nearest one left of it that it sums up row by row, all steps but one."""
    for source in range(column - 1, -1, -1):
        steps = list(_steps(grid, source, column))
        missed = sum(not step.holds for step in steps)
        # One wrong total breaks its own step and the next.
        if len(steps) - missed >= _LEAST and missed <= 2 < len(steps) + (missed < 2):
            carried = missed == 1 and not steps[0].holds
            first = _relation(grid, column, steps[0])
            yield undecided(first, "首期之前可能另有累计数") if carried else first
            yield from (_relation(grid, column, step) for step in steps[1:])
            return


def _steps(grid: NumberGrid, source: int, column: int) -> Iterator[_Step]:
    """The rows from the first on, totals left out, up to one that lacks a number."""
    before: Figure | None = None
    for number, row in enumerate(grid.rows):
        added, now = row[source], row[column]
        if added is None or now is None or grid.is_total(number):
            return
        yield _Step(before, added, now)
        before = now


def _relation(grid: NumberGrid, column: int, step: _Step) -> Relation:
    parts = [part for part in (step.before, step.added) if part is not None]
    computed = sum((part.value for part in parts[1:]), parts[0].value)
    relation = Relation(
        RULE,
        "consistent" if step.holds else "inconsistent",
        tuple(part.operand("operand") for part in parts),
        (step.now.operand("reported"),),
        formula=f"{' + '.join(part.cell.text for part in parts)} = {written(computed)}",
        reported=step.now.cell.text,
        computed=written(computed),
        difference=step.now.value - computed,
        severity="warning",
    )
    if step.holds:
        return relation
    return replace(
        relation,
        title=f"表中“{grid.heads[column]}”{relation.reported} 与逐期累加不符（应为 {relation.computed}）",
        message=f"{where(relation.right[0].span)}“{grid.heads[column]}”列示 {relation.reported}，"
        f"按上期累计与本期数复算，{relation.formula}；该表其余各期均按此累加。",
    )


CHECK = Check(
    rule=RULE,
    name="表内累计数",
    what="A column of running totals is, row by row, the total before plus what the row adds.",
    why="What a project has spent by now is read off this column.",
    formula="total before + added = running total",
    tolerance="equality; two rows must hold, and all but one wrong cell",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 年度 | 支出 | 累计支出；表 t9 2021 | 20.5 | 20.5；表 t9 2022 | 30 | 50.5；表 t9 2023 | 12 | 62.5",
        "表 t9 年度 | 当年结余 | 年末累计结余；表 t9 2021 | 20.5 | 320.5；"
        "表 t9 2022 | 30 | 350.5；表 t9 2023 | 12 | 362.5",
    ),
    disagrees=(
        "表 t9 年度 | 支出 | 累计支出；表 t9 2020 | 20.5 | 20.5；表 t9 2021 | 30 | 50.5；表 t9 2022 | 12 | 65.2；"
        "表 t9 2023 | 14 | 76.5",
    ),
    false_alarms=("totals that began before the table's first row", "rows that are no periods"),
)
