"""Check: the steps of the evaluation follow each other in time, the report after what it reports (日期先后)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors.frozen import frozen, replace
from extractors.provenance import SourceSpan
from pipeline.checks.date_spans import date_spans
from pipeline.checks.date_tables import all_by, date_tables, dated, in_order
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.service_term import service_terms
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "date-order"
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日"
)
_CLAUSE = re.compile(r"[^，,]+")
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>1[0-2]|0?[1-9])\s*月(?!\s*\d)")
_PAST = re.compile(r"完成|印发|签订|召开|下达|拨付|截至|截止|基准日|发出|举办|验收|批复|收到|支付")
_MOST = 12  # days held against the date of the report
# Steps of an evaluation in their order; a later step cannot be dated before an earlier one.
_STEPS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"接受委托|签订(?:委托)?合同|成立评价(?:工作)?组")),
    (2, re.compile(r"进驻|进场|现场(?:评价|调研|核查|勘查)|实地(?:调研|核查)|发放问卷")),
    (3, re.compile(r"(?:完成|形成|提交|出具)[^，。；]{0,8}(?:初稿|征求意见稿)")),
    (4, re.compile(r"征求[^，。；]{0,10}意见|反馈意见")),
    (5, re.compile(r"(?:完成|形成|提交|出具|修改)[^，。；]{0,8}(?:终稿|定稿|正式(?:评价)?报告)")),
)
_CONTRACT = 12  # held against the tender alone: a contract signed after the works began is a finding reports tell
# Steps of a project's works, in theirs; told of one project, since each is told once in its sentence.
_WORKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        12,
        re.compile(r"^(?!.*(?:设计|监理|勘察|代理|委托|咨询|审计|补充)).*签订[^，。；]{0,12}合同"),
    ),  # 与中标单位签订合同
    (10, re.compile(r"发布(?:招标|采购)公告")),
    (11, re.compile(r"(?:完成|公开|组织)(?:公开)?招标|中标|开标")),
    (13, re.compile(r"开工|动工|进场施工")),
    (14, re.compile(r"完工|竣工(?!验收|决算)")),
    (15, re.compile(r"(?:竣工|完工|交工)验收|通过(?:[省市县乡镇区]级)?验收|验收合格")),
)
_SEVERAL = re.compile(
    r"[一二三四五六七八九十\d]\s?(?:标段|批|期|包)|标段|分别|计划|预计|拟|要求|应于|前完|之前|[补倒后]签|未招|先[建施开]"
)


@frozen
class Dated:
    """One step with the date told in its clause (有日期的步骤)."""

    step: int
    day: date
    text: str
    span: SourceSpan

    def operand(self, role: str) -> Operand:
        """The operand it gives."""
        return Operand(f"date.step{self.step}", role, self.text, None, self.span)


def _test(facts: Facts) -> Iterator[Relation]:
    yield from date_spans(facts, RULE)
    tables = dated(facts)
    yield from date_tables(facts, RULE, tables)
    yield from service_terms(facts, RULE)
    yield from all_by(facts, RULE, tables)
    told = facts.saying("月")
    for sentence in told:
        if sentence.cell is None and sentence.text.count("月") > 1:  # one day is in no order
            yield from _in_order(list(_dated(sentence, _STEPS)))
            done = max(sentence.text.rfind("实际"), 0)  # what stands before it was planned
            works = [] if _SEVERAL.search(sentence.text, done) else list(_dated(sentence, _WORKS, done))
            yield from _in_order(works) if len({one.step for one in works}) == len(works) else ()
            months = [] if works or _SEVERAL.search(sentence.text) else list(_by_month(sentence))
            yield from _in_order(months) if len({one.step for one in months}) == len(months) else ()
    yield from _report_day(facts, told)
    yield from _cut_off(facts)


def _in_order(steps: list[Dated]) -> Iterator[Relation]:
    """Every two steps of one account."""
    for number, one in enumerate(steps):
        for other in steps[number + 1 :]:
            if one.step != other.step and min(one.step, other.step) != _CONTRACT:
                yield _ordered(*sorted((one, other), key=lambda dated: dated.step))


def _report_day(facts: Facts, sentences: Sequence[Sentence]) -> Iterator[Relation]:
    """The report's date against its fiscal year and against the days of what it tells as done."""
    mention, text = facts.report.field_mention("report_date"), facts.report.field("report_date")
    if mention is None or text is None:
        return
    right = Operand("date.report", "reported", mention.text.strip(), None, mention.span)
    title = facts.report.field_mention("title")
    if title is not None and facts.report.fiscal_year and max(facts.report.fiscal_year) <= int(text[:4]):
        year = str(max(facts.report.fiscal_year))
        left = Operand("date.year", "operand", f"{year}年度", None, title.span)
        yield Relation(RULE, "consistent", (left,), (right,), f"{year} ≤ {text}", text, year)
    seen: set[str] = set()
    for sentence in sentences:
        dated = sentence.cell is None and len(seen) < _MOST and "日" in sentence.text
        for match in _DATE.finditer(sentence.text) if dated else ():
            day = _day(int(match["year"]) if match["year"] else None, int(match["month"]), int(match["day"]))
            clause = sentence.text[max(match.start() - 12, 0) : match.end() + 16]
            if day is None or day.isoformat()[: len(text)] > text or not _PAST.search(clause) or match[0] in seen:
                continue
            seen.add(match[0])
            left = Operand("date.told", "operand", match[0], None, sentence.span(match.start(), match.end()))
            yield Relation(RULE, "consistent", (left,), (right,), f"{day.isoformat()} ≤ {text}", text, day.isoformat())


