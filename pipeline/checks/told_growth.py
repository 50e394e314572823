"""Check: growth told in a sentence follows from the two values told with it (文中增长率)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.figures import SCALES, Figure
from pipeline.checks.growth_base import wrongly_based
from pipeline.checks.growth_between import grown_between
from pipeline.checks.growth_by import growing, grown_by
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Fit, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "told-growth"
_AVERAGE = re.compile(r"平均|年均|累计|复合")
_ADDED = re.compile(r"(?:新增|净增|增加|新建|新招)[^，。；\d]{0,6}$")
_FAR = 60  # characters before listed values that name their years
_VALUE = r"\d(?<![\d,.]\d)[\d,]{0,20}(?:\.\d{1,6})?"
_UNIT = (
    r"[千万亿]?(?:人次|元|家|个|户|人|吨|公里|亩|次|件|台|票|标箱|批次|场次|辆|张|份|天|起|所|项|座|例|宗|头|只"
    r"|公斤|千克|公顷|平方米|立方米|千瓦时|千瓦|小时|分钟)?"
)
_NUMBER = re.compile(_VALUE)
_YEAR = r"(?:19|20)\d\d"
_BY = rf"(?:净增|增加|增长|提高|减少|下降|降低)了?\s*{_VALUE}\s*{_UNIT}"  # `增加29公斤，增长5.45%`
_DONE = rf"(?:完成|为|达到?|占)(?:年度|全年)?(?:目标|计划|任务)值?的?\s*{_VALUE}\s*[%％]"  # `完成目标的104.90%`
_UP, _DOWN = "增长|增加|上升|提高|提升|增幅", "下降|减少|降低|降幅"
_RATE = rf"(?:同比)?(?P<way>{_UP}|{_DOWN})(?:了|为|率为|幅度为)?\s*(?P<rate>{_VALUE})\s*[%％](?!\s*个?百分点)"
# 从 A 增长到 B，增长 p% / 2021年A，2022年B，下降 p% / 由 A 增至 B / 分别为 A、B，增长 p% / A，较上年的 B 增长 p%
_FORMS = (
    re.compile(
        rf"[从由](?:[^，。；]{{0,12}}?[的年]|[^，。；\d]{{2,12}})?\s*(?P<before>{_VALUE})\s*(?P<unit>{_UNIT})\s*(?:增长|增加|上升|提高|提升|下降|减少|降低|缩短|压缩|缩减|扩大|增|升|降|减)?[到至为]"
        rf"(?:{_YEAR}年[度末底]?)?(?:[^，。；\d]{{0,8}})(?P<now>{_VALUE})\s*(?P<unit2>{_UNIT})[，,](?:{_BY}[，,])?(?:[^，。；\d]{{0,10}}){_RATE}"
    ),
    re.compile(
        rf"(?P<now>{_VALUE})\s*(?P<unit>{_UNIT})[，,]?(?:{_DONE}[，,])?(?:比|较)(?:(?:19|20)\d\d年|上年|去年|上一年)(?:同期)?的?[^，。；\d]{{0,6}}\s*"
        rf"(?P<before>{_VALUE})\s*(?P<unit2>{_UNIT})\s*{_RATE}"
    ),
    re.compile(
        rf"(?P<now>{_VALUE})\s*(?P<unit>{_UNIT})[，,](?:而|比)?(?:上年|去年|上一(?:年|学年|季|[\u4e00-\u9fff]{{1,3}}期))(?:同期|度|末)?[为是]\s*"
        rf"(?P<before>{_VALUE})\s*(?P<unit2>{_UNIT})[，,]{_RATE}"
    ),
    re.compile(
        rf"分别(?:为|是|达到?|约为?)?\s*(?P<before>{_VALUE})\s*(?P<unit>{_UNIT})[、和，,]\s*(?P<now>{_VALUE})\s*(?P<unit2>{_UNIT})"
        rf"[，,；;]\s*(?P<later>(?:19|20)\d\d)\s*年(?:比|较)\s*(?P<earlier>(?:19|20)\d\d)\s*年(?:同期)?\s*{_RATE}"
    ),
    re.compile(
        rf"(?P<earlier>{_YEAR})\s*年(?:度)?(?P<what>[^，。；\d]{{0,16}})(?P<before>{_VALUE})\s*(?P<unit>{_UNIT})[，,、；;]\s*"
        rf"(?P<later>{_YEAR})\s*年(?:度)?(?P<what2>[^，。；\d]{{0,16}})(?P<now>{_VALUE})\s*(?P<unit2>{_UNIT})[，,]"
        rf"(?:[^，。；\d]{{0,4}}|(?P=later)年(?:比|较)(?P=earlier)年(?:同期)?){_RATE}"
    ),
)


_VALUES = (("now", "unit"), ("before", "unit2"))  # of the second form and the third: the value now comes first
_EACH = re.compile(r"分别|依次")


def _test(facts: Facts) -> Iterator[Relation]:
    sentences = growing(facts)
    told = list(_told(facts, sentences)) if sentences else []
    yield from told
    seen = {(one.right[0].span.page, one.right[0].span.line, one.reported) for one in told}
    for relation in (*grown_between(sentences, RULE), *wrongly_based(facts, RULE, sentences)):
        span = relation.right[0].span
        if (span.page, span.line, relation.reported) not in seen:
            seen.add((span.page, span.line, relation.reported))
            yield relation


def _told(facts: Facts, sentences: Sequence[Sentence]) -> Iterator[Relation]:
    yield from grown_by(sentences, RULE)
    for sentence in sentences:
        for form in _FORMS:
            for match in form.finditer(sentence.text):
                if _units_mixed(match) and _in_order(sentence, match):
                    yield from _mixed(sentence, match)
                elif _one_unit(match) and _in_order(sentence, match):
                    relation = _grown(sentence, match)
                    yield relation if relation.verdict != "inconsistent" else _of_whole(sentence, match, relation)
                    yield from _exactly(facts, sentence, match)


def _one_unit(match: re.Match[str]) -> bool:
    """Both values bear one unit, or one of them none; zero has no growth."""
    one, other = match["unit"] or "", match["unit2"] or ""
    return (not one or not other or one == other) and Decimal(match["before"].replace(",", "")) != 0


def _units_mixed(match: re.Match[str]) -> bool:
    """Whether one value is in 亿 and the other in 万 of one thing: either may have been written wrongly."""
    one, other = match["unit"] or "", match["unit2"] or ""
    return {one[:1], other[:1]} == {"亿", "万"} and one[1:] == other[1:] and bool(one[1:])


def _mixed(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """`36.82万元，较上年的26.95亿元增长36.62%`: the growth follows only where both are in one unit."""
    relation = _grown(sentence, match)
    if holds(relation) and printed_digits(match["before"]).value > 0:
        now, before = (sentence.text[match.start(one) : match.end(two)] for one, two in _VALUES)
        right = relation.right[0]
        yield contradicted(
            RULE,
            relation.left,
            right,
            formula=f"{now} ÷ {before} − 1 ≠ {right.text}",
            computed=right.text,
            title=f"计量单位不一：{now} 与 {before}",
            message=f"{where(right.span)}“{quote(right.span, right.text)}”只有在 {now} 与 {before} 单位相同时才成立，"
            "其中一处单位疑误。",
        )


def _in_order(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the growth is that of one year: no average; listed values belong to years told in that order."""
    if _AVERAGE.search(match[0]) or _EACH.search(match[0], match.end("now") - match.start()):
        return False  # 由5880元提高到6300元，分别提高6.67%和7.14%: the first is of what was told before
    years = match.groupdict()
    if _ADDED.search(sentence.text, max(match.start("now") - 8, 0), match.start("now")):
        return False  # 新增托位420个，较上年的2440个增长…: what was added, not what there is
    if "later" not in years:
        return True
    if "what" in years:
        told = years["what2"].strip("为达是约 ")
        return int(years["later"]) == int(years["earlier"]) + 1 and (not told or told in years["what"])
    before = sentence.text[max(match.start() - _FAR, 0) : match.start()]
    one, other = before.find(years["earlier"]), before.rfind(years["later"])
    return years["later"] > years["earlier"] and 0 <= one < other


