"""Check: the project's execution rate is the same wherever it is told (执行率前后一致)."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import FundingLine
from pipeline.checks.comparable import Funds
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import RATES, ROLES, operand, place, text
from pipeline.checks.relate import undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.slip import is_slip
from pipeline.checks.tolerance import HUNDRED, half_up, quotient, restates, written
from pipeline.checks.wording import quote

RULE = "rate-restated"
_BASE = re.compile(r"占[^，。；,;]{0,12}?(到位|下达|预算|计划|合同)[^，。；,;]{0,8}的?(?:比例|比重)?[为是达]?\s*$")
# Words that say what a rate was taken from, or that it is supposed only (若以年初预算为口径).
_SUPPOSED = re.compile(r"口径|[为作]基[数准]|[若如][以按将]|如果|假[如设定]|剔除|扣除|不含|不计|折算")
_PROJECT = re.compile(
    r"^\W*(?:(?:19|20)\d\d年度?)?[本该]?(?:项目|总体|整体|全年)(?:资金)?(?:总体|整体|综合)?(?:预算)?执行率"
)
_PARTLY = re.compile(
    r"截[至止]|\d月|季度|半年|时点|批次|首批|中期|其中一|上年|去年|前一年|[子分单各某]项目|平均|全[市县区省]|同类|其他|另"
)
# What a sentence is about that tells of a rate, and what it blames.
_FUND = re.compile(
    r"\W*(?P<name>(?!本|该|此|项目|专项|财政|预算|部分|全部|各)[\u4e00-\u9fff]{3,20}(?:资金|项目|经费|补助|补贴|工程))(?:因|由于|受)"
)
# `其中…；资本金20,500万元，到位率`: whose rate follows, and words that make the amount one of all the money.
_SHARED = re.compile(
    r"其中[^。]*?(?P<name>[\u4e00-\u9fff]{2,12})\s?[\d,，.]+\s?[万亿]?元[，,、（(](?:资金)?(?:到位|执行|支出|支付)(?:率|进度)[为达是约]*\s?$"
)
_OF_ALL = re.compile(r"到位|到账|支出|支付|执行|拨付|使用|合计|共计|总[计额]|预算|安排|下达")
_OFTEN = 3  # places that tell the rate which the odd one contradicts
_AMOUNTS = 160  # amounts of a report that a rate may follow from; of more some two give any rate
_DIGITS = 4  # of rates that show an exchange
_MOST = 8  # rates compared
_PART = {"execution_rate": "spent", "arrival_rate": "arrived"}
_CLOSE = 50  # bases nearer than a fiftieth may be one


def _test(facts: Facts) -> Iterator[Relation]:
    for role in RATES:
        told = [line for line in facts.funds.lines if line.role == role and _whole(line)][:_MOST]
        for number, other in enumerate(told):
            for one in told[:number]:
                if one.group != other.group:
                    yield _compared(facts, one, other)


def _whole(line: FundingLine) -> bool:
    """Whether a rate is told of the whole project: by its row, or by words that name nothing else."""
    return line.row_role in ("", "total") and line.subject == "" and not line.number.bound


def _base(line: FundingLine) -> str:
    """What the rate is said to be a share of (`占到位资金的87.30%`), '' if it is not said."""
    before = line.span.quote.partition(line.number.printed)[0]
    told = _BASE.search(before)
    return told[1] if told else ""


def _supposed(funds: Funds, line: FundingLine) -> bool:
    """Whether the sentence of a rate names another base than usual."""
    sentence = funds.sentence(line)
    return sentence is not None and bool(_SUPPOSED.search(sentence.text))


def _of_one_fund(facts: Facts, line: FundingLine) -> bool:
    """Whether the sentence of a rate begins with the name of other money than the report's, and why it came so.

    `专利资助资金因部分企业申报材料不齐，执行率为90.18%` in a report on a whole department.
    """
    sentence = facts.funds.sentence(line)
    match = None if sentence is None else _FUND.match(sentence.text)
    named = (one.text for one in facts.report.field_mentions if one.field in ("project", "title"))
    return match is not None and not any(match["name"] in text for text in named)


def _of_a_part(facts: Facts, line: FundingLine) -> bool:
    """Whether a rate stands right behind the amount of one of the parts that its sentence lists."""
    sentence = facts.funds.sentence(line)
    if sentence is None:
        return False
    told = sentence.text.partition(line.number.printed)[0]
    match = _SHARED.search(sentence.flow.text[: sentence.start] + told)
    return match is not None and not _OF_ALL.search(match["name"])


def _exchanged(one: FundingLine, other: FundingLine) -> bool:
    """Whether one rate is the other with two digits exchanged (98.48 % and 98.84 %): no other base gives that."""
    left, right = as_percent(one.number), as_percent(other.number)
    return (
        left.digits == right.digits
        and is_slip(left.value, right.value, left.digits, least=_DIGITS)
        and sorted(str(left.value)) == sorted(str(right.value))
    )


def _told_beside(funds: Funds, one: FundingLine, other: FundingLine) -> bool:
    """Whether the paragraph of one rate tells the other rate, too (2022年94.35%，…两年合计93.00%)."""
    return any(line.role == other.role and line.number.value == other.number.value for line in funds.beside(one))


def _scored_by_one(facts: Facts, one: FundingLine, other: FundingLine) -> bool:
    """Whether the score of the execution rate follows from just one of the two, while the account of that very
    indicator tells the other, without amounts: then they are the same rate."""
    for indicator in facts.tree.leaves:
        weight, score = (facts.chosen(indicator, mark) for mark in ("weight", "score"))
        if "执行率" in indicator.name and weight and score and weight.number and score.number:
            earned = [weight.number.value * as_percent(line.number).value / HUNDRED for line in (one, other)]
            fits = [half_up(points, score.number.digits) == score.number.value for points in earned]
            if fits.count(True) == 1:
                odd = one if fits[1] else other
                spoken = facts.funds.sentence(odd) in facts.spoken.get(indicator.index, ())
                return spoken and all(line.yuan is None for line in facts.funds.by_group.get(odd.group, ()))
    return False


def _odd(facts: Facts, one: FundingLine, other: FundingLine) -> bool:
    """Whether one of the two is told again and again, and the other once, of the whole project, and follows from no
    two amounts of the report: nothing that is printed could make it another rate."""
    lines = [line for line in facts.funds.lines if line.role == one.role and _whole(line)]
    groups = [{line.group for line in lines if line.number.value == side.number.value} for side in (one, other)]
    if sorted(map(len, groups))[0] != 1 or max(map(len, groups)) < _OFTEN:
        return False
    single = one if len(groups[0]) == 1 else other
    sentence = facts.funds.sentence(single)
    told = sentence is not None and _PROJECT.match(sentence.text) and not _PARTLY.search(sentence.text)
    return bool(told) and not _derived(facts, single)


def _derived(facts: Facts, rate: FundingLine) -> bool:
    """Whether two amounts of the report, of whatever kind, give the rate."""
    amounts = sorted({line.yuan for line in facts.funds.lines if line.yuan is not None and line.yuan > 0})
    if len(amounts) > _AMOUNTS:
        return True
    printed = as_percent(rate.number)
    return any(
        printed.low <= quotient(part * HUNDRED, base) <= printed.high
        for base in amounts
        for part in amounts[: bisect_right(amounts, base * printed.high / HUNDRED)]
        if part * HUNDRED >= base * printed.low
    )


def _of_unlike_bases(facts: Facts, one: FundingLine, other: FundingLine) -> bool:
    """Whether each rate follows from the amounts beside it, of budget here and of what arrived there."""
    bases = [_bases(facts, line) for line in (one, other)]
    return bool(bases[0] and bases[1]) and not bases[0] & bases[1]


def _bases(facts: Facts, rate: FundingLine) -> set[str]:
    """The kinds (budget, arrived …) of the amounts of a rate's own sentence or row of which another is this share."""
    return {base.role.partition("_")[0] for base, _ in _pairs(facts, rate)}


