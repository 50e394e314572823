"""Check: an increase told in units follows from the value now and the value before told with it (文中增减量)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.records import ReportedNumber
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.gap_told import gaps
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Interval, written
from pipeline.checks.wording import quote, where

RULE = "told-difference"
_VALUE = r"\d(?<![\d,.]\d)[\d,]{0,15}+(?:\.\d{1,4})?"
_UNIT = (
    r"(?:[千万亿]?(?:元|人次|人|家|个|户|名|所|座|起|件|项|台|套|公里|千米|亩|公顷|平方米|吨|公斤|次|场|辆|张|份|天|分钟|小时|条|处|株|头|只)"
    r"|[%％])"
)
_WAY = r"(?P<way>净增|新增|增加|增长|上升|提高|提升|增|减少|下降|降低|缩短|压减|减)了?"
_LEFT = ("尚有", "还有", "仍有", "剩余", "尚余", "还剩")
_DOWN = (
    *("减少", "下降", "降低", "缩短", "压减", "减", "差", "差距", "少", "缺", "缺口", "短缺", "未完成"),
    *("节约", "节省", "低", *_LEFT),
)
_CHANGE = rf"(?P<change>{_VALUE})\s?(?P<unit3>个?百分点|{_UNIT})"
_AGO = r"(?:上年|去年|上一年|前一年|上年度|(?:19|20)\d\d年度?|实施前|改造前|项目实施前)"
_TELLING = re.compile("[比较从由差少缺未尚还仍剩节]")  # one of these stands in every form
_FORMS = (
    re.compile(  # 人均巡护271天，比300天的目标少29天
        rf"(?:比|较)(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})的(?:年度|全年|计划|绩效)?(?:目标值?|任务)(?P<way>少|差)了?\s?{_CHANGE}"
    ),
    # 88所，较上年的80所增加8所 / 由80所增至88所，增加8所
    re.compile(rf"(?:比|较){_AGO}(?:同期)?的?\s?(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})[，,]?\s?{_WAY}\s?{_CHANGE}"),
    re.compile(
        rf"[从由](?:[^，。；]{{0,14}}?)(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})(?:增加|增长|上升|提高|提升|减少|下降|降低|缩短|压减|增|升|减|降)?"
        rf"(?:到|至|为)(?:(?:19|20)\d\d年[度末底]?)?(?:[^，。；\d]{{0,6}})(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,](?:[^，。；\d]{{0,6}}){_WAY}\s?{_CHANGE}"
    ),
    re.compile(  # 目标500场，实际475场，差25场
        rf"(?:计划|目标|任务|应)[^，。；\d每]{{0,12}}(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})[，,]\s?实际[^，。；\d]{{0,10}}"
        rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,]\s?(?:(?:尚|还|相|仍)?(?P<way>差距?|少|缺口?|短缺|未完成|尚有|还有|仍有|剩余)(?:了|为)?)\s?{_CHANGE}"
    ),
    re.compile(  # 中标价694.08万元，比限价722万元节约27.92万元
        rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,]?(?:比|较)(?P<what>[^，。；\d]{{2,12}}?)(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})"
        rf"(?P<way>节约|节省|减少|增加|降低|低|高|少|多)了?\s?{_CHANGE}"
    ),
    re.compile(  # 审定总成本1191万元，控制在批复投资1286万元以内，节约95万元
        rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,](?:控制在|未超过?|未突破|低于)(?P<what>[^，。；\d]{{2,16}}?)(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})"
        rf"(?:以内|之内|范围内)?[，,](?:共|实际)?(?P<way>节约|节省)(?:资金|投资|成本|支出)?了?\s?{_CHANGE}"
    ),
    re.compile(  # 超发3.26万元，已追回2.94万元，尚有0.32万元未追回
        rf"(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})[，,](?:其中)?(?:截至[^，。；\d]{{0,8}})?(?:现|目前)?已(?P<what>[^，。；\d]{{1,6}})"
        rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,](?P<way>尚有|还有|仍有|剩余|尚余|还剩)(?P<change>{_VALUE})\s?(?P<unit3>{_UNIT})"
        r"(?=未|尚未|没有|待|[，。；])"
    ),
    re.compile(  # 减少40件，由120件降至80件
        rf"{_WAY}\s?{_CHANGE}[，,]\s?[从由](?:[^，。；\d]{{0,14}}?)(?P<before>{_VALUE})\s?(?P<unit2>{_UNIT})(?:[增升降减]|增加|增长|上升|提高|减少|下降|降低)?"
        rf"(?:到|至|为)(?:[^，。；\d]{{0,6}})(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})"
    ),
)
# With each form the characters of which one stands in all that it matches.
_SIGNS = map(frozenset, ("少差", "比较", "从由", "差少缺未尚还仍剩", "比较", "节", "尚还仍剩", "从由"))
_SIGNED = tuple(zip(_SIGNS, _FORMS, strict=True))
_NOW = re.compile(rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})(?!左右)")
_UNSURE = re.compile(r"平均|年均|每年|累计|(?<!节)约|近|超|余|多|分别")
_ADDED = re.compile(r"(?:新增|净增|增加|新建|新招)[^，。；\d]{0,6}$")  # what was added, not what there is
_BACK, _MOST = 60, 3  # characters before a comparison that may tell the value now; values of its unit there


@frozen
class _Told:
    """One printed number of the comparison with its unit (数). at: offsets in the sentence."""

    number: ReportedNumber
    unit: str
    at: tuple[int, int]

    @classmethod
    def of(cls, match: re.Match[str], name: str, unit: str) -> "_Told":
        """The number and unit of two groups of a match."""
        digits = match[name].replace(",", "")
        number = ReportedNumber(match[name], Decimal(digits), len(digits.partition(".")[2]))
        return cls(number, match[unit].replace("％", "%"), (match.start(name), match.end(unit)))

    @property
    def possible(self) -> Interval:
        """What its print stands for; whole counts are exact."""
        counted = not self.number.digits and self.unit[0] not in "千万亿%"
        return Interval.exact(self.number.value) if counted else Interval.printed(self.number)


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.numbered:
        told = _TELLING.findall(sentence.text)
        for signs, form in _SIGNED if told else ():
            for match in () if signs.isdisjoint(told) else form.finditer(sentence.text):
                yield from _compared(sentence, match)
    yield from gaps(facts, RULE)


def _compared(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The value now is told in the form itself, or is one of the numbers of that unit right before it."""
    before, change = _Told.of(match, "before", "unit2"), _Told.of(match, "change", "unit3")
    added: list[re.Match[str]] = []
    if "now" in match.groupdict():
        values = [_Told.of(match, "now", "unit")]
    else:
        start = max(match.start() - _BACK, 0)
        found = list(_NOW.finditer(sentence.text, start, match.start()))
        added = [one for one in found if _ADDED.search(sentence.text, start, one.start())]
        values = [_Told.of(one, "now", "unit") for one in found if one not in added]
    values = [one for one in values if one.unit == before.unit]
    points = before.unit == "%" and change.unit.endswith("百分点")
    if not values or len(values) > _MOST or not (points or (change.unit == before.unit and change.unit != "%")):
        return
    ways = [_relation(sentence, now, before, change, match["way"]) for now in reversed(values)]
    # What was added is compared with what was added before: 新增就业12,386人，比上年的12,152人增加234人.
    more = [_relation(sentence, _Told.of(one, "now", "unit"), before, change, match["way"]) for one in added]
    held = next((relation for relation in [*ways, *more] if holds(relation)), None)
    if held is not None:
        yield held
        return
    stretch = sentence.text[max(values[0].at[0] - 6, 0) : match.end()]
    others = _NOW.finditer(sentence.text, 0, match.start()) if "what" in match.groupdict() else ()
    if any(one["unit"] == before.unit for one in others):
        yield undecided(ways[0], "前文另列有同一单位的数，增减量可能由其合计得出")
        return
    yield undecided(ways[0], "增减量为约数、平均数或另有口径") if _UNSURE.search(stretch) else ways[0]


