"""Check: headings of one level are numbered without gap and without repetition (标题编号)."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractors.segment.model import Heading
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "numbering"
_LABEL = re.compile(
    r"^[(（第]?\s*(?P<above>(?:\d{1,2}\s?[.．]\s?){0,3})(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?P<tail>[)）、.．章节部分]*)"
)
_NOTE = re.compile(r"\s*(?:备?注|(?:填[报表])?说明)\s*[:：]\s*[(（]?\s*[1一]\s*[)）、.．]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def ordinal(heading: Heading) -> tuple[str, int] | None:
    """(kind of numbering, number) of a heading's label, or None where it has none; `4.2` is the second of its kind."""
    return _counted(heading.label.strip())


@lru_cache(maxsize=1_000)
def _counted(label: str) -> tuple[str, int] | None:
    """The same of a label; most reports print the same ones."""
    if label[:1] in _CIRCLED and label:
        return "○", _CIRCLED.index(label[0]) + 1
    match = _LABEL.match(label)
    number = chinese_integer(match["number"]) if match else None
    if match is None or not number:
        return None
    kind = ("(" if label[:1] in "(（" else label[:1] if label[:1] == "第" else "") + (
        "1" if match["number"].isdigit() else "一"
    )
    kind += "".join(match["above"].split()).replace("．", ".")  # `4.2` follows `4.1`, and nothing of 5
    return kind, number


def _test(facts: Facts) -> Iterator[Relation]:
    last: dict[tuple[int, str], tuple[int, Heading]] = {}
    lines: dict[int, list[str]] = {}  # by number; of several pages, where each counts its own
    operands: dict[int, Operand] = {}  # by heading: each is one side with the one before it, the other with the next
    for section in facts.report.rows.part.sections:
        heading = section.heading
        counted = ordinal(heading) if heading is not None else None
        if heading is None or counted is None:
            continue
        kind, number = counted
        parent = id(section.path[-2]) if len(section.path) > 1 else 0
        before = last.get((parent, kind))
        if kind == "○" and number > 1 and not lines:
            lines = _by_number(facts)
        told = before is not None and (
            _runs_into_text(facts, before, (number, heading))
            or _counted_inside(lines, before[1], (kind, number), heading)
            or (number != before[0] + 1 and _begins_in_note(facts, before[1], heading))
        )
        if before is not None and number > 1 and not told:
            left = operands.get(id(before[1])) or _operand(before[1])
            right = operands[id(heading)] = _operand(heading)
            yield _after((before[0], left), (number, right), before[1].label, heading.label)
        last[parent, kind] = (number, heading)


def _by_number(facts: Facts) -> dict[int, list[str]]:
    """The texts of the lines by their numbers."""
    found: dict[int, list[str]] = {}
    for line in facts.report.rows.part.lines:
        if line.number is not None:
            found.setdefault(line.number, []).append(line.text)
    return found


def _runs_into_text(facts: Facts, before: tuple[int, Heading], now: tuple[int, Heading]) -> bool:
    """Whether a number between two stands before a figure, `3.8个标段…`, where it cannot be told from `3.8`."""
    (one, first), (two, second) = before, now
    low, high = first.flow.lines[-1].number, second.flow.lines[0].number
    if two != one + 2 or low is None or high is None:
        return False
    begins = tuple(f"{one + 1}{mark}" for mark in ".．、")
    own = first.flow.lines[-1].page == second.flow.lines[0].page
    between = (
        line for line in facts.report.rows.part.lines if own and line.number is not None and low < line.number < high
    )
    return any(line.text.strip().startswith(begins) for line in between)


def _counted_inside(lines: Mapping[int, list[str]], first: Heading, counted: tuple[str, int], heading: Heading) -> bool:
    """Whether the number before stands inside the text between (`①有目标；②相关；③合理；` and a line with ④)."""
    kind, number = counted
    if kind != "○" or number < 2:
        return False
    low, high = first.flow.lines[0].number, heading.flow.lines[0].number
    if low is None or high is None or first.flow.lines[0].page != heading.flow.lines[0].page:
        return False
    mark = _CIRCLED[number - 2]
    return any(mark in text.lstrip()[1:] for at in range(low, high) for text in lines.get(at, ()))


def _begins_in_note(facts: Facts, first: Heading, heading: Heading) -> bool:
    """Whether a note between two headings holds the first item of the second's list: `注：1.`, below it `2.`."""
    lines = facts.report.rows.part.lines
    places = {id(line): at for at, line in enumerate(lines)}
    low, high = places.get(id(first.flow.lines[-1])), places.get(id(heading.flow.lines[0]))
    return low is not None and high is not None and any(_NOTE.match(line.text) for line in lines[low:high])


def _operand(heading: Heading) -> Operand:
    span = heading.flow.span(0, min(len(heading.flow.text), 30))
    return Operand("text.heading", "operand", f"{heading.label}{heading.title}", None, span)


def _after(before: tuple[int, Operand], now: tuple[int, Operand], first: str, second: str) -> Relation:
    """first, second: the labels of the two headings."""
    (one, left), (two, right) = before, now
    if two == one + 1:
        return Relation(RULE, "consistent", (left,), (right,), f"{one} → {two}", second, str(one + 1))
    problem = "编号重复" if two == one else f"编号不连续（{first.strip()}之后为{second.strip()}）"
    return spotted(
        RULE,
        f"text.numbering.{right.span.page}.{right.span.line}",
        [left, right],
        title=f"标题{problem}",
        message=f"{where(left.span)}“{left.text}”之后为{where(right.span)}“{right.text}”，{problem}，可能有缺漏。",
        reported=second.strip(),
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="标题编号",
    what="Numbered headings of one kind below one parent follow each other by one.",
    why="A skipped number shows a passage taken out, a repeated one a passage pasted in.",
    formula="number = number before + 1",
    tolerance="equality; numbering that begins again at one is a new list",
    severity="info",
    source="财预〔2020〕10号第二十五条（逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=(
        "题 一、 概况；文 甲。；题 二、 结论；文 乙。",
        "题 4.1 决策；文 甲。；题 4.2 过程；文 乙。；题 5.1 产出；文 丙。",
    ),
    disagrees=(
        "题 一、 概况；文 甲。；题 二、 结论；文 乙。；题 四、 建议；文 丙。",
        "题 4.1 决策；文 甲。；题 4.3 过程；文 乙。",
    ),
    false_alarms=(
        "a list that begins again at one, or in a note: `注：1.`",
        "a heading that could not be told from text",
    ),
)
