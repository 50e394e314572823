"""Check: the groups and answers of a survey add up to its valid questionnaires (问卷份数)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item, runs
from pipeline.checks.told_parts import is_whole, operand
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, quote, where

RULE = "survey-parts"
_VALID = re.compile(r"有效(?:调查|样本)?(?:问卷|答卷|样本|回收)?[^，。；\d率]{0,6}(?P<number>\d[\d,]{0,9})\s?[份人个]")
_ROUND = re.compile(r"(?:发放|发出|下发|派发|分发|投放|收回|回收)[^，。；\d]{0,12}(\d[\d,]{0,9})\s?份")
ANSWER = re.compile(
    r"(?P<answer>非常满意|十分满意|很满意|比较满意|较满意|基本满意|不太满意|较不满意|非常不满意|很不满意|不满意|不了解|不清楚|一般|满意)"
    r"(?![度率])[”\"]?(?:的?(?:有|为|占)?)\s?[:：]?\s?(?P<number>\d[\d,]{0,9})\s?(?P<unit>[份人票名户]?)(?![\d.]*\s?[%％\d分])"
)
_OPEN = re.compile(r"多选|多项|部分[^，。；]{0,8}未(?:作)?答|未作答|缺失|跳过|弃答")
_ASKED = re.compile("[份人名户意]")  # who or what is counted in a survey, or 满意
_SURVEY = re.compile(r"问卷|调查|受访|样本|满意|答卷|调研")
_PEOPLE = ("人", "份", "名", "户", "个")
_LEAST = 3  # answers of one question
_MOST_TOLD = 40  # groups of one report
_NEAR = 5  # a group of another survey differs by more than one in so many


@frozen
class _Group:
    """Numbers that divide those who answered (一组分布). texts: as printed. open: some may miss, or be told twice."""

    parts: tuple[Operand, ...]
    total: Decimal
    texts: tuple[str, ...]
    open: bool


@frozen
class _Valid:
    """The valid questionnaires of a survey (有效问卷)."""

    operand: Operand
    value: Decimal


def _test(facts: Facts) -> Iterator[Relation]:
    if "有效" not in facts.all_text.sentences:
        return  # no survey tells its valid questionnaires
    valid, groups, rounds = _surveyed(facts)
    if valid is None:
        return
    matched = any(group.total == valid.value for group in groups)
    for group in groups:
        if abs(group.total - valid.value) * _NEAR <= valid.value:
            yield _relation(valid, group, matched=matched, told=group.total in rounds)


def _surveyed(facts: Facts) -> tuple[_Valid | None, list[_Group], frozenset[Decimal]]:
    """The one survey of the report, the groups told behind it and every number of questionnaires (发放、回收).

    The survey is None where there are several, or none.
    """
    found: dict[Decimal, _Valid] = {}
    groups: list[_Group] = []
    rounds: set[Decimal] = set()
    for paragraph in paragraphs(facts):
        rounds.update(Decimal(one[1].replace(",", "")) for one in _ROUND.finditer(paragraph.text))
        valid = [_valid(paragraph, match) for match in _VALID.finditer(paragraph.text)]
        for one in valid:
            found.setdefault(one.value, one)
        if found and len(groups) < _MOST_TOLD:
            groups += _people(facts, paragraph)
            groups += _answers(paragraph)
    return (next(iter(found.values())) if len(found) == 1 else None), groups, frozenset(rounds)


def paragraphs(facts: Facts) -> Iterator[Sentence]:
    """Every paragraph that may tell of a survey as one sentence, in reading order."""
    seen: set[int] = set()
    for one in facts.sentences:
        if one.cell is not None or id(one.flow) in seen:
            continue
        seen.add(id(one.flow))
        if _ASKED.search(one.flow.text):
            yield Sentence(one.flow.text, one.flow, 0, len(one.flow.text), one.section)


def _valid(paragraph: Sentence, match: re.Match[str]) -> _Valid:
    span = paragraph.span(match.start("number"), match.end())
    value = Decimal(match["number"].replace(",", ""))
    text = paragraph.text[match.start("number") : match.end()]
    told = Operand(f"survey.valid.{span.page}.{span.line}", "reported", text, value, span)
    return _Valid(told, value)


def _people(facts: Facts, paragraph: Sentence) -> Iterator[_Group]:
    """Those who answered by sex, age and whatever their shares make whole."""
    about = "".join(heading.title for heading in paragraph.section.path) + paragraph.text
    listed = next((told for one, told in facts.lists if one.flow is paragraph.flow), ())
    if not _SURVEY.search(about):
        return
    for run in runs(paragraph.text, list(listed)):
        if run[0].unit in _PEOPLE and is_whole(paragraph.text, run) and not any(one.vague for one in run):
            yield _group(paragraph, run)


def _group(paragraph: Sentence, run: Sequence[Item]) -> _Group:
    parts = tuple(operand(paragraph, one) for one in run)
    total = sum((one.value for one in run), Decimal(0))
    return _Group(parts, total, tuple(p.text for p in parts), bool(_OPEN.search(paragraph.text)))


def questions(text: str) -> Iterator[list[re.Match[str]]]:
    """The answers to each question, two or more: from one to the next that is told a second time."""
    question: dict[str, re.Match[str]] = {}
    for match in (*ANSWER.finditer(text), None):
        if match is None or match["answer"] in question:
            if len(question) > 1:
                yield list(question.values())
            question = {}
        if match is not None:
            question[match["answer"]] = match


def answered(match: re.Match[str]) -> Decimal:
    """How many gave an answer."""
    return Decimal(match["number"].replace(",", ""))


def answer_operand(paragraph: Sentence, match: re.Match[str], text: str) -> Operand:
    """The operand that an answer gives, shown as `text`."""
    span = paragraph.span(match.start("number"), match.end())
    return Operand(f"text.item.{span.page}.{span.line}.{match.start('number')}", "operand", text, answered(match), span)


def _answers(paragraph: Sentence) -> Iterator[_Group]:
    """The questions whose answers tell the discontent as well."""
    for question in questions(paragraph.text) if "满意" in paragraph.text else ():
        if len(question) >= _LEAST and any("不" in match["answer"] for match in question):
            texts = tuple(match.string[match.start("number") : match.end()].strip() for match in question)
            parts = tuple(answer_operand(paragraph, *one) for one in zip(question, texts, strict=True))
            total = sum(map(answered, question), Decimal(0))
            yield _Group(parts, total, texts, bool(_OPEN.search(paragraph.text)))


def _relation(valid: _Valid, group: _Group, *, matched: bool, told: bool) -> Relation:
    """One group against the valid questionnaires; too few fails only where other groups are complete."""
    same = group.total == valid.value
    relation = Relation(
        RULE,
        "consistent" if same else "inconsistent",
        group.parts,
        (valid.operand,),
        formula=f"{plus(list(group.texts))} = {written(group.total)}",
        reported=valid.operand.text,
        computed=written(group.total),
        difference=valid.value - group.total,
        severity="warning",
    )
    if same:
        return relation
    if group.open or (group.total < valid.value and not matched):
        return undecided(relation, "可多选或部分受访者未作答，不必等于有效问卷数")
    if told and not matched:
        return undecided(relation, "该组按发放或回收问卷统计")
    span = group.parts[0].span
    return replace(
        relation,
        title=f"问卷分组之和 {written(group.total)} 与有效问卷 {valid.operand.text} 不符",
        message=f"{where(span)}“{quote(span, group.texts[0])}”所列各组相加，{relation.formula}，"
        f"而{where(valid.operand.span)}有效问卷为 {valid.operand.text}。",
    )


CHECK = Check(
    rule=RULE,
    name="问卷份数",
    what="The ages, sexes and answers of a survey add up to the valid questionnaires it tells.",
    why="A group that adds up to another number was not counted from these questionnaires.",
    formula="Σ groups = valid questionnaires",
    tolerance="equality; one survey only; fewer than all fails where another group of the survey is complete",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "题 一、 调查；文 发放问卷140份，回收有效问卷120份。；文 男性51人，女性69人。；"
        "文 很满意70份，满意32份，一般12份，不满意6份。",
    ),
    disagrees=(
        "题 一、 调查；文 发放问卷140份，回收有效问卷120份。；文 男性51人，女性69人。；"
        "文 30岁以下41人，31—50岁48人，51岁以上33人。",
        "题 一、 调查；文 回收有效问卷120份。；文 服务态度：很满意70 满意35 一般12 不满意6",
    ),
    false_alarms=(
        "questions with several answers (多选)",
        "questions that some left out",
        "two surveys of one report",
        "groups counted from all questionnaires returned",
    ),
)
