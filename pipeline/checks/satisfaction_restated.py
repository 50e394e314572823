"""Check: the satisfaction of a survey is the one that its indicator tells (满意度前后一致)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen, replace
from normalizers.numbers import parse
from normalizers.records import Indicator, ReportedNumber
from pipeline.checks.counts import counts_in
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.quantities import number_in
from pipeline.checks.relate import verdict_of
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import restates
from pipeline.checks.wording import where

RULE = "satisfaction-restated"
_TOLD = re.compile(
    r"满意[度率](?:总体|综合|平均|均值|指标)?(?:约?为|达到?了?|是|[:：])?\s{0,2}(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％](?!\s*(?:[及或]?以[上下内]|左右|[（(]不?含|至\s?\d|[~～—–-]+\s?\d|的?(?:得|计|扣)|的?不得分))"
)
_NOT_HERE = re.compile(
    r"目标|指标值|要求|自评|不低于|不少于|≥|上年|去年|同期|往年|提[高升]|增长|下降|满分|得分率|其中|[单分]项|分别|按|若|如果|加权|折算"
)
_ASKED = re.compile(r"问卷|调查|受访|份")
_SURVEY = re.compile(
    r"(?:发放|发出|下发|派发)[^，。；]{0,12}?\d+\s*份|(?:抽样|随机|问卷|电话)(?:调查|访谈|抽查|回访)[^，。；\d]{0,12}\d+\s*[人户名]"
)
_SURVEYED = re.compile(r"(?:满意度|问卷)[^|，。]{0,4}(?:调查|分析)|调查(?:结果|情况|结论|统计)")
_WHOLE = re.compile(r"(?:综合|总体|整体|平均)$")
_LABEL = 4  # characters before a satisfaction that say it is the whole one
_COUNTS = 2  # numbers that a satisfaction was taken from


@frozen
class _Told:
    """A satisfaction as told: its number, the operand it gives.

    plain: it names no group or question. whole: it is called that of all together (综合满意度).
    labelled: it is known by that name only, not by the answers counted.
    """

    number: ReportedNumber
    operand: Operand
    plain: bool = True
    whole: bool = False
    labelled: bool = False


def _test(facts: Facts) -> Iterator[Relation]:
    asked = [one for one in facts.tree.leaves if "满意" in one.name]
    if not asked:
        return
    surveys = _surveys(facts)
    surveyed = _one_value(_of_surveys(facts)) if len(asked) == 1 and surveys == 1 else []
    for indicator in asked:
        key = f"i{indicator.index}.actual"
        # Of several surveys (parents, pupils) each sentence that hands one out tells its own.
        spoken = [
            one for one in facts.spoken.get(indicator.index, ()) if surveys < _COUNTS or not _SURVEY.search(one.text)
        ]
        own = [told for one in spoken for told in _told(one, key)]
        own = _one_value(own) or _apart([told for told in own if told.plain])
        stated = [*_actual(indicator, key), *own]
        for survey in surveyed[:1]:
            stated = [told for told in stated if told.whole or not survey.labelled]
            stated.insert(0, replace(survey, operand=replace(survey.operand, key=key)))
        yield from (_relation(stated[0], other) for other in stated[1:])


def _surveys(facts: Facts) -> int:
    """How many times questionnaires were handed out."""
    asked = facts.saying("份", "调查", "访谈", "抽查", "回访")
    told = {match[0] for one in asked for match in _SURVEY.finditer(one.text)}
    return len(told)


def _of_surveys(facts: Facts) -> list[_Told]:
    """The satisfaction of sentences that tell the answers it was counted from, and the whole one of its chapter."""
    found = []
    for sentence in facts.saying("满意"):
        if sentence.cell is None and _ASKED.search(sentence.text):
            for told, at in _placed(sentence, "survey.satisfaction"):
                if len(list(counts_in(sentence.text, 0, at))) >= _COUNTS:
                    found.append(told)
        if "满意" in sentence.text and sentence.cell is None and _SURVEYED.search(_headings(sentence)):
            for told in _told(sentence, "survey.satisfaction"):
                if told.whole:
                    found.append(replace(told, labelled=True))
    return found


def _headings(sentence: Sentence) -> str:
    """The titles of the chapters a sentence stands in."""
    return "|".join(heading.title for heading in sentence.section.path)


def _told(sentence: Sentence, key: str) -> Iterator[_Told]:
    return (told for told, _ in _placed(sentence, key))


def _placed(sentence: Sentence, key: str) -> Iterator[tuple[_Told, int]]:
    """Every satisfaction of a sentence that is neither a target nor another year's or group's, with its offset."""
    for match in _TOLD.finditer(sentence.text):
        number = parse(match["rate"] + "%")
        clause = re.split(r"[，,；;（(]", sentence.text[: match.start()])[-1] + match[0]
        if number is not None and not _NOT_HERE.search(clause):
            span = sentence.span(match.start("rate"), match.end())
            text = match["rate"] + "%"
            plain = not re.search(r"[\u4e00-\u9fff]$", sentence.text[: match.start()])
            whole = bool(_WHOLE.search(sentence.text, max(match.start() - _LABEL, 0), match.start()))
            yield _Told(number, Operand(key, "restated", text, number.value, span), plain, whole), match.start()


def _one_value(told: list[_Told]) -> list[_Told]:
    """All of them where they tell one value; none where questions or groups have each their own."""
    return told if len({one.number.value for one in told}) == 1 else []


def _apart(told: list[_Told]) -> list[_Told]:
    """What is told in paragraphs of its own; one that tells several values tells those of several surveys."""
    values: dict[tuple[int | None, int | None], set[object]] = {}
    for one in told:
        values.setdefault(one.operand.span.passage, set()).add(one.number.value)
    return [one for one in told if len(values[one.operand.span.passage]) == 1]


def _actual(indicator: Indicator, key: str) -> Iterator[_Told]:
    """The actual value of the indicator's row, where it is a per cent."""
    mention = indicator.get("actual")
    number = None if mention is None or mention.span.cell is None else number_in(mention)
    if mention is not None and number is not None and number.percent and not number.bound:
        yield _Told(number, Operand.of(key, "reported", mention))


