"""Parts that all kinds of report share (通用部分): money, method, survey, problems, advice."""

from collections.abc import Iterator
from decimal import Decimal

from corpus.generate import tables, wording
from corpus.generate.blocks import Block, Paragraph
from corpus.generate.chance import Chance
from corpus.generate.facts import Facts, points
from corpus.generate.habits import chinese
from corpus.generate.pen import Pen


class Writer:
    """Writes one report (撰写): facts, the stream of choices, the pen, and the numbers of headings."""

    def __init__(self, facts: Facts, chance: Chance, pen: Pen) -> None:
        self.facts, self.chance, self.pen = facts, chance, pen
        self.habit = facts.habit
        self._numbers = [0, 0, 0, 0]

    def head(self, text: str, depth: int = 0) -> Paragraph:
        """A numbered heading; those below start again."""
        self._numbers[depth] += 1
        self._numbers[depth + 1 :] = [0] * (3 - depth)
        number = self.habit.head(depth, self._numbers[depth], self._numbers[depth - 1] if depth else 1)
        slot = f"heading.{depth}.{'.'.join(map(str, self._numbers[: depth + 1]))}"
        return Paragraph(self.pen(slot, number) + text, "heading", depth)

    def quoted(self, slot: str, text: str) -> str:
        """A grade in the report's own quotes."""
        left, right = self.habit.quotes
        return f"{left}{self.pen(slot, text)}{right}"

    def money(self, slot: str, value: Decimal, unit: str = "") -> str:
        """An amount in its slot, unit and all."""
        return self.pen(slot, self.habit.amount(value, unit))

    def rate(self, slot: str, value: Decimal) -> str:
        """A share in its slot."""
        return self.pen(slot, self.habit.rate(value))


def money(writer: Writer) -> Iterator[Block]:
    """Budget, recovery, allotment, spending, their parts and the execution rate."""
    facts, funds, pen = writer.facts, writer.facts.funds, writer.pen
    yield writer.head(writer.chance.of(("资金安排与使用情况", "资金投入和使用情况", "项目资金情况")), 1)
    of = writer.chance.of
    text = of(wording.BUDGETS).format(
        year=facts.year, project=facts.project, amount=writer.money("funds.budget@money", funds.budget)
    )
    if funds.sources:
        told = (f"{name}{writer.money(f'source.{n}@money', value)}" for n, (name, value) in enumerate(funds.sources))
        text += of(wording.SOURCES).format(told=of(("，", "、")).join(told))
    if funds.recovered:
        taken, left = of(wording.RECOVERIES)
        text += taken.format(recovered=writer.money("funds.recovered@money", funds.recovered))
        text += left.format(available=writer.money("funds.available@money", funds.available))
    spent = writer.money("funds.spent@money", funds.spent)
    rate = writer.rate("funds.rate@money", funds.rate)
    yield Paragraph(text + of(wording.SPENDINGS).format(year=facts.year, spent=spent, rate=rate))
    if writer.chance.maybe(0.5):
        told = (
            f"{name}{writer.money(f'item.{n}.spent@money', spent)}" for n, (name, _, spent) in enumerate(funds.items, 1)
        )
        parts = of(("，", "、")).join(told)
        total = writer.money("items.total@money", funds.spent)
        yield Paragraph(of(wording.ITEM_LISTS).format(told=parts, total=total))
    if writer.chance.maybe(0.4):
        other = "元" if writer.habit.money == "万元" else "万元"
        one = writer.money("funds.spent@twice", funds.spent)
        two = writer.money("funds.spent@unit", funds.spent, other)
        yield Paragraph(f"经核对国库支付系统，项目累计支出{one}（{two}），账实一致。")
    if writer.habit.reach != "prose" and writer.chance.maybe(0.6):
        yield Paragraph(f"表{writer.chance.of(('1', '一'))} {facts.year}年度资金使用情况表", "caption")
        yield tables.funds_table(facts, pen)


def survey(writer: Writer) -> Iterator[Block]:
    """Questionnaires handed out and returned, and what they answered."""
    facts, survey, pen = writer.facts, writer.facts.survey, writer.pen
    out, back = pen("survey.out@text", str(survey.handed_out)), pen("survey.back@text", str(survey.returned))
    yield Paragraph(
        writer.chance.of(wording.RETURNS).format(
            served=facts.topic.served,
            out=out,
            back=back,
            rate=writer.rate("survey.return@text", Decimal(survey.returned) / survey.handed_out),
            valid=pen("survey.valid@text", str(survey.valid)),
        )
    )
    if writer.habit.reach != "prose" and writer.chance.maybe(0.6):
        yield Paragraph("满意度调查统计表", "caption")
        yield tables.survey_table(facts, pen)
    valid, glad = pen("survey.valid@share", str(survey.valid)), pen("survey.glad@text", str(survey.satisfied))
    share = writer.rate("survey.share@text", survey.share)
    yield Paragraph(writer.chance.of(wording.SATISFIED).format(valid=valid, glad=glad, rate=share))


