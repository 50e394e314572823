"""Whole reports by kind (各类报告): evaluations, special funds, departments, self-evaluations."""

from collections.abc import Iterator

from corpus.generate import shared_parts as parts
from corpus.generate import tables, traps, wording
from corpus.generate.analysis import analysis
from corpus.generate.blocks import Block, Paragraph
from corpus.generate.chance import Chance
from corpus.generate.facts import Facts
from corpus.generate.pen import Pen
from corpus.generate.shared_parts import Writer


def compose(facts: Facts, chance: Chance, pen: Pen) -> tuple[list[Block], list[str]]:
    """The report's blocks, and the names of the traps that stand in it."""
    writer = Writer(facts, chance, pen)
    chosen = traps.draw_traps(writer)
    body = _self(writer) if facts.kind == "self" else _evaluation(writer)
    blocks = [*_front(writer), *body]
    for trap in chosen:
        places = [n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role == "body"]
        blocks.insert(places[chance.randrange(max(len(places) // 3, 1))] + 1, Paragraph(trap.text))
    return blocks, [trap.name for trap in chosen]


def title(facts: Facts) -> str:
    """The report's title (报告名称)."""
    kind = "绩效自评报告" if facts.kind == "self" else "绩效评价报告"
    if facts.kind == "department":
        return f"{facts.bureau}{facts.year}年度部门整体支出{kind}"
    return f"{facts.bureau}{facts.year}年度{facts.project}{kind}"


def _front(writer: Writer) -> Iterator[Block]:
    """Title, and for outside evaluations who ordered and who made it."""
    facts = writer.facts
    yield Paragraph(title(facts), "title")
    if facts.kind in ("evaluation", "special") and writer.chance.maybe(0.6):
        yield Paragraph(f"委托单位：{facts.place.name}财政局")
        yield Paragraph(f"评价机构：{facts.firm}")
        day = facts.days.final
        yield Paragraph(f"报告日期：{day.year}年{day.month}月{day.day}日")


def _opening(writer: Writer) -> Iterator[Block]:
    """On whose order, by which document."""
    facts, place = writer.facts, writer.facts.place
    number = writer.pen("document@opening", f"{place.short}财绩〔{facts.year + 1}〕{facts.document}号")
    order = f"《{place.name}财政局关于开展{facts.year}年度预算绩效评价工作的通知》（{number}）"
    if facts.kind == "self":
        yield Paragraph(f"根据{order}要求，我局对{facts.year}年度{facts.project}开展了绩效自评，现将有关情况报告如下。")
    elif facts.kind == "department":
        yield Paragraph(
            f"根据{order}要求，对{facts.bureau}{facts.year}年度部门整体支出开展绩效评价，现将有关情况报告如下。"
        )
    else:
        yield Paragraph(
            f"根据{order}，{facts.firm}受{place.name}财政局委托，对{facts.bureau}{facts.year}年度{facts.project}实施绩效评价。"
        )


def _background(writer: Writer) -> Iterator[Block]:
    facts = writer.facts
    yield writer.head(writer.chance.of(("项目概况", "项目基本情况", "基本情况")))
    yield writer.head("项目背景" if facts.kind != "department" else "部门概况", 1)
    for text in writer.chance.some(wording.BACKGROUND, writer.chance.randint(1, 3)):
        yield Paragraph(text.format(bureau=facts.bureau, project=facts.project, place=facts.place.name))
    yield from parts.money(writer)


def _total(writer: Writer, where: str) -> Paragraph:
    """The sentence with total and grade."""
    facts = writer.facts
    text = writer.chance.of(wording.TOTALS).format(
        project=facts.project,
        score=writer.pen(f"total.score@{where}", facts.habit.points(facts.total)),
        grade=writer.quoted(f"grade@{where}", facts.grade),
    )
    return Paragraph(text)


def _evaluation(writer: Writer) -> Iterator[Block]:
    """An evaluation: basics, work, conclusion, analysis, problems, scoring table."""
    facts, habit = writer.facts, writer.habit
    detailed = habit.reach in ("level1", "prose") or writer.chance.maybe(0.5)
    if writer.chance.maybe(0.4):
        yield Paragraph("摘要", "heading")
        yield _total(writer, "abstract")
    yield from _opening(writer)
    yield from _background(writer)
    yield writer.head("绩效评价工作开展情况")
    yield from parts.method(writer)
    yield from parts.survey(writer)
    yield writer.head(writer.chance.of(("综合评价结论", "评价结论", "综合评价情况及评价结论")))
    yield _total(writer, "conclusion")
    yield Paragraph(writer.chance.of(wording.CONCLUSION))
    yield Paragraph(parts.tops_told(writer, "conclusion"))
    if habit.reach == "level1" or (habit.reach == "full" and writer.chance.maybe(0.5)):
        yield Paragraph("一级指标得分情况表", "caption")
        yield tables.summary_table(facts, writer.pen)
    yield writer.head("绩效评价指标分析")
    yield from analysis(writer, detailed)
    yield writer.head("主要成效")
    yield from parts.results(writer)
    yield from parts.years(writer)
    yield from parts.problems_and_advice(writer)
    if habit.reach in ("full", "leaf"):
        yield Paragraph("附件：绩效评价指标评分表", "caption")
        yield tables.scoring_table(facts, writer.pen, rich=writer.chance.maybe(0.6), rated=writer.chance.maybe(0.3))


def _self(writer: Writer) -> Iterator[Block]:
    """A self-evaluation: basics, result, targets, problems, form."""
    facts, habit = writer.facts, writer.habit
    yield from _opening(writer)
    yield from _background(writer)
    yield writer.head("绩效自评工作开展情况")
    yield from parts.method(writer)
    yield writer.head("自评结论")
    score, grade = (
        writer.pen("total.score@conclusion", habit.points(facts.total)),
        writer.quoted("grade@conclusion", facts.grade),
    )
    yield Paragraph(f"{facts.year}年度{facts.project}绩效自评得分{score}分，自评等级为{grade}。")
    yield Paragraph(parts.tops_told(writer, "conclusion"))
    yield writer.head("绩效目标完成情况分析")
    yield from analysis(writer, habit.reach in ("level1", "prose") or writer.chance.maybe(0.4))
    yield from parts.survey(writer)
    yield from parts.years(writer)
    yield from parts.problems_and_advice(writer)
    yield Paragraph(facts.bureau, "sign")
    day = facts.days.field
    yield Paragraph(f"{day.year}年{day.month}月{day.day}日", "sign")
    if habit.reach in ("full", "leaf"):
        yield Paragraph(f"附件：项目支出绩效自评表（{facts.year}年度）", "caption")
        yield tables.form(facts, writer.pen)
