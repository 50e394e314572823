"""Check: a satisfaction printed in a table of survey answers is the share of the satisfied (问卷统计表满意度)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid, Row
from pipeline.checks.model import Check, Relation
from pipeline.checks.plain_grids import plain_grids
from pipeline.checks.relate import verdict_of
from pipeline.checks.table_laws import almost, present, usual
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import where

RULE = "survey-table"
_CONTENT = re.compile(r"(?:非常|十分|很|比较|较|基本)?满意")
_ANSWER = re.compile(r"(?:(?:非常|十分|很|比较|较|基本|不太|较不|不)?满意|一般|不了解|不清楚)(?:[(（][份人个]?[)）])?")
_RATE = re.compile(r"满意[度率]")
_LEAST = 3  # answers of a survey


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in plain_grids(facts):
        answers = [column for column in range(grid.width) if _ANSWER.fullmatch(grid.heads[column].strip())]
        rates = [column for column in range(grid.width) if _RATE.search(grid.heads[column])]
        if len(answers) >= _LEAST and len(rates) == 1:
            yield from _of_table(grid, answers, rates[0])


def _of_table(grid: NumberGrid, answers: list[int], rate: int) -> Iterator[Relation]:
    """The rows against the way of counting the satisfied that most of them follow; without one, nothing."""
    content = [column for column in answers if _CONTENT.fullmatch(grid.heads[column].partition("（")[0].strip())]
    for count in range(len(content), 0, -1):
        law = partial(_holds, grid, answers=answers, content=content[:count], rate=rate)
        if usual(grid, law) or almost(grid, law):
            for row in grid.rows:
                if _complete(row, answers, rate) is not None:
                    yield _relation(row, answers, content[:count], rate)
            return


def _complete(row: Row, answers: list[int], rate: int) -> tuple[list[Figure], Figure] | None:
    """The counts of all answers and the rate, where the row prints them as counts and as a percentage."""
    figures, printed = present([row[column] for column in answers]), row[rate]
    counts = len(figures) == len(answers) and not any(figure.number.percent for figure in figures)
    whole = sum((figure.value for figure in figures), Decimal(0))
    if not counts or whole <= 0 or printed is None or not printed.number.percent:
        return None
    return figures, printed


def _share(row: Row, answers: list[int], content: list[int]) -> Decimal:
    whole = sum((figure.value for figure in present([row[column] for column in answers])), Decimal(0))
    satisfied = sum((figure.value for figure in present([row[column] for column in content])), Decimal(0))
    return quotient(satisfied * HUNDRED, whole)


def _holds(grid: NumberGrid, number: int, answers: list[int], content: list[int], rate: int) -> bool | None:
    row = grid.rows[number]
    found = _complete(row, answers, rate)
    if found is None:
        return None
    return fit(found[1].number, _share(row, answers, content)) in ("exact", "half-up")


def _relation(row: Row, answers: list[int], content: list[int], rate: int) -> Relation:
    figures, printed = _complete(row, answers, rate) or ([], None)
    if printed is None:
        raise ValueError("only complete rows are tested")
    exact = _share(row, answers, content)
    how = fit(printed.number, exact)
    computed = written(exact, max(printed.number.digits, 2)) + "%"
    satisfied = " + ".join(figure.cell.text for figure in present([row[column] for column in content]))
    whole = written(sum((figure.value for figure in figures), Decimal(0)))
    relation = Relation(
        RULE,
        verdict_of(how),
        tuple(figure.operand("operand") for figure in figures),
        (printed.operand("reported"),),
        formula=f"({satisfied}) ÷ {whole} = {computed}",
        reported=printed.cell.text,
        computed=computed,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"问卷统计表满意度 {relation.reported} 与各选项份数不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}满意度列示 {relation.reported}，按该行各选项份数复算，"
        f"{relation.formula}；该表其余各行多按此计算。",
    )


CHECK = Check(
    rule=RULE,
    name="问卷统计表满意度",
    what="In a table of survey answers the satisfaction of each row is the share of the satisfied in all its answers.",
    why="The satisfaction scores points, and its counts stand in the same row.",
    formula="Σ satisfied answers ÷ Σ answers × 100 % = satisfaction",
    tolerance="half-up at the printed digits; which answers count must show in two rows and in all but one, or in most",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 问题 | 非常满意 | 满意 | 一般 | 不满意 | 满意度；表 t9 甲 | 50 | 30 | 12 | 8 | 80.00%；"
        "表 t9 乙 | 41 | 33 | 20 | 6 | 74.00%",
    ),
    disagrees=(
        "表 t9 问题 | 非常满意 | 满意 | 一般 | 不满意 | 满意度；表 t9 甲 | 50 | 30 | 12 | 8 | 80.00%；"
        "表 t9 乙 | 41 | 33 | 20 | 6 | 74.00%；表 t9 丙 | 61 | 23 | 10 | 6 | 87.00%",
    ),
    false_alarms=("satisfaction weighted over the answers", "answers left out of the table"),
)
