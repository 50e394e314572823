"""Check: a share said to be of a named whole is the number before it divided by that whole (所占比例)."""

import re
from collections.abc import Iterator, Sequence

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item
from pipeline.checks.told_parts import operand
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "named-share"
_SHARE = re.compile(
    r"占(?P<whole>[\u4e00-\u9fff]{2,14}?)的?(?:比例|比重|百分比|比)?(?:约?为|达到?)?\s?(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％](?!以|左右|的|\s?[、和及]\s?\d)"
)
# What says nothing of which money is meant.
_PLAIN = re.compile(r"资金|经费|金额|总额|年度|全年|项目|当年|本年|该|其|的|总(?!投资)|数额?$|全部")
_OTHER = re.compile(
    r"其中|约|近|超|余|全[省市县区国]|上年|去年|同期|每|人均|平均|增长|下降|新增|增加|减少|[同环]比|[比较]上"
)
_BESIDE = re.compile(
    r"\s?(?:[（(][^（()）]{0,20}[)）])?\s?(?:[，,、]\s?占[^，。；]{0,30})*[，,、]?\s?"
)  # 甲万元，占乙的5%，占…
_PAID = re.compile(
    r"(?P<whole>支付|付款|拨付|兑付|兑现)(?:比例|率|进度)(?:约?为|达到?了?|是)?\s?(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％](?!以|左右|的)"
)
_PAYING, _DUE = re.compile(r"支付|付款|拨付|兑付|兑现|已付"), re.compile(r"合同|应[支兑拨]?付|中标|总价|成交|应兑现")
_BEHIND = 12  # characters between an amount paid and its share
_OF_NUMBER = re.compile(
    r"(?:占|为|是|相当于|完成(?=[^\d]{0,8}(?:目标|任务|计划)[数量]?\d))(?P<whole>[\u4e00-\u9fff]{0,14}?)"
    r"(?P<number>\d[\d,]{0,15}(?:\.\d{1,6})?)\s?[百千万亿]{0,2}[\u4e00-\u9fff]{1,3}的\s?"
    r"(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％](?!以|左右|的)"
)
_JOINED = re.compile(r"[，,]?\s?(?:分别)?(?:仅)?")
_NEAR = 40  # characters between a number and the share told of it


def _test(facts: Facts) -> Iterator[Relation]:
    taken = {(line.span.line, line.number.printed) for line in facts.funds.lines if line.role.endswith("rate")}
    for paragraph, listed in facts.lists:
        for match in _SHARE.finditer(paragraph.text) if "占" in paragraph.text else ():
            span = paragraph.span(match.start("rate"), match.end())
            if (span.line, match["rate"]) not in taken:
                yield from _shared(paragraph, listed, match)
        for match in _PAID.finditer(paragraph.text) if "付" in paragraph.text or "兑" in paragraph.text else ():
            yield from _paid(paragraph, listed, match)
        for match in _OF_NUMBER.finditer(paragraph.text) if "的" in paragraph.text else ():
            yield from _of_number(paragraph, listed, match)


def _shared(paragraph: Sentence, listed: Sequence[Item], match: re.Match[str]) -> Iterator[Relation]:
    """The last amount before the share, and the amounts of the paragraph whose names say what the whole is."""
    before = [one for one in listed if one.end <= match.start() and one.unit.endswith("元")]
    core = _PLAIN.sub("", match["whole"])
    printed = parse(match["rate"] + "%")
    if len(core) < 2 or printed is None or not before or match.start() - before[-1].end > _NEAR:
        return
    part = before[-1]
    money = [one for one in listed if one.unit.endswith("元") and one is not part]
    wholes = [one for one in money if one.name.endswith(match["whole"])]  # 合同总价, though 合同价 is told as well
    wholes = wholes or [one for one in money if core in one.name]
    ways = [_relation(paragraph, one, part, match, printed) for one in wholes if one.value > 0]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
    elif ways:
        clause = paragraph.text[max(part.start - len(part.name), 0) : match.end()]
        one_value = len({one.value for one in wholes}) == 1 and not any(one.vague for one in (*wholes, part))
        clear = one_value and core not in part.name and part.value <= wholes[0].value
        loose = _OTHER.search(clause) or not _BESIDE.fullmatch(paragraph.text, part.end, match.start())
        yield ways[0] if clear and not loose else undecided(ways[0], "所占比例的部分或总体不能确定")


