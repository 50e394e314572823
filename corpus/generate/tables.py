"""The tables of a report (表格): scoring table, level-1 summary, funds, survey, years, and the self-evaluation form."""

from decimal import Decimal

from corpus.generate.blocks import Grid
from corpus.generate.facts import Facts, Leaf, points
from corpus.generate.pen import Pen
from corpus.render.blocks import LEFT, UP

_DASH = "—"


def scoring_table(facts: Facts, pen: Pen, rich: bool, rated: bool) -> Grid:
    """The scoring table (评分表). rich: with target, actual and comment; rated: with score rates."""
    habit = facts.habit
    levels = facts.habit.reach == "full"
    weighted = levels and habit.parents_weighted
    head = _level_heads(weighted, habit.weight) if levels else ["序号", "三级指标"]
    head += [habit.weight] + ([habit.target, habit.actual] if rich else []) + [habit.score]
    head += (["得分率"] if rated else []) + ([habit.comment] if rich else [])
    rows = [head]
    before: Leaf | None = None
    for index, leaf in enumerate(facts.leaves):
        start = _ancestors(facts, leaf, before, weighted, pen) if levels else [str(index + 1)]
        rows.append(start + _leaf_cells(facts, index, leaf, pen, rich, rated))
        before = leaf
    rows.append(_total_row(facts, pen, len(head), head, rated))
    return Grid(tuple(map(tuple, rows)))


def _level_heads(weighted: bool, weight: str) -> list[str]:
    """Heads of the three levels, each parent with its weight if the report prints it."""
    if weighted:
        return ["一级指标", weight, "二级指标", weight, "三级指标"]
    return ["一级指标", "二级指标", "三级指标"]


def _ancestors(facts: Facts, leaf: Leaf, before: Leaf | None, weighted: bool, pen: Pen) -> list[str]:
    """The cells of the first two levels: printed once, then merged with the cell above."""
    habit = facts.habit
    same_top = before is not None and before.top == leaf.top
    same_group = same_top and before is not None and before.group == leaf.group
    found = []
    for same, name, key, own in (
        (same_top, leaf.top, f"top.{leaf.top}", facts.below(leaf.top)),
        (same_group, leaf.group, f"group.{leaf.top}.{leaf.group}", facts.below(leaf.top, leaf.group)),
    ):
        found.append(UP if same else pen(f"{key}.name@table", name))
        if weighted:
            found.append(UP if same else pen(f"{key}.weight@table", habit.full(points(own)[0])))
    return found


def _leaf_cells(facts: Facts, index: int, leaf: Leaf, pen: Pen, rich: bool, rated: bool) -> list[str]:
    """Name, weight and what the table tells of one indicator."""
    habit, key = facts.habit, f"leaf.{index}"
    cells = [leaf.name, pen(f"{key}.weight@table", habit.full(leaf.weight))]
    if rich:
        cells += [pen(f"{key}.target@table", leaf.target), pen(f"{key}.actual@table", leaf.actual)]
    cells.append(pen(f"{key}.score@table", habit.points(leaf.score)))
    if rated:
        cells.append(pen(f"{key}.rate@table", habit.rate(leaf.score / leaf.weight)))
    if rich:
        cells.append(told(leaf, index, pen, "table"))
    return cells


def told(leaf: Leaf, index: int, pen: Pen, where: str) -> str:
    """What is said of an indicator, its values in slots."""
    values = {name: pen(f"leaf.{index}.told.{name}@{where}", value) for name, value in leaf.values.items()}
    return leaf.told.format(**values)


def _total_row(facts: Facts, pen: Pen, width: int, head: list[str], rated: bool) -> list[str]:
    """The total row: merged up to the weight of the lowest level."""
    habit = facts.habit
    score_at = head.index(habit.score)
    weight_at = len(head) - 1 - head[::-1].index(habit.weight)
    row = ["合计"] + [LEFT] * (weight_at - 1) + [""] * (width - weight_at)
    row[weight_at] = pen("total.weight@table", "100")
    row[score_at] = pen("total.score@table", habit.points(facts.total))
    if rated:
        row[score_at + 1] = pen("total.rate@table", habit.rate(facts.total / 100))
    return row


def summary_table(facts: Facts, pen: Pen) -> Grid:
    """Weight, score and rate of the first level (一级指标得分情况表)."""
    habit = facts.habit
    rows = [("一级指标", habit.weight, habit.score, "得分率")]
    for top in facts.tops:
        weight, score = points(facts.below(top))
        rows.append(
            (
                top,
                pen(f"top.{top}.weight@summary", habit.full(weight)),
                pen(f"top.{top}.score@summary", habit.points(score)),
                pen(f"top.{top}.rate@summary", habit.rate(score / weight)),
            )
        )
    total = facts.total
    rows.append(
        (
            "合计",
            "100",
            pen("total.score@summary", habit.points(total)),
            pen("total.rate@summary", habit.rate(total / 100)),
        )
    )
    return Grid(tuple(rows))


