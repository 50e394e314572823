"""Check: the target that prose quotes is the target of the table (目标值引用)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen, replace
from normalizers.numbers import parse
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation, Severity
from pipeline.checks.quantities import likeness, plain, same_unit, unit_of
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import place, quote, where

RULE = "target-quoted"
_WORD = r"(?:指标值|目标值|计划值|预期值|标杆值|标准值|预期目标|绩效目标|年度目标)"
_QUOTED = re.compile(_WORD + r"[^“”\"，。；\d]{0,10}[“\"]\s*\$?\s*(?P<quote>[^”\"]{1,60}?)\s*\$?\s*[”\"]")
_BEHIND = re.compile(
    r"(?:设定|设置|确定|下达|批复|申报)的?\s*[“\"]\s*(?P<quote>[^”\"]{1,60}?)\s*[”\"]\s*的?(?:年度|绩效)?(?:指标值|目标值|目标)"
)
_BARE = re.compile(
    _WORD + r"\s*(?:为|是|：|:)?\s*"
    r"(?P<quote>(?:≥|≤|＞|＜|>|<|不低于|不少于)\s*\d[\d.,]*\s*(?:[%％]|[万亿]?[\u4e00-\u9fff]{0,2}))"
)
_ALIKE = 0.85  # of two long wordings of one target that differ in a word or two
_LONG = 8  # characters; a shorter wording that differs is another one


@frozen
class Quoted:
    """A target as a sentence quotes it (引用的目标值)."""

    text: str
    sentence: Sentence
    start: int
    end: int

    def operand(self, indicator: Indicator) -> Operand:
        """The operand it gives."""
        number = parse(self.text)
        span = self.sentence.span(self.start, self.end)
        text = number.printed if number is not None and len(self.text) < _LONG else self.text
        return Operand(f"i{indicator.index}.target", "restated", text, number.value if number else None, span)


def quoted_targets(facts: Facts, indicator: Indicator) -> Iterator[Quoted]:
    """Every target that the sentences about an indicator quote."""
    for sentence in facts.spoken.get(indicator.index, ()):
        named = "目标" in sentence.text or "值" in sentence.text  # as in all patterns
        for pattern in (_QUOTED, _BEHIND, _BARE) if named else ():
            for match in pattern.finditer(sentence.text):
                yield Quoted(match["quote"].strip(), sentence, match.start("quote"), match.end("quote"))


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators:
        target = indicator.get("target")
        if target is not None and target.text.strip():
            for quoted in quoted_targets(facts, indicator):
                yield _compared(indicator, target, quoted)


def _compared(indicator: Indicator, target: Mention, quoted: Quoted) -> Relation:
    verdict, severity, reason = _judged(indicator, target, quoted.text)
    sign = "=" if verdict == "consistent" else "≠"
    relation = Relation(
        RULE,
        "consistent" if verdict == "consistent" else "inconsistent",
        (Operand.of(f"i{indicator.index}.target", "reported", target),),
        (quoted.operand(indicator),),
        formula=f"{target.text.strip()} {sign} {quoted.text}",
        reported=quoted.text,
        computed=target.text.strip(),
        severity=severity,
    )
    if verdict == "consistent":
        return relation
    if verdict == "undecided":
        return undecided(relation, reason)
    right = relation.right[0]
    return replace(
        relation,
        title=f"“{indicator.name}”引用的目标值与指标表不符：{target.text.strip()} 与 {quoted.text}",
        message=f"{place(target)}目标值为“{quote(target.span, target.text)}”，"
        f"而{where(right.span)}引用为“{quote(right.span, quoted.text)}”{reason}。",
    )


def _judged(indicator: Indicator, target: Mention, text: str) -> tuple[str, Severity, str]:
    """(`consistent`, `inconsistent` or `undecided`; severity; reason or remark)."""
    mine, theirs = plain(target.text), plain(text)
    if mine == theirs or theirs in mine or mine in theirs:
        return "consistent", "error", ""
    one, other = target.number or parse(target.text), parse(text)
    if one is not None and other is not None:
        return _numbers(indicator, one, other, likeness(target.text, text) if len(theirs) > _LONG else 1.0)
    if one is None and other is not None:
        return "inconsistent", "warning", "，一处为定性表述，一处为具体数值"
    if min(len(mine), len(theirs)) >= _LONG and likeness(target.text, text) >= _ALIKE:
        return "inconsistent", "info", "，文字略有出入"
    return "undecided", "info", "引文可能只是目标的一部分或另有所指"


def _numbers(
    indicator: Indicator, one: ReportedNumber, other: ReportedNumber, alike: float
) -> tuple[str, Severity, str]:
    if one.value == other.value:
        wording = _ALIKE <= alike < 1.0
        return ("inconsistent", "info", "，数值相同而文字有出入") if wording else ("consistent", "error", "")
    if same_unit(unit_of(one, indicator.name), unit_of(other, indicator.name)) is False:
        return "undecided", "info", "两处计量单位不同，须换算后比较"
    return "inconsistent", "error", ""


CHECK = Check(
    rule=RULE,
    name="目标值引用",
    what="A target quoted in the analysis of an indicator is the target that its table prints.",
    why="Points are given against the quoted target; a lower one quoted hides a miss.",
    formula="quoted target = target of the table",
    tolerance="equality of the numbers; of wordings, one contained in the other",
    severity="error",
    source="财预〔2020〕10号第十六条（与年初指标值相比）",
    test=_test,
    agrees=("目标表 里程 目标 ≥30公里；评分表 里程 权重 5 得分 5；说明文 里程 达到年初指标值“≥30公里”。",),
    disagrees=(
        "目标表 里程 目标 30公里；评分表 里程 权重 5 得分 5；说明文 里程 达到年初指标值“25公里”。",
        "目标表 增速 目标 实现正增长；评分表 增速 权重 5 得分 5；说明文 增速 达到年初指标值“4.5%”。",
    ),
    false_alarms=("targets in different units", "a quotation of another indicator's target for comparison"),
)
