"""Check: a number told once beside a table's name is no misprint of the table's total so called (引表笔误)."""

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.orphans import Told, around, explains_amount, explains_rate, misprints, operand
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.told_table import referred, words_of
from pipeline.checks.wording import quote, where

RULE = "misprinted-total"
_DIGITS = 4  # of a number that is not like another by chance
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = 3  # characters of a row's name that a sentence tells by no chance


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, told in facts.told:
        grids = list(referred(facts, paragraph)) if "表" in paragraph.text else []
        for one in told if grids else ():
            if len(one.bare.rstrip("0")) >= _DIGITS and facts.printed[one.printed] == 1:
                meant = [figure for grid in grids for figure in _meant(grid, one)]
                if len({figure.value for figure in meant}) == 1 and not _explained(one, told):
                    yield _relation(paragraph, one, meant[0])


def _meant(grid: NumberGrid, one: Told) -> Iterator[Figure]:
    """The cells of total rows, and of rows it names, whose column's head it is called by, one slip away from it."""
    for at, row in enumerate(grid.rows):
        named = len(grid.labels[at]) >= _NAME and grid.labels[at] in one.name
        for column, figure in enumerate(row if named or grid.is_total(at) else ()):
            if figure is None or figure.number.digits != one.decimals:
                continue
            rate = figure.number.percent or grid.is_rate(column)
            called = any(word in one.name for word in words_of(grid.heads[column]))
            if called and not _other_year(grid, one) and rate == (one.unit == "%") and misprints(one, figure.value):
                yield figure


def _other_year(grid: NumberGrid, one: Told) -> bool:
    """Whether the number is told with years of which the table's caption and heads name others only."""
    mine, theirs = set(_YEAR.findall(one.name)), set(_YEAR.findall(f"{grid.grid.caption}|{'|'.join(grid.heads)}"))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _explained(one: Told, told: Sequence[Told]) -> bool:
    near = around(one, told)
    return explains_rate(one, near) if one.unit == "%" else explains_amount(one, near)


def _relation(paragraph: Sentence, one: Told, figure: Figure) -> Relation:
    right, cell = operand(paragraph, one, "reported"), figure.operand("operand")
    shown = cell.text.strip()
    return contradicted(
        RULE,
        (cell,),
        right,
        formula=f"{shown} ≠ {right.text}",
        computed=shown,
        difference=one.printed - figure.value,
        title=f"正文所述 {right.text} 与所引表格的 {shown} 不符，疑为笔误",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，所引表格（{where(cell.span)}）为 {shown}，"
        "两数仅有一位数字之差或两位互换；正文之数在报告中别处未见。",
    )


CHECK = Check(
    rule=RULE,
    name="引表笔误",
    what="A number that a paragraph tells beside a table's name is no misprint of the total that the table calls so.",
    why="A slip of the pen is near the right number; a number of another thing seldom is.",
    formula="number told = total, or cell of the row named, under the head it is called by",
    tolerance="fails only where, of four digits or more, one differs or two are exchanged, the last one alone left out",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=(
        "文 全年决算收入合计20,808.00万元，各项收入见下表。；表 t9 收入项目 | 预算数 | 决算数；"
        "表 t9 财政拨款 | 3260.00 | 3180.00；"
        "表 t9 事业收入 | 17940.00 | 17628.00；表 t9 合计 | 21200.00 | 20808.00",
    ),
    disagrees=(
        "文 全年决算收入合计20,708.00万元，各项收入见下表。；表 t9 收入项目 | 预算数 | 决算数；"
        "表 t9 财政拨款 | 3260.00 | 3180.00；"
        "表 t9 事业收入 | 17940.00 | 17628.00；表 t9 合计 | 21200.00 | 20808.00",
        "文 服务对象总体满意度为94.22%，调查结果见下表。；表 t9 类别 | 有效问卷 | 满意度；表 t9 卫生院 | 54 | 92.59%；"
        "表 t9 接种点 | 45 | 91.11%；表 t9 合计 | 99 | 92.24%",
    ),
    false_alarms=("totals of another year or project", "numbers counted by another way than the table's"),
)
