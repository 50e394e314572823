"""Check: the year applied for is the same throughout one account of the procedure (年度残留)."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from decimal import Decimal

from rapidfuzz import fuzz

from extractors.frozen import frozen, replace
from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.stale_caption import captions
from pipeline.checks.stale_scope import scopes
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "stale-year"
_APPLIED = re.compile(
    r"(?:申报|申请|申领|征集)(?P<year>(?:19|20)\d\d)\s*年度?(?P<what>[\u4e00-\u9fff]{2,20}?(?:资金|项目|经费|补助|奖励|奖补))"
)
# What was evaluated, told by the evaluated body itself or its evaluators: `我局对2023年某项目实施情况进行了自评`.
_EVALUATED = re.compile(
    r"(?:我[省市县区]?[局委办院校部站所馆厅会处]|我(?:单位|部门|中心)|本(?:单位|部门|局|委)|评价(?:工作)?组|我们)[^，。；\d]{0,8}对"
    r"(?P<year>(?:19|20)\d\d)\s*年度?(?P<what>[^，。；\d]{4,40}?)(?:进行|开展|实施|组织)了?[^，。；]{0,10}(?:自评|评价)"
)
# What a conclusion judges as a whole: `综上所述，青石县2022年清渠项目组织有序，目标总体完成较好`.
_CONCLUDED = re.compile(
    r"^(?:综上所述|综上|总体来看|总体上看?|经[\u4e00-\u9fff]{2,6}|(?:评价(?:工作)?组|我们)认为)?[，,：:]?(?:[\u4e00-\u9fff]{2,10}[省市县区旗州])?(?P<year>(?:19|20)\d\d)\s*年度?"
    r"(?:[\u4e00-\u9fff]{2,10}[省市县区旗州])?(?P<what>[^，。；\d]{4,40}?(?:项目|专项资金|资金|经费))"
    r"(?:立项依据|决策|组织有?|总体|绩效目标|实施|管理|资金)"
)
# The report's own total told of a project: `2022年度某项目绩效自评得分96.84分`.
_SCORED = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年度?(?P<what>[^，。；\d]{4,40}?)(?:绩效)?(?:自评|评价)?(?:综合|总|最终)?[得评]分(?:为|是)?\s?"
    r"(?P<score>\d{2,3}(?:\.\d+)?)(?![\d.%％])"
)
# The head of the table of scores: `附件：某县2023年度某项目绩效评价评分表`.
_HEADED = re.compile(
    r"(?:附[件表]\s?[一二三四五六七八九十\d]{0,2}\s?[：:、.]?\s?)?[\u4e00-\u9fff]{0,20}?(?P<year>(?:19|20)\d\d)\s*年度?"
    r"(?P<what>[^，。；\d]{4,40}?)(?:绩效)?(?:自评|评价)(?:指标)?(?:体系)?(?:及?[得评打]分)?(?:情况)?表"
)
# What cannot have been done by then: `截至2023年12月31日，2024年签订的6份合同累计支付…`.
_AS_OF = re.compile(
    r"截[至止]到?(?P<year>(?:19|20)\d\d)(?P<what>年\s?\d{1,2}月(?:\s?\d{1,2}日|底|末)?)[，,]\s?"
    r"(?P<later>(?:19|20)\d\d)年度?[^，。；\d]{0,6}(?:签订|实施|完成|支付|支出|拨付|发放|开工|建成)"
)
# Money accounted for before it was granted: `2023年初批复预算…。截至2022年12月31日，到位资金…`.
_GRANTED = re.compile(
    r"(?P<later>(?:19|20)\d\d)年(?:初|\d{1,2}月|度)?[^，。；\d]{0,16}(?:批复|下达|安排|追加|核定)[^。；]{0,20}\d"
)
_ACCOUNTED = re.compile(
    r"^截[至止]到?(?P<year>(?:19|20)\d\d)(?P<what>年\s?\d{1,2}月(?:\s?\d{1,2}日|底|末)?)[，,][^，。；\d]{0,8}"
    r"(?:到位|支出|支付|拨付|执行)[^，。；\d]{0,6}\d"
)
# The head of a form: `附表：项目支出绩效自评表（2022年度）`.
_FORM = re.compile(
    r"(?:附[件表]\s?[一二三四五六七八九十\d]{0,2}\s?[：:、.]?\s?)?(?P<what>[\u4e00-\u9fff]{0,16}绩效自评(?:情况)?表)\s?"
    r"[（(](?P<year>(?:19|20)\d\d)\s?年度?[)）]"
)
# What a measure is to reach: `力争2024年占比降至20%以下`; not by a month of that year, which may be quoted.
_COMING = re.compile(
    r"(?:力争|争取|确保)(?:在|到|于)?(?P<year>(?:19|20)\d\d)年(?!\s?\d{1,2}\s?月)(?P<what>[^，。；]{4,40})"
)
_MEASURES = re.compile(r"措施|建议|下一步|改进|整改|打算")
_RECALLED = re.compile(r"提出|年初|原定?|曾|未能|已|目标为|要求|规划")
_JUDGED = re.compile(r"总体|依据充分|规范|有序|较好|良好|基本完成|全面完成|达到预期")
_BASE_DAY = re.compile(
    r"评价基准日(?:为|是|[:：])?\s?(?P<year>(?:19|20)\d\d)(?P<what>年\s?\d{1,2}月(?:\s?\d{1,2}日|底|末)?)"
)
_PLANNED = re.compile(r"提前|计划|预计|拟|目标|预算|批次|指标")
_EARLIER = re.compile(r"提前|结转|上年|预拨|往年|跨年|分年")
_COMPARED = re.compile(r"上年|去年|上一年|往年|历年|较(?![好为高大强快])|相比|同期|以来|结转|遗留|前期")
_CONCLUDES = re.compile(r"结论|综合评价|评价情况|总体评价|结束语")
_QUOTED = re.compile(r"《[^》]{0,80}》")
_IN_TITLE = re.compile(r"(?:19|20)\d\d")
_ALIKE = 50  # likeness of what is applied for (0..100)
_SAME = 85  # likeness of what a table's head names and the title
_MOST = 200  # such phrases compared


@frozen
class Applied:
    """A year that something is applied for (申报年度)."""

    year: int
    what: str
    sentence: Sentence
    match: re.Match[str]

    def operand(self, role: str) -> Operand:
        """The operand it gives."""
        span = self.sentence.span(self.match.start(), self.match.end())
        return Operand("text.applied", role, self.match[0], None, span)


def _test(facts: Facts) -> Iterator[Relation]:
    years = facts.report.fiscal_year
    found = [
        Applied(int(match["year"]), match["what"], sentence, match)
        for sentence in facts.saying("申", "征集")
        for match in _APPLIED.finditer(sentence.text)
    ][:_MOST]
    right = [one for one in found if one.year in years]
    for one in right[1:]:
        yield Relation(
            RULE,
            "consistent",
            (right[0].operand("reported"),),
            (one.operand("restated"),),
            f"{right[0].year} = {one.year}",
            str(one.year),
            str(right[0].year),
        )
    yield from _introduced(facts)
    yield from _as_of(facts)
    yield from _accounted(facts)
    yield from _based(facts)
    yield from _coming(facts)
    yield from scopes(facts, RULE)
    for old in found:
        new = next((one for one in right if _stale(old, one)), None)
        if new is not None:
            yield _relation(new, old)


def _titled(facts: Facts) -> tuple[Mention | None, int]:
    """The title and the one year that it names; None and 0 where it names none, or several."""
    title = facts.report.field_mention("title")
    named = set(_IN_TITLE.findall(title.text)) if title is not None else set()
    return (title, int(named.pop())) if len(named) == 1 else (None, 0)


def _introduced(facts: Facts) -> Iterator[Relation]:
    """The year said to have been evaluated against the one year that the title names, for the same project."""
    title, year = _titled(facts)
    if title is None:
        return
    seen: set[str] = set()
    totals = {mention.number.value for mention in facts.totals if mention.number is not None}
    for sentence in facts.saying(f"{year - 1}"):
        match = _named_in(sentence, title.text) if sentence.cell is None else None
        match = match or (_of_this_report(sentence, title.text, totals) if sentence.cell is None else None)
        if match is None:
            continue
        old = Applied(int(match["year"]), match["what"], sentence, match)
        if old.year == year - 1 and str(year) not in _QUOTED.sub("", sentence.text):
            left, right = Operand.of("text.title", "operand", title), old.operand("operand")
            seen.add(sentence.text.strip())
            yield spotted(
                RULE,
                f"text.evaluated.{right.span.page}.{right.span.line}",
                [left, right],
                title=f"所评价的年度不一：标题为 {year} 年，正文为 {old.year} 年",
                message=f"{where(left.span)}标题为“{quote(left.span, title.text)}”，"
                f"{where(right.span)}“{quote(right.span, match[0])}”，"
                "疑为上一年度文本未更新。",
                reported=str(old.year),
                severity="warning",
            )
    yield from (one for one in captions(facts, RULE, title, year) if one.right[0].text.strip() not in seen)


def _accounted(facts: Facts) -> Iterator[Relation]:
    """A day of account before the year in which the same paragraph has the money granted."""
    for sentence in facts.saying("截至", "截止"):
        match = _ACCOUNTED.match(sentence.text) if sentence.cell is None else None
        before = sentence.flow.text[: sentence.start]
        granted = None if match is None else next(iter(_GRANTED.finditer(before)), None)
        if match is None or granted is None or int(granted["later"]) != int(match["year"]) + 1:
            continue
        if _EARLIER.search(before) or _EARLIER.search(sentence.text) or f"{match['year']}年" in before:
            continue
        whole = replace(sentence, text=sentence.flow.text, start=0)
        left = Operand("text.granted", "operand", granted[0], None, whole.span(granted.start(), granted.end()))
        span = sentence.span(match.start(), match.end())
        yield _too_early(left, Operand("text.as-of", "operand", match[0], None, span), match, "所称的下达、批复")


def _based(facts: Facts) -> Iterator[Relation]:
    """A day of evaluation (评价基准日) before the year that the title and its own sentence name."""
    title, year = _titled(facts)
    for sentence in facts.saying("基准日") if title is not None else ():
        match = _BASE_DAY.search(sentence.text)
        told = f"{year}年" in sentence.text  # what is evaluated; the title may bear the year of the report itself
        if title is not None and match is not None and told and int(match["year"]) < year:
            right = Operand("text.as-of", "operand", match[0], None, sentence.span(match.start(), match.end()))
            yield _too_early(Operand.of("text.title", "operand", title), right, match, "所称的评价年度")


def _too_early(left: Operand, right: Operand, match: re.Match[str], what: str) -> Relation:
    """The relation of a day of account (截至) that lies before what it tells of; what: that, behind the quote."""
    day = f"{match['year']}{''.join(match['what'].split())}"
    return spotted(
        RULE,
        f"text.as-of.{right.span.page}.{right.span.line}",
        [left, right],
        title=f"截止日期早于所述事项：{day}",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，早于"
        f"{where(left.span)}“{quote(left.span, left.text)}”{what}，疑为上一年度文本未更新。",
        reported=day,
        severity="warning",
    )


def _as_of(facts: Facts) -> Iterator[Relation]:
    """A day of account (截至…) before the year of what is told as done by then, told elsewhere with that year."""
    for sentence in facts.saying("截至", "截止"):
        match = _AS_OF.search(sentence.text)
        if match is None or int(match["later"]) != int(match["year"]) + 1 or _PLANNED.search(sentence.text):
            continue
        day = "".join(match["what"].split())
        others = [one for one in facts.saying(match["later"]) if f"{match['later']}{day}" in "".join(one.text.split())]
        if others:
            at = others[0].text.find(match["later"])
            left = Operand("text.as-of", "operand", f"{match['later']}{day}", None, others[0].span(at, at + 4))
            span = sentence.span(match.start(), match.end())
            right = Operand("text.as-of", "operand", match[0], None, span)
            yield _too_early(left, right, match, f"，而所述为 {match['later']} 年的事项")


def _coming(facts: Facts) -> Iterator[Relation]:
    """A measure that is to reach something in the year that was evaluated, where others beside it name the next."""
    years = facts.report.fiscal_year
    for sentence in facts.saying("力争", "争取", "确保") if len(years) == 1 else ():
        match = _COMING.search(sentence.text) if sentence.cell is None else None
        titles = [heading.title for heading in sentence.section.path]
        if match is None or int(match["year"]) != years[0] or _RECALLED.search(sentence.text):
            continue
        if not any(map(_MEASURES.search, titles)):
            continue
        above = sentence.section.path[:1]
        beside = [one for one in facts.saying(f"{years[0] + 1}年") if one.section.path[:1] == above]
        closed = facts.saying(f"{years[0]}年12月31日", f"{years[0]}年末", f"{years[0]}年底")
        if beside and closed and all(one.flow is not sentence.flow for one in beside):
            yield _not_coming(sentence, match, beside[0])


def _not_coming(sentence: Sentence, match: re.Match[str], beside: Sentence) -> Relation:
    at = beside.text.find(f"{int(match['year']) + 1}年")
    left = Operand("text.coming", "operand", beside.text[at : at + 5], None, beside.span(at, at + 5))
    right = Operand("text.coming", "operand", match[0], None, sentence.span(match.start(), match.end()))
    return spotted(
        RULE,
        f"text.coming.{right.span.page}.{right.span.line}",
        [left, right],
        title=f"今后的措施写作 {match['year']} 年",
        message=f"{where(right.span)}“{quote(right.span, match[0])}”，{match['year']} 年已是评价年度且已结束；"
        f"同一部分其他措施写作 {left.text}（{where(left.span)}），疑为上一年度文本未更新。",
        reported=match["year"],
        severity="warning",
    )


def _named_in(sentence: Sentence, title: str) -> re.Match[str] | None:
    """Where a sentence says what was evaluated, or what a conclusion judges, and of which year."""
    if "评" in sentence.text:
        match = _EVALUATED.search(sentence.text)
        if match is not None and fuzz.partial_ratio(match["what"], title) >= _ALIKE:
            return match
    concludes = sentence.text.startswith(("综上", "总体", "评价", "经")) or any(
        _CONCLUDES.search(heading.title) for heading in sentence.section.path
    )
    judged = concludes and _JUDGED.search(sentence.text) and not _COMPARED.search(sentence.text)
    return _CONCLUDED.match(sentence.text) if judged else None


def _of_this_report(sentence: Sentence, title: str, totals: AbstractSet[Decimal]) -> re.Match[str] | None:
    """Where a sentence tells the report's own total, or heads its table of scores, with the year."""
    scored = _SCORED.search(sentence.text)
    if scored is not None and Decimal(scored["score"]) in totals and not _COMPARED.search(sentence.text):
        return scored if fuzz.partial_ratio(scored["what"], title) >= _ALIKE else None
    form = _FORM.fullmatch(sentence.text.strip())
    if form is not None and len(totals) == 1:  # the only total there is: the form is no other year's
        return form
    headed = _HEADED.fullmatch(sentence.text.strip())
    return headed if headed is not None and fuzz.partial_ratio(headed["what"], title) >= _SAME else None


