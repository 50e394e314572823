"""Check: what is told as not achieved is not told as achieved elsewhere (结论矛盾)."""

import re
from collections.abc import Iterator

from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import place, quote, where

RULE = "achievement-contradicted"
_FAILED = re.compile(
    r"未能?(?:实现|完成|达到|达成|开展|建成|落实|形成)|没有(?:实现|完成|达到|开展|建成)|尚未(?:实现|完成|达到|开展|建成)"
)
_REACHED = re.compile(
    r"(?:提升|改善|提高|增强|实现|完成|建设|促进|推动)[\u4e00-\u9fff]{0,6}(?:效果|成效|程度|作用)?(?:十分|非常|较为)?(?:显著|明显)"
    r"|(?:全面|全部|圆满|超额)(?:完成|实现|达到|建成)"
)
_TURNED = re.compile(r"未|不|没有|尚|但|然而|仍|待|缺乏|如果|若|应|需")
_SHARED = 4  # characters in a row that both must have, so that they speak of one thing


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator, actual, _ in facts.actuals:
        if not _FAILED.search(actual.text):
            continue
        for sentence in facts.spoken.get(indicator.index, ()):
            for clause in re.finditer(r"[^，,：:]+", sentence.text):
                if _contradicts(actual.text, clause[0]):
                    yield _told(indicator, actual, sentence, clause)


def _contradicts(failed: str, clause: str) -> bool:
    """Whether a clause tells as achieved what `failed` tells as not achieved."""
    if not _REACHED.search(clause) or _TURNED.search(clause):
        return False
    return any(clause[at : at + _SHARED] in failed for at in range(len(clause) - _SHARED + 1))


def _told(indicator: Indicator, actual: Mention, sentence: Sentence, clause: re.Match[str]) -> Relation:
    span = sentence.span(clause.start(), clause.end(), 0)
    return spotted(
        RULE,
        f"i{indicator.index}.achieved",
        [
            Operand.of(f"i{indicator.index}.achieved", "operand", actual),
            Operand(f"i{indicator.index}.achieved", "operand", clause[0].strip(), None, span),
        ],
        title=f"“{indicator.name}”完成情况表述相反",
        message=f"{place(actual)}实际完成情况为“{quote(actual.span, actual.text)}”，"
        f"而{where(span)}称“{quote(span, clause[0])}”，两处结论相反。",
        reported=clause[0].strip(),
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="完成情况矛盾",
    what="An indicator whose actual value says that it was not achieved is not told as achieved in its analysis.",
    why="The score rests on one of two opposite statements.",
    formula="not achieved ≠ achieved",
    tolerance="a closed list of words, and four characters in a row shared by both statements",
    severity="warning",
    source="财预〔2020〕10号第二十五条（逻辑清晰）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("评分表 水质改善 实际 未能实现水质改善目标 权重 5 得分 3；说明文 水质改善 水质改善效果仍不显著。",),
    disagrees=(
        "评分表 水质改善 实际 未能实现水质改善目标 权重 5 得分 4；说明文 水质改善 项目实施后水质改善效果显著。",
    ),
    false_alarms=("a sentence that goes on with 但 or 仍", "praise of another part of the work"),
)
