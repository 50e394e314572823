"""Tables flattened to lines without tabs or rules (无框表): found by their head, read by their numbers."""

from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.draft import Draft
from extractors.segment.tables.flat_heads import FlatHead, read_head
from extractors.segment.tables.flat_rows import read_rows
from extractors.segment.tables.flat_stream import read_stream
from extractors.segment.tables.flat_values import value_row

_LOOK_AHEAD = 60
_OUTER = ("annex", "part", "chapter", "section", "cn")


def find_flattened(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All flattened scoring tables. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        head = read_head(lines, free, index) if free[index] and lines[index].text.strip() else None
        draft = _read(lines, free, head) if head is not None else None
        if draft is None:
            index += 1
        else:
            drafts.append(draft)
            index = draft.end
    return drafts


def _read(lines: Sequence[Line], free: Sequence[bool], head: FlatHead) -> Draft | None:
    """The table below a head: rows whose numbers stand on one line, or cells one below the other."""
    end = table_limit(lines, free, head.end)
    with_numbers = 0
    for index in range(head.end, min(end, head.end + _LOOK_AHEAD)):
        with_numbers += value_row(lines[index].text, head) is not None
    return read_rows(lines, head, end) if with_numbers >= 2 else read_stream(lines, head, end)


def table_limit(lines: Sequence[Line], free: Sequence[bool], start: int) -> int:
    """Index of the first line that cannot belong to the table: an outer heading, a taken line."""
    for index in range(start, len(lines)):
        text = lines[index].text
        if not text.strip():
            continue
        label = label_of(text)
        if not free[index] or (label is not None and label.style in _OUTER and not looks_closed(text)):
            return index
    return len(lines)
