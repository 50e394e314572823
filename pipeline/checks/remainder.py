"""Check: money told as left over is what there was less what was spent (结余核对)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item
from pipeline.checks.told_parts import operand
from pipeline.checks.tolerance import HUNDRED, half_up, written
from pipeline.checks.wording import quote, where

RULE = "remainder"
_REST = re.compile(r"(?:结余|结转|节余|剩余|未支出|未使用|尚未支付)[^\d]{0,8}$")
_OF_ALL = re.compile(r"占|全部|合计|各")  # `占全部结余346.4万元的59.79%`: of all projects
_SPENT = re.compile(r"(?:支出|使用|支付|执行|列支|花费)[^\d]{0,8}$")
_BASE = re.compile(r"(?:预算|到位|安排|下达|批复|拨付|收入|资金总额|可用)[^\d]{0,8}$")
_NO_SPENT = re.compile(r"未|尚|预算支出|支出预算|应")
_OPEN = re.compile(
    r"其中|收回|上缴|交回|退回|追加|调[整增减]|利息|上年|去年|年初结[转余]|结转至|约|余万|分别|统筹|质保|包括|另|待|冻结|下年|次年|核减"
)
_RATE = re.compile(r"执行率[^\d，。；]{0,8}(\d{1,3}(?:\.\d{1,4})?)\s?[%％]")
_STOCK = re.compile(r"年末|累计|滚存|结转和结余")  # holds what was left of earlier years, too
_STOPS = "。\n"


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, listed in facts.lists:
        money = [one for one in listed if one.unit.endswith("元")]
        for rest in money if len(money) > 2 else ():
            if _REST.search(rest.name) and not _OF_ALL.search(rest.name):
                beside = _beside(paragraph.text, money, rest)
                yield from _of_rate(paragraph, money, beside, rest) or _left(paragraph, beside, rest)


def _beside(text: str, money: Sequence[Item], rest: Item) -> list[Item]:
    """The amounts told in one sentence with what is left, before it."""
    start = max(text.rfind(stop, 0, rest.start) for stop in _STOPS)
    return [one for one in money if start < one.start < rest.start]


def _of_rate(paragraph: Sentence, money: Sequence[Item], beside: list[Item], rest: Item) -> list[Relation]:
    """The relation with the one amount told in a sentence before of which the printed rate makes the one spent.

    `预算安排625.00万元。…实际支出547.23万元，预算执行率87.56%，结余77.77万元`.
    """
    if len(beside) != 1 or not _SPENT.search(beside[0].name) or _NO_SPENT.search(beside[0].name):
        return []
    (spent,) = beside
    rate = _RATE.search(paragraph.text, spent.end, rest.start)
    if rate is None or _STOCK.search(rest.name) or _OPEN.search(paragraph.text, spent.end, rest.end):
        return []
    digits = len(rate[1].partition(".")[2])
    bases = {
        one.value: one
        for one in money
        if one.start < spent.start
        and one.value
        and half_up(spent.value * HUNDRED / one.value, digits) == Decimal(rate[1])
    }
    found = [_relation(paragraph, base, spent, rest) for base in bases.values()]
    return found if len(found) == 1 and not rest.vague else []


def _left(paragraph: Sentence, before: list[Item], rest: Item) -> Iterator[Relation]:
    """Every base less every amount spent; one clear pair that differs fails."""
    spent = [one for one in before if _SPENT.search(one.name) and not _NO_SPENT.search(one.name)]
    bases = [one for one in before if one not in spent and _BASE.search(one.name)]
    ways = [_relation(paragraph, base, part, rest) for base in bases for part in spent if base.value >= part.value]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
    elif ways:
        stretch = paragraph.text[max(before[0].start - len(before[0].name), 0) : rest.end + 2]
        vague = any(one.vague for one in (*before, rest))
        clear = len(ways) == 1 and len(before) == len(bases) + len(spent) and not vague
        yield ways[0] if clear and not _OPEN.search(stretch) else undecided(ways[0], "结余的口径或对应的金额不能确定")


def _relation(paragraph: Sentence, base: Item, spent: Item, rest: Item) -> Relation:
    exact, possible = base.value - spent.value, base.possible - spent.possible
    same = exact == rest.value
    one_unit = base.unit == spent.unit == rest.unit and base.digits == spent.digits == rest.digits
    rounds = not one_unit and possible.meets(rest.possible)
    left = (operand(paragraph, base), operand(paragraph, spent))
    right = operand(paragraph, rest, "reported")
    computed = written(exact / rest.scale) + rest.unit
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        left,
        (right,),
        formula=f"{left[0].text} − {left[1].text} = {computed}",
        reported=right.text,
        computed=computed,
        difference=rest.value - exact,
        severity="warning",
    )
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"结余 {right.text} 与所列收支不符（应为 {computed}）",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，按同一段所列金额计算，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="结余核对",
    what="Money told as left over is the budget (or what arrived) less what was spent, told in the same sentence.",
    why="Budget, spending and balance stand in one sentence, so the reader can subtract.",
    formula="budget − spent = left over",
    tolerance="equality in one unit, else the intervals must meet; anything else told beside is undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）；《预算法》第四十二条（结转结余）",
    test=_test,
    fold="alone",
    agrees=("文 年初预算480.00万元，实际支出462.50万元，结余17.50万元。",),
    disagrees=(
        "文 年初预算480.00万元，实际支出462.50万元，结余15.70万元。",
        "文 预算安排625.00万元，全部到位。实际支出547.23万元，预算执行率87.56%，结余87.77万元。",
    ),
    false_alarms=("money recovered, carried over or added meanwhile", "several budgets or payments in one sentence"),
)