def _stale(old: Applied, new: Applied) -> bool:
    """Whether `old` names the year before, alone, for the same thing below the same main heading."""
    if old.sentence.flow is new.sentence.flow or f"{new.year}" in old.sentence.text:
        return False
    if old.year != new.year - 1 or fuzz.ratio(old.what, new.what) < _ALIKE:
        return False
    return [id(heading) for heading in old.sentence.section.path[:2]] == [
        id(heading) for heading in new.sentence.section.path[:2]
    ]


def _relation(new: Applied, old: Applied) -> Relation:
    one, other = new.operand("operand"), old.operand("operand")
    return spotted(
        RULE,
        f"text.applied.{other.span.page}.{other.span.line}",
        [one, other],
        title=f"申报年度前后不一：{new.year} 年与 {old.year} 年",
        message=f"{where(one.span)}“{quote(one.span, new.match[0])}”，"
        f"{where(other.span)}“{quote(other.span, old.match[0])}”，同一申报程序所称年度不同，疑为上一年度文本未更新。",
        reported=str(old.year),
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="年度残留",
    what="One account of how a year's money is applied for names that year throughout; what was evaluated, "
    "scored and tabled is of the title's year, and so are tables whose amounts are told of it; nothing is done by a "
    "day before its year.",
    why="A passage with last year's number was copied from last year's report.",
    formula="year here = year there",
    tolerance="only the year before, only below one main heading, only where the report's own year stands beside it",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("年度 2023；题 一、 程序；文 企业申报2023年度数字文旅资金。；文 汇总申报2023年度数字文旅资金的企业。",),
    disagrees=(
        "年度 2023；文 评价对象为青石县2023年度清渠整治项目，评价时段为2022年1月1日至12月31日。",
        "字段 title 2023年清渠整治项目绩效自评报告；文 2023年预算1,862.40万元，实际支出1,745.36万元。；"
        "表题 t9 表1 2022年度支出情况表；表 t9 项目 | 预算 | 支出；表 t9 合计 | 1,862.40 | 1,745.36",
        "年度 2023；文 截至2023年12月31日，占比21.06%。；题 六、 改进措施；文 争取2023年占比降至20%以下。；"
        "文 2024年住院日降至8天以内。",
        "字段 title 2024年清渠整治项目绩效自评报告；文 我局对2023年清渠整治项目实施情况进行了自评。",
        "年度 2023；题 一、 程序；文 企业申报2023年度数字文旅资金。；文 汇总申报2022年度数字文旅资金的企业。",
        "字段 title 2024年清渠整治项目绩效评价报告；题 二、 评价结论；文 青石县2023年清渠整治项目组织有序，总体较好。",
        "字段 title 2024年清渠整治项目绩效评价报告；文 附件：2023年清渠整治项目绩效评价评分表",
        "字段 title 2024年清渠整治项目绩效评价报告；文 截至2023年12月31日，2024年签订的合同已全部支付。；"
        "文 截至2024年12月31日，支出98万元。",
    ),
    false_alarms=(
        "a comparison of two years' applications in one paragraph",
        "a conclusion that tells of last year's project beside this year's",
        "money handed down by the end of the year before (提前下达)",
        "a table of last year's money spent in this year, or of both years",
    ),
)
