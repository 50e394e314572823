"""Check: the numbers of indicators that the report states are those it lists (指标个数)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalizers.numbers import chinese_integer
from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "indicator-count"
_COUNT = re.compile(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*(?:个|项|类|大)?\s*(?P<level>[一二三])级\s*指标"
)
_LEVELS = {"一": 1, "二": 2, "三": 3}


def _test(facts: Facts) -> Iterator[Relation]:
    if not facts.tree.leaves:
        return
    for sentence in facts.sentences:
        if "级" in sentence.text and "指标" in sentence.text and sentence.cell is None:
            for match in _COUNT.finditer(sentence.text):
                count = chinese_integer(match["count"])
                if count:
                    yield _counted(facts, sentence, match, count)


def _counted(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Relation:
    level = _LEVELS[match["level"]]
    found = [one for one in facts.tree.indicators if one.level == level]
    span = sentence.span(match.start(), match.end())
    relation = Relation(
        RULE,
        "consistent" if len(found) == count else "inconsistent",
        tuple(Operand(f"count.{level}", "operand", one.name, None, one.span) for one in found),
        (Operand(f"count.level{level}", "reported", match[0], Decimal(count), span),),
        formula=f"{match['level']}级指标实列 {len(found)} 个",
        reported=str(count),
        computed=str(len(found)),
        difference=Decimal(count - len(found)),
        severity="warning",
    )
    if len(found) == count:
        return relation
    if not found or not _all_read(facts, level, found):
        return undecided(relation, "指标体系可能未全部读出，不下结论")
    return replace(
        relation,
        title=f"称有 {count} 个{match['level']}级指标，实列 {len(found)} 个",
        message=f"{where(span)}“{quote(span, match[0])}”，而评分表实列{match['level']}级指标 {len(found)} 个。",
    )


def _all_read(facts: Facts, level: int, found: list[Indicator]) -> bool:
    """Whether the tree adds up to its total, and every leaf lies below an indicator of each level."""
    deep = all(one.level == 3 for one in facts.tree.leaves)
    return None in facts.whole and (level == 1 or deep) and len({one.name for one in found}) == len(found)


CHECK = Check(
    rule=RULE,
    name="指标个数",
    what="The stated numbers of first, second and third level indicators are the numbers listed.",
    why="A count that differs shows that the indicator system was changed after the text was written.",
    formula="stated number = indicators listed",
    tolerance="equality; undecided unless the tree read adds up to its total",
    severity="warning",
    source="财预〔2020〕10号第十四条（指标的确定）",
    test=_test,
    fold="alone",
    agrees=("文 共设置2个一级指标。；评分表 决策 权重 40；评分表 产出 权重 60；评分表 合计 权重 100",),
    disagrees=("文 共设置三个一级指标。；评分表 决策 权重 40；评分表 产出 权重 60；评分表 合计 权重 100",),
    false_alarms=("an annex that joins several indicators in one row", "indicators of a lost table page"),
)
