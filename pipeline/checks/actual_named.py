"""Check: an indicator's rate told in prose by its name is the rate of its table (实际值与正文)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen, replace
from normalizers.dates import years
from normalizers.names import bare
from normalizers.numbers import parse
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided, verdict_of
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.tolerance import restates
from pipeline.checks.wording import place, quote, where

RULE = "actual-named"
_TOLD = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,20}[率度例])(?:为|达到?|是|实际为?)?\s?(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％]"
)
_RATED = re.compile(r"[率度例](?:为|达到?|是|实际为?)?\s?\d[\d.]*\s?[%％]")  # in all of these, and sooner looked for
_OTHER = re.compile(
    r"上年|去年|同期|往年|目标|计划|指标值|预期|要求|标准|不低于|以上|分别|比|较|截至\s?\d{4}\s?年\s?\d|上半年|季度|月底|月末"
)
_PART = re.compile(r"其中|[^全]县|镇|乡|村|街道|各|部分|子项目")
_GOAL = re.compile(r"目标|计划|预期|任务|年度指标|不[少低高多]于|不超过|[≥≤]")
_GOALS = re.compile(r"(?:绩效|总体|年度|阶段性|项目|预期)目标(?:设[定置]|[及和与]指标)?(?:情况)?$")
_GENERAL = re.compile(r"全年|全[市县省区州]|本项目|项目|实际|整体|总体|年度|其|该|当年|共|已|的|[（(]?\d{4}年度?[)）]?")
_WHOLE = re.compile(r"总体|整体|全部|综合|平均")  # of several projects, where they are rated apart
_SHORTEST = 3  # characters of an indicator's name, and digits that are not swapped by chance
_FAR, _NEAR = 160, 80  # characters before a rate that may call it a goal, or that of a part


@frozen
class Told:
    """A rate told with a name (正文中的比率). narrowed: words before it may make it the rate of a part."""

    sentence: Sentence
    match: re.Match[str]
    number: ReportedNumber
    narrowed: bool

    def operand(self, key: str) -> Operand:
        """The operand it gives."""
        span = self.sentence.span(self.match.start("rate"), self.match.end())
        return Operand(key, "restated", self.number.printed, self.number.value, span)


def _test(facts: Facts) -> Iterator[Relation]:
    rated = _rated(facts)
    told = _all_told(facts, frozenset(rated)) if rated else {}
    for name, stated in rated.items() if told else ():
        yield from _compared(*stated, told.get(name, []))


def _rated(facts: Facts) -> dict[str, tuple[Indicator, tuple[Mention, ReportedNumber]]]:
    """Name -> the one indicator so called, with the rate that a table prints as its actual value."""
    found = {}
    for indicator, actual, reached in facts.actuals:
        if actual.span.cell is None or reached is None or not reached.percent or reached.bound:
            continue
        several = len({m.number.value for m in indicator.all("actual") if m.number is not None}) > 1  # of two projects
        if not several:
            found[bare(indicator.name)] = indicator, (actual, reached)
    names = [bare(one.name) for one in facts.report.indicators] if found else []
    return {name: one for name, one in found.items() if len(name) >= _SHORTEST and names.count(name) == 1}


def _all_told(facts: Facts, names: frozenset[str]) -> dict[str, list[Told]]:
    """Each of these names -> the rates told with it, where its clause holds nothing else that narrows it down."""
    found: dict[str, list[Told]] = {}
    evaluated = set(facts.report.fiscal_year)
    several = any(one.scope for one in facts.report.indicators)
    for sentence in facts.saying("%", "％"):
        for match in _TOLD.finditer(sentence.text) if _RATED.search(sentence.text) else ():
            known = {_GENERAL.sub("", match["name"]), match["name"]} & names
            if not known:
                continue
            clause = last_clause(sentence.text[max(match.start() - 60, 0) : match.start()], "，,：:；;、（(")
            number = parse(match["rate"] + "%")
            at = sentence.start + match.start()
            before = sentence.flow.text[max(at - _FAR, 0) : at]
            other = _OTHER.search(sentence.text, max(match.end() - _NEAR, 0), match.end() + 8)
            if number is None or _GENERAL.sub("", clause) or other or _GOAL.search(before) or _below_goals(sentence):
                continue
            if (named := set(years(before[-_NEAR:]))) and evaluated and not named & evaluated:
                continue  # `2022年度自评得分95.62分，预算执行率92.35%`, told of the year before
            narrowed = bool(_PART.search(before[-_NEAR:])) or (several and bool(_WHOLE.search(match["name"])))
            for name in known:
                found.setdefault(name, []).append(Told(sentence, match, number, narrowed))
    return found


def _below_goals(sentence: Sentence) -> bool:
    """Whether a sentence stands below a heading that announces goals, not what became of them."""
    heading = "" if sentence.heading is None else sentence.heading.title
    return bool(_GOAL.search(heading)) or any(_GOALS.search(one.title) for one in sentence.section.path)


def _compared(indicator: Indicator, stated: tuple[Mention, ReportedNumber], told: list[Told]) -> Iterator[Relation]:
    """The table's value with each told; several told values that differ are undecided."""
    actual, reached = stated
    own = actual.span.cell
    far = [
        one
        for one in told
        if own is None
        or one.sentence.cell is None
        or (one.sentence.cell.table, one.sentence.cell.row) != (own.table, own.row)
    ]
    for one in far:
        relation = _relation(indicator, actual, reached, one)
        if relation.verdict == "inconsistent" and len({other.number.value for other in far}) > 1:
            relation = undecided(relation, "正文对该比率有多个数值，可能为不同口径")
        elif relation.verdict == "inconsistent" and one.narrowed and not _swapped(reached, one.number):
            relation = undecided(relation, "正文该比率可能只说其中一部分")
        yield relation


def _swapped(one: ReportedNumber, other: ReportedNumber) -> bool:
    """Whether two prints hold the same digits in another order."""
    left, right = one.printed.rstrip("%％ "), other.printed.rstrip("%％ ")
    return len(left) > _SHORTEST and sorted(left) == sorted(right)


def _relation(indicator: Indicator, actual: Mention, reached: ReportedNumber, told: Told) -> Relation:
    how = restates(reached, told.number)
    verdict = verdict_of(how)
    key = f"i{indicator.index}.actual"
    right = told.operand(key)
    relation = Relation(
        RULE,
        verdict,
        (Operand.of(key, "reported", actual),),
        (right,),
        formula=f"{reached.printed} {'≠' if verdict == 'inconsistent' else '='} {told.number.printed}",
        reported=told.number.printed,
        computed=reached.printed,
        difference=told.number.value - reached.value,
        severity="info" if how == "truncation" else "warning",
    )
    if verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"“{indicator.name}”实际值与正文不一致：{reached.printed} 与 {told.number.printed}",
        message=f"{place(actual)}实际值为“{quote(actual.span, actual.text)}”，"
        f"而{where(right.span)}称“{quote(right.span, right.text)}”。",
    )


CHECK = Check(
    rule=RULE,
    name="实际值与正文",
    what="A rate that the text tells under an indicator's own name is the actual value that its table prints.",
    why="The score follows the table; the reader follows the text.",
    formula="rate of the table = rate told",
    tolerance="half-up to the shorter print; only names that one indicator bears, told without any narrowing word",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    agrees=("自评表 设备验收合格率 目标 ≥95% 实际 98.20%；文 全年设备验收合格率98.2%。",),
    disagrees=("自评表 设备验收合格率 目标 ≥95% 实际 98.20%；文 全年设备验收合格率92.8%。",),
    false_alarms=("rates of a part, of last year, of a target", "several rates under one name"),
)
