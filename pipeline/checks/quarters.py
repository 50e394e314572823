"""Check: amounts told for all quarters, or both halves, of the year make what is told of the year (分期合计)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import operand as amount_operand
from pipeline.checks.money import text
from pipeline.checks.slip import is_slip
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item, runs
from pipeline.checks.told_parts import is_whole, operand
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, quote, where

RULE = "quarters"
_PERIOD = re.compile(r"季度|半年")
_ROLES = ("spent", "arrived")
_LEAST = 4  # digits of sums of which one may be misprinted


def _test(facts: Facts) -> Iterator[Relation]:
    if not facts.saying("季度", "半年"):
        return
    whole = [line for line in facts.funds.lines if line.role in _ROLES and line.subject == "" and line.yuan]
    for paragraph, listed in facts.lists if whole else ():
        if not _PERIOD.search(paragraph.text):
            continue
        for run in runs(paragraph.text, list(listed)):
            periods = all(_PERIOD.search(one.name) for one in run) and is_whole(paragraph.text, run)
            if periods and len({one.unit for one in run}) == 1 and run[0].unit.endswith("元"):
                yield from _summed(paragraph, run, whole)


def _summed(paragraph: Sentence, run: Sequence[Item], whole: Sequence[FundingLine]) -> Iterator[Relation]:
    """The sum of the periods against the amounts of the year: one equals it, or one is one slip away from it."""
    total = sum((one.value for one in run), Decimal(0))
    digits, scale = max(one.digits for one in run), run[0].scale
    near = [line for line in whole if line.yuan and is_slip(line.yuan / scale, total / scale, digits, least=_LEAST)]
    same = next((line for line in whole if line.yuan == total), None)
    values = {line.yuan for line in near}
    if same is not None or len(values) == 1:
        yield _relation(paragraph, run, same or near[0], total / scale)


def _relation(paragraph: Sentence, run: Sequence[Item], year: FundingLine, total: Decimal) -> Relation:
    left = tuple(operand(paragraph, one) for one in run)
    right = amount_operand(year, "reported")
    computed = f"{written(total)}{run[0].unit}"
    formula = f"{plus([one.text for one in left])} = {computed}"
    relation = contradicted(
        RULE,
        left,
        right,
        formula=formula,
        computed=computed,
        title=f"分期金额之和 {computed} 与全年 {text(year)} 不符",
        message=f"{where(left[0].span)}所列各期金额，{formula}，"
        f"而{where(right.span)}“{quote(right.span, right.text)}”，两数仅有一位之差或两位互换。",
    )
    agrees = year.yuan == total * run[0].scale
    return relation if not agrees else _held(relation)


def _held(relation: Relation) -> Relation:
    """The same numbers, where they agree."""
    return Relation(
        RULE, "consistent", relation.left, relation.right, relation.formula, relation.reported, relation.computed
    )


CHECK = Check(
    rule=RULE,
    name="分期合计",
    what="Amounts told for all four quarters, or both halves, of the year make the amount that the report tells of the "
    "year.",
    why="Of numbers told in different paragraphs nobody adds up the parts.",
    formula="Σ quarters = year",
    tolerance="equality; a year's amount fails only where it is one digit, or two exchanged, away from the sum",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=(
        "资金 s1 spent 1176.84万元 项=实际支出；"
        "文 一季度发放288.62万元，二季度发放290.14万元，三季度发放293.75万元，四季度发放304.33万元。",
    ),
    disagrees=(
        "资金 s1 spent 1176.84万元 项=实际支出；"
        "文 一季度发放288.62万元，二季度发放290.14万元，三季度发放293.75万元，四季度发放314.33万元。",
    ),
    false_alarms=("quarters of another year or of one part of the money",),
)