def _relation(sentence: Sentence, now: _Told, before: _Told, change: _Told, way: str) -> Relation:
    down = way in _DOWN
    more, less = (before, now) if down else (now, before)
    exact, possible = more.number.value - less.number.value, more.possible - less.possible
    same = exact == change.number.value
    rounds = possible.low < possible.high and possible.meets(change.possible)
    texts = [sentence.text[slice(*one.at)].strip() for one in (more, less, change)]
    operands = [
        Operand(
            f"text.change.{(span := sentence.span(*one.at)).page}.{span.line}.{sentence.start + one.at[0]}",
            role,
            sentence.text[slice(*one.at)].strip(),
            one.number.value,
            span,
        )
        for one, role in ((more, "operand"), (less, "operand"), (change, "reported"))
    ]
    computed = written(exact) + change.unit
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        tuple(operands[:2]),
        (operands[2],),
        formula=f"{texts[0]} − {texts[1]} = {computed}",
        reported=texts[2],
        computed=computed,
        low=possible.low,
        high=possible.high,
        difference=(change.number.value - exact) * (to_yuan(Decimal(1), change.unit) or 1),
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    word = way if way in _LEFT else "减少" if down else "增加"
    return replace(
        relation,
        title=f"{'剩余' if way in _LEFT else word}量 {texts[2]} 与所列数值不符（应为 {computed}）",
        message=f"{where(operands[2].span)}“{quote(operands[2].span, texts[2])}”：{relation.formula}，"
        f"文中称{word} {texts[2]}。",
    )


CHECK = Check(
    rule=RULE,
    name="文中增减量",
    what="An increase told in units (or percentage points) is the value now less the value before, told with it.",
    why="All three stand in one sentence, so the reader can subtract.",
    formula="value now − value before = increase",
    tolerance="counts exactly, decimals as intervals; averages and approximate numbers are undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 人均巡护271天，比300天的目标少29天。",
        "文 目标9,000人，实际新增就业9,386人，比2022年的9,152人增加234人。",
        "文 成交价684.20万元，比最高限价715.00万元节约30.80万元。",
        "文 多发补助5.40万元，已追回4.10万元，尚有1.30万元未追回。",
        "文 全县63所卫生院中58所开通远程会诊，较上年的49所增加9所。",
        "文 群众满意度由85.2%提高到91.6%，提高6.4个百分点。",
    ),
    disagrees=(
        "表 t9 内容 | 目标 | 实际；表 t9 研发投入增长 | ≥10% | 7.40%；文 研发投入增长7.40%，比目标值低2.90个百分点。",
        "表 t9 来源 | 支出率；表 t9 县级资金 | 93.40%；表 t9 合计 | 97.67%；"
        "文 县级支出率93.40%，低于总体支出率4.72个百分点。",
        "文 人均巡护271天，比300天的目标少39天。",
        "文 成交价684.20万元，比最高限价715.00万元节约40.80万元。",
        "文 多发补助5.40万元，已追回4.10万元，尚有1.40万元未追回。",
        "文 阅读活动目标500场，实际475场，差35场。",
        "文 投诉量比上年减少35件，由120件降至80件。",
        "文 全县63所卫生院中58所开通远程会诊，较上年的49所增加7所。",
        "文 群众满意度由85.2%提高到91.6%，提高5.4个百分点。",
    ),
    false_alarms=("growth in per cent", "values in other units", "averages over several years"),
)