def _exactly(facts: Facts, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The growth from the exact values that tables print of both rounded ones; told where it follows."""
    scale = SCALES[match["unit"][:1]] if match["unit"][:1] in ("千", "万", "亿") else Decimal(1)
    if scale == 1:
        return
    before, now = (_exact(facts, printed_digits(match[name]), scale) for name in ("before", "now"))
    if before is None or now is None or before.key == now.key:
        return
    rate = printed_digits(match["rate"])
    sign = -1 if match["way"] in _DOWN.split("|") else 1
    point = sign * quotient((now.value - before.value) * HUNDRED, before.value)
    how = fit(rate, point)
    if how in ("exact", "half-up"):
        span = sentence.span(match.start("rate"), match.end("rate"))
        yield Relation(
            RULE,
            verdict_of(how),
            (Operand.of_figure(before, "operand"), Operand.of_figure(now, "operand")),
            (Operand(f"text.growth.{span.page}.{span.line}.exact", "reported", match["rate"] + "%", rate.value, span),),
            formula=f"{now.text} ÷ {before.text} − 1 = {written(point, 4)}%",
            reported=match["rate"] + "%",
            computed=written(point, max(rate.digits, 2)) + "%",
            difference=rate.value - point,
        )


def _exact(facts: Facts, number: ReportedNumber, scale: Decimal) -> Figure | None:
    """The one number of a table that is told here rounded to a larger unit, or None."""
    low, high = number.low * scale, number.high * scale
    found = [one for one in facts.tabled if one.step < scale and low <= one.value <= high]
    return found[0] if len({one.value for one in found}) == 1 else None


def _grown(sentence: Sentence, match: re.Match[str]) -> Relation:
    before, now, rate = (printed_digits(match[name]) for name in ("before", "now", "rate"))
    sign = -1 if match["way"] in _DOWN.split("|") else 1
    point = sign * quotient((now.value - before.value) * HUNDRED, before.value)
    ratio = Interval.printed(now).divide(Interval.printed(before))
    change = None if ratio is None else (ratio - Interval.exact(Decimal(1))).scaled(HUNDRED)
    possible = change if change is None or sign > 0 else Interval(-change.high, -change.low)
    return _relation(sentence, match, (before, now, rate), point, possible, fit(rate, point, possible))


def _of_whole(sentence: Sentence, match: re.Match[str], failed: Relation) -> Relation:
    """The failed relation, undecided where the growth is of another value told before: `共A，其中…B，较上年的C增长`."""
    before, rate = printed_digits(match["before"]), printed_digits(match["rate"])
    sign = -1 if match["way"] in _DOWN.split("|") else 1
    for other in _NUMBER.finditer(sentence.text, max(match.start() - _FAR * 2, 0), match.start("now")):
        point = sign * quotient((printed_digits(other[0]).value - before.value) * HUNDRED, before.value)
        if fit(rate, point) in ("exact", "half-up"):
            return undecided(failed, f"以同句的 {other[0]} 复算相符，增长所指对象不明")
    return failed


def _relation(
    sentence: Sentence,
    match: re.Match[str],
    numbers: tuple[ReportedNumber, ReportedNumber, ReportedNumber],
    point: Decimal,
    possible: Interval | None,
    how: Fit,
) -> Relation:
    before, now, rate = numbers
    computed = written(point, max(rate.digits, 2)) + "%"
    spans = {name: sentence.span(match.start(name), match.end(name)) for name in ("before", "now", "rate")}
    at = f"{spans['rate'].page}.{spans['rate'].line}.{match.start('rate')}"
    relation = Relation(
        RULE,
        verdict_of(how),
        (
            Operand(f"text.before.{at}", "operand", match["before"], before.value, spans["before"]),
            Operand(f"text.now.{at}", "operand", match["now"], now.value, spans["now"]),
        ),
        (Operand(f"text.growth.{at}", "reported", match["rate"] + "%", rate.value, spans["rate"]),),
        formula=f"{match['now']} ÷ {match['before']} − 1 = {written(point if match['way'] in _UP else -point, 2)}%",
        reported=match["rate"] + "%",
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=rate.value - point,
        severity="info" if how == "truncation" else "error" if abs(rate.value - point) > 1 else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"{match['way']}幅度 {relation.reported} 与所列数值不符（应为 {computed}）",
        message=f"{where(spans['rate'])}“{quote(sentence.span(match.start(), match.end(), 0), match['rate'])}”："
        f"{relation.formula}，文中称{match['way']} {relation.reported}。",
    )


CHECK = Check(
    rule=RULE,
    name="文中增长率",
    what="Growth told together with the value before and the value now follows from the two, in the units printed.",
    why="Growth carries the report's claims of benefit.",
    formula="value now ÷ value before − 1 = growth",
    tolerance="half-up at the printed digits, else the intervals of both values and of the growth must meet",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 2021年46批次，2022年35批次，2023年28批次，2023年较2022年下降20%。",
        "文 2022年、2023年客流分别为1.6万人、2.1万人，2023年比2022年增长31.25%。",
        "文 客运量由3.8万人次增至4.6万人次，同比提高21.05%。",
        "文 客运量由2021年的3.8万人次增长到2022年的4.6万人次，增长21.05%。",
        "文 产值347.7亿元，较2022年的312.4亿元增长11.3%。",
        "文 与2021年支出2,946.35万元相比，增加152.29万元，增长5.17%。",
        "文 2021年火警640起，2022年512起，下降20%。",
        "文 玉米亩产由512公斤提高到544公斤，增加32公斤，增长6.25%。",
        "文 全年接诊4.62万人次，比上年增加0.77万人次，增长20%。",
        "文 2022年支出603.00万元，2023年较上年增加189.00万元，增长31.34%。",
        "文 月保障标准由每人每月835元提高到885元，提高50元，增长5.99%。",
    ),
    disagrees=(
        "文 2022年支出318.40万元，2023年352.60万元。2023年比上年增加34.20万元，增长9.70%。",
        "文 办结时长由48小时缩短至36小时，下降33.33%。",
        "文 2021年46批次，2022年35批次，2023年28批次，2023年较2022年下降25%。",
        "文 与2021年支出2,946.35万元相比，增加152.29万元，增长6.17%。",
        "文 客运量由3.8万人次增至4.6万人次，同比提高25.05%。",
        "文 门诊50.35万人次，完成目标的104.90%，比2022年的46.82万人次增长6.38%。",
        "文 客运量由2021年的3.8万人次增长到2022年的4.6万人次，增长25.05%。",
        "文 2021年火警640起，2022年512起，下降25%。",
        "文 玉米亩产由512公斤提高到544公斤，增加32公斤，增长8.25%。",
        "文 公用经费支出87.40万元，比上年减少12.60万元，下降14.60%。",
        "文 公用经费比上年的100.00万元减少12.60万元，下降14.60%。",
        "文 惠及观众46.85万人次，上年为41.20万人次，增长17.31%。",
        "文 2022年支出603.00万元，2023年较上年增加189.00万元，增长23.86%。",
        "文 2021—2022年供热季投诉1,246件，2022—2023年供热季为809件，减少437件，下降54.02%。",
        "文 检测项目由2021年的86项增加到2023年末的124项，新增38项，增长30.65%。",
        "文 产值36.82万元，较上年的26.95亿元增长36.62%。",
        "文 支出12.96万元，较2022年实际支出15.37万元增长15.68%。",
    ),
    false_alarms=(
        "growth in percentage points",
        "values in different units",
        "growth of a larger group beside its part",
    ),
)
