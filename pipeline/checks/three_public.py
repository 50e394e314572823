"""Check: the three kinds of public expense add up to their total (三公经费)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, quote, where

RULE = "three-public"
_AMOUNT = r"(?P<{0}>\d[\d,]{{0,15}}(?:\.\d{{1,6}})?)\s?(?P<{0}_unit>亿元|万元|元)"
_TOTAL = re.compile(
    r"(?:实际支出|决算数?|支出决算|支出|执行数?|[”\"]?三公[”\"]?经费)(?:共计|合计|为|数为)?\s?"
    + _AMOUNT.format("total")
)
_PARTS = (
    re.compile(r"因公出国(?:[（(]境[)）])?(?:费用?|支出|经费)?(?:决算|支出)?数?(?:为|是)?\s?" + _AMOUNT.format("part")),
    re.compile(r"公务接待(?:费用?|支出)?(?:决算|支出)?数?(?:为|是)?\s?" + _AMOUNT.format("part")),
    re.compile(
        r"公务用车(?:购置(?:费)?(?:及|和|与))?(?:运行)?(?:维护)?(?:费用?|支出)?(?:决算|支出)?数?(?:为|是)?\s?"
        + _AMOUNT.format("part")
    ),
)
_NONE = (
    re.compile(
        r"(?:无|未发生|没有|未安排)[^，。；]{0,4}因公出国|因公出国[^，。；\d]{0,10}(?:未发生|为零|无支出|没有支出)"
    ),
    re.compile(
        r"(?:无|未发生|没有|未安排)[^，。；]{0,4}公务接待|公务接待[^，。；\d]{0,10}(?:未发生|为零|无支出|没有支出)"
    ),
    re.compile(
        r"(?:无|未发生|没有|未安排)[^，。；]{0,4}公务用车|公务用车[^，。；\d]{0,10}(?:未发生|为零|无支出|没有支出)"
    ),
)
_PUBLIC = re.compile(r"[“\"]?三公[”\"]?经费")


def _test(facts: Facts) -> Iterator[Relation]:
    seen: set[int] = set()
    for sentence in facts.saying("三公"):
        if sentence.cell is None and id(sentence.flow) not in seen and _PUBLIC.search(sentence.text):
            seen.add(id(sentence.flow))
            yield from _told(sentence)


def _told(sentence: Sentence) -> Iterator[Relation]:
    """The total and the parts of one paragraph; told only where all three kinds are."""
    text = sentence.flow.text
    start = sentence.start
    total = _TOTAL.search(text, start)
    parts = [(pattern.search(text, start), none) for pattern, none in zip(_PARTS, _NONE, strict=True)]
    found = [match for match, _ in parts if match is not None]
    whole = all(match is not None or none.search(text, start) for match, none in parts)
    if total is None or not whole or len(found) < 2 or min(match.start() for match in found) < total.end():
        return
    if len(list(_TOTAL.finditer(text, start, min(match.start() for match in found)))) == 1:
        yield _relation(sentence, total, found)


def _relation(sentence: Sentence, total: re.Match[str], parts: list[re.Match[str]]) -> Relation:
    right = _operand(sentence, total, "total", "reported")
    left = tuple(_operand(sentence, match, "part", "operand") for match in parts)
    computed = sum((one.value for one in left if one.value is not None), Decimal(0))
    gap = (right.value or Decimal(0)) - computed
    relation = Relation(
        RULE,
        "consistent" if gap == 0 else "inconsistent",
        left,
        (right,),
        formula=f"{plus([one.text for one in left])} {'=' if gap == 0 else '≠'} {right.text}",
        reported=right.text,
        computed=_in_unit(computed, right),
        difference=gap,
    )
    if gap == 0:
        return relation
    return replace(
        relation,
        title=f"“三公”经费合计不符：列示 {right.text}，三项相加为 {relation.computed}",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，三项相加为 {relation.computed}，"
        f"相差 {_in_unit(abs(gap), right)}。",
    )


def _in_unit(yuan: Decimal, like: Operand) -> str:
    """An amount of 元 written in the unit of another: 448500 beside 46.85万元 -> `44.85万元`."""
    unit = next(unit for unit in ("亿元", "万元", "元") if like.text.endswith(unit))
    return written(yuan / (to_yuan(Decimal(1), unit) or Decimal(1))) + unit


def _operand(sentence: Sentence, match: re.Match[str], name: str, role: str) -> Operand:
    digits, unit = match[name].replace(",", ""), match[f"{name}_unit"]
    span = sentence.flow.span(match.start(name), match.end(f"{name}_unit"), 10)
    key = f"public.{span.page}.{span.line}.{match.start(name)}"
    return Operand(key, role, match[name] + unit, to_yuan(Decimal(digits), unit), span)


CHECK = Check(
    rule=RULE,
    name="三公经费",
    what="Travel abroad, reception and official cars add up to the total of the three public expenses.",
    why="The list is closed by law, so that nothing explains a difference.",
    formula="出国 + 接待 + 用车 = 三公",
    tolerance="equality; told only where all three kinds are told with an amount or as none",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("文 “三公”经费实际支出9.5万元。其中公务接待费2.5万元，公务用车运行维护费7万元，无因公出国费用。",),
    disagrees=("文 “三公”经费实际支出9.5万元。其中公务接待费2.3万元，公务用车运行维护费7万元，无因公出国费用。",),
    false_alarms=("budget and actual told kind by kind",),
)
