"""Check: a table that says of each target whether it was reached says so rightly (是否完成)."""

import re
from collections.abc import Iterator

from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import contradicted
from pipeline.checks.tolerance import satisfies
from pipeline.checks.wording import where

RULE = "told-verdict"
_VERDICT = re.compile(r"^是否(?:完成|达标|达到|实现|达成)")
_TARGET = re.compile(r"目标值?$|指标值$|计划值?$")
_ACTUAL = re.compile(r"实际(?:完成)?(?:值|情况|数)?$|完成值$|完成情况$")
_YES = frozenset(("是", "√", "完成", "已完成", "达标", "已达标", "达到", "实现"))
_BOUND = re.compile(r"(?:≥|≤|不低于|不少于|不高于|不超过)\s?\d[\d,]*(?:\.\d+)?\s?[%％\u4e00-\u9fff]{0,4}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s?[%％\u4e00-\u9fff]{0,4}")
_CALENDAR = re.compile(r"[年月日]")


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.tables:
        columns = _columns(grid)
        for row in grid.dense()[max(grid.header_rows, 1) :] if columns is not None else ():
            cells = [row[column] for column in columns or ()]
            if all(cell is not None for cell in cells):
                yield from _of_row(grid, *(cell for cell in cells if cell is not None))


def _columns(grid: TableGrid) -> tuple[int, int, int] | None:
    """The columns of target, actual value and verdict, where the head names one of each."""
    if not any(_VERDICT.search("".join(cell.text.split())) for cell in grid.cells if cell.row == 0):
        return None
    heads = ["".join(cell.text.split()) if cell is not None else "" for cell in grid.dense()[0]]
    found = [[at for at, head in enumerate(heads) if sign.search(head)] for sign in (_TARGET, _ACTUAL, _VERDICT)]
    return (found[0][0], found[1][0], found[2][0]) if all(len(one) == 1 for one in found) else None


def _of_row(grid: TableGrid, target: Cell, actual: Cell, verdict: Cell) -> Iterator[Relation]:
    wanted, reached = _number(_BOUND, target.text), _number(_NUMBER, actual.text)
    if wanted is None or reached is None or "".join(verdict.text.split()) not in _YES or not _alike(target, actual):
        return
    if wanted.percent == reached.percent and satisfies(reached.value, wanted) is not None:
        yield _relation(grid, (target, actual, verdict), met=bool(satisfies(reached.value, wanted)))


def _number(form: re.Pattern[str], text: str) -> ReportedNumber | None:
    """The number of a cell that prints nothing else."""
    plain = text.strip()
    return parse(plain) if form.fullmatch(plain) and not _CALENDAR.search(plain) else None


def _alike(target: Cell, actual: Cell) -> bool:
    """Whether both bear one unit."""
    one, other = (re.sub(r"^[^\d]*|[\d,.\s]", "", cell.text).replace("％", "%") for cell in (target, actual))
    return one == other


def _relation(grid: TableGrid, cells: tuple[Cell, Cell, Cell], *, met: bool) -> Relation:
    target, actual, verdict = (
        Operand(f"{grid.table_id}r{cell.row}c{cell.column}", role, cell.text, None, grid.span(cell))
        for cell, role in zip(cells, ("operand", "operand", "reported"), strict=True)
    )
    if met:
        formula = f"{actual.text} 达到 {target.text}"
        return Relation(RULE, "consistent", (target, actual), (verdict,), formula, verdict.text, verdict.text)
    return contradicted(
        RULE,
        (target, actual),
        verdict,
        formula=f"{actual.text} 未达到 {target.text}",
        computed="否",
        title=f"未达到目标而称“{verdict.text}”：目标 {target.text}，实际 {actual.text}",
        message=f"{where(verdict.span)}目标值为 {target.text}，实际完成值为 {actual.text}，未达到目标，"
        f"表中却填“{verdict.text}”。",
    )


CHECK = Check(
    rule=RULE,
    name="是否完成",
    what="Where a table says of a target that it was reached, the actual value printed beside it reaches it.",
    why="Such columns are filled in from above; readers count the 是.",
    formula="actual value ≥ or ≤ the target, as it is printed",
    tolerance="exact; only targets with a printed bound, and actual values of nothing but a number in the same unit",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 指标 | 目标值 | 实际完成值 | 是否完成；表 t9 沟渠合格率 | ≥90% | 92.4% | 是；"
        "表 t9 清渠 | ≥30公里 | 28公里 | 否",
    ),
    disagrees=("表 t9 指标 | 目标值 | 实际完成值 | 是否完成；表 t9 沟渠合格率 | ≥90% | 88.4% | 是",),
    false_alarms=("a target without a bound, or of another unit",),
)
