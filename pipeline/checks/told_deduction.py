"""Check: a weight, a deduction and a score told one behind the other fit each other (文中扣分)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.records import Indicator
from pipeline.checks.deducted_items import deducted_items
from pipeline.checks.facts import Facts
from pipeline.checks.full_counted import full_counted
from pipeline.checks.model import Check, Operand, Relation, Verdict
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "told-deduction"
_N = r"\d{1,3}(?:\.\d{1,2})?"
_TAKEN = rf"(?:共|合计|共计|累计|应|酌情)?扣(?:减|除)?(?:分)?\s?(?P<taken>{_N})\s?分[，,、；;]?\s?"
_GOT = rf"(?:最终|评价|自评|实际|实|应|故|本项|该项|该指标|指标)?(?:评)?得(?:分为?)?\s?(?P<got>{_N})\s?分(?!值|以)"
# `产出指标34分，扣4分，得30分`: nothing between but signs.
_WHOLE = re.compile(
    rf"(?:满分|分值|权重|指标|标准分)[^，。；\d]{{0,4}}(?<![\d.])(?P<weight>{_N})\s?分(?:值|为)?[）)]?[，,：:（(]\s?{_TAKEN}{_GOT}"
)
_PART = re.compile(_TAKEN + _GOT)
_DEDUCTION = re.compile(rf"扣(?:减|除)?\s?{_N}\s?分")
_TOLD = re.compile(r"扣(?:减|除)?(?:分)?\s?\d")  # in every deduction, and sooner looked for
_OTHER = re.compile(r"加分|奖励|加\s?\d|每|若|如果|以上得|的得|百分制|折算|加权|自评得")
_NAME = 4  # characters of an indicator's name that a sentence tells by no chance


def _test(facts: Facts) -> Iterator[Relation]:
    yield from deducted_items(facts, RULE)
    yield from full_counted(facts, RULE)
    leaves = [one for one in facts.tree.leaves if len(one.name) >= _NAME]
    for sentence in facts.saying("扣"):
        if sentence.cell is None and _TOLD.search(sentence.text) and not _OTHER.search(sentence.text):
            for match in _WHOLE.finditer(sentence.text):
                yield _relation(sentence, match, printed_digits(match["weight"]).value)
            found = list(_PART.finditer(sentence.text))
            if len(found) == len(_DEDUCTION.findall(sentence.text)) == 1:
                yield from _of_leaf(facts, sentence, found[0], leaves)


def _of_leaf(facts: Facts, sentence: Sentence, match: re.Match[str], leaves: list[Indicator]) -> Iterator[Relation]:
    """More told than the one indicator named can hold, where its table has just what the deduction leaves."""
    named = [one for one in leaves if one.name in sentence.text]
    taken, got = (printed_digits(match[name]).value for name in ("taken", "got"))
    for one in named if len(named) == 1 else ():
        weights, scores = ({mark.number.value for mark in facts.marks(one, name) if mark.number and mark.table}
                           for name in ("weight", "score"))  # fmt: skip
        if (
            len(weights) == len(scores) == 1
            and max(weights) - taken == max(scores) != got
            and taken + got > max(weights)
        ):
            yield _relation(sentence, match, max(weights))


def _relation(sentence: Sentence, match: re.Match[str], weight: Decimal) -> Relation:
    taken, got = (printed_digits(match[name]).value for name in ("taken", "got"))
    spans = {name: sentence.span(match.start(name), match.end(name)) for name in ("taken", "got")}
    at = f"text.deducted.{spans['got'].page}.{spans['got'].line}.{sentence.start + match.start('got')}"
    verdict: Verdict = "consistent" if weight - taken == got else "inconsistent"
    computed = written(weight - taken)
    formula = f"{written(weight)} − {written(taken)} = {computed}"
    failed = verdict == "inconsistent"
    return Relation(
        RULE,
        verdict,
        (Operand(f"{at}.taken", "operand", match["taken"], taken, spans["taken"]),),
        (Operand(at, "reported", match["got"], got, spans["got"]),),
        formula=formula,
        reported=match["got"],
        computed=computed,
        difference=got - weight + taken,
        title=f"文中扣 {match['taken']} 分、得 {match['got']} 分与分值 {written(weight)} 分不符" if failed else "",
        message=f"{where(spans['got'])}“{quote(spans['got'], match['got'])}”，分值 {written(weight)} 分，{formula}，"
        f"而文中称得 {match['got']} 分。"
        if failed
        else "",
    )


CHECK = Check(
    rule=RULE,
    name="文中扣分",
    what="Full marks, deduction and score told one behind the other fit; so do deduction and score of one indicator "
    "named beside them; as many indicators lost points as are told.",
    why="The reader subtracts the deduction from the full marks at a glance.",
    formula="full marks − deduction = score",
    tolerance="equality; of a named indicator only where more is told than it can hold and its table has what is left",
    severity="error",
    source="财预〔2020〕10号第十六条（分值评定方法）",
    test=_test,
    fold="alone",
    agrees=("文 产出指标34分，扣4分，得30分。",),
    disagrees=(
        "评分表 甲项 权重 6 得分 3；评分表 乙项 权重 6 得分 5；评分表 丙项 权重 6 得分 6；评分表 丁项 权重 6 得分 6；"
        "评分表 戊项 权重 6 得分 6；文 5项三级指标中，有3项未得满分。",
        "文 产出指标34分，扣4分，得31分。",
        "评分表 工程按期完工率 权重 6 得分 3；文 工程按期完工率60%，共扣3分，得4分。",
        "文 共有8项指标扣分，合计扣2.48分。其中预算调整率扣0.5分，公厕改造扣1分，其余5项合计扣0.98分。",
    ),
    false_alarms=("a scoring rule (每缺一项扣1分)", "deductions of one criterion among several of an indicator"),
)