def _relation(one: _Told, other: _Told) -> Relation:
    how = restates(one.number, other.number)
    left, right = (told.operand.text.strip() for told in (one, other))
    relation = Relation(
        RULE,
        verdict_of(how),
        (one.operand,),
        (other.operand,),
        formula=f"{left} {'=' if how == 'exact' else '≈' if how == 'half-up' else '≠'} {right}",
        reported=right,
        computed=left,
        difference=other.number.value - one.number.value,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"满意度前后不一致：{left} 与 {right}",
        message=f"{where(one.operand.span)}满意度为 {left}，而{where(other.operand.span)}述为 {right}。",
    )


CHECK = Check(
    rule=RULE,
    name="满意度前后一致",
    what="The satisfaction counted in the one survey of a report is that of its satisfaction indicator.",
    why="The indicator is scored by the survey; another per cent there means that one of them was not updated.",
    formula="satisfaction of the survey = satisfaction of the indicator",
    tolerance="equality, or the shorter print is the longer one rounded half-up; one survey, one indicator, one value",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）、第二十五条（数据真实）",
    test=_test,
    agrees=(
        "评分表 家长满意度 权重 10 得分 10；文 共派发问卷180份。；文 回收的150份中，141份为满意，满意度94.00%。；"
        "说明文 家长满意度 调查结果显示满意度为94%。",
    ),
    disagrees=(
        "评分表 家长满意度 权重 10 得分 10；说明文 家长满意度 综合满意度91.0%，得10分。；文 共派发问卷180份。；"
        "题 一、 家长满意度调查；文 综合满意度为91.40%。",
        "评分表 家长满意度 权重 10 得分 10；文 共派发问卷180份。；文 回收的150份中，141份为满意，满意度94.00%。；"
        "说明文 家长满意度 调查结果显示满意度为49%。",
        "自评表 家长满意度 权重 10 得分 10 实际 94.2%；说明文 家长满意度 调查结果显示满意度为92.4%。",
    ),
    false_alarms=("satisfaction of several groups or questions", "satisfaction of another year", "weighted answers"),
)
