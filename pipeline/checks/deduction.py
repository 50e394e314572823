"""Check: points taken off and points given make up the weight (扣分与得分)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from extractors.frozen import replace
from extractors.vocabulary import is_outer
from normalizers.records import Indicator, Mention
from pipeline.checks.deducted_column import deducted_columns
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.prints import Print
from pipeline.checks.quantities import number_in
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import half_up, quotient, written
from pipeline.checks.wording import place, plus, quote

RULE = "deduction"
_BOTH = 2  # actual value and target
_MOST_TAKEN = 24  # deductions of one passage that are added up
# Words that make a deduction a rule or a condition instead of a fact.
# What is taken off each of several: `每个乡扣0.5分；…；共扣1.5分`.
_EACH = re.compile(  # begins with a set: the scanner leaps to it
    r"[每各均别次共合累总\d×*](?:(?:(?<=[每各均])|(?<=分别|依次))[^。；;，,\d]{0,8}扣\s*\d"
    r"|(?<=[共合累总])计?扣[除减]?\s*\d|(?<=\d)\s*分\s*/|(?<=[×*])\s*\d[^。；;，,]{0,6}分)"
)
_SEVERAL = re.compile(
    r"[次别自各均\d](?:(?:(?<=依次|分别|各自)|(?<=[各均]))(?:自评|评价)?得分?为?\s*\d|(?<=\d)分、\d+(?:\.\d+)?分)"
)
_SCORED = re.compile(r"[得计]\s?\d|得分|自评\d")
_TAKEN = re.compile(r"扣\s?(\d{1,2}(?:\.\d{1,2})?)\s?分")
_CONDITION = re.compile(
    r"每|扣完|扣至|否则|如果|如有|若|应扣|可扣|最多|最高|以上的|以下的|扣分项?(?:合计|小计|总计)|[的，,]扣\s*\d+(?:\.\d+)?\s*分[；;]"
)


def _test(facts: Facts) -> Iterator[Relation]:
    yield from deducted_columns(facts, RULE)
    for indicator in facts.report.indicators if "deduction" in facts.fields else ():
        taken = [m for m in indicator.all("deduction") if m.number is not None]
        weight = facts.chosen(indicator, "weight") if taken else None
        if weight is None or weight.number is None:
            continue
        leaf = indicator.index not in facts.tree.children
        for where in ("cell-text", "prose", "table"):
            block = [m for m in taken if (m.place if m.table is None else "table") == where]
            for row in facts.prints[indicator.index]:
                if block and row.score is not None:
                    relation = _deducted(indicator, block, row.weight or weight, row, leaf=leaf)
                    yield _checked(facts, indicator, relation, block, row)


def _checked(facts: Facts, indicator: Indicator, relation: Relation, block: list[Mention], row: Print) -> Relation:
    """The relation; undecided where its passage takes points off several, or gives scores to several."""
    if relation.verdict != "inconsistent" or row.score is None:
        return relation
    excuses = _excuses(facts, indicator, relation, block, row.score)
    reason = next((reason for applies, reason in excuses if applies), "")
    return undecided(relation, reason) if reason else relation


def _excuses(
    facts: Facts, indicator: Indicator, relation: Relation, block: list[Mention], score: Mention
) -> Iterator[tuple[bool, str]]:
    """Each excuse, and whether it applies; none is looked into behind the first that does."""
    told = [one.flow.text for m in block if m.table is None for one in facts.sentences_at(m.span)]
    together = _in_one_place(block, score)
    yield any(_EACH.search(text) for text in told), "该段另有逐项扣分或扣分合计，所列扣分不是全部"
    yield any(_SEVERAL.search(text) for text in told), "该段列有多个对象各自的得分，扣分所指不明"
    yield is_outer(indicator.name), "扣分所指的下级指标不明"
    yield _exceeds(relation), "所列得分高于满分，不是该指标的得分"
    yield together and any(_told_after(text, block, score) for text in told), "扣分一句在得分之后另起，所指可能不同"
    others = score.table is None or any(_SCORED.search(text) for text in told)
    yield bool(told) and not together and others, "扣分与得分不在一处，所指可能不同"
    yield any(_adds_up(text, relation) for text in told), "该段所列各处扣分之和与得分相符"
    yield _by_completion(indicator, relation), "得分与该指标的完成比例相符，扣分可能另有所指"


def _by_completion(indicator: Indicator, relation: Relation) -> bool:
    """Whether the score is the weight times what was reached of the target: whole points taken off are another's."""
    full, score = relation.left[0].value, relation.right[0].value
    stated = [number_in(mention) for name in ("actual", "target") if (mention := indicator.get(name)) is not None]
    if full is None or score is None or len(stated) < _BOTH or stated[0] is None or stated[1] is None:
        return False
    if any(one.value != one.value.to_integral_value() for one in relation.left[1:] if one.value is not None):
        return False  # worked out, too
    reached, wanted = (number.value for number in stated if number is not None)
    exact = score.normalize().as_tuple().exponent
    return 0 < reached < wanted and half_up(quotient(full * reached, wanted), max(-int(exact), 2)) == score


