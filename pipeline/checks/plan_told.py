"""Check: plan, actual and lack told of an indicator by its name are those of its table (正文目标与实际)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.names import bare
from pipeline.checks.answers import Answered
from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.plan_share import plans_as_reached
from pipeline.checks.relate import undecided
from pipeline.checks.slip import is_misprint
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "plan-told"
_VALUE = r"\d(?<![\d,.]\d)[\d,]{0,15}(?:\.\d{1,4})?"
_UNIT = r"(?:人次|[^\d\s，,。；;：:、（()）%％]{1,3})"
_NAME = r"(?P<name>[\u4e00-\u9fff]{2,20}?)"
# `危桥改造：目标3座，实际完成2座`
_PLANNED = re.compile(
    rf"{_NAME}[：:。，,]?\s?(?:年度|全年)?(?:目标|计划)(?:值|数|任务|完成)?(?:为|是)?\s?(?P<plan>{_VALUE})\s?(?P<unit>{_UNIT})[，,；;]\s?"
    rf"实际(?:完成|达到|建成|改造|实施)?(?:值|数)?(?:为|是)?\s?(?P<told>{_VALUE})\s?(?P<unit2>{_UNIT})(?=[，,。；;（(]|$)"
)
# `优待金发放93户，计划96户`
_DONE = re.compile(
    rf"{_NAME}\s?(?P<told>{_VALUE})\s?(?P<unit2>{_UNIT})[，,]\s?(?:年度|全年)?(?:目标|计划)(?:值|数|任务)?(?:为|是)?\s?"
    rf"(?P<plan>{_VALUE})\s?(?P<unit>{_UNIT})(?=[，,。；;（(]|$)"
)
# `散煤替代少完成666户`, `水窖因农户搬迁减少4眼`
_LACKING = re.compile(
    rf"{_NAME}(?:因[^，。；\d]{{2,20}}?)?(?:仅|尚|还)?(?:[少未欠](?:完成|建|实施|改造|淘汰|栽植|安装)|减少)了?\s?(?P<told>{_VALUE})\s?(?P<unit>{_UNIT})(?=[，,。；;（(]|$)"
)
# `1.散煤替代。计划12600户，实际完成11934户`, below the heading
_BELOW_HEADING = re.compile(
    rf"(?:年度|全年)?(?:目标|计划)(?:为)?\s?(?P<plan>{_VALUE})\s?(?P<unit>{_UNIT})[，,]\s?实际(?:完成|达到|建成)?\s?"
    rf"(?P<told>{_VALUE})\s?(?P<unit2>{_UNIT})(?=[，,。；;（(]|$)"
)
# `演出102场次，超计划6场次`, `硬化道路32公里，比计划少2公里`
_AGAINST = re.compile(
    rf"{_NAME}(?:共|达到?|了)?\s?(?P<reached>{_VALUE})\s?(?P<unit3>{_UNIT})[，,（(]\s?(?:(?P<over>超(?:出|过|额完成)?(?:年度|全年)?(?:计划|目标|任务)数?|"
    rf"[比较](?:年度|全年)?(?:计划|目标|任务)(?:数|值)?(?:多|增加|超出?))|[比较](?:年度|全年)?(?:计划|目标|任务)(?:数|值)?(?:少|减少))"
    rf"(?:完成)?了?\s?(?P<told>{_VALUE})\s?(?P<unit>{_UNIT})(?=[，,。；;）)]|$)"
)
_SHORT_OF = re.compile("[少未欠](?:完成|建|实施|改造|淘汰|栽植|安装)")
_TELLING = re.compile("目标|计划|任务|少|未|欠")
# In every _LACKING, _DONE and _AGAINST, and sooner looked for.
_LACKED = re.compile(f"{_SHORT_OF.pattern}|减少")
_DONE_PLAN = re.compile(r"[，,]\s?(?:年度|全年)?(?:目标|计划)")
_AGAINST_PLAN = re.compile(r"[超比较](?:出|过|额完成)?(?:年度|全年)?(?:计划|目标|任务)")
_LEAD = re.compile(r"(?:[\d一二三四五六七八九十.．、①-⑳]{0,6})(?P<name>[\u4e00-\u9fff]{4,20})[。：:]")
_TAIL = re.compile(r"(?:数量|任务|户数|个数|面积|里程|完成量|情况|工程|项目)+$")
_HEAD_UNIT = re.compile(r"[（(](?:单位[:：])?([^（()）]{1,4})[)）]\s*$")
_INNER = re.compile(r"[（(][^（()）]*[)）]|\s")
_PLAN_HEAD, _DONE_HEAD = re.compile(r"计划|目标|任务"), re.compile(r"实际|完成|建成")
_NO_COUNT = re.compile(r"率|比例|投资|资金|金额|时间|日期|情况|时限")
_VERB = re.compile(r"发放|完成|建成|培训|实施|改造|新建|安装|拨付|举办")
_OTHER = re.compile(r"其中|上年|去年|累计|约|近|余|截至|分别|合计|上半年|季度")
_SHORT = 2  # characters of a name that stands alone
_SHORTEST = 3  # characters of a name that others may stand before
_LONG = 4  # characters of a name that a sentence shares with an indicator's
_LEAST = 3  # digits of what is lacking, of which one may be misprinted


@frozen
class Plan:
    """Target and actual value of one thing (计划与实际), by a table or a sentence. tabled: the indicator's own row."""

    name: str
    unit: str
    target: Operand
    actual: Operand
    tabled: bool

    @property
    def lack(self) -> Decimal:
        """What is lacking of the target."""
        return (self.target.value or Decimal(0)) - (self.actual.value or Decimal(0))


