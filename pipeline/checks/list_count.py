"""Check: a number of things announced is the number of things listed (列举个数)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from extractors.segment.model import Heading, Section, TableGrid
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.grades_counted import grades_counted
from pipeline.checks.listed_before import listed_before
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.wording import where

RULE = "list-count"
_COUNT = re.compile(
    r"(?P<count>[两二三四五六七八九十1-9](?<![第\d.].)(?:(?<!1)|\d))(?=[\s大个方项类场种部阶环家次条])\s*(?:大)?(?:个)?(?P<unit>方面|个|项|类|大|方|场次|场|种|部分|阶段|环节|家|次|条)"
)
_ORDINALS = "一二三四五六七八九十"
_QUOTED = re.compile(r"[“\"][^”\"]{1,30}[”\"]")
_SEPARATORS = re.compile(r"、|和|及|与|以及")
_PAUSE = re.compile("、")
_BRACKETS = re.compile(r"[（(][^（()）]{0,30}[)）]")
_FIRST = "一是"
_TOLD_AS = re.compile(rf"[{_ORDINALS}]是")
_THINGS = re.compile(
    r"方面|部分|阶段|环节|步骤|大?类|子?项目?|个(?:子项目|方面|部分|阶段|环节|步骤|问题)|条(?:建议|措施)"
)
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计")
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?=[，,。；：:]|$|及|和|的|包)")
_LABEL_SIGNS = re.compile(r"[\d一二三四五六七八九十]+")
_NEAR = 2  # by so many the number of headings below may differ and still be what is announced
_SMALL = 2  # things; so few agree by chance
_LONGEST = 160  # characters of a list before or behind its number
_FAR = 3000  # characters in which 一是, 二是 … follow


def _test(facts: Facts) -> Iterator[Relation]:
    yield from listed_before(facts, RULE)
    yield from grades_counted(facts, RULE)
    below = _children(facts.report.rows.part.sections)
    for sentence in facts.sentences:
        if sentence.cell is None:
            for match in _COUNT.finditer(sentence.text):
                count = chinese_integer(match["count"])
                if count:
                    yield from _listed(facts, sentence, match, count)
                    yield from _below(sentence, match, count, below)


def _listed(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Iterator[Relation]:
    """The list that stands before the number, behind it, or is told by ordinals after it."""
    text = sentence.text
    before = text[max(match.start() - _LONGEST, 0) : match.start()]
    behind = text[match.end() : match.end() + _LONGEST]
    if count in (_quoted_before(before), *_items_before(before), _items_behind(behind)):
        yield _relation(sentence, match, count, count)
        return
    told = _ordinals(sentence.flow.text[sentence.start + match.end() :][:_FAR] if _FIRST in behind else _rest(sentence))
    if told:
        yield _relation(sentence, match, count, told)
    else:
        yield from _elsewhere(facts, sentence, match, count)


def _elsewhere(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Iterator[Relation]:
    """A list announced by the same noun and a colon in another sentence: `以下子项目：甲、乙`; told where it agrees."""
    noun = _NOUN.match(sentence.text[match.end() :]) if count > _SMALL else None
    if noun is None:
        return
    for other in facts.saying(noun[0] + "："):
        at = other.text.find(noun[0] + "：") if other.cell is None else -1
        if at >= 0 and len(_PAUSE.split(other.text[at + len(noun[0]) + 1 :])) == count:
            left = Operand("text.list", "operand", other.text[at : at + 40], None, other.span(at, at + 1))
            yield replace(_relation(sentence, match, count, count), left=(left,))
            return


def _children(sections: Sequence[Section]) -> dict[int, list[Heading]]:
    """Heading (by identity) -> the numbered headings right below it."""
    found: dict[int, list[Heading]] = {}
    for section in sections:
        if len(section.path) > 1 and section.heading is not None and section.heading.label:
            found.setdefault(id(section.path[-2]), []).append(section.heading)
    return found


def _below(sentence: Sentence, match: re.Match[str], count: int, below: dict[int, list[Heading]]) -> Iterator[Relation]:
    """The numbered headings below, or the rows of the table that follows; told where they are as many."""
    if count < 2 or not _THINGS.match(sentence.text, match.start("unit")):
        return
    headings = below.get(id(sentence.heading), [])
    left: tuple[Operand, ...] = ()
    if len(headings) == count:
        spans = [heading.flow.span(0, min(len(heading.flow.text), 40)) for heading in headings]
        left = tuple(Operand("text.list", "operand", span.quote, None, span) for span in spans)
    elif _announces(sentence, headings) and abs(len(headings) - count) <= _NEAR:
        spans = [heading.flow.span(0, min(len(heading.flow.text), 40)) for heading in headings]
        parts = tuple(Operand("text.list", "operand", span.quote, None, span) for span in spans)
        yield replace(_relation(sentence, match, count, len(headings)), left=parts)
    elif count > _SMALL:
        left = next((rows for grid in _grids(sentence.section) if len(rows := _rows(grid)) == count), ())
    if left:
        yield replace(_relation(sentence, match, count, count), left=left)


def _announces(sentence: Sentence, headings: list[Heading]) -> bool:
    """Whether a sentence ends in a colon, closes its section, and numbered headings of one kind follow right below."""
    blocks = [block for block in sentence.section.blocks if isinstance(block, TableGrid) or block.flow.text.strip()]
    if len(headings) < _SMALL or not blocks or isinstance(blocks[-1], TableGrid):
        return False
    closing = sentence.flow.text.rstrip()
    if blocks[-1].flow is not sentence.flow or closing[-1:] not in "：:" or sentence.end < len(closing) - 1:
        return False
    kinds = {_LABEL_SIGNS.sub("", heading.label) for heading in headings}
    numbers = [_number(heading.label) for heading in headings]
    return len(kinds) == 1 and numbers == list(range(1, len(headings) + 1))


def _number(label: str) -> int | None:
    """The number of a label: 2 of `（二）`, `2.` or `4.2`."""
    found = re.findall(r"\d+|[一二三四五六七八九十]+", label)
    return chinese_integer(found[-1]) if found else None


def _grids(section: Section) -> Iterator[TableGrid]:
    return (block for block in section.blocks if isinstance(block, TableGrid))


def _rows(grid: TableGrid) -> tuple[Operand, ...]:
    """The names of a table's rows, its total rows left out."""
    found: dict[int, Operand] = {}
    for cell in grid.cells:
        named = cell.row >= max(grid.header_rows, 1) and len(cell.text) > 1 and not cell.text[0].isdigit()
        if named and cell.row not in found and cell.row not in grid.repeated_headers:
            found[cell.row] = Operand("text.list", "operand", cell.text, None, grid.span(cell))
    return tuple(one for one in found.values() if not _TOTAL.search(one.text))