def _exceeds(relation: Relation) -> bool:
    """Whether the score is more than the weight: that of something else (`6月份考核得分88.4分，扣2分`)."""
    full, score = relation.left[0].value, relation.right[0].value
    return full is not None and score is not None and score > full


def _adds_up(text: str, relation: Relation) -> bool:
    """Whether points that a passage takes off one after another make up what the score lacks."""
    full, score = relation.left[0].value, relation.right[0].value
    taken = [Decimal(found[1]) for found in islice(_TAKEN.finditer(text), _MOST_TAKEN)]
    ends = range(len(taken) + 1)
    return (
        full is not None
        and score is not None
        and any(sum(taken[low:high]) == full - score for low in ends for high in ends[low + 1 :])
    )


def _told_after(text: str, block: list[Mention], score: Mention) -> bool:
    """Whether points are taken off in another clause, behind the one that gives the score (`甲得5分；乙…扣1分`)."""
    at = text.find(score.span.quote)
    later = [text.find(mention.span.quote, at) for mention in block] if at >= 0 else []
    return bool(later) and all(end > at and re.search("[；;。]", text[at:end]) for end in later)


def _in_one_place(block: list[Mention], score: Mention) -> bool:
    """Whether the deductions stand in the paragraph that prints the score."""
    return all(m.span.passage == score.span.passage for m in block)


def _deducted(indicator: Indicator, block: list[Mention], weight: Mention, row: Print, *, leaf: bool) -> Relation:
    """The relation of one telling's deductions with one printed score."""
    score = row.score.number if row.score else None
    full = weight.number
    if row.score is None or score is None or full is None:
        raise ValueError("a deduction is compared where weight and score are numbers")
    values = [abs(m.number.value) for m in block if m.number]
    ways = [sum(values, Decimal(0)), *values]
    taken = next((way for way in ways if full.value - way == score.value), ways[0])
    relation = Relation(
        RULE,
        "consistent" if full.value - taken == score.value else "inconsistent",
        (
            Operand.of(row.key("weight"), "operand", weight),
            *(Operand.of(row.key("deduction"), "operand", m) for m in block),
        ),
        (Operand.of(row.key("score"), "reported", row.score),),
        formula=f"{written(full.value)} − {written(taken)} = {written(full.value - taken)}",
        reported=row.score.text.strip(),
        computed=written(full.value - taken),
        difference=score.value - (full.value - taken),
    )
    if relation.verdict == "consistent":
        return relation
    if not leaf:
        return undecided(relation, "扣分所指的下级指标不明")
    if len(values) > 1:
        return undecided(relation, f"同一指标列有多处扣分（{plus([written(v) for v in values])}），是否重复不能确定")
    if any(_CONDITION.search(m.span.quote) for m in block):
        return undecided(relation, "扣分一句可能是评分细则而非实际扣分")
    return _worded(relation, indicator, block[0], row.score)


def _worded(relation: Relation, indicator: Indicator, taken: Mention, score: Mention) -> Relation:
    return replace(
        relation,
        title=f"“{indicator.name}”扣分与得分不符：扣分后应得 {relation.computed}，列示 {relation.reported}",
        message=f"{place(taken)}“{quote(taken.span, taken.text)}”，{relation.formula}，"
        f"而{place(score)}得分为 {relation.reported}。",
    )


CHECK = Check(
    rule=RULE,
    name="扣分与得分",
    what="The points that a comment takes off and the score given add up to the weight.",
    why="A deduction that never reached the score column leaves the total too high.",
    formula="weight − deductions = score",
    tolerance="equality; of several deductions their sum or any one may be the whole",
    severity="error",
    source="财预〔2020〕10号第十六条（分值评定方法）",
    test=_test,
    agrees=(
        "评分表 监管 权重 8 得分 6；说明 监管 扣分 2",
        "评分表 换板 权重 6 得分 5.73 目标 3200平方米 实际 3056平方米；说明 换板 扣分 1；评分表 监管 权重 8 得分 6；"
        "说明 监管 扣分 2",
        "评分表 监管 权重 8 得分 5；说明 监管 扣分 2；说明 监管 扣分 1",
    ),
    disagrees=(
        "评分表 监管 权重 8 得分 8；说明 监管 扣分 2",
        "表 t9 指标 | 分值 | 得分 | 扣分；表 t9 甲项 | 6 | 5.50 | 0.50；表 t9 乙项 | 6 | 6 | 0；"
        "表 t9 丙项 | 5 | 4.20 | 0.80；表 t9 丁项 | 8 | 7.90 | 0.10；表 t9 合计 | 25 | 23.60 | 1.60",
    ),
    false_alarms=(
        "a scoring rule (每缺一项扣 1 分)",
        "the same deduction told twice",
        "deductions listed and then summed up",
        "the sum of a report's own deduction items (扣分合计), taken from the total and not from one indicator",
    ),
)