@frozen
class Told:
    """A number that a sentence tells of something by its name (正文所述)."""

    sentence: Sentence
    match: re.Match[str]
    value: Decimal

    @property
    def operand(self) -> Operand:
        """The operand it gives."""
        return _operand(self.sentence, self.match, "told", "restated")


def _test(facts: Facts) -> Iterator[Relation]:
    yield from plans_as_reached(facts, RULE)
    sentences = [one for one in facts.numbered if one.cell is None and _TELLING.search(one.text)]
    told = [Told(one, match, printed_digits(match["told"]).value) for one in sentences for match in _matches(one.text)]
    if not told:
        return  # as mostly: nothing has to be read of the tables
    rows = [plan for plan in map(_of_row, facts.answered) if plan is not None]
    rows += [plan for grid in facts.number_grids for plan in _of_grid(grid)]
    plans = rows + [plan for one in sentences for plan in _of_sentence(one)]
    for one in told:
        if one.match.re is _LACKING:
            yield from _lack_told(one, plans)
        elif one.match.re is _AGAINST:
            yield from _against_plan(facts, one, rows)
        else:
            name = _lead(one.sentence) if one.match.re is _BELOW_HEADING else one.match["name"]
            yield from _actual_told(one, name, rows)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What a sentence tells of plans, each form looked for where its rarest words stand."""
    if "目标" in text or "计划" in text:
        if "实际" in text:
            yield from _PLANNED.finditer(text)
        if _DONE_PLAN.search(text):
            yield from _DONE.finditer(text)
        below = _BELOW_HEADING.match(text)
        if below is not None:
            yield below
    if _LACKED.search(text):
        yield from _LACKING.finditer(text)
    if _AGAINST_PLAN.search(text):
        yield from _AGAINST.finditer(text)


def _of_row(one: Answered) -> Plan | None:
    """Target and actual value that a table prints as numbers of one unit, no percentages."""
    indicator, wanted, reached = one.indicator, one.wanted, one.reached
    if one.actual.span.cell is None:
        return None
    if wanted is None or reached is None or wanted.percent or reached.percent or reached.bound:
        return None
    key = f"i{indicator.index}"
    left = replace(Operand.of(f"{key}.target", "target", one.target), value=wanted.value)
    right = replace(Operand.of(f"{key}.actual", "reported", one.actual), value=reached.value)
    units = {wanted.unit.strip(), reached.unit.strip()} - {""}
    return Plan(bare(indicator.name), units.pop(), left, right, tabled=True) if len(units) == 1 else None


def _of_grid(grid: NumberGrid) -> Iterator[Plan]:
    """The rows of a table with one column of what was planned and one of what was done, and its unit by row or head."""
    heads = [_INNER.sub("", head) for head in grid.heads]
    plan = [at for at, head in enumerate(heads) if _PLAN_HEAD.search(head) and not _DONE_HEAD.search(head)]
    done = [at for at, head in enumerate(heads) if _DONE_HEAD.search(head) and not _NO_COUNT.search(head)]
    if len(plan) != 1 or len(done) != 1:
        return
    shared = _HEAD_UNIT.search(grid.heads[done[0]])
    for at, row in enumerate(grid.rows):
        wanted, reached = row[plan[0]], row[done[0]]
        if wanted is not None and reached is not None and not grid.is_total(at) and not wanted.number.percent:
            words = [_INNER.sub("", word) for word in grid.labels[at].split() if not word.isdecimal()]
            name = max(words, key=len, default="")
            units = [shared[1]] if shared else [word for word in words if word != name]  # 水窖 | 眼 | 150 | 146
            unit = units[0] if len(units) == 1 else ""
            yield Plan(name, unit, wanted.operand("target"), reached.operand("reported"), tabled=True)


def _of_sentence(sentence: Sentence) -> Iterator[Plan]:
    """Plan and actual value with which the text below a heading begins (`1.散煤替代。计划12600户，实际完成11934户`)."""
    match = _BELOW_HEADING.match(sentence.text)
    if match is not None and sentence.heading is not None and match["unit"] == match["unit2"]:
        target, actual = (_operand(sentence, match, name, "operand") for name in ("plan", "told"))
        yield Plan(bare(sentence.heading.title), match["unit"], target, actual, tabled=False)


def _operand(sentence: Sentence, match: re.Match[str], name: str, role: str) -> Operand:
    """The number of a match and its unit behind it."""
    end = match.end({"plan": "unit", "told": "unit2" if "unit2" in match.groupdict() else "unit"}[name])
    span = sentence.span(match.start(name), end)
    text = sentence.text[match.start(name) : end].strip()
    at = f"text.plan.{span.page}.{span.line}.{sentence.start + match.start(name)}"
    return Operand(at, role, text, printed_digits(match[name]).value, span)


def _of_name(name: str, plans: list[Plan]) -> Plan | None:
    """The one plan that a name in a sentence stands for; several that say the same are one."""
    told = _TAIL.sub("", name)
    found = [one for one in plans if _is_called(told, _TAIL.sub("", one.name))]
    values = {(one.target.value, one.actual.value) for one in found}
    return found[0] if len(values) == 1 else None


def _is_called(told: str, own: str) -> bool:
    """Whether a name as told, words before it included, ends in an indicator's own, or is all but its beginning."""
    if min(len(told), len(own)) < _SHORTEST:
        return told == own and len(own) >= _SHORT
    return (
        told.endswith(own) or own.endswith(told) or (told.startswith(own) and bool(_VERB.fullmatch(told[len(own) :])))
    )