def _pairs(facts: Facts, rate: FundingLine) -> list[tuple[FundingLine, FundingLine]]:
    """The amounts of a rate's own sentence or row of which one is this share of the other, the whole first."""
    printed = as_percent(rate.number)
    own = [line for line in facts.funds.by_group.get(rate.group, ()) if line.yuan]
    return [
        (base, part)
        for base in own
        for part in own
        if part is not base
        and base.yuan
        and part.yuan
        and printed.low <= quotient(part.yuan * HUNDRED, base.yuan) <= printed.high
    ]


def _of_other_amounts(facts: Facts, one: FundingLine, other: FundingLine) -> bool:
    """Whether one rate follows from the two amounts beside it, and the other is told right behind another amount and
    of another base.

    实际到位2,710万元，到位率94.76% is of all the money; 配套预算1,200万元，到位1,050万元，到位率87.50% of one source.
    """
    return any(
        part.yuan != told and base.yuan is not None and abs(base.yuan - implied) * _CLOSE > implied
        for rate, far in ((one, other), (other, one))
        for told, implied in _told_before(facts, far)
        for base, part in _pairs(facts, rate)
    )


def _told_before(facts: Facts, rate: FundingLine) -> list[tuple[Decimal, Decimal]]:
    """The amount spent or arrived that stands nearest before a rate in its sentence, and of what it is that share."""
    own = facts.funds.by_group.get(rate.group, ()) if rate.table is None else ()
    before = own[: next((at for at, line in enumerate(own) if line is rate), 0)]
    told = [line.yuan for line in before if line.role == _PART[rate.role] and line.yuan]
    return [(told[-1], quotient(told[-1], as_percent(rate.number).value) * HUNDRED)] if told else []


