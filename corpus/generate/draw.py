"""Draws the facts of one report (抽取事实): numbers that agree with each other, exactly."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from corpus.generate import framework, wording
from corpus.generate.chance import Chance, half_up
from corpus.generate.facts import Days, Facts, Funds, Kind, Leaf, Survey
from corpus.generate.framework import Slot
from corpus.generate.habits import Habit, draw_habit
from corpus.generate.names import draw_firm, draw_place
from corpus.generate.topics import TOPICS, Topic

_KINDS: tuple[Kind, ...] = ("evaluation", "evaluation", "special", "department", "self", "self")
_FULL = 0.62  # share of indicators with full marks
_OPTIONS = ("很满意", "满意", "一般", "不满意")


def draw_facts(chance: Chance) -> Facts:
    """The facts of one report that contradict each other nowhere."""
    kind = chance.of(_KINDS)
    place, topic, habit = draw_place(chance), chance.of(TOPICS), draw_habit(chance)
    if kind == "self":
        habit = replace(habit, decimals=2)  # the execution row is scored in proportion
    year = chance.randint(2018, 2024)
    funds, survey = _funds(chance, kind, topic, place.towns), _survey(chance)
    leaves = _leaves(chance, kind, topic, habit, funds, survey)
    return Facts(
        kind=kind,
        place=place,
        topic=topic,
        firm=draw_firm(chance, place),
        year=year,
        habit=habit,
        leaves=tuple(leaves),
        funds=funds,
        survey=survey,
        series=_series(chance, year),
        days=_days(chance, year + 1),
        document=chance.randint(2, 180),
    )


def _funds(chance: Chance, kind: Kind, topic: Topic, towns: tuple[str, ...]) -> Funds:
    """Money in hundreds of 元, so that 万元 with two decimals is exact."""
    names = towns[: chance.randint(4, 8)] if kind == "special" else topic.items[: chance.randint(3, 5)]
    if kind == "department":
        names = ("基本支出", "项目支出")
    plans = [chance.randint(300, 90000) * (100 if chance.maybe(0.6) else 1000) for _ in names]
    rates = [chance.randint(780, 1000) for _ in names]
    spent = [plan * rate // 100000 * 100 for plan, rate in zip(plans, rates, strict=True)]
    available = sum(plans)
    recovered = available * chance.randint(3, 12) // 10000 * 100 if chance.maybe(0.35) else 0
    return Funds(
        Decimal(available + recovered),
        Decimal(recovered),
        tuple((n, Decimal(p), Decimal(s)) for n, p, s in zip(names, plans, spent, strict=True)),
        _sources(chance, available + recovered),
    )


def _sources(chance: Chance, budget: int) -> tuple[tuple[str, Decimal], ...]:
    """Where the budget comes from; none told for some."""
    names = chance.of((("中央资金", "省级资金", "县级配套资金"), ("省级补助资金", "本级财政资金"), ()))
    if not names:
        return ()
    shares = [share * 100 for share in chance.parts(budget // 100, len(names), budget // 1000)]
    return tuple((name, Decimal(share)) for name, share in zip(names, shares, strict=True))


def _survey(chance: Chance) -> Survey:
    """Questionnaires and answers; between 80 and 99 % satisfied."""
    valid = chance.randint(60, 600)
    unhappy = valid * chance.randint(1, 20) // 100
    bad = unhappy * chance.randint(0, 40) // 100
    glad = valid - unhappy
    very = glad * chance.randint(40, 80) // 100
    returned = valid + chance.randint(0, 12)
    counts = (very, glad - very, unhappy - bad, bad)
    return Survey(returned + chance.randint(0, 30), returned, tuple(zip(_OPTIONS, counts, strict=True)))


def _series(chance: Chance, year: int) -> tuple[str, str, tuple[tuple[int, Decimal], ...]]:
    """Some years of one figure of the place."""
    name, unit = chance.of((("服务人次", "万人次"), ("财政投入", "万元"), ("业务办理量", "万件"), ("受益户数", "万户")))
    value = chance.decimal(20, 400, 2)
    values = []
    for offset in range(chance.randint(3, 5), -1, -1):
        values.append((year - offset, value))
        value = half_up(value * (1 + chance.decimal(-9, 24, 1) / 100), 2)
    return name, unit, tuple(values)


def _days(chance: Chance, year: int) -> Days:
    """Steps of the evaluation in the year after."""
    days = [date(year, 3, 1) + timedelta(chance.randint(0, 40))]
    for _ in range(4):
        days.append(days[-1] + timedelta(chance.randint(9, 32)))
    return Days(*days)


def _leaves(chance: Chance, kind: Kind, topic: Topic, habit: Habit, funds: Funds, survey: Survey) -> list[Leaf]:
    """The scored tree; its weights add up to 100."""
    slots = _self_slots(chance, topic) if kind == "self" else _slots(chance, kind, topic)
    tops = list(dict.fromkeys(slot.top for slot in slots))
    if kind == "self":
        weights = [10, 50, 30, 10]
    else:
        weights = list(
            chance.of(framework.DEPARTMENT_WEIGHTS if kind == "department" else framework.EVALUATION_WEIGHTS)
        )
    leaves = []
    for top, weight in zip(tops, weights, strict=True):
        own = [slot for slot in slots if slot.top == top]
        for slot, part in zip(own, chance.parts(weight, len(own), 2), strict=True):
            leaves.append(_leaf(chance, slot, Decimal(part), habit, topic, funds, survey))
    return leaves


def _slots(chance: Chance, kind: Kind, topic: Topic) -> list[Slot]:
    """The framework of an evaluation, its decision and process trimmed in some."""
    head = framework.DEPARTMENT if kind == "department" else framework.DECISION + framework.PROCESS
    benefit = "效果" if kind == "department" else "效益"
    counts = [Slot("产出", "产出数量", name, "count") for name, *_ in chance.some(topic.counts, chance.randint(2, 3))]
    goods = [Slot("产出", "产出质量", name, "good") for name, *_ in topic.goods[: chance.randint(1, 2)]]
    effects = [
        framework.Slot(
            benefit, "社会效益", name, "words", ("明显", "较明显", "受访对象普遍认可", "改善程度与预期有一定差距")
        )
        for name in chance.some(topic.effects, chance.randint(1, 3))
    ]
    lasting = Slot(benefit, "可持续影响", framework.LASTING.name, "words", framework.LASTING.words)
    asked = Slot(benefit, "满意度", f"{topic.served}满意度", "satisfaction")
    return [*head, *counts, *goods, *framework.TIME_COST, *effects, lasting, asked]


def _self_slots(chance: Chance, topic: Topic) -> list[Slot]:
    """The framework of the self-evaluation form (自评表)."""
    out, good = "产出指标", "效益指标"
    counts = [Slot(out, "数量指标", name, "count") for name, *_ in chance.some(topic.counts, chance.randint(2, 3))]
    goods = [Slot(out, "质量指标", name, "good") for name, *_ in topic.goods[: chance.randint(1, 2)]]
    words = ("明显", "较明显", "受访对象普遍认可", "改善程度与预期有一定差距")
    effects = [Slot(good, "社会效益指标", name, "words", words) for name in chance.some(topic.effects, 2)]
    lasting = Slot(good, "可持续影响指标", framework.LASTING.name, "words", framework.LASTING.words)
    asked = Slot("满意度指标", "服务对象满意度指标", f"{topic.served}满意度", "satisfaction")
    run = Slot("预算执行率", "预算执行率", "预算执行率", "execution")
    return [run, *counts, *goods, *framework.SELF_TIME_COST, *effects, lasting, asked]


def _leaf(
    chance: Chance, slot: Slot, weight: Decimal, habit: Habit, topic: Topic, funds: Funds, survey: Survey
) -> Leaf:
    """One indicator measured and scored."""
    if slot.measure == "count":
        return _counted(chance, slot, weight, habit, topic)
    if slot.measure == "good":
        return _good(chance, slot, weight, habit, topic)
    if slot.measure == "arrival":
        told = "实际到位{arrived}，资金到位率{percent}，{verdict}"
        values = {"arrived": habit.amount(funds.available), "percent": "100%", "verdict": "得满分"}
        return Leaf(slot.top, slot.group, slot.name, weight, weight, "100%", "100%", told, values)
    if slot.measure == "execution":
        return _executed(slot, weight, habit, funds)
    if slot.measure == "satisfaction":
        return _satisfied(chance, slot, weight, habit, survey)
    return _worded(chance, slot, weight, habit)


def _minus(chance: Chance, weight: Decimal, habit: Habit) -> Decimal:
    """A deduction that the report's decimals can print, at most half of the weight."""
    step = (Decimal(1), Decimal("0.5"), Decimal("0.25"))[habit.decimals]
    return step * chance.randint(1, max(int(weight / 2 / step), 1))


