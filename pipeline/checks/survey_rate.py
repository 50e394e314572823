"""Check: a satisfaction told behind the answers to its question follows from them (答卷满意度)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.survey_parts import answer_operand, answered, paragraphs, questions
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import plus, quote, where

RULE = "survey-rate"
_RATE = re.compile(r"满意[度率](?:约?为|达到?了?|是|[:：])?\s?(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％]")
_NEUTRAL = ("一般", "不了解", "不清楚")
_UNKNOWN = ("不了解", "不清楚")
_WEIGHED = re.compile(r"加权|权重|赋值|赋分|折算|折合|系数|平均分|指数|综合|总体|平均|目标|上年|去年")
# `满意和较满意合计173份，满意度86.5%` says what was divided.
_TOGETHER = re.compile(r"满意[^，。；\d]{0,6}(?:合计|共计?|总计)\s?(?P<count>\d[\d,]{0,9})\s?[人份户]")
# `以“满意”份数计算`, `按非常满意和满意计算`: the answers named are those counted.
_COUNTED = re.compile(r"[以按](?P<named>[^，。；\d]{2,20}?)(?:的?[份人户]数|之和|合计|两项)?(?:作为)?(?:计算|统计|计)")
_NEAR = 40  # characters behind the last answer in which its satisfaction stands


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph in paragraphs(facts) if "不满意" in facts.all_text.sentences else ():
        if "不满意" in paragraph.text:
            for answers in questions(paragraph.text):
                if not any(one["answer"].endswith("不满意") for one in answers):
                    continue
                rate = _RATE.search(paragraph.text, answers[-1].end(), answers[-1].end() + _NEAR)
                if rate is not None:
                    yield from _told(paragraph, answers, rate)


def _content(answers: Sequence[re.Match[str]]) -> list[Decimal]:
    """The numbers of the satisfied, as told."""
    return [answered(one) for one in answers if "不" not in one["answer"] and one["answer"] not in _NEUTRAL]


def _told(paragraph: Sentence, answers: list[re.Match[str]], rate: re.Match[str]) -> Iterator[Relation]:
    """The satisfaction against every way of counting the satisfied; only one that no weights give fails."""
    printed = parse(rate["rate"] + "%")
    content = _content(answers)
    everybody = sum(map(answered, answers), Decimal(0))
    asked = sum((answered(one) for one in answers if one["answer"] not in _UNKNOWN), Decimal(0))
    if printed is None or not content or asked <= 0:
        return
    sums = [sum(content[: count + 1], Decimal(0)) for count in range(len(content))]
    ways = [(part, whole) for whole in dict.fromkeys((everybody, asked)) for part in reversed(sums)]
    found = next((way for way in ways if fit(printed, quotient(way[0] * HUNDRED, way[1])) != "differs"), None)
    if found is not None:
        yield _relation(paragraph, answers, rate, printed, found)
        return
    told = _TOGETHER.search(paragraph.text, answers[-1].end(), rate.start())
    joined = Decimal(told["count"].replace(",", "")) if told else _named(paragraph.text, answers, rate)
    if joined in sums:
        yield _relation(paragraph, answers, rate, printed, (joined, everybody))
        return
    failed = _relation(paragraph, answers, rate, printed, ways[0])
    neutral = sum((answered(one) for one in answers if one["answer"] == "一般"), Decimal(0))
    most, least = (sums[-1] + neutral) * HUNDRED / asked, sums[0] * HUNDRED / everybody
    between = least <= printed.value <= most
    weighed = _WEIGHED.search(paragraph.text[answers[0].start() : rate.end()])
    yield undecided(failed, "满意度可能按各选项的权重折算") if between or weighed else failed


def _named(text: str, answers: Sequence[re.Match[str]], rate: re.Match[str]) -> Decimal | None:
    """How many gave the answers that the text names as those counted; None where it names none, or others."""
    match = _COUNTED.search(text, answers[-1].end(), rate.start())
    named = re.findall(r"[\u4e00-\u9fff]*满意", re.sub(r"[和与及、“”\"]", "|", match["named"])) if match else []
    counts = {one["answer"]: answered(one) for one in answers}
    if not named or any(name not in counts for name in named):
        return None
    return sum((counts[name] for name in named), Decimal(0))


def _relation(
    paragraph: Sentence,
    answers: Sequence[re.Match[str]],
    rate: re.Match[str],
    printed: ReportedNumber,
    way: tuple[Decimal, Decimal],
) -> Relation:
    exact = quotient(way[0] * HUNDRED, way[1])
    how = fit(printed, exact)
    computed = written(exact, max(printed.digits, 2)) + "%"
    operands = [answer_operand(paragraph, one, one[0].strip()) for one in answers]
    span = paragraph.span(rate.start("rate"), rate.end())
    key = f"text.rate.{span.page}.{span.line}.{rate.start('rate')}"
    relation = Relation(
        RULE,
        verdict_of(how),
        tuple(operands),
        (Operand(key, "reported", rate["rate"] + "%", printed.value, span),),
        formula=f"{written(way[0])} ÷ {written(way[1])} = {computed}",
        reported=rate["rate"] + "%",
        computed=computed,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"满意度 {relation.reported} 与所列答卷数不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, relation.reported)}”，所列答卷 {plus([one.text for one in operands])}，"
        f"{relation.formula}，按任何方式累计都不能得出 {relation.reported}。",
    )


CHECK = Check(
    rule=RULE,
    name="答卷满意度",
    what="A satisfaction told behind the answers to its question is the share of the satisfied, however counted.",
    why="Answers and satisfaction stand in one paragraph, so the reader can divide them.",
    formula="satisfied answers ÷ all answers × 100 % = satisfaction",
    tolerance="half-up at the printed digits; what weights between none and all could give is undecided",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 走访农户160人，满意130人、基本满意22人、不满意8人，满意度95%。",
        "文 非常满意70份，比较满意32份，一般12份，不满意6份，满意度为85.0%。",
    ),
    disagrees=(
        "文 满意112份、较满意61份、一般20份、不满意7份，满意和较满意合计173份，满意度88.5%。",
        "文 走访农户160人，满意130人、基本满意22人、不满意8人，满意度97.5%。",
        "文 走访农户160人，满意130人、基本满意22人、不满意8人，以“满意”人数计算，满意度为83.25%。",
    ),
    false_alarms=(
        "satisfaction weighted over the answers",
        "answers left out",
        "the satisfaction of all questions together",
    ),
)