def funds_table(facts: Facts, pen: Pen) -> Grid:
    """Planned and spent money by item or town (资金使用情况表), in the report's unit."""
    habit, funds = facts.habit, facts.funds
    first = "乡镇" if facts.kind == "special" else "支出内容"
    rows = [("序号", first, f"下达资金（{habit.money}）", f"实际支出（{habit.money}）", "预算执行率")]
    for number, (name, plan, spent) in enumerate(funds.items, 1):
        key = f"item.{number}"
        rows.append(
            (
                str(number),
                name,
                pen(f"{key}.plan@funds-table", habit.yuan(plan)),
                pen(f"{key}.spent@funds-table", habit.yuan(spent)),
                pen(f"{key}.rate@funds-table", habit.rate(spent / plan)),
            )
        )
    rows.append(
        (
            "合计",
            LEFT,
            pen("funds.available@funds-table", habit.yuan(funds.available)),
            pen("funds.spent@funds-table", habit.yuan(funds.spent)),
            pen("funds.rate@funds-table", habit.rate(funds.rate)),
        )
    )
    return Grid(tuple(rows))


def survey_table(facts: Facts, pen: Pen) -> Grid:
    """Answers and their shares (问卷统计表)."""
    survey = facts.survey
    rows = [("选项", "份数", "占比")]
    for number, (option, count) in enumerate(survey.answers):
        share = pen(f"answer.{number}.share@survey", facts.habit.rate(Decimal(count) / survey.valid))
        rows.append((option, pen(f"answer.{number}.count@survey", str(count)), share))
    rows.append(("合计", pen("answers.count@survey", str(survey.valid)), "100%"))
    return Grid(tuple(rows))


def years_table(facts: Facts, pen: Pen) -> Grid:
    """A figure over some years with its growth (历年情况表)."""
    name, unit, values = facts.series
    rows = [("年份", f"{name}（{unit}）", "同比增长")]
    before: Decimal | None = None
    for year, value in values:
        growth = _DASH if before is None else facts.habit.rate(value / before - 1)
        slot = f"year.{year}.growth@years"
        rows.append(
            (pen(f"year.{year}.year@years", str(year)), pen(f"year.{year}.value@years", str(value)), pen(slot, growth))
        )
        before = value
    return Grid(tuple(rows))


def form(facts: Facts, pen: Pen) -> Grid:
    """The self-evaluation form (项目支出绩效自评表), nine columns."""
    habit, funds = facts.habit, facts.funds
    run = facts.leaves[0]
    unit = "万元"
    money = {
        "年初预算数": pen("funds.budget@form", habit.yuan(funds.budget, unit)),
        "全年预算数": pen("funds.available@form", habit.yuan(funds.available, unit)),
        "全年执行数": pen("funds.spent@form", habit.yuan(funds.spent, unit)),
    }
    own = [habit.yuan(value, unit) for value in (funds.budget, funds.available, funds.spent)]
    rate, score = pen("funds.rate@form", habit.rate(funds.rate)), pen("leaf.0.score@form", habit.points(run.score))
    rows: list[list[str]] = [
        ["项目名称", facts.project, *[LEFT] * 7],
        ["主管部门", facts.bureau, LEFT, LEFT, "实施单位", facts.bureau, LEFT, LEFT, LEFT],
        [f"项目资金（{unit}）", "", LEFT, *money, "分值", "执行率", "得分"],
        [UP, "年度资金总额", LEFT, *money.values(), "10", rate, score],
        [UP, "其中：当年财政拨款", LEFT, *own, _DASH, "", _DASH],
        ["年度总体目标", "预期目标", *[LEFT] * 3, "实际完成情况", *[LEFT] * 3],
        [UP, f"完成{facts.project}各项任务", *[LEFT] * 3, "各项任务基本完成", *[LEFT] * 3],
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
    ]
    before: Leaf | None = None
    for index, leaf in enumerate(facts.leaves[1:], 1):
        top, group = (UP if before and before.top == leaf.top else leaf.top), leaf.group
        group = UP if before and before.top == leaf.top and before.group == leaf.group else group
        rows.append([UP, top, group, *_form_cells(facts, index, leaf, pen)])
        before = leaf
    rows.append(
        ["总分", *[LEFT] * 5, pen("total.weight@form", "100"), pen("total.score@form", habit.points(facts.total)), ""]
    )
    return Grid(tuple(map(tuple, rows)), header_rows=0)


def _form_cells(facts: Facts, index: int, leaf: Leaf, pen: Pen) -> list[str]:
    """One indicator's cells in the form."""
    key, habit = f"leaf.{index}", facts.habit
    return [
        leaf.name,
        pen(f"{key}.target@form", leaf.target),
        pen(f"{key}.actual@form", leaf.actual),
        pen(f"{key}.weight@form", habit.full(leaf.weight)),
        pen(f"{key}.score@form", habit.points(leaf.score)),
        "" if leaf.met else told(leaf, index, pen, "form"),
    ]
