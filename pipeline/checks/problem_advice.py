"""Check: problems told and advice given are as many (问题与建议对应)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from extractors.segment.model import Heading
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.numbering import ordinal
from pipeline.checks.relate import undecided
from pipeline.checks.wording import where

RULE = "problem-advice"
_PROBLEM = ("问题", "不足")
_ADVICE = ("建议", "改进")
_LEAST = 2  # items that make a list


def _test(facts: Facts) -> Iterator[Relation]:
    problems = _items(facts, _PROBLEM, _ADVICE)
    advice = _items(facts, _ADVICE, _PROBLEM) if len(problems) >= _LEAST else []
    if len(advice) >= _LEAST:
        yield _compared(problems, advice)


def _items(facts: Facts, words: tuple[str, ...], without: tuple[str, ...]) -> list[Heading]:
    """The numbered headings directly below the first heading with such a title."""
    found: list[Heading] = []
    parent: Heading | None = None
    for section in facts.report.rows.part.sections:
        heading = section.heading
        if heading is None:
            continue
        if parent is None:
            title = heading.title
            named = len(title) <= 16 and any(word in title for word in words)
            parent = heading if named and not any(word in title for word in without) else None
        elif len(section.path) > 1 and section.path[-2] is parent and ordinal(heading):
            found.append(heading)
    mixed = any(word in heading.title for heading in found for word in (*_PROBLEM, *_ADVICE) if len(heading.title) < 10)
    return [] if mixed else found


def _compared(problems: list[Heading], advice: list[Heading]) -> Relation:
    left, right = (_operand(items[-1], len(items)) for items in (problems, advice))
    same = len(problems) == len(advice)
    relation = Relation(
        RULE,
        "consistent" if same else "inconsistent",
        (left,),
        (right,),
        formula=f"问题 {len(problems)} 条，建议 {len(advice)} 条",
        reported=str(len(advice)),
        computed=str(len(problems)),
        difference=Decimal(len(advice) - len(problems)),
        severity="info",
    )
    if len(advice) < len(problems):
        return undecided(relation, "一条建议可以回应多个问题")
    if same:
        return relation
    return replace(
        relation,
        title=f"问题 {len(problems)} 条与建议 {len(advice)} 条不对应",
        message=f"主要问题列至{where(left.span)}“{left.text}”共 {len(problems)} 条，建议列至{where(right.span)}"
        f"“{right.text}”共 {len(advice)} 条，可能有问题未提建议或建议没有对应问题。",
    )


def _operand(heading: Heading, count: int) -> Operand:
    span = heading.flow.span(0, min(len(heading.flow.text), 40))
    return Operand("text.problems", "operand", f"{heading.label}{heading.title}"[:40], Decimal(count), span)


CHECK = Check(
    rule=RULE,
    name="问题与建议对应",
    what="The report gives as many pieces of advice as it tells problems.",
    why="Advice without a problem, or a problem without advice, shows that one part was changed alone.",
    formula="number of problems = number of pieces of advice",
    tolerance="equality; only numbered headings are counted",
    severity="info",
    source="财预〔2020〕10号附3（存在的问题及原因分析、有关建议）",
    test=_test,
    fold="alone",
    agrees=("题 三、 存在问题；子题 1. 进度慢；子题 2. 资料少；题 四、 有关建议；子题 1. 加快；子题 2. 补齐",),
    disagrees=(
        "题 三、 存在问题；子题 1. 进度慢；子题 2. 资料少；题 四、 有关建议；子题 1. 加快；子题 2. 补齐；子题 3. 公示",
    ),
    false_alarms=("advice that answers several problems at once",),
)