def _cut_off(facts: Facts) -> Iterator[Relation]:
    """The day up to which the evaluation looks (评价基准日) where amounts are told up to the same day (截至)."""
    days: dict[date, Operand] = {}
    for sentence in facts.saying("截", "基准日") if "基准日" in facts.all_text.sentences else ():
        for match in _DATE.finditer(sentence.text):
            day = _day(int(match["year"]) if match["year"] else None, int(match["month"]), int(match["day"]))
            before = sentence.text[max(match.start() - 10, 0) : match.start()]
            if day is None:
                continue
            told = Operand("date.cutoff", "operand", match[0], None, sentence.span(match.start(), match.end()))
            if "基准日" in before:
                days.setdefault(day, told)
            elif day in days and re.search(r"截[至止]", before):
                base = days[day]
                formula = f"{base.text} = {told.text}"
                yield Relation(RULE, "consistent", (base,), (told,), formula, told.text, base.text)


def _dated(sentence: Sentence, known: tuple[tuple[int, re.Pattern[str]], ...], since: int = 0) -> Iterator[Dated]:
    """The steps of one sentence from an offset on; a clause without a year takes the year named before it."""
    year: int | None = None
    for clause in _CLAUSE.finditer(sentence.text, since):
        match = _DATE.search(clause[0])
        if match is None:
            continue
        year = int(match["year"]) if match["year"] else year
        step = next((rank for rank, words in known if words.search(clause[0])), None)
        day = _day(year, int(match["month"]), int(match["day"]))
        if step is not None and day is not None:
            yield Dated(step, day, clause[0].strip(), sentence.span(clause.start(), clause.end(), 0))


def _by_month(sentence: Sentence) -> Iterator[Dated]:
    """The steps of the works told by year and month, taken as the first of it."""
    for clause in _CLAUSE.finditer(sentence.text):
        months = list(_MONTH.finditer(clause[0]))
        step = next((rank for rank, words in _WORKS if words.search(clause[0])), None)
        day = _day(int(months[0]["year"]), int(months[0]["month"]), 1) if len(months) == 1 else None
        if step is not None and day is not None:
            yield Dated(step, day, clause[0].strip(), sentence.span(clause.start(), clause.end(), 0))


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None


