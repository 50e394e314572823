"""Check: a share of so many answers is one that a whole number of them can give (GRIM, 占比可能性)."""

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from extractors.frozen import replace
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, Interval, cut, half_up, quotient, written
from pipeline.checks.wording import quote, where

RULE = "possible-share"
_BASE = re.compile(
    r"(?:有效(?:问卷|样本|答卷)|(?:收回|回收|收到)有效(?:问卷|样本|答卷)?)[^，。；\d]{0,8}(?P<base>\d[\d,]{0,6})\s?[份人户名个]"
)
_GROUP = re.compile(r"(?:问卷|样本|答卷)[^，。；\d]{0,6}\d[\d,]{0,6}\s?[份人户名个]")
_SHARE = re.compile(
    r"(?P<answer>非常满意|十分满意|很满意|比较满意|较满意|基本满意|不太满意|较不满意|非常不满意|很不满意|不满意|不了解|一般|满意)"
    r"(?:的)?(?:[^，。；、%％\d]{0,4}占比?|占比?|的?比[例重])(?:[^，。；、%％\d]{0,4})(?P<share>\d{1,2}(?:\.\d{1,3})?)\s?[%％]"
)
_MEAN = re.compile(
    r"(?:平均(?:得)?分|均值|平均值)(?:为|是)?\s?(?P<mean>\d\.\d{1,3})\s?分?[（(，,]?(?:满分|采用)?(?:5|五|10|十)分制?"
)
_SINGLE = re.compile(r"该题|此题|单项|单题|总体评价题")
_WEIGHTED = re.compile(r"加权|综合|平均|多选|可多选|各题|剔除|未作答|缺失|约")


def _test(facts: Facts) -> Iterator[Relation]:
    seen: set[int] = set()
    for sentence in facts.saying("有效"):
        if id(sentence.flow) not in seen:
            seen.add(id(sentence.flow))
            yield from _of_paragraph(Sentence(sentence.flow.text, sentence.flow, 0, 0, sentence.section, sentence.cell))


def _of_paragraph(whole: Sentence) -> Iterator[Relation]:
    """The shares of a paragraph that tells one number of valid answers before them."""
    text = whole.text
    bases = list(_BASE.finditer(text))
    if len(bases) != 1:
        return
    base = bases[0]
    count = int(base["base"].replace(",", ""))
    found = list(_SHARE.finditer(text, base.end()))
    groups = list(_GROUP.finditer(text, base.end()))
    told = [(match, "share", Decimal(1)) for match in found]
    if _SINGLE.search(text):
        told += [(match, "mean", Decimal(100)) for match in _MEAN.finditer(text, base.end())]
    closed = sum((Decimal(match["share"]) for match in found), Decimal(0))
    for match, name, scale in told if count > 0 else ():
        relation = _relation(whole, base, count, match, name, scale)
        doubt = _doubt(text, len(groups), len({one["answer"] for one in found}) == len(found), closed)
        if relation.verdict == "inconsistent" and doubt:
            relation = undecided(relation, doubt)
        yield relation


def _doubt(text: str, groups: int, once: bool, closed: Decimal) -> str:
    """Why a share may have another base, Chinese; '' where nothing says so."""
    if groups or not once:
        return "同一段列有几组问卷或几道题，基数不能确定"
    if _WEIGHTED.search(text):
        return "占比可能经加权或剔除"
    if abs(closed - HUNDRED) > 1:
        return "各选项未全部列出，基数不能确定"
    return ""


def possible(count: int, number: ReportedNumber, scale: Decimal = Decimal(1)) -> bool:
    """Whether k ÷ count × 100 ÷ scale, printed as `number` is (half-up or cut off), can be it for a whole k."""
    slack = Decimal(1).scaleb(-number.digits)
    near = Interval(number.value - slack, number.value + slack).scaled(scale * count)
    low = int((near.low / HUNDRED).to_integral_value(ROUND_FLOOR))
    high = int((near.high / HUNDRED).to_integral_value(ROUND_CEILING))
    if high - low > 4:
        return True
    exact = [quotient(Decimal(part) * HUNDRED, scale * count) for part in range(low, high + 1)]
    return any(number.value in (half_up(one, number.digits), cut(one, number.digits)) for one in exact)


def _relation(
    whole: Sentence, base: re.Match[str], count: int, match: re.Match[str], name: str, scale: Decimal
) -> Relation:
    printed = match[name]
    number = ReportedNumber(printed, Decimal(printed), len(printed.partition(".")[2]))
    sign = "%" if name == "share" else "分"
    fits = possible(count, number, scale)
    spans = whole.span(base.start("base"), base.end()), whole.span(match.start(name), match.end(name))
    at = f"text.possible.{spans[1].page}.{spans[1].line}.{match.start(name)}"
    near = quotient(number.value * scale * count, HUNDRED)
    shown = (
        f"{count} × {printed}{sign} = {written(near, 2)}" if scale == 1 else f"{count} × {printed} = {written(near, 2)}"
    )
    relation = Relation(
        RULE,
        ("consistent" if near == near.to_integral_value() else "rounding") if fits else "inconsistent",
        (Operand(f"{at}.base", "operand", base["base"], Decimal(count), spans[0]),),
        (Operand(f"{at}.share", "reported", printed + sign, number.value, spans[1]),),
        formula=shown + ("" if fits else "，不是整数"),
        reported=printed + sign,
        computed=f"k ÷ {count}",
        severity="warning",
    )
    if fits:
        return relation
    kind = "占比" if name == "share" else "平均分"
    return replace(
        relation,
        title=f"{kind} {relation.reported} 不可能由 {count} 份有效问卷得出",
        message=f"{where(spans[1])}“{quote(spans[1], printed)}”：有效问卷 {count} 份，{relation.formula}，"
        f"没有哪个份数四舍五入后等于 {relation.reported}。",
    )


CHECK = Check(
    rule=RULE,
    name="占比可能性",
    what="A share (or a mean of whole points) told of so many valid answers is one that whole answers can give.",
    why="A share that no count gives was not counted from the answers named beside it.",
    formula="k ÷ valid answers × 100 % = share, for a whole k",
    tolerance="half-up or cut off at the printed digits; undecided unless the answers listed are all of one question",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）；GRIM 检验（Brown, Heathers 2017）",
    test=_test,
    fold="alone",
    agrees=(
        "文 发放问卷90份，收回有效问卷84份。其中非常满意占61.90%，满意占30.95%，一般占7.14%。",
        "文 有效问卷40份，该题平均得分4.35分（5分制）。",
    ),
    disagrees=("文 发放问卷90份，收回有效问卷84份。其中非常满意占62.50%，满意占30.40%，一般占7.10%。",),
    false_alarms=(
        "several questions or groups of people in one paragraph",
        "satisfaction weighted over the answers",
        "answers left out",
    ),
)
