"""Sections of one report (章节): headings with their levels, and the paragraphs and tables below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import join, part_of
from extractors.segment.headings import RANK
from extractors.segment.model import Block, Flow, Heading, Paragraph, Section, TableGrid
from extractors.segment.outline import Outline, find_heading
from extractors.segment.paragraphs import is_note, skippable
from extractors.segment.wrapping import Wrapping

_NOTE_MARK = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*")


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
        if taken[index] or not (text := line.text).strip():
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
    if len(lines) == 1 and (text := lines[0].text.strip()):  # as nearly always
        return Flow(text, (0,), (lines[0],))
    return join((line.text.strip(), line) for line in lines)


def sections(blocks: Sequence[Paragraph | TableGrid]) -> tuple[Section, ...]:
    """Blocks sorted below their headings, in reading order."""
    done: list[Section] = []
    outline = Outline()
    current = _Open(None, (), annex=False)
    for index, block in enumerate(blocks):
        opened = bool(outline.entries)
        found = find_heading(block, blocks[index + 1 : index + 2], opened) if isinstance(block, Paragraph) else None
        if found is None:
            current.blocks.append(block)
            continue
        if current.heading is not None or current.blocks:
            done.append(current.closed())
        heading = outline.place(found)
        current = _Open(heading, outline.path, current.annex or found.rank == RANK["annex"])
        if found.rest.text:
            current.blocks.append(Paragraph(found.rest))
    done.append(current.closed())
    return tuple(done)
