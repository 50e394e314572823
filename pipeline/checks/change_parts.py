"""Check: the changes told of the parts of a whole add up to the change told of the whole (增减额之和)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "change-parts"
_VALUE = r"(?<![\d,.])\d[\d,]{0,15}(?:\.\d{1,6})?"
_UNIT = r"[千万亿]?(?:元|人次|人|家|个|户|名|所|座|起|件|项|台|套|公里|亩|吨|次|场|辆|张|份|条|处|头|只)"
_UP, _DOWN = "增加|增长|净增|提高", "减少|下降|降低"
# 在校生250人，比上年的251人减少1人 / 小学167人，减少18人
_TOLD = re.compile(
    rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,（(]\s?(?:同比|(?:比|较)(?:上年|去年|上一年|(?:19|20)\d\d年)[^，。；]{{0,16}}?)?"
    rf"(?P<way>{_UP}|{_DOWN})了?\s?(?P<change>{_VALUE})\s?(?P=unit)(?![\u4e00-\u9fff]*(?:至|到))"
)
_VAGUE = re.compile(r"约|近|余|累计|平均|可比口径|剔除")
_WHOLE = re.compile(r"[^。]+")
_LEAST = 3  # the whole and two parts


@frozen
class _Change:
    """A number with its change (数量与增减额). change: with its sign. at: offsets of the change in the paragraph."""

    now: Decimal
    change: Decimal
    unit: str
    at: tuple[int, int]
    text: str

    def operand(self, paragraph: Sentence, role: str) -> Operand:
        """The operand that the change gives."""
        span = paragraph.span(*self.at)
        return Operand(f"text.change.{span.page}.{span.line}.{self.at[0]}", role, self.text, self.change, span)


def _test(facts: Facts) -> Iterator[Relation]:
    paragraphs = {id(one.flow): one for one in facts.saying("其中") if one.cell is None}
    for one in paragraphs.values():
        paragraph = replace(one, text=one.flow.text, start=0, end=len(one.flow.text))
        for part in _WHOLE.finditer(paragraph.text):
            if "其中" in part[0] and not _VAGUE.search(part[0]):
                yield from _added(paragraph, list(_changes(paragraph.text, part.start(), part.end())))


def _changes(text: str, start: int, end: int) -> Iterator[_Change]:
    for match in _TOLD.finditer(text, start, end):
        change = printed_digits(match["change"]).value * (-1 if match["way"] in _DOWN.split("|") else 1)
        at = match.start("way"), match.end()
        yield _Change(printed_digits(match["now"]).value, change, match["unit"], at, text[slice(*at)])


def _added(paragraph: Sentence, told: Sequence[_Change]) -> Iterator[Relation]:
    """The first is the whole where the others, told behind 其中, add up to it; then so do their changes."""
    if len(told) < _LEAST or len({one.unit for one in told}) > 1:
        return
    whole, *parts = told
    between = paragraph.text[whole.at[1] : parts[0].at[0]]
    if "其中" not in between or sum((one.now for one in parts), Decimal(0)) != whole.now:
        return
    computed = sum((one.change for one in parts), Decimal(0))
    right = computed == whole.change
    shown = " + ".join(written(one.change) if one.change >= 0 else f"({written(one.change)})" for one in parts)
    relation = Relation(
        RULE,
        "consistent" if right else "inconsistent",
        tuple(one.operand(paragraph, "operand") for one in parts),
        (whole.operand(paragraph, "reported"),),
        formula=f"{shown} = {written(computed)}{'' if right else ' ≠ ' + written(whole.change)}",
        reported=written(whole.change),
        computed=written(computed),
        difference=whole.change - computed,
        severity="warning",
    )
    if right:
        yield relation
        return
    turned = [one for one in parts if computed - 2 * one.change == whole.change]
    hint = f"；“{turned[0].text}”的增减方向若相反则相符" if len(turned) == 1 else ""
    span = relation.right[0].span
    yield replace(
        relation,
        title=f"各部分增减额之和 {written(computed)} 与总数的增减额 {written(whole.change)} 不符",
        message=f"{where(span)}“{quote(span, whole.text)}”，其后各部分之和等于总数，而各部分增减额 {relation.formula}"
        f"{hint}。",
    )


CHECK = Check(
    rule=RULE,
    name="增减额之和",
    what="Where the parts told of a whole add up to it, the changes told of them add up to its change.",
    why="A rise told as a fall, or a change left over from last year, breaks the sum.",
    formula="Σ change of parts = change of the whole",
    tolerance="equality; the parts must add up to the whole exactly, all told with their change in one unit",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("文 学生5200人，比上年减少100人，下降1.89%，其中小学3500人，减少140人，初中1700人，增加40人。",),
    disagrees=("文 学生5200人，比上年减少100人，下降1.89%，其中小学3500人，减少140人，初中1700人，减少40人。",),
    false_alarms=("parts that are not all of the whole", "changes against different years"),
)
