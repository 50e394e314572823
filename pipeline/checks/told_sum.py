"""Check: amounts listed in a sentence add up to the total told with them (文中合计)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.figure_sums import listed_sums
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import groups, interval, operand, place, text
from pipeline.checks.relate import holds, undecided
from pipeline.checks.slip import is_slip
from pipeline.checks.texts import Sentence
from pipeline.checks.told_lists import told_lists
from pipeline.checks.tolerance import Interval, written
from pipeline.checks.wording import plus, quote

RULE = "told-sum"
_TOTAL = re.compile(r"(?:合计|共计|总计|总共)(?!应?[少缺差欠超多结])[^，。；\d]{0,8}$")
_PARTS_FOLLOW = re.compile(r"其中|包括")
_LISTED = re.compile(r"分别")
_HEAD = re.compile(r"[^，。；：\d]{2,30}：")  # what a list of amounts is told below: `支出明细为：`
_ITEM = re.compile(r"(?!合计|共计|总计|累计|截至|预算|到位|下达|实际|年)[^\d]{2,20}\d")  # a name and its amount
_CLOSING = re.compile(r"(?:以上|各项)?(?:合计|共计|总计|总共)[^\d]{0,4}$")
_NOISE = re.compile(r"[,\s]")
_LEAST = 2  # parts of a sum
_FAR = 40  # characters before a total that may call it so
_CALCULATED = re.compile(r"测算|推算|折合|[按依]照?[^，。]{0,16}(?:标准|人数|天数|单价)[^，。]{0,4}计算")
_ROUNDED = "各项为测算所得，分别取整后尾数可能不合"
_TIMES = re.compile(r"元\s?\d{1,4}\s?[所个座台套户人家处间条辆名]")  # `160万元1所、120万元2所`
_PRICES = re.compile(r"标准|单价|每[人户亩个年月次件台套生辆头只吨家所名座场]")
_OPEN = re.compile(r"等|其中|包括|主要")


def _test(facts: Facts) -> Iterator[Relation]:
    yield from (undecided(one, _ROUNDED) if _by_tails(facts, one) else one for one in listed_sums(facts, RULE))
    asked = []
    for relation in _of_money(facts):
        if relation.verdict != "indeterminate":
            asked.append((relation.right[0].span.line, relation.right[0].value))
        yield relation
    for relation in told_lists(facts, RULE):
        total = relation.right[0]
        if (total.span.line, total.value) not in asked:
            yield undecided(relation, _ROUNDED) if _by_tails(facts, relation) else relation


def _by_tails(facts: Facts, relation: Relation) -> bool:
    """Whether a list told as calculated misses its total by the last digits only, each part rounded by itself."""
    if relation.verdict != "inconsistent" or relation.difference is None:
        return False
    total = relation.right[0]
    printed = parse(total.text)
    if printed is None or printed.value == 0 or total.value is None:
        return False
    step = Decimal(1).scaleb(-printed.digits) * total.value / printed.value  # of the last digit, in the operands' unit
    told = any(_CALCULATED.search(one.text) for one in facts.sentences_at(total.span))
    return told and 2 * abs(relation.difference) <= len(relation.operands) * step


def _of_money(facts: Facts) -> Iterator[Relation]:
    """The lists of amounts whose stages are known."""
    for lines in groups(facts):
        told = [line for line in lines if line.yuan is not None]
        sentence = facts.funds.sentence(told[0]) if told else None
        if sentence is None or len(told) < 3:
            continue
        of_which = _relation(told[1:], told[0]) if _PARTS_FOLLOW.search(sentence.text) else None
        if of_which is not None and holds(of_which):
            yield of_which
            continue
        yield from _of_which(facts, told)
        for number, line in enumerate(told):
            before = sentence.text[max(_at(sentence, line) - _FAR, 0) : _at(sentence, line)]
            if number >= 2 and _TOTAL.search(before):
                yield from _summed(sentence, told[:number], line)


def _of_which(facts: Facts, told: list[FundingLine]) -> Iterator[Relation]:
    """The parts behind 其中 against the amount before them; they fail where they are too much, or one digit off."""
    listed = facts.funds.parts(told)
    first = next((number for number, line in enumerate(told) if any(line is part for part in listed)), 0)
    parts = list(takewhile(lambda line: any(line is part for part in listed), told[first:]))
    if first == 0 or len(parts) < _LEAST or any(part.role != told[first - 1].role for part in parts):
        return
    total = told[first - 1]
    relation = _relation(parts, total)
    if _by_tails(facts, relation):
        yield undecided(relation, _ROUNDED)
    elif not holds(relation) and not _slipped(parts, total):
        yield undecided(relation, "其中所列各项可能不是全部，或并非同一层次")
    else:
        yield relation


def _slipped(parts: list[FundingLine], total: FundingLine) -> bool:
    """Whether the sum holds with one digit of one part, or of the total, printed otherwise."""
    if len({line.number.unit for line in (*parts, total)}) > 1:
        return False
    digits = max(line.number.digits for line in (*parts, total))
    values = [line.number.value for line in parts]
    gap = total.number.value - sum(values, Decimal(0))
    if is_slip(total.number.value, total.number.value - gap, digits):
        return True
    return any(value + gap > 0 and is_slip(value, value + gap, digits) for value in values)


def _at(sentence: Sentence, line: FundingLine) -> int:
    return max(sentence.text.find(line.number.printed), 0)


def _summed(sentence: Sentence, before: list[FundingLine], total: FundingLine) -> Iterator[Relation]:
    """The run of amounts before the total that adds up to it; a list that fails is told only where it is closed."""
    for first in range(len(before) - 1):
        relation = _relation(before[first:], total)
        if relation.verdict != "inconsistent":
            yield relation
            return
    listed = _list_of(sentence, before, total)
    relation = _relation(listed or before, total)
    listing = sentence.text[: _at(sentence, total)]
    if _PRICES.search(listing) or _TIMES.search(listing):
        yield undecided(relation, "所列为单价或补助标准，不是合计的组成")
        return
    told = bool(_LISTED.search(sentence.text)) and not _OPEN.search(sentence.text)
    closed = told or (bool(listed) and (_slipped(listed, total) or not _OPEN.search(sentence.text)))
    yield relation if closed else undecided(relation, "所列金额是否为合计的全部组成不能确定")


def _list_of(sentence: Sentence, before: list[FundingLine], total: FundingLine) -> list[FundingLine]:
    """The amounts, one a clause, of the list that a sentence consists of up to its total; empty if it tells more."""
    text = sentence.text
    opened = text.find("：") + 1 if _HEAD.match(text) else 0
    end = text.find(total.number.printed, _at(sentence, before[-1]) + 1)
    clauses = re.split(r"[，、]", _NOISE.sub("", text[opened:end]))
    items, tail = clauses[:-1], clauses[-1] if clauses else ""
    alone = len(items) == len(before) and all(
        line.number.printed.replace(",", "") in item for item, line in zip(items, before, strict=True)
    )
    named = all(_ITEM.match(item) for item in items) and bool(_CLOSING.match(tail))
    return before if alone and named and len(before) >= _LEAST else []


def _relation(parts: list[FundingLine], total: FundingLine) -> Relation:
    computed = sum((line.yuan for line in parts if line.yuan is not None), Decimal(0))
    possible = Interval.exact(Decimal(0))
    for line in parts:
        possible = possible + interval(line)
    same = computed == total.yuan
    converted = len({line.number.unit for line in (*parts, total)}) > 1
    coarser = total.number.digits < max(line.number.digits for line in parts)
    rounds = (converted or coarser) and possible.meets(interval(total))
    unit = (total.yuan or Decimal(1)) / (total.number.value or Decimal(1))
    gap = (total.yuan or Decimal(0)) - computed
    shown = written(computed / unit) + total.number.unit
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        tuple(operand(line, "operand") for line in parts),
        (operand(total, "reported"),),
        formula=f"{plus([text(line) for line in parts])} = {shown}",
        reported=text(total),
        computed=shown,
        difference=gap,
        severity="warning",
    )
    if same or rounds:
        return relation
    return replace(
        relation,
        title=f"文中合计不符：列示 {text(total)}，逐项相加为 {shown}",
        message=f"{place(total)}“{quote(total.span, total.number.printed)}”，所列各项相加，{relation.formula}，"
        f"相差 {written(abs(gap) / unit)}{total.number.unit}。",
    )


CHECK = Check(
    rule=RULE,
    name="文中合计",
    what="Amounts listed one after another in a sentence add up to the total that closes the list.",
    why="A list and its total in one sentence are the reader's easiest sum.",
    formula="Σ amounts = total",
    tolerance="equality; over several units, or where the total is printed to fewer digits than a part, the intervals "
    "must meet; lists that are not closed are undecided, "
    "and so are parts behind 其中 unless one digit is wrong or two are exchanged",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="dependent",
    agrees=(
        "文 全年支出28.6万元，其中甲类12.4万元、乙类16.2万元。；"
        "文 甲级资金到位60万元，乙级到位22万元，两项合计少到位8万元。",
        "文 支出28.6万元，其中甲类12.4万元、乙类16.2万元。；"
        "文 月均502吨，其中一季度1,428吨、二季度1,512吨、三季度1,596吨。",
        "文 全年支出2674.1万元，结转185.9万元。支出构成为：梯田2277.6万元、治理218.5万元、坝体142万元、其他36万元。",
        "文 救助127人，其中视力7人、听力18人、肢体46人、智力33人、言语23人，回访50人。",
        "文 全年宣传推广9.3万元（包括直播7.1万元、海报2.2万元）。",
        "文 甲村改厕64户，其余各村39户，累计改厕103户。",
        "文 由4所中学、9所小学和12所幼儿园共25所承担。",
        "文 26个项目未开工，其中手续未办结的12个、资金未落实的8个、设计变更的6个。",
        "文 省级补助到位164万元，县级配套到位136万元，合计300万元。",
        "文 分别补助甲厂405万元、乙厂64.5万元，合计469.5万元；资金 s1 spent 405万元 项=甲厂 处=1；"
        "资金 s1 spent 64.5万元 项=乙厂 处=1；资金 s1 spent 469.5万元 项=补助 处=1",
    ),
    disagrees=(
        "文 全年支出2674.1万元，结转185.9万元。支出构成为：梯田2277.6万元、治理218.5万元、坝体142万元、其他63万元。",
        "文 救助117人，其中视力7人、听力18人、肢体46人、智力33人、言语23人，回访50人。",
        "文 开展培训2340人次，其中创业培训420人次、技能培训2020人次。",
        "文 全年支出3103.56万元，其中基本支出2182.56万元、项目支出930.00万元。",
        "文 由4所中学、9所小学和12所幼儿园共35所承担。",
        "文 省级补助到位164万元，县级配套到位136万元，合计310万元。",
        "文 40个子项目中完工25个，在建11个，未开工6个。",
        "文 全年受理930件，其中一季度210件，二季度240件，三季度250件，四季度240件。",
        "文 甲包预算320万元，中标价306.8万元。乙包预算280万元，中标价271.2万元。两包中标价合计587万元。",
        "文 全年宣传推广9.3万元（包括直播7.1万元、海报3.2万元）。",
        "文 分别补助甲厂405万元、乙厂64.5万元，合计496.5万元；资金 s1 spent 405万元 项=甲厂 处=1；"
        "资金 s1 spent 64.5万元 项=乙厂 处=1；资金 s1 spent 496.5万元 项=补助 处=1",
        "文 26个项目未开工，其中手续未办结的12个、资金未落实的8个、设计变更的5个。",
        "文 因243户信息有误退回，其中卡号错误150户、姓名错误45户、账户注销39户。",
        "文 费用构成：耗材31.6万元，差旅18.2万元，合计59.8万元；资金 s1 spent 31.6万元 项=耗材 处=1；"
        "资金 s1 spent 18.2万元 项=差旅 处=1；资金 s1 spent 59.8万元 项=合计 处=1",
        "文 市财政安排4157.26万元，其中上级补助2640.15万元、本级配套1571.11万元；"
        "资金 s1 budget_original 4157.26万元 项=安排 处=1；资金 s1 budget_original 2640.15万元 项=上级补助 处=1；"
        "资金 s1 budget_original 1571.11万元 项=本级配套 处=1",
    ),
    false_alarms=("lists of the larger parts only (其中中央资金)", "rounded parts in another unit"),
)