def _ordered(early: Dated, late: Dated) -> Relation:
    relation = in_order(RULE, (early.day, early.operand("operand")), (late.day, late.operand("reported")))
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"日期先后不合：{late.day.isoformat()} 早于 {early.day.isoformat()}",
        message=f"{where(late.span)}“{quote(late.span, late.text)}”的日期早于“{quote(early.span, early.text)}”，"
        "与工作程序的先后不符。",
    )


CHECK = Check(
    rule=RULE,
    name="日期先后",
    what="No later step of evaluation or works is dated before an earlier one; periods and delays fit their days.",
    why="Dates out of order show that steps were not done, or not when told.",
    formula="date of step ≤ date of next step",
    tolerance="equality, a day more or less for delays; only dates told in one sentence, or in tables whose other rows "
    "are in order",
    severity="warning",
    source="财预〔2020〕10号第二十二条（评价工作环节）",
    test=_test,
    fold="alone",
    agrees=(
        "文 评价组2024年5月6日进驻现场，2024年6月20日完成报告初稿。",
        "文 服务期限为2023年4月1日至2024年3月31日。",
        "文 计划2023年9月30日完工，实际2023年11月14日完工，延期45天。",
        "文 评价基准日为2023年8月31日。；文 西段应于2023年5月12日完工，截至评价基准日已逾期111天。",
        "表 t9 标段 | 合同完工日期 | 实际完工日期；表 t9 东标段 | 2023-06-30 | 2023-06-28；"
        "表 t9 西标段 | 2023-07-31 | 2023-09-20；文 西标段较合同工期推迟51天。",
    ),
    disagrees=(
        "文 服务期三年，自2022年3月1日至2024年2月29日，按月付费。",
        "文 项目计划2023年6月底前完工，实际于2023年9月18日完工，2023年8月23日通过县级验收。",
        "文 2024年1月8日发布招标公告，1月30日开标，1月26日与中标单位签订采购合同。",
        "文 改造危桥2座，全部于2023年10月底前通车。；表 t9 桥名 | 通车时间；表 t9 青溪桥 | 2023.9.28；"
        "表 t9 石湾桥 | 2023.11.16",
        "文 评价组2024年6月3日进驻现场，2024年5月20日完成报告初稿。",
        "文 服务期限为2024年4月1日至2023年3月31日。",
        "文 计划2023年9月30日完工，实际2023年11月14日完工，延期65天。",
        "文 项目于2023年3月6日开工，3月28日完成招标，8月2日完工。",
        "表 t8 标段 | 实际完工日期；表 t8 东段 | 2023年6月2日；表 t8 西段 | 2023年8月15日；表 t8 北段 | 2023年7月1日；"
        "表 t9 标段 | 审定价 | 竣工验收日期；表 t9 东段 | 51.2 | 2023年6月20日；表 t9 西段 | 38.4 | 2023年7月15日；"
        "表 t9 北段 | 20.6 | 2023年7月9日",
        "表 t9 标段 | 计划完工日期 | 实际完工日期 | 延误（天）；表 t9 东段 | 2023年6月7日 | 2023年6月2日 | -5；"
        "表 t9 西段 | 2023年6月9日 | 2023年8月15日 | 67；表 t9 北段 | 2023年6月10日 | 2023年7月28日 | 84",
        "文 评价基准日为2023年8月31日。；文 西段应于2023年5月12日完工，截至评价基准日已逾期121天。",
        "表 t9 标段 | 合同完工日期 | 实际完工日期；表 t9 东标段 | 2023-06-30 | 2023-06-28；"
        "表 t9 西标段 | 2023-07-31 | 2023-09-20；文 西标段较合同工期推迟41天。",
    ),
    false_alarms=(
        "steps of different projects or lots in one sentence",
        "dates without a year",
        "delays counted in working days",
        "two days compared, not the ends of a period",
    ),
)