def _quoted_before(text: str) -> int:
    """How many quoted terms end right before the number."""
    if "”" not in text and '"' not in text:
        return 0
    count, at = 0, len(text)
    for quoted in reversed(list(_QUOTED.finditer(text))):
        if len(text[quoted.end() : at].strip("等、和及 两大共的")) > 0:
            break
        count, at = count + 1, quoted.start()
    return count


def _items_before(text: str) -> tuple[int, int]:
    """How many items stand in a row before the number (甲、乙和丙三方面): parted by all signs, by `、` alone."""
    if "、" not in text and "和" not in text:
        return 0, 0
    clause = last_clause(_BRACKETS.sub("", text[-_LONGEST:]), "，,：:从由").removesuffix("等")
    if "、" not in clause and "和" not in clause:
        return 0, 0
    return tuple(len([item for item in signs.split(clause) if item.strip()]) for signs in (_SEPARATORS, _PAUSE))  # type: ignore[return-value]


def _items_behind(text: str) -> int:
    """How many items stand behind a colon after the number."""
    head, colon, rest = text[:_LONGEST].partition("：")
    if not colon or len(head) > 12:
        return 0
    return len([item for item in re.split(r"、|，|,|；", rest) if item.strip()])


def _ordinals(text: str) -> int:
    """How far 一是 … 二是 … count on; 0 if they do not begin."""
    count = 0
    while count < len(_ORDINALS) and f"{_ORDINALS[count]}是" in text:
        count += 1
    return count if count > 1 else 0


