"""All tables of a document (表格识别): found in every way text carries them, linked, and made into grids."""

import re
from collections.abc import Callable, Sequence

from extractors.frozen import frozen, replace
from extractors.pages import Line
from extractors.segment.model import TableGrid
from extractors.segment.stitching import stitch
from extractors.segment.tables.aligned import find_aligned
from extractors.segment.tables.captions import find_caption, take_head_before
from extractors.segment.tables.columns import ColumnView, Zone, view, zones
from extractors.segment.tables.continuation import merge_continued
from extractors.segment.tables.dashed import find_dashed
from extractors.segment.tables.draft import Draft, DraftCell
from extractors.segment.tables.flattened import find_flattened
from extractors.segment.tables.form_cells import find_form_cells
from extractors.segment.tables.form_funds import find_form_funds
from extractors.segment.tables.grid import finish
from extractors.segment.tables.heads import span_header
from extractors.segment.tables.html import find_html
from extractors.segment.tables.merging import merge_down
from extractors.segment.tables.number_rows import find_number_rows
from extractors.segment.tables.overfull import note_overfull
from extractors.segment.tables.pipes import find_pipes
from extractors.segment.tables.realign import realign
from extractors.segment.tables.ruled import find_ruled
from extractors.segment.tables.separated import MARKED, find_separated
from extractors.segment.tables.short_heads import widen_heads
from extractors.segment.tables.spaced_columns import find_spaced_columns
from extractors.segment.tables.stacked_records import find_stacked_records
from extractors.segment.tables.tabbed_cells import find_tabbed_cells
from extractors.segment.tables.tabs import find_tabs
from extractors.segment.titles import barriers

Finder = Callable[[Sequence[Line], Sequence[bool]], list[Draft]]

# Asked in this order; each sees only the lines that no earlier one took.
FINDERS: tuple[Finder, ...] = (
    find_ruled,
    find_aligned,
    find_html,
    find_pipes,
    find_separated,
    find_dashed,
    find_tabs,
    find_tabbed_cells,
    find_form_cells,
    find_form_funds,
    find_spaced_columns,
    find_flattened,
    find_stacked_records,
    find_number_rows,
)
# What stands in the first line of every table of a layout: where no unclaimed line has it, its finder is not asked.
_MARKS: dict[Finder, re.Pattern[str]] = {
    find_html: re.compile("<"),
    find_pipes: re.compile("[|│┃║｜+├┌┏╔╠┣]"),
    find_separated: MARKED,
    find_dashed: re.compile("--"),
    find_tabs: re.compile("\t"),
    find_tabbed_cells: re.compile("\t"),
    find_form_cells: re.compile("名称"),
    find_form_funds: re.compile("率"),
    find_spaced_columns: re.compile(r"[^\S\n](?:(?<! )| )"),  # two blanks, or another one
}


@frozen
class FoundTable:
    """A table and the lines it takes (表格及其所占的行).

    captions: 0-based indices of the lines that name it, ascending. start, end: its own lines, half open.
    """

    grid: TableGrid
    captions: tuple[int, ...]
    start: int
    end: int

    @property
    def first(self) -> int:
        """The index of its first line, captions included."""
        return min((*self.captions, self.start))


def find_tables(lines: Sequence[Line], dropped: Sequence[bool]) -> list[FoundTable]:
    """All tables in reading order, with ids `t1`, `t2` … dropped: parallel to `lines`, lines without content.

    The finders see lines without content as blank, and no table runs across the title of the next report.
    """
    if any(dropped):
        lines = [replace(line, text="") if drop else line for line, drop in zip(lines, dropped, strict=True)]
    free = [not barrier for barrier in barriers(lines)]
    drafts = stitch(lines, sorted(_drafts(lines, free), key=lambda draft: draft.start))
    free = [True] * len(lines)
    overfull = any("##" in line.text for line in lines)
    for draft, before in zip(drafts, [None, *drafts], strict=False):
        take_head_before(lines, draft, 0 if before is None else before.end)
        free[draft.start : draft.end] = [False] * (draft.end - draft.start)
    found_tables = []
    for number, draft in enumerate(drafts, start=1):
        captions = find_caption(lines, free, draft)
        for index in captions:
            free[index] = False
        _complete(draft)
        if overfull:
            note_overfull(draft)
        found_tables.append(FoundTable(finish(draft, f"t{number}"), tuple(sorted(captions)), draft.start, draft.end))
    return found_tables


def _drafts(lines: Sequence[Line], free: list[bool]) -> list[Draft]:
    """What the finders find, each in what those before it left. free: parallel to `lines`, those that may be taken."""
    drafts: list[Draft] = []
    left = ""  # by the finders that go by where lines stand, which come first; what others take is little
    for finder in FINDERS:
        mark = _MARKS.get(finder)
        if mark is not None:
            left = left or "\n".join([line.text for line, unclaimed in zip(lines, free, strict=True) if unclaimed])
            if mark.search(left) is None:
                continue
        found = finder(lines, free)
        for draft in found:
            free[draft.start : draft.end] = [False] * (draft.end - draft.start)
        drafts.extend(found)
    return drafts


def _complete(draft: Draft) -> None:
    """Bring a linked draft into its final shape: merged cells, continued rows, shifted rows."""
    widen_heads(draft)
    span_header(draft)
    views = _Views(draft)
    for zone in reversed(views.zones):
        merge_continued(draft, views.of(zone), zone.body)
    for zone in views.zones:
        realign(draft, views.of(zone), zone.body)
    _trim(draft)
    for zone in views.zones:
        merge_down(draft, views.of(zone), zone.body)


class _Views:
    """The columns of a draft's zones (列视图), looked at again only where rows were dropped, moved or made narrower."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._known: tuple[tuple[Zone, int, int, int], ColumnView] | None = None
        self._zones: tuple[tuple[int, int], list[Zone]] | None = None

    @property
    def zones(self) -> list[Zone]:
        """The zones of the draft, looked for again only where rows were dropped or moved."""
        state = len(self._draft.rows), len(self._draft.notes)
        if self._zones is None or self._zones[0] != state:
            self._zones = state, zones(self._draft)
        return self._zones[1]

    def of(self, zone: Zone) -> ColumnView:
        """The columns of one zone; the last ones are known as long as nothing tells that they changed."""
        draft = self._draft
        state = zone, len(draft.rows), len(draft.notes), draft.width  # each row that is moved leaves a note
        if self._known is None or self._known[0] != state:
            self._known = state, view(draft, zone)
        return self._known[1]


def _trim(draft: Draft) -> None:
    """Give every row the same width: that of the last column which is not blank in every row."""
    width = 0
    for row in draft.rows:
        end = len(row.cells)
        while end > width and (cell := row.cells[end - 1]) is not None and not cell.flow.text:
            end -= 1
        width = max(width, end)
    for row in draft.rows:
        if len(row.cells) != width:
            del row.cells[width:]
            row.cells.extend([DraftCell() for _ in range(width - len(row.cells))])
