"""Sections of one report (章节): headings with their levels, and the paragraphs and tables below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import join, part_of
from extractors.segment.headings import RANK, label_of, title_end
from extractors.segment.model import Block, Flow, Heading, Paragraph, Section, TableGrid
from extractors.segment.paragraphs import is_note, skippable
from extractors.segment.wrapping import Wrapping

_NOTE_MARK = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*")
_TOPIC = re.compile(
    r".*(?:问题|建议|措施|结论|概况|情况|分析|绩效|经验|做法|说明|依据|目的|评价|结果|应用|公开|背景|目标|指标|过程|产出|效益|决策|管理|工作|成效|不足|原因|安排|计划|附件|表)"
    r"(?:[（(][^（）()]{1,40}[）)])?"
)
_SIGNATURE = re.compile(
    r".{2,30}(?:局|厅|委员会|委|公司|中心|政府|办公室|事务所|研究院|学院|大学|医院|学校|处|科|部|会)\s*(?:[（(].{1,10}[)）])?"
)


@dataclass(slots=True)
class _Open:
    """The section being filled."""

    heading: Heading | None
    path: tuple[Heading, ...]
    annex: bool
    blocks: list[Block] = field(default_factory=list)

    def closed(self) -> Section:
        """The finished section."""
        return Section(self.heading, self.path, tuple(self.blocks), self.annex)


def paragraphs(
    lines: Sequence[Line], tables: dict[int, TableGrid], taken: Sequence[bool], wrapping: Wrapping
) -> Iterator[Paragraph | TableGrid]:
    """Paragraphs and tables in reading order.

    tables: by the index (0-based) of their first line. taken: parallel to `lines`, lines that are no prose.
    Footnotes come behind the paragraph they cut.
    """
    current: list[Line] = []
    notes: list[list[Line]] = []
    in_note = False
    for index, line in enumerate(lines):
        table = tables.get(index)
        if table is not None:
            yield from _closed(current, notes)
            current, notes, in_note = [], [], False
            yield table
        text = line.text
        if taken[index] or not text.strip():
            continue
        if current and skippable(text, current[-1].text, text):
            continue
        if is_note(text):
            notes.append([line])
            in_note = True
        elif (
            in_note
            and notes
            and wrapping.continues(notes[-1][-1], line)
            and not (current and wrapping.continues(current[-1], line))
        ):
            notes[-1].append(line)
        elif current and wrapping.continues(current[-1], line):
            current.append(line)
            in_note = False
        else:
            yield from _closed(current, notes)
            current, notes, in_note = [line], [], False
    yield from _closed(current, notes)


def _closed(current: Sequence[Line], notes: Sequence[Sequence[Line]]) -> Iterator[Paragraph]:
    """The paragraph read so far, then the footnotes that stood in it."""
    if current:
        yield Paragraph(_flow(current))
    for note in notes:
        flow = _flow(note)
        mark = _NOTE_MARK.match(flow.text)
        assert mark is not None  # noqa: S101 - is_note() saw it
        yield Paragraph(part_of(flow, mark.end(), len(flow.text)), footnote=mark.group(1))


def _flow(lines: Sequence[Line]) -> Flow:
    return join((line.text.strip(), line) for line in lines)


def sections(blocks: Sequence[Paragraph | TableGrid]) -> tuple[Section, ...]:
    """Blocks sorted below their headings, in reading order."""
    done: list[Section] = []
    stack: list[tuple[int, Heading]] = []
    current = _Open(None, (), annex=False)
    for index, block in enumerate(blocks):
        found = _heading(block, blocks[index + 1 : index + 3]) if isinstance(block, Paragraph) else None
        if found is not None and not found[1].label and not stack:
            found = None  # a title page has short lines too
        if found is None:
            current.blocks.append(block)
            continue
        style, heading, rest = found
        if current.heading is not None or current.blocks:
            done.append(current.closed())
        while stack and stack[-1][0] >= style:
            stack.pop()
        heading = Heading(len(stack) + 1, heading.label, heading.title, heading.flow)
        stack.append((style, heading))
        annex = current.annex or style == RANK["annex"]
        current = _Open(heading, tuple(entry for _, entry in stack), annex)
        if rest.text:
            current.blocks.append(Paragraph(rest))
    done.append(current.closed())
    return tuple(done)


def _heading(block: Paragraph, below: Sequence[Block]) -> tuple[int, Heading, Flow] | None:
    """Rank, heading and run-on rest of a paragraph that is or begins with a heading, else None."""
    if block.footnote is not None:
        return None
    text = block.flow.text
    label = label_of(text)
    if label is None:
        return _unnumbered(block, below)
    end = title_end(text, label.end)
    title = text[label.end : end].strip().strip("：:")
    shown = end
    while shown < len(text) and text[shown] in "。：:" and end > label.end:
        shown += 1
    heading = Heading(0, label.text, title, part_of(block.flow, 0, max(shown, label.end)))
    return RANK[label.style], heading, part_of(block.flow, shown, len(text))


def _unnumbered(block: Paragraph, below: Sequence[Block]) -> tuple[int, Heading, Flow] | None:
    """A short line that names a topic and stands above text: a heading whose number was lost."""
    flow = block.flow
    text = flow.text.strip()
    if len(flow.lines) != 1 or not below or len(text) > 30 or isinstance(below[0], TableGrid):
        return None
    if any(mark in text for mark in "。；，！？、：:") or not _TOPIC.fullmatch(text) or _SIGNATURE.fullmatch(text):
        return None
    following = label_of(below[0].flow.text)
    rank = max(RANK[following.style] - 1, 0) if following is not None else RANK["cn"]
    return rank, Heading(0, "", text, flow), part_of(flow, len(flow.text), len(flow.text))