def years(writer: Writer) -> Iterator[Block]:
    """A figure over the years, as table or as one sentence on growth."""
    name, unit, values = writer.facts.series
    (before_year, before), (year, now) = values[-2:]
    pen = writer.pen
    if writer.habit.reach != "prose" and writer.chance.maybe(0.4):
        yield Paragraph(f"{writer.facts.place.name}近年来{name}情况表", "caption")
        yield tables.years_table(writer.facts, pen)
    change = now / before - 1
    way = writer.chance.of(("增长", "上升")) if change >= 0 else "下降"
    yield Paragraph(
        writer.chance.of(wording.GROWTHS).format(
            level=writer.facts.place.level,
            name=name,
            unit=unit,
            way=way,
            before_year=before_year,
            year=year,
            before=pen("series.before@text", str(before)),
            now=pen("series.now@text", str(now)),
            rate=writer.rate("series.growth@text", abs(change)),
        )
    )


def method(writer: Writer) -> Iterator[Block]:
    """How the evaluation was done, when, with how many indicators, on what scale."""
    facts, pen = writer.facts, writer.pen
    yield Paragraph(writer.chance.of(wording.METHOD))
    counts = (
        ("一级", len(facts.tops)),
        ("二级", sum(len(facts.groups(top)) for top in facts.tops)),
        ("三级", len(facts.leaves)),
    )
    if facts.kind != "self":
        told = {level: pen(f"count.{level}@method", str(count)) for level, count in counts}
        yield Paragraph(writer.chance.of(wording.COUNTS).format(**told))
    if facts.kind in ("evaluation", "special"):
        first = f"评价组于{_day(writer, 'entrusted')}接受委托，{_day(writer, 'field')}进驻现场开展核查"
        yield Paragraph(f"{first}，{_day(writer, 'draft')}形成报告初稿，{_day(writer, 'final')}提交正式报告。")
    if writer.habit.scale_told:
        yield Paragraph(_scale(writer))


def _day(writer: Writer, step: str) -> str:
    day = getattr(writer.facts.days, step)
    return writer.pen(f"day.{step}@method", f"{day.year}年{day.month}月{day.day}日")


def _scale(writer: Writer) -> str:
    """The report's own scale in words."""
    scale = writer.habit.scale
    bands = []
    for number, (grade, low) in enumerate(scale):
        if number == 0:
            bands.append(f"{low}（含）—100分为{grade}")
        elif low:
            bands.append(f"{low}（含）—{scale[number - 1][1]}分为{grade}")
        else:
            bands.append(f"{scale[number - 1][1]}分以下为{grade}")
    return f"评价结果分为{chinese(len(scale))}个等级：{'、'.join(bands)}。"


def problems_and_advice(writer: Writer) -> Iterator[Block]:
    """As many pieces of advice as problems."""
    numbers = writer.chance.some(range(len(wording.PROBLEMS)), writer.chance.randint(2, 4))
    yield writer.head("存在的主要问题")
    if writer.chance.maybe(0.3):
        count = writer.pen("list.problems@text", chinese(len(numbers)))
        yield Paragraph(writer.chance.of(wording.PROBLEM_LEADS).format(count=count))
    for number in numbers:
        yield writer.head(wording.PROBLEMS[number][0], 1)
        yield Paragraph(wording.PROBLEMS[number][1])
    if writer.facts.funds.rate < Decimal("0.93") and writer.chance.maybe(0.7):
        spent = writer.money("funds.spent@problem", writer.facts.funds.spent)
        rate = writer.rate("funds.rate@problem", writer.facts.funds.rate)
        yield Paragraph(f"截至{writer.facts.year}年底，项目累计支出{spent}，预算执行率{rate}，资金结余较多。")
    yield writer.head(writer.chance.of(("有关建议", "改进建议", "下一步改进措施")))
    for number in numbers:
        yield writer.head(wording.ADVICE[number][0], 1)
        yield Paragraph(wording.ADVICE[number][1])


def results(writer: Writer) -> Iterator[Block]:
    """What was achieved, in words."""
    told = writer.chance.some(wording.RESULTS, writer.chance.randint(2, 4))
    lead = writer.chance.of(wording.RESULT_LEADS).format(count=writer.pen("list.results@text", chinese(len(told))))
    yield Paragraph(lead + "".join(f"{chinese(n)}是{text}" for n, text in enumerate(told, 1)))


def tops_told(writer: Writer, where: str) -> str:
    """Scores of the first level in one sentence."""
    facts, habit, pen = writer.facts, writer.habit, writer.pen
    form = writer.chance.of(
        ("{top}得分{score}分（满分{weight}分）", "{top}{weight}分，得{score}分", "{top}得{score}分")
    )
    told = []
    for top in facts.tops:
        weight, score = points(facts.below(top))
        told.append(
            form.format(
                top=top,
                weight=pen(f"top.{top}.weight@{where}", habit.full(weight)) if "{weight}" in form else "",
                score=pen(f"top.{top}.score@{where}", habit.points(score)),
            )
        )
    return f"其中：{'，'.join(told)}。"