def _paid(paragraph: Sentence, listed: Sequence[Item], match: re.Match[str]) -> Iterator[Relation]:
    """A share of payment (支付比例90%): the amount paid right before it by the contract told in the same sentence."""
    start = paragraph.text.rfind("。", 0, match.start())
    money = [one for one in listed if start < one.start < match.start() and one.unit.endswith("元")]
    printed = parse(match["rate"] + "%")
    if len(money) < 2 or printed is None:
        return
    part, wholes = money[-1], [one for one in money[:-1] if one.value > 0]
    ways = [_relation(paragraph, one, part, match, printed) for one in wholes]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
        return
    near = match.start() - part.end <= _BEHIND and _PAYING.search(part.name) and part.value <= wholes[0].value
    clear = near and len(wholes) == 1 and _DUE.search(wholes[0].name) and not part.vague and not wholes[0].vague
    loose = _OTHER.search(paragraph.text, max(wholes[0].start - _BEHIND, 0), match.end())
    yield ways[0] if clear and not loose else undecided(ways[0], "支付比例所指的金额不能确定")


def _of_number(paragraph: Sentence, listed: Sequence[Item], match: re.Match[str]) -> Iterator[Relation]:
    """A share whose whole stands in it (占总数8,150人的40%), of the number right before it."""
    whole = next((one for one in listed if match.start("number") <= one.start < match.end("number")), None)
    before = [one for one in listed if one.end <= match.start()]
    printed = parse(match["rate"] + "%")
    if whole is None or whole.value <= 0 or not before or printed is None:
        return
    held = next((one for one in before[:-1] if _is_share(one, whole, printed)), None)
    part = held or before[-1]  # `新增产品42个，其中甲27个、乙15个，为计划40个的105%`
    same = part.unit.lstrip("百千万亿") == whole.unit.lstrip("百千万亿")
    if not same or (held is None and not _JOINED.fullmatch(paragraph.text, part.end, match.start())):
        return
    relation = _relation(paragraph, whole, part, match, printed)
    clause = paragraph.text[max(part.start - len(part.name), 0) : match.end()]
    if match[0].startswith("完成"):
        clause = clause.replace("新增", "")  # 新增就业, of which the target is told too
    doubtful = part.vague or whole.vague or _OTHER.search(clause)
    yield undecided(relation, "所占比例的部分或总体不能确定") if doubtful and not holds(relation) else relation


def _is_share(part: Item, whole: Item, printed: ReportedNumber) -> bool:
    """Whether the printed share is that of this number."""
    same = part.unit == whole.unit and not part.vague
    return same and fit(printed, quotient(part.value * HUNDRED, whole.value)) in ("exact", "half-up")


def _relation(paragraph: Sentence, whole: Item, part: Item, match: re.Match[str], printed: ReportedNumber) -> Relation:
    exact = quotient(part.value * HUNDRED, whole.value)
    possible = part.possible.scaled(HUNDRED).divide(whole.possible)
    how = fit(printed, exact, possible)
    computed = written(exact, max(printed.digits, 2)) + "%"
    span = paragraph.span(match.start("rate"), match.end())
    key = f"text.share.{span.page}.{span.line}.{match.start('rate')}"
    left = (operand(paragraph, part), operand(paragraph, whole))
    relation = Relation(
        RULE,
        verdict_of(how),
        left,
        (Operand(key, "reported", match["rate"] + "%", printed.value, span),),
        formula=f"{left[0].text} ÷ {left[1].text} = {computed}",
        reported=match["rate"] + "%",
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"{_called(match)} {relation.reported} 与所列金额不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, relation.reported)}”，按同段所列金额复算，{relation.formula}。",
    )


def _called(match: re.Match[str]) -> str:
    """What the share is called: `占合同总价的比例`, `支付比例`."""
    if match[0].startswith("完成"):
        return "完成比例"
    return f"占{match['whole']}的比例" if match[0].startswith("占") else f"{match['whole']}比例"


CHECK = Check(
    rule=RULE,
    name="所占比例",
    what="A share said to be of a named whole is the amount before it divided by the amount of that name.",
    why="Part, whole and share stand in one paragraph, so the reader can divide them.",
    formula="part ÷ whole × 100 % = share",
    tolerance="half-up at the printed digits, else the intervals of both amounts and of the share must meet",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 城镇新增就业5318人，完成年度目标5200人的102.27%。",
        "文 完成投资8,600万元，为年度计划8,000万元的107.5%。",
        "文 受益困难人口3,260人，占人口总数8,150人的40%。",
        "文 资金到位920.00万元。累计支出598.00万元，占到位资金的65.00%。",
    ),
    disagrees=(
        "文 城镇新增就业5318人，完成年度目标5200人的101.27%。",
        "文 合同金额268.00万元，截至评价日已支付241.20万元，支付比例95%。",
        "文 完成投资8,600万元，为年度计划8,000万元的105%。",
        "文 受益困难人口3,260人，占人口总数8,150人的45%。",
        "文 资金到位920.00万元。累计支出598.00万元，占到位资金的68.00%。",
    ),
    false_alarms=("a whole told nowhere near", "two amounts of that name", "a part singled out by 其中"),
)
