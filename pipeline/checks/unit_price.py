"""Check: a quantity times its unit price gives the amount told with them (数量×单价=金额)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from extractors.frozen import frozen, replace
from extractors.provenance import SourceSpan
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.figures import SCALES
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Interval, half_up, written
from pipeline.checks.wording import quote, where

RULE = "unit-price"
_VALUE = r"\d(?<![\d.,]\d)[\d,]{0,15}(?:\.\d{1,4})?"
_THING = (
    "平方公里|平方米|立方米|㎡|m²|公里|千米|公顷|人次|人|户|名|亩|米|台|套|吨|个|件|份|家"
    "|辆|盏|株|头|只|座|处|场|次|期|间|本|册|床|位"
)
_TIME = "个?月|年|天|学期|日|季度?"
_PRICES = (
    re.compile(
        rf"(?P<price>{_VALUE})\s?(?P<money>万元|元)\s?[/／每]\s?(?P<thing>{_THING})(?:\s?[/／·•.每]\s?(?P<time>{_TIME}))?"
    ),
    re.compile(
        rf"每(?:一)?(?P<thing>{_THING})(?:每?(?P<time>{_TIME}))?[^，。；：\d每/／]{{0,6}}(?P<price>{_VALUE})\s?(?P<money>万元|元)"
        r"(?!\s?[/／每])"
    ),
)
# 人均补助300元: an average, rounded as it is printed.
_AVERAGE = re.compile(
    rf"(?P<thing>人|户|亩|村|家|台|件|份|座)均(?P<what>[\u4e00-\u9fff]{{0,8}}?)(?:约?为|达到?)?\s?(?P<price>{_VALUE})\s?(?P<money>万元|元)(?!\s?[/／每])"
)
_SPENT_ON = re.compile(r"补助|补贴|发放|奖补|资助|救助|投入|支出|成本|费用|增收|经费|资金")
_COUNT = re.compile(rf"(?P<count>{_VALUE})\s?(?P<scale>[千万]?)(?P<thing>{_THING})(?P<vague>余|多|左右|以上)?")
_PERIOD = re.compile(rf"(?<![\d.,年])(?P<count>\d{{1,3}})\s?(?P<time>{_TIME})(?![度\d底末初])")
_SUM = re.compile(
    rf"(?P<tie>共计|合计|总计|共需|累计|计|共|资金|金额|补助|补贴|支出|发放)[^，。；、\d每]{{0,8}}(?P<sum>{_VALUE})\s?(?P<money>亿元|万元|元)"
    r"(?!\s?[/／每])"
)
_TIES = ("共计", "合计", "总计", "共需", "计", "共")
_OPEN = re.compile(
    r"其中|另|扣除|剩余|部分|首付|尾款|已[拨付]|预拨|[%％至—~～约等]|比例|分别|不超过|最高|上限|不低于|以[上内]|平均|自筹|配套|奖励|封顶"
)
_SAME = {"㎡": "平方米", "m²": "平方米", "千米": "公里", "名": "人", "个月": "月", "季度": "季", "日": "天"}
_FINE = 20  # steps that an average has at least
_MOST = 6  # counts, and sums, of one sentence


@frozen
class Factor:
    """One number of a product as printed (量、价、期、额). value, step: in the bare unit, of money in 元."""

    text: str
    value: Decimal
    step: Decimal
    thing: str
    at: tuple[int, int]
    span: SourceSpan
    vague: bool = False
    averaged: bool = False

    def operand(self, role: str) -> Operand:
        """The operand it gives."""
        key = f"text.price.{self.span.page}.{self.span.line}.{self.at[0]}"
        return Operand(key, role, self.text, self.value, self.span)

    @property
    def possible(self) -> Interval:
        """What its print stands for; whole numbers in the bare unit are exact."""
        half = Decimal(0) if self.step == 1 and not self.averaged else self.step / 2
        return Interval(self.value - half, self.value + half)


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("元"):
        if "每" in sentence.text or "/" in sentence.text or "／" in sentence.text:
            yield from _of_sentence(sentence)
        if "元" in sentence.text and "均" in sentence.text:
            yield from _averaged(sentence)


def _of_sentence(sentence: Sentence) -> Iterator[Relation]:
    """The one unit price of a sentence with the counts of its thing and the totals told beside it."""
    found = [match for form in _PRICES for match in form.finditer(sentence.text)]
    if len(found) != 1:
        return
    match, price = found[0], _factor(sentence, found[0], "price")
    counts = [one for one in _factors(sentence, _COUNT, "count", price) if one.thing == price.thing]
    sums = list(_factors(sentence, _SUM, "sum", price))
    time = _SAME.get(match["time"] or "", match["time"] or "")
    periods = [one for one in _factors(sentence, _PERIOD, "count", price) if one.thing == time]
    if not counts or not sums or len(counts) > _MOST or len(sums) > _MOST:
        return
    ways = [
        _relation(sentence, (count, price, *period), total)
        for count, total in product(counts, sums)
        for period in ([(one,) for one in periods] if time and periods else [()])
    ]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
        return
    doubt = _doubt(sentence, (counts, sums, periods), match)
    yield undecided(ways[0], doubt) if doubt else ways[0]


def _averaged(sentence: Sentence) -> Iterator[Relation]:
    """An average told with the one count it was taken over and the one amount of the same kind."""
    found = list(_AVERAGE.finditer(sentence.text))
    if len(found) != 1:
        return
    what = _SPENT_ON.search(found[0]["what"])
    price = _factor(sentence, found[0], "price")
    counts = [one for one in _factors(sentence, _COUNT, "count", price) if one.thing == price.thing]
    sums = list(_factors(sentence, _SUM, "sum", price))
    if len(counts) != 1 or len(sums) != 1 or what is None:
        return
    rounded = replace(price, step=_last_digit(price), averaged=True)
    relation = _relation(sentence, (counts[0], rounded), sums[0])
    numbers = [counts[0].at, price.at, sums[0].at]
    stretch = sentence.text[min(start for start, _ in numbers) : max(end for _, end in numbers)]
    told = what[0] in sentence.text[max(sums[0].at[0] - len(what[0]) - 6, 0) : sums[0].at[0]]
    doubtful = not told or counts[0].vague or _OPEN.search(stretch)
    yield undecided(relation, "平均数的口径不能确定") if doubtful and not holds(relation) else relation


def _last_digit(price: Factor) -> Decimal:
    """The unit of the last digit that is no zero at the end, two digits kept: 3,100元 may be rounded to hundreds."""
    step = price.step
    while price.value % (step * 10) == 0 and step * 10 * _FINE <= price.value:
        step *= 10
    return step


def _factors(sentence: Sentence, form: re.Pattern[str], name: str, price: Factor) -> Iterator[Factor]:
    """The matches of a form away from the unit price."""
    for match in form.finditer(sentence.text):
        one = _factor(sentence, match, name)
        if one.at[1] <= price.at[0] or price.at[1] <= one.at[0]:
            yield one


def _factor(sentence: Sentence, match: re.Match[str], name: str) -> Factor:
    parts = match.groupdict()
    digits, money, scale = match[name].replace(",", ""), parts.get("money"), SCALES[parts.get("scale") or ""]
    step = scale.scaleb(-len(digits.partition(".")[2]))
    value = Decimal(digits) * scale
    if money:
        factor = to_yuan(Decimal(1), money) or Decimal(1)
        value, step = value * factor, step * factor
    thing = parts.get("thing") or parts.get("time") or ""
    start = match.start() if name == "price" else match.start(name)
    end = match.end("money") if money and name == "sum" else match.end()
    start = min(start, match.start(name))
    span = sentence.span(start, end)
    text = sentence.text[start:end].strip()
    vague = bool(parts.get("vague"))
    return Factor(text, value, step, _SAME.get(thing, thing), (start, end), span, vague)


def _doubt(sentence: Sentence, found: tuple[list[Factor], ...], price: re.Match[str]) -> str:
    """Why a product that differs may be no fault, Chinese; '' where the three stand plainly together."""
    counts, sums, periods = found
    numbers = [one.at for one in (*counts, *sums)] + [price.span()]
    stretch = sentence.text[min(start for start, _ in numbers) : max(end for _, end in numbers)]
    tie = next((one for one in _SUM.finditer(sentence.text) if one.start("sum") == sums[0].at[0]), None)
    excuses = (
        (len(counts) > 1 or len(sums) > 1, "同一句列有多个数量或金额，对应关系不能确定"),
        (any(one.vague for one in counts) or bool(_OPEN.search(stretch)), "数量、标准或金额为约数、部分或有其他条件"),
        (bool(price["time"]) != (len(periods) == 1), "补助期数未在同一句写明"),
        (tie is None or tie["tie"] not in _TIES, "金额是否为数量与单价之积未写明"),
    )
    return next((reason for applies, reason in excuses if applies), "")


def _relation(sentence: Sentence, factors: tuple[Factor, ...], total: Factor) -> Relation:
    exact, possible = Decimal(1), Interval.exact(Decimal(1))
    for one in factors:
        exact, possible = exact * one.value, possible * one.possible
    same = exact == total.value
    rounds = half_up(exact / total.step, 0) * total.step == total.value or possible.meets(total.possible)
    money = total.text[-2:] if total.text.endswith(("万元", "亿元")) else "元"
    computed = written(exact / (to_yuan(Decimal(1), money) or Decimal(1))) + money
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        tuple(one.operand("operand") for one in factors),
        (total.operand("reported"),),
        formula=f"{' × '.join(one.text for one in factors)} = {computed}",
        reported=total.text,
        computed=computed,
        low=possible.low,
        high=possible.high,
        difference=total.value - exact,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"数量与单价之积 {computed} 与所列金额 {total.text} 不符",
        message=f"{where(total.span)}“{quote(total.span, total.text)}”，按同一句所列数量和标准，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="数量乘单价",
    what="A quantity times the unit price (times the months) told in the same sentence gives the amount told as total.",
    why="Subsidies are paid by quantity and standard, so the reader can multiply them.",
    formula="quantity × unit price (× periods) = amount",
    tolerance="whole counts and prices are exact, decimals and 万元 stand for intervals; anything unclear is undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 惠及402人，人均补助3,000元，共发放补助120.60万元。",
        "文 按每亩150元的标准补助粮农3200亩，共计48万元。",
        "文 为320人按200元/人/月发放12个月，合计76.8万元。",
        "文 铺设管道12.5公里，每公里38万元，共计475万元。",
    ),
    disagrees=(
        "文 惠及402人，人均补助3,100元，共发放补助120.60万元。",
        "文 按每亩150元的标准补助粮农3200亩，共计46万元。",
        "文 为320人按200元/人/月发放12个月，合计78.6万元。",
    ),
    false_alarms=(
        "standards with an upper limit, a share paid first, co-financing",
        "several quantities under one standard",
        "periods that are not told",
    ),
)