def _worded(chance: Chance, slot: Slot, weight: Decimal, habit: Habit) -> Leaf:
    good, weak, praise, blame = slot.words
    if chance.maybe(_FULL):
        told = praise + chance.of(("", "，{verdict}"))
        return Leaf(slot.top, slot.group, slot.name, weight, weight, good, good, told, {"verdict": "得满分"})
    minus = _minus(chance, weight, habit)
    told, values = blame + "，扣{minus}分", {"minus": habit.full(minus)}
    return Leaf(slot.top, slot.group, slot.name, weight, weight - minus, good, weak, told, values, met=False)


def _scored(chance: Chance, weight: Decimal, share: Decimal, habit: Habit) -> tuple[Decimal, bool]:
    """Score of an indicator reached to this share, and whether it follows the share in proportion."""
    if habit.decimals == 2 and chance.maybe(0.5):
        return half_up(weight * share, 2), True
    return weight - _minus(chance, weight, habit), False


def _counted(chance: Chance, slot: Slot, weight: Decimal, habit: Habit, topic: Topic) -> Leaf:
    _, deed, unit, low, high = next(entry for entry in topic.counts if entry[0] == slot.name)
    target = chance.randint(low, high)
    met = chance.maybe(_FULL)
    actual = target + (chance.randint(0, target // 5) if met else -max(chance.randint(target // 50, target // 5), 1))
    values = {"target": f"{target}", "actual": f"{actual}", "unit": unit}
    pair, rate = (form.format(deed=deed, unit=unit) for form in chance.of(wording.DEEDS))
    score, told = weight, f"{pair}，达到目标"
    if not met:
        share = Decimal(actual) / target
        score, _ = _scored(chance, weight, share, habit)
        told = pair + rate
        values["percent"] = habit.rate(share)
    return Leaf(slot.top, slot.group, slot.name, weight, score, f"{target}{unit}", f"{actual}{unit}", told, values, met)


def _good(chance: Chance, slot: Slot, weight: Decimal, habit: Habit, topic: Topic) -> Leaf:
    _, things, unit = next(entry for entry in topic.goods if entry[0] == slot.name)
    whole, met = chance.randint(20, 240), chance.maybe(_FULL)
    part = whole if met else whole - chance.randint(max(whole // 12, 1), max(whole // 5, 2))
    target = chance.of(("100%", "≥95%", "≥98%", "95%以上")) if met else chance.of(("100%", "≥95%", "≥98%"))
    percent = habit.rate(Decimal(part) / whole)
    values = {"whole": str(whole), "part": str(part), "percent": percent}
    told = chance.of(wording.CHECKS).format(things=things, unit=unit)
    score = weight if met else _scored(chance, weight, Decimal(part) / whole, habit)[0]
    return Leaf(slot.top, slot.group, slot.name, weight, score, target, percent, told, values, met)


def _executed(slot: Slot, weight: Decimal, habit: Habit, funds: Funds) -> Leaf:
    percent = habit.rate(funds.rate)
    values = {"spent": habit.amount(funds.spent), "percent": percent}
    met = funds.rate == 1
    if habit.decimals == 2 or slot.top == slot.name:
        score = half_up(weight * funds.rate, habit.decimals)
    else:
        score = weight if met else weight - 1
    return Leaf(
        slot.top,
        slot.group,
        slot.name,
        weight,
        score,
        "100%",
        percent,
        "实际支出{spent}，预算执行率{percent}",
        values,
        met,
    )


def _satisfied(chance: Chance, slot: Slot, weight: Decimal, habit: Habit, survey: Survey) -> Leaf:
    percent = habit.rate(survey.share)
    aim = chance.of((85, 90, 95))
    met = survey.share * 100 >= aim
    told = "经问卷调查，满意度为{percent}，" + ("达到目标值" if met else "未达到目标值")
    score = weight if met else weight - _minus(chance, weight, habit)
    return Leaf(slot.top, slot.group, slot.name, weight, score, f"≥{aim}%", percent, told, {"percent": percent}, met)
