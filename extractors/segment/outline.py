"""The outline of a report (标题层级): which paragraphs are headings, and how they nest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.frozen import frozen
from extractors.segment.flow import EMPTY, part_of
from extractors.segment.headings import RANK, Label, label_of, ordinal, title_end
from extractors.segment.model import Block, Flow, Heading, Paragraph, TableGrid

_TOPIC = re.compile(
    r".*(?:问题|建议|措施|结论|概况|情况|分析|绩效|经验|做法|说明|依据|目的|评价|结果|应用|公开|背景|目标|指标|过程|产出|效益|决策|管理"
    r"|工作|成效|不足|原因|安排|计划|附件|表)(?:[（(][^（）()]{1,40}[）)])?"
)
_SIGNATURE = re.compile(
    r".{2,30}(?:局|厅|委员会|委|公司|中心|政府|办公室|事务所|研究院|学院|大学|医院|学校|处|科|部|会)\s*(?:[（(].{1,10}[)）])?"
)
_MARKED = re.compile(r"\s{0,3}(#{1,6})\s")
_MAX_UNNUMBERED = 30
_MAX_MARKED = 60
_DIGITS = "0123456789 "
_LIST = RANK["num3"] + 0.5  # `1.` in a list below `1.1`


@frozen
class FoundHeading:
    """A paragraph that is or begins with a heading (识别出的标题). rank: as RANK, of its numbering.

    label: its number, None where it has none. rest: the sentence that runs on behind the heading.
    """

    rank: float
    label: Label | None
    heading: Heading
    rest: Flow


@dataclass(slots=True)
class Outline:
    """The headings above the place reached (当前层级). entries: rank, label and heading, outermost first."""

    entries: list[tuple[float, Label | None, Heading]] = field(default_factory=list)

    @property
    def path(self) -> tuple[Heading, ...]:
        """The headings, outermost first."""
        return tuple([heading for _, _, heading in self.entries])

    def place(self, found: FoundHeading) -> Heading:
        """Set the heading below those that enclose it; hands it back with its level."""
        rank = self._rank(found)
        while self.entries and self.entries[-1][0] >= rank:
            self.entries.pop()
        heading = found.heading
        placed = Heading(len(self.entries) + 1, heading.label, heading.title, heading.flow)
        self.entries.append((rank, found.label, placed))
        return placed

    def _rank(self, found: FoundHeading) -> float:
        """The rank that counts here: `1.` below `1.1` is a list of it, unless it goes on with the `1.` above both."""
        if found.rank != RANK["num"]:
            return found.rank
        above = {rank: label for rank, label, _ in self.entries}
        if not {RANK["num2"], RANK["num3"], _LIST} & above.keys():
            return found.rank
        if _follows(found.label, above.get(_LIST)):
            return _LIST
        return found.rank if _follows(found.label, above.get(found.rank)) else _LIST


def _follows(label: Label | None, before: Label | None) -> bool:
    """Whether a heading's label is the next behind another: counted on, punctuated alike."""
    if label is None or before is None or label.text.strip(_DIGITS) != before.text.strip(_DIGITS):
        return False
    number = ordinal(before)
    return number is not None and ordinal(label) == number + 1


def find_heading(block: Paragraph, below: Sequence[Block], opened: bool) -> FoundHeading | None:
    """The heading that a paragraph is or begins with, else None.

    below: the blocks that follow. opened: a heading stands above; a title page has short lines too.
    """
    if block.footnote is not None:
        return None
    text = block.flow.text
    label = label_of(text)
    if label is None:
        return _unnumbered(block, below, opened)
    end = title_end(text, label.end)
    title = text[label.end : end].strip().strip("：:")
    shown = end
    while shown < len(text) and text[shown] in "。：:" and end > label.end:
        shown += 1
    heading = Heading(0, label.text, title, part_of(block.flow, 0, max(shown, label.end)))
    return FoundHeading(RANK[label.style], label, heading, part_of(block.flow, shown, len(text)))


def _unnumbered(block: Paragraph, below: Sequence[Block], opened: bool) -> FoundHeading | None:
    """A short line without number that the source marks as heading, or that names a topic and stands above text."""
    flow = block.flow
    text = flow.text.strip()
    if len(flow.lines) != 1 or not below:
        return None
    raw = flow.lines[0].raw
    marked = _MARKED.match(raw) if raw else None
    if marked is not None and len(text) <= _MAX_MARKED and (opened or len(marked.group(1)) > 1):
        rank = RANK["cn"] + min(len(marked.group(1)), 4) - 2.5
    elif opened and not isinstance(below[0], TableGrid) and _names_topic(text):
        following = label_of(below[0].flow.text)
        rank = max(RANK[following.style] - 1, 0) if following is not None else RANK["cn"]
    else:
        return None
    return FoundHeading(rank, None, Heading(0, "", text, flow), EMPTY)


def _names_topic(text: str) -> bool:
    """Whether a short line without a sentence's marks names what is written below it, and is no signature."""
    if len(text) > _MAX_UNNUMBERED or any(mark in text for mark in "。；，！？、：:"):
        return False
    return bool(_TOPIC.fullmatch(text)) and not _SIGNATURE.fullmatch(text)