def _compared(facts: Facts, one: FundingLine, other: FundingLine) -> Relation:
    funds = facts.funds
    left, right = as_percent(one.number), as_percent(other.number)
    how = restates(left, right)
    relation = Relation(
        RULE,
        verdict_of(how),
        (operand(one, "reported"),),
        (operand(other, "restated"),),
        formula=f"{text(one)} {'=' if how == 'exact' else '≈' if how == 'half-up' else '≠'} {text(other)}",
        reported=text(other),
        computed=text(one),
        difference=right.value - left.value,
        severity="info" if how == "truncation" else "error",
    )
    if relation.verdict != "inconsistent":
        return relation
    reason = funds.differ_in_kind(one, other)
    if not reason and _supposed(funds, one) != _supposed(funds, other):
        reason = "其中一处另有口径或假设"
    if not reason and (_of_one_fund(facts, one) or _of_one_fund(facts, other)):
        reason = "其中一处所述为一项资金，不是全部"
    if not reason and _of_a_part(facts, one) != _of_a_part(facts, other):
        reason = "其中一处所述为一部分资金，不是全部"
    if not reason and _base(one) != _base(other):
        reason = "两处比率的基数不同或未写明"
    if not reason and (_told_beside(funds, one, other) or _told_beside(funds, other, one)):
        reason = "同一段落另列有相同的比率，此处可能为其中一年或一部分的比率"
    if not reason and _of_unlike_bases(facts, one, other):
        reason = "两处各由所列金额算得，基数不同"
    if not reason and _of_other_amounts(facts, one, other):
        reason = "两处各由不同的金额算得，可能是全部资金与其中一部分的比率"
    same = reason or funds.share_an_amount(one, other) or _exchanged(one, other) or _scored_by_one(facts, one, other)
    if not same and not _odd(facts, one, other):
        reason = "两处没有相同金额相互印证，可能是不同口径的比率"
    if reason:
        return undecided(relation, reason)
    name = ROLES[one.role]
    return replace(
        relation,
        title=f"{name}前后不一致：{text(one)} 与 {text(other)}",
        message=f"{place(one)}“{quote(one.span, one.number.printed)}”与{place(other)}"
        f"“{quote(other.span, other.number.printed)}”对{name}的表述不一致，相差 "
        f"{written(abs(right.value - left.value))} 个百分点。",
    )


CHECK = Check(
    rule=RULE,
    name="执行率前后一致",
    what="The project's execution and arrival rates are the same in text and tables.",
    why="A rate told twice with two numbers rests on two bases.",
    formula="one rate = the other",
    tolerance="equality, or the shorter print is the longer one rounded half-up; two rates fail only where both stand "
    "beside one amount, exchange digits, give one score, or one is told once, of the whole project, against three "
    "places, and follows from no two amounts of the report",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=(
        "资金 s1 execution_rate 92.3% 项=执行率；资金 t1r1 execution_rate 92.31% 行=total",
        "资金 s1 arrived 1370万元；资金 s1 arrival_rate 91.33%；资金 s2 arrived 260万元；资金 s3 arrived 260万元；"
        "资金 s3 budget_original 320万元；资金 s3 arrival_rate 81.25%；资金 s4 arrival_rate 91.33%",
    ),
    disagrees=(
        "资金 s1 budget_original 500万元 项=预算；资金 s1 spent 380万元 项=支出；资金 s1 execution_rate 76%；"
        "资金 t1r1 budget_original 380万元 项=总额 行=total；资金 t1r1 spent 380万元 项=总额 行=total；"
        "资金 t1r1 execution_rate 100% 项=总额 行=total",
    ),
    false_alarms=("a bureau's rate beside the project's", "rates of different years or sub-projects"),
)
