"""Check: the numbers of indicators that the report states are those it lists (指标个数)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from extractors.rows.model import IndicatorRow
from normalizers.numbers import chinese_integer
from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.group_headings import group_headings
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tree import Parts, Voice
from pipeline.checks.wording import plus, quote, where

RULE = "indicator-count"
_COUNT = re.compile(
    r"(?<![件表图])(?P<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*(?:个|项|类|大)?\s*(?P<level>[一二三])级\s*指标(?!得|均|全部|存在|未|失|扣)"
)
_COUNT_BEHIND = re.compile(
    r"(?P<level>[一二三])级\s*指标\s*(?:共计?|有|为|设)?\s*(?P<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*[个项](?![一二三]级)"
)
_OTHER = re.compile(
    r"申报表|目标表|目标申报|模板|模版|共性|原指标|调整[前后]|修改前|优化前|自评表|上年|去年|上一年"
    r"|初步(?:设计|拟定|制定|构建|确定)|初稿|初始|原(?:设计|定|有|来|先|设置|计划|方案)|征求意见|并入|剔除|删[除减]|不纳入|不再纳入|不适用"
)  # another document's indicators
# A count of the indicators of one class (效果类共4个三级指标).
_OF_CLASS = re.compile(
    r"(?:[本该此](?:部分|类|项|维度|环节)|决策|投入|管理|过程|产出|产出成本|成本|效益|效果|满意度|绩效)(?:一级)?(?:类|指标|维度|方面|部分|层面|环节)?"
    r"(?:指标)?(?:下面|中|内|项下|下|由|共|下设|设置|设有|设|包括|包含|含|有|分为){1,2}$"
)
_SYSTEM = re.compile(r"体系|框架|评价指标|绩效指标|设[置立定计]|共设|构成|分为")
_PART = re.compile(r"[本该此](?:部分|类|项|维度|环节)")
_JOINED = 2  # characters between counts told together
_NEAR = 2  # indicators by which a stated number may be wrong and still mean this level
_GROUP_LEVEL = 2
_BY_WORDS = {"flattened", "aligned", "one-cell-per-line"}  # tables whose cells are told apart by their words
_GROUPS = 2  # tables that tell the tree together
_LEVELS = {"一": 1, "二": 2, "三": 3}


def _test(facts: Facts) -> Iterator[Relation]:
    if not facts.tree.leaves:
        return
    for sentence in facts.saying("级"):
        if (
            "指标" in sentence.text
            and sentence.cell is None
            and not _OTHER.search(sentence.text)
            and _of_system(sentence.text)
        ):
            counts = [(match, count) for match in _counts(sentence.text) if (count := _counts_all(sentence, match))]
            found = [_counted(facts, sentence, match, count) for match, count in counts]
            borne_out = sum(map(holds, found)) == len(_LEVELS) - 1 == len(found) - 1
            for (match, count), relation in zip(counts, found, strict=True):
                yield _borne_out(relation, match, count) if borne_out else relation
                yield from _grouped(facts, sentence, match, count)


def _of_system(text: str) -> bool:
    """Whether a sentence counts the indicators of the whole system: of several levels, or naming it."""
    return len({match["level"] for match in _counts(text)}) > 1 or bool(_SYSTEM.search(text))


def _counts_all(sentence: Sentence, match: re.Match[str]) -> int:
    """The number told of all indicators of a level; 0 where it is none, or of one class of them."""
    start = match.start()
    for before in _COUNT.finditer(sentence.text, 0, start):  # `决策类由3个二级指标和6个三级指标构成`
        if before["level"] != "一" and start - before.end() <= _JOINED:
            start = before.start()
    if _OF_CLASS.search(sentence.text, max(start - 24, 0), start) or _PART.search(sentence.text, 0, start):
        return 0
    return chinese_integer(match["count"]) or 0


def _counts(text: str) -> Iterator[re.Match[str]]:
    """Every number of indicators of one level: `4个一级指标`, or `一级指标4个、二级指标9个` where none is told so.

    Told the second way of one level only, it counts some of them: `得满分的三级指标6个`.
    """
    behind = list(_COUNT_BEHIND.finditer(text))
    whole = len({match["level"] for match in behind}) == len(behind) > 1
    yield from list(_COUNT.finditer(text)) or (behind if whole else [])


def _counted(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Relation:
    level = _LEVELS[match["level"]]
    found = _listed(facts, level, count)
    span = sentence.span(match.start(), match.end())
    relation = Relation(
        RULE,
        "consistent" if len(found) == count else "inconsistent",
        tuple(Operand(f"count.{level}", "operand", one.name, None, one.span) for one in found),
        (Operand(f"count.level{level}", "reported", match[0], Decimal(count), span),),
        formula=f"{match['level']}级指标实列 {len(found)} 个",
        reported=str(count),
        computed=str(len(found)),
        difference=Decimal(count - len(found)),
        severity="warning",
    )
    if len(found) == count:
        return relation
    listed = _complete(facts, sentence, level)
    if not listed or (level == 1 and len(listed) * 2 <= count):
        return undecided(relation, "指标体系可能未全部读出，不下结论")
    if level == 1 and len(listed) == count + 1 and any("执行" in one.text for one in listed):
        return undecided(relation, "预算执行率可能另列，不计入一级指标个数")
    number = len(listed)
    if number == count:
        return replace(relation, verdict="consistent", left=listed, formula=f"{match['level']}级指标实列 {number} 个")
    return _failed(replace(relation, left=listed), match, count)


def _failed(relation: Relation, match: re.Match[str], count: int) -> Relation:
    """The relation in words; its left side lists the indicators."""
    number, span = len(relation.left), relation.right[0].span
    return replace(
        relation,
        verdict="inconsistent",
        reason="",
        formula=f"{match['level']}级指标实列 {number} 个",
        computed=str(number),
        difference=Decimal(count - number),
        title=f"称有 {count} 个{match['level']}级指标，实列 {number} 个",
        message=f"{where(span)}“{quote(span, match[0])}”，而实列{match['level']}级指标 {number} 个。",
    )


def _borne_out(relation: Relation, match: re.Match[str], count: int) -> Relation:
    """The count of the first level, where both others are as listed: more indicators than told are no misreading."""
    first = relation.verdict == "indeterminate" and _LEVELS[match["level"]] == 1
    return _failed(relation, match, count) if first and len(relation.left) > count else relation


def _complete(facts: Facts, sentence: Sentence, level: int) -> tuple[Operand, ...]:
    """The indicators of one level in the tellings known to be complete; empty where none is, or they differ.

    A telling is complete that adds up to the whole. It lists the second and third level where its leaves are of the
    third. Where a report names three levels and its prose tells marks of two, the lowest told are the third.
    """
    ways = [parts for parts in facts.adding_up if _levels(facts, parts) == ({1} if level == 1 else {3})]
    if level == _GROUP_LEVEL:
        ways = [parts for parts in ways if _groups_read(facts, parts)]
    found = [_of_level(facts, parts, level) for parts in (*ways, *_deep(facts, level))]
    if level > 1 and not any(found):
        return _lowest(facts, _stated(sentence), level)
    if not found or len({len(way) for way in found}) > 1:
        return ()
    return tuple(Operand(f"count.{level}", "operand", one.name, None, one.span) for one in found[0])


def _groups_read(facts: Facts, parts: Parts) -> bool:
    """Whether no group can have been overlooked: a table with cells says so, or the groups' own weights.

    Where a table's cells were told apart by their words alone, a group without marks may have been read as a remark.
    """
    methods = {grid.table_id: grid.method for grid in facts.tables}
    told = (facts.report.indicators[index] for index, _ in parts)
    if not {methods.get(mention.table or "") for one in told for mention in one.mentions} & _BY_WORDS:
        return True
    return all(one.get("weight") is not None for one in _of_level(facts, parts, _GROUP_LEVEL))


def _deep(facts: Facts, level: int) -> list[Parts]:
    """For the first level, the tellings of leaves of the third that all hang under one of the first."""
    deep = [parts for parts in facts.adding_up if level == 1 and _levels(facts, parts) == {3}]
    return [parts for parts in deep if all(facts.report.indicators[index].parent is not None for index, _ in parts)]


def _levels(facts: Facts, parts: Parts) -> set[int]:
    return {facts.report.indicators[index].level for index, _ in parts}


def _stated(sentence: Sentence) -> dict[int, int]:
    """Level -> number of indicators that the sentence states of it."""
    found = ((_LEVELS[match["level"]], chinese_integer(match["count"])) for match in _counts(sentence.text))
    return {level: count for level, count in found if count}


def _lowest(facts: Facts, stated: dict[int, int], level: int) -> tuple[Operand, ...]:
    """Indicators of a tree told with marks on two levels, where the sentence states numbers of three.

    The leaves are the third level where their number is nearest to it; then headings between name the second.
    """
    flat = [parts for parts in facts.adding_up if _levels(facts, parts) in ({2}, {3})]
    numbers = {len(parts) for parts in flat}
    if len(numbers) != 1 or set(stated) != {1, 2, 3}:
        return ()
    number = numbers.pop()
    if abs(number - stated[3]) > _NEAR or abs(number - stated[3]) >= abs(number - stated[2]):
        return ()
    if level == 3:
        names = [(facts.report.indicators[index].name, mention.span) for index, mention in flat[0]]
    else:
        groups = next((found for parts in flat if (found := group_headings(facts, parts))), [])
        names = [(group.title, group.flow.span(0, min(len(group.flow.text), 40))) for group in groups]
        if number != stated[3] or abs(len(groups) - stated[2]) > _NEAR:
            return ()
    return tuple(Operand(f"count.{level}", "operand", name, None, span) for name, span in names)


def _grouped(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Iterator[Relation]:
    """The rows of the small tables of each level-1 group together; told where they are as many."""
    level = _LEVELS[match["level"]]
    tables: dict[str, list[IndicatorRow]] = {}
    for row in facts.report.rows.indicators:
        if row.table_role == "group":
            tables.setdefault(row.table_id, []).append(row)
    counts = [sum(row.level == level and row.row_role == "indicator" for row in rows) for rows in tables.values()]
    if len(counts) < _GROUPS or sum(counts) != count:
        return
    closing = [next((row for row in rows if row.row_role == "subtotal"), rows[-1]) for rows in tables.values()]
    span = sentence.span(match.start(), match.end())
    yield Relation(
        RULE,
        "consistent",
        tuple(
            Operand(f"count.{row.table_id}", "operand", str(number), Decimal(number), row.name.span)
            for row, number in zip(closing, counts, strict=True)
        ),
        (Operand(f"count.level{level}", "reported", match[0], Decimal(count), span),),
        formula=f"{plus([str(number) for number in counts])} = {count}",
        reported=str(count),
        computed=str(count),
    )


def _listed(facts: Facts, level: int, count: int) -> list[Indicator]:
    """The indicators of one level: those of a telling that adds up to the total, the one that agrees first.

    An annex may join several indicators in one row, so that no single telling need list them all.
    """
    ways = [_of_level(facts, parts, level) for parts in facts.adding_up]
    ways += [
        [one for one in facts.tree.indicators if one.level == level and _told(voice, one)]
        for voice in facts.tree.voices
    ]
    ways.append([one for one in facts.tree.indicators if one.level == level])
    return next((way for way in ways if len(way) == count), ways[0])


def _told(voice: Voice, indicator: Indicator) -> bool:
    return any(indicator.index in stated for stated in voice.marks.values())


def _of_level(facts: Facts, parts: Parts, level: int) -> list[Indicator]:
    """The indicators of one level that these leaves are or lie below, in order."""
    found: dict[int, Indicator] = {}
    for index, _ in parts:
        one: Indicator | None = facts.report.indicators[index]
        while one is not None and one.level > level:
            one = None if one.parent is None else facts.report.indicators[one.parent]
        if one is not None and one.level == level:
            found[one.index] = one
    return list(found.values())


CHECK = Check(
    rule=RULE,
    name="指标个数",
    what="The stated numbers of first, second and third level indicators are the numbers listed.",
    why="A count that differs shows that the indicator system was changed after the text was written.",
    formula="stated number = indicators listed",
    tolerance="equality; undecided unless a telling of that level adds up to its total",
    severity="warning",
    source="财预〔2020〕10号第十四条（指标的确定）",
    test=_test,
    fold="alone",
    agrees=(
        "文 共设置2个一级指标。；评分表 决策 权重 40；评分表 产出 权重 60；评分表 合计 权重 100",
        "文 扣分的一级指标1个。；文 设一级指标2个、二级指标2个。；评分表 决策/立项/依据 权重 40；"
        "评分表 产出/数量/里程 权重 60；评分表 合计 权重 100",
    ),
    disagrees=(
        "文 共设置三个一级指标。；评分表 决策 权重 40；评分表 产出 权重 60；评分表 合计 权重 100",
        "文 共2个一级指标、4个二级指标和3个三级指标。；评分表 决策/立项/依据 权重 40；评分表 产出/数量/里程 权重 30；"
        "评分表 产出/质量/合格 权重 30；评分表 合计 权重 100；正文 决策 权重 40；正文 产出 权重 60",
    ),
    false_alarms=("an annex that joins several indicators in one row", "indicators of a lost table page"),
)
