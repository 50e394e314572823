"""Check: shares and satisfaction stay within 100 %, and saved cost below it (百分比范围)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.money import operand, text
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED
from pipeline.checks.wording import quote, where

RULE = "percent-range"
_SHARE = re.compile(
    r"(?P<name>满意度|满意率|合格率|达标率|覆盖率|到课率|就业率|及格率|成活率|参与率|知晓率|占比|比重|投诉处理率|办结率|好评率|录取率)"
    r"[\u4e00-\u9fff]{0,6}?(?:为|达到?|至|是|=|：|:)?\s*(?P<value>\d+(?:\.\d+)?)\s*[%％]\s*(?P<over>以上)?"
)
_SAVED = re.compile(r"成本节约率\s*(?:为|达到?|是|=|：|:)?\s*(?P<value>\d+(?:\.\d+)?)\s*[%％]")
_RULE_WORDS = re.compile(r"目标|指标值|预期|计划|要求|得\s*\d|扣\s*\d|＝|公式")


def _test(facts: Facts) -> Iterator[Relation]:
    spent = next((line for line in facts.funds.lines if line.role == "spent" and _whole(line)), None)
    for sentence in facts.saying("%", "％"):
        for match in _SHARE.finditer(sentence.text):
            value = Decimal(match["value"])
            over = value > HUNDRED or (value == HUNDRED and match["over"] is not None)
            if over and not _RULE_WORDS.search(sentence.text[max(match.start() - 12, 0) : match.start()]):
                yield _above(sentence, match)
        for match in _SAVED.finditer(sentence.text):
            if Decimal(match["value"]) >= HUNDRED and spent is not None:
                yield _all_saved(sentence, match, spent)


def _whole(line: FundingLine) -> bool:
    return line.subject == "" and line.yuan is not None and line.yuan > 0 and line.row_role in ("", "total")


def _above(sentence: Sentence, match: re.Match[str]) -> Relation:
    span = sentence.span(match.start(), match.end())
    return spotted(
        RULE,
        f"text.percent.{span.page}.{span.line}.{match['name']}",
        [Operand("text.percent", "reported", match[0], Decimal(match["value"]), span)],
        title=f"{match['name']}超过 100%：{match[0]}",
        message=f"{where(span)}“{quote(span, match[0])}”：{match['name']}不可能超过 100%。",
        reported=match["value"] + "%" + (match["over"] or ""),
        severity="warning",
    )


def _all_saved(sentence: Sentence, match: re.Match[str], spent: FundingLine) -> Relation:
    span = sentence.span(match.start(), match.end())
    return spotted(
        RULE,
        f"text.saved.{span.page}.{span.line}",
        [operand(spent, "operand"), Operand("text.saved", "reported", match[0], Decimal(match["value"]), span)],
        title=f"成本节约率 {match['value']}% 与已有支出矛盾",
        message=f"{where(span)}“{quote(span, match[0])}”：成本节约率＝（计划成本−实际成本）÷计划成本，"
        f"为 100% 即没有任何支出，而{where(spent.span)}列支出 {text(spent)}。",
        reported=match["value"] + "%",
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="百分比范围",
    what="Satisfaction, pass rates and shares are at most 100 %; cost is not saved entirely where money was spent.",
    why="A share above the whole was not measured.",
    formula="share ≤ 100 %; (planned − actual) ÷ planned < 100 %",
    tolerance="equality; completion and growth may exceed 100 %",
    severity="warning",
    source="财预〔2020〕10号附2（成本节约率、满意度的解释）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("文 实际完成率为 130%，群众满意度达 100%。",),
    disagrees=("文 经调查，受益企业满意度达到 100%以上。", "资金 s1 spent 90万元；文 项目成本节约率为 100%。"),
    false_alarms=("completion, growth and cost-benefit ratios above 100 %", "targets written as 100 % 以上"),
)