def _lead(sentence: Sentence) -> str:
    """What a sentence is about: the words its paragraph begins with (`（3）新打机井数量（4分）。`), or its heading."""
    before = _INNER.sub("", sentence.flow.text[: sentence.start])
    lead = _LEAD.fullmatch(before)
    if lead is not None:
        return lead["name"]
    return bare(sentence.heading.title) if not before and sentence.heading is not None else ""


def _actual_told(told: Told, name: str, rows: list[Plan]) -> Iterator[Relation]:
    """The actual value told beside the same target as the table's."""
    match = told.match
    row = _of_name(name, rows)
    if row is None or match["unit"] != match["unit2"] or row.unit not in ("", match["unit"]):
        return
    if row.target.value == printed_digits(match["plan"]).value and row.actual.value is not None:
        sign = "=" if told.value == row.actual.value else "≠"
        formula = f"{written(told.value)} {sign} {written(row.actual.value)}"
        relation = _relation(row, told, row.actual.value, formula)
        yield relation if sign == "=" else _worded(relation, row, told)


def _lack_told(told: Told, plans: list[Plan]) -> Iterator[Relation]:
    """What is lacking: target less actual value; of another amount only a misprint is held against it."""
    plan = _of_name(told.match["name"], plans)
    if plan is None or plan.lack < 0 or plan.unit not in ("", told.match["unit"]):
        return
    formula = f"{plan.target.text} − {plan.actual.text} = {written(plan.lack)}{plan.unit}"
    relation = _relation(plan, told, plan.lack, formula)
    if told.value == plan.lack:
        yield relation
    elif (plan.tabled and plan.unit and not plan.lack and _SHORT_OF.search(told.match[0])) or (
        len(told.match["told"]) >= _LEAST and is_misprint(written(told.value), written(plan.lack))
    ):
        yield _worded(relation, plan, told)
    else:
        yield undecided(relation, "所称差额可能另有口径")