def _rest(sentence: Sentence) -> str:
    """What follows the sentence where it ends with a colon or the like: its paragraph, or paragraphs 一是…, 二是…."""
    if sentence.flow.text[sentence.end - 1 : sentence.end] not in "：:下":
        return ""
    return sentence.flow.text[sentence.end : sentence.end + _FAR].strip("：: ") or _paragraphs_below(sentence)


def _paragraphs_below(sentence: Sentence) -> str:
    """The paragraphs right below the sentence's own that begin with 一是, 二是 …, as one text."""
    blocks = sentence.section.blocks
    at = next((at for at, block in enumerate(blocks) if getattr(block, "flow", None) is sentence.flow), len(blocks))
    below: list[str] = []
    for block in blocks[at + 1 :]:
        if isinstance(block, TableGrid) or not _TOLD_AS.match(block.flow.text.strip()):
            break
        below.append(block.flow.text)
    return "\n".join(below) if below and below[0].strip().startswith(_FIRST) else ""


def _relation(sentence: Sentence, match: re.Match[str], count: int, listed: int) -> Relation:
    span = sentence.span(match.start(), match.end())
    whole = sentence.span(0, len(sentence.text), 0)
    relation = Relation(
        RULE,
        "consistent" if count == listed else "inconsistent",
        (Operand("text.list", "operand", sentence.text[:40], None, whole),),
        (Operand(f"text.list.{span.page}.{span.line}", "reported", match[0], Decimal(count), span),),
        formula=f"列举 {listed} 项",
        reported=str(count),
        computed=str(listed),
        severity="info",
    )
    if count == listed:
        return relation
    return replace(
        relation,
        title=f"称有{match[0]}，实列 {listed} 项",
        message=f"{where(span)}称“{match[0]}”，其后列举 {listed} 项，个数不符。",
    )


CHECK = Check(
    rule=RULE,
    name="列举个数",
    what="Where a sentence announces so many aspects, stages or items, it lists as many.",
    why="A list that falls short shows a passage cut or never written.",
    formula="number announced = items listed",
    tolerance="equality; names that all end in the noun counted behind them can fail (a warning), lists told by "
    "一是, 二是, and headings right below a colon; others only agree",
    severity="info",
    source="财预〔2020〕10号第二十五条（逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=(
        "文 评价从立项、目标和资金三个方面进行。",
        "文 存在两个问题，一是进度慢，二是资料少。",
        "文 项目覆盖石门镇、和平镇及白沙乡3个乡镇。",
        "题 一、 做法；文 主要有三个方面。；子题 1. 规划；子题 2. 实施；子题 3. 验收",
    ),
    disagrees=(
        "文 局机关内设办公室、文物与博物馆股、体育股、市场管理股5个股室。",
        "文 抽查分数偏低的有下河村、前岭村和石桥村4个村，其中石桥村最低。",
        "文 存在三个问题，一是进度慢，二是资料少。",
        "表 t9 街道 | 得分 | 等级；表 t9 城南街道 | 91.25 | 优；表 t9 桥头街道 | 86.40 | 良；"
        "表 t9 河堤街道 | 77.30 | 中；表 t9 平均 | 84.98 | 良；文 3个街道中，评价等级1个为“优”，2个为“良”。",
        "题 四、 困难；文 目前有四个方面的困难：；子题 1. 人手少；子题 2. 路程远；子题 3. 设备旧",
    ),
    false_alarms=("lists of examples that end with 等", "a number that counts something else"),
)