def _against_plan(facts: Facts, told: Told, rows: list[Plan]) -> Iterator[Relation]:
    """How far what was reached lies from the plan, of the one row that reached as much; another plan may be printed."""
    match, reached = told.match, printed_digits(told.match["reached"]).value
    like = [one for one in rows if one.unit == match["unit"] == match["unit3"] and one.actual.value == reached]
    found = [one for one in like if one.target.value is not None and _shares_name(match["name"], one)]
    if len({one.target.value for one in found}) != 1:
        return
    plan, over = found[0], -1 if match["over"] else 1
    right = over * plan.lack
    formula = f"{plan.actual.text} − {plan.target.text} = {written(-plan.lack)}{plan.unit}"
    relation = _relation(plan, told, right, formula)
    other_plan = reached + over * told.value
    if told.value == right:
        yield relation
    elif right > 0 and other_plan not in facts.printed:
        yield _worded(relation, plan, told)
    else:
        yield undecided(relation, "所称可能是对另一计划数而言")


def _shares_name(told: str, plan: Plan) -> bool:
    """Whether a sentence names an indicator, its unit left out (开展送戏下乡演出, 送戏下乡演出场次)."""
    own = _TAIL.sub("", plan.name).removesuffix(plan.unit)
    return len(own) >= _LONG and (told.endswith(own) or own.endswith(told[-_LONG:]))


def _relation(plan: Plan, told: Told, right: Decimal, formula: str) -> Relation:
    """What a sentence tells, against target and actual value."""
    return Relation(
        RULE,
        "consistent" if told.value == right else "inconsistent",
        (plan.target, plan.actual),
        (told.operand,),
        formula=formula,
        reported=told.operand.text,
        computed=written(right),
        difference=told.value - right,
        severity="warning",
    )


def _worded(relation: Relation, plan: Plan, told: Told) -> Relation:
    """The failed relation in words; undecided where the sentence may tell of a part or of another time."""
    if _OTHER.search(told.sentence.text, max(told.match.start() - 10, 0), told.match.end()):
        return undecided(relation, "所称可能只是其中一部分，或为另一时点")
    target, actual, span = plan.target, plan.actual, relation.right[0].span
    if told.match.re in (_LACKING, _AGAINST):
        title = f"所述差额 {relation.reported} 与计划、实际不符（应为 {relation.computed}{plan.unit}）"
        unlike = f"按此应为 {relation.computed}{plan.unit}"
    else:
        title = f"正文所述实际 {relation.reported} 与表列 {actual.text} 不符"
        unlike = "计划相同而实际不一，其中一处有误"
    return replace(
        relation,
        title=f"“{plan.name}”{title}",
        message=f"{where(target.span)}计划为“{quote(target.span, target.text)}”，{where(actual.span)}实际为"
        f"“{quote(actual.span, actual.text)}”，而{where(span)}称“{quote(span, relation.reported)}”，{unlike}。",
    )


CHECK = Check(
    rule=RULE,
    name="正文目标与实际",
    what="Where a sentence tells plan and actual value of an indicator by its name, or what is lacking of the plan, "
    "these are the table's.",
    why="A table that reports the plan as reached is given away by the sentence that explains what is lacking.",
    formula="actual told = actual of the table; lacking = target − actual",
    tolerance="equality; only beside the same target and unit; another lack is raised only one misprint away",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    agrees=("自评表 散煤替代 目标 12600户 实际 11934户 权重 5 得分 4.74；文 散煤替代少完成666户。",),
    disagrees=(
        "文 受益人口计划5.2万人，实际4.68万人。；文 项目受益人口5.2万人，完成计划的90%。",
        "自评表 危桥改造数量 目标 3座 实际 3座 权重 6 得分 4；文 危桥改造：目标3座，实际完成2座。",
        "自评表 散煤替代 目标 12600户 实际 11934户 权重 5 得分 4.74；文 散煤替代少完成696户。",
        "自评表 惠民演出场次 目标 ≥96场次 实际 102场次 权重 5 得分 5；文 开展惠民演出102场次，超计划8场次。",
        "自评表 淘汰柴油车辆 目标 150辆 实际 162辆 权重 5 得分 5；"
        "文 （3）淘汰柴油车辆（5分）。计划150辆，实际126辆，完成率84%。",
    ),
    false_alarms=("a sentence about one of several places, or about the first half of the year",),
)
