"""The scored tree as its tellings state it (指标树): which voice states what, and what adds up to a parent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.rows.model import IndicatorRow
from extractors.segment.model import TableGrid
from normalizers.numbers import parse
from normalizers.records import EvaluationReport, Indicator, Mention
from pipeline.checks.prints import MARKS

Parts = tuple[tuple[int, Mention], ...]


@dataclass(slots=True)
class Voice:
    """One telling of the tree (一处完整陈述): a table, all group tables together, the prose.

    marks: field -> index of indicator -> its first mention in this voice. mixed: (field, index) that this voice
    states with different values. present: indicators of which, or of one below which, it states anything, marks or not.
    below: those of them right below each parent, in order.
    """

    name: str
    present: set[int] = field(default_factory=set)
    marks: dict[str, dict[int, Mention]] = field(default_factory=dict)
    mixed: set[tuple[str, int]] = field(default_factory=set)
    below: dict[int | None, list[int]] = field(default_factory=dict)

    def add(self, index: int, mention: Mention) -> None:
        """Take up a numeric mention."""
        stated = self.marks.get(mention.field)
        if stated is None:
            stated = self.marks[mention.field] = {}
        known = stated.setdefault(index, mention)
        if known is not mention and known.number and mention.number and known.number.value != mention.number.value:
            self.mixed.add((mention.field, index))

    def get(self, mark: str, index: int) -> Mention | None:
        """What this voice states, or None."""
        return self.marks.get(mark, {}).get(index)


class ScoredTree:
    """The indicators of scope 0 with their voices."""

    def __init__(self, report: EvaluationReport, left_out: frozenset[int] = frozenset()) -> None:
        """Sort the indicators of scope 0 by parent, their numeric marks by voice; `left_out` are mentions' ids."""
        self.indicators: tuple[Indicator, ...] = tuple(one for one in report.indicators if one.scope == 0)
        self.children: dict[int | None, list[Indicator]] = {}
        self._covers: dict[tuple[str, str, int | None, bool], Parts | None] = {}
        voices: dict[str, Voice] = {}
        for one in self.indicators:
            self.children.setdefault(one.parent, []).append(one)
            for mention in one.mentions:
                if id(mention) in left_out:
                    continue
                name = voice_of(mention)
                voice = voices.get(name)
                if voice is None:
                    voice = voices[name] = Voice(name)
                voice.present.add(one.index)
                if mention.field in MARKS and mention.number is not None:
                    voice.add(one.index, mention)
        parents = {one.index: one.parent for one in self.indicators}
        for voice in voices.values():
            for index in tuple(voice.present):
                above = parents[index]
                while above is not None and above not in voice.present:
                    voice.present.add(above)
                    above = parents[above]
        self.voices: tuple[Voice, ...] = tuple([voice for voice in voices.values() if voice.marks])
        for voice in self.voices:
            for one in self.indicators:
                if one.index in voice.present:
                    voice.below.setdefault(one.parent, []).append(one.index)
        self.leaves: tuple[Indicator, ...] = tuple([one for one in self.indicators if one.index not in self.children])

    def cover(self, voice: Voice, mark: str, parent: int | None, *, lowest: bool = False) -> Parts | None:
        """What adds up to `parent` in this voice: each child's mention, or its children's where it has none.

        Children that the voice does not speak of are left out: two tables may divide one parent differently.
        lowest: only leaves count. None where a leaf told of is not stated, or nothing is below `parent`.
        """
        stated = voice.marks.get(mark)
        if not stated:
            return None
        asked = (voice.name, mark, parent, lowest)
        if asked not in self._covers:
            self._covers[asked] = self._cover(voice, mark, parent, stated, lowest=lowest)
        return self._covers[asked]

    def _cover(
        self, voice: Voice, mark: str, parent: int | None, stated: dict[int, Mention], *, lowest: bool
    ) -> Parts | None:
        found: list[tuple[int, Mention]] = []
        told = voice.below
        for child in told.get(parent, ()):
            leaf = child not in told
            if child in stated and (leaf or not lowest):
                found.append((child, stated[child]))
                continue
            below = None if leaf else self.cover(voice, mark, child, lowest=lowest)
            if below is None:
                return None
            found.extend(below)
        return tuple(found) or None

    def covers(self, voice: Voice, mark: str, parent: int | None) -> list[Parts]:
        """What adds up to `parent` in this voice, by the highest marks it states and by the leaves, equal ones once."""
        highest = self.cover(voice, mark, parent)
        if highest is not None and voice.below.keys().isdisjoint(voice.below.get(parent, ())):
            return [highest]  # the leaves themselves
        leaves = self.cover(voice, mark, parent, lowest=True)
        if leaves is None or leaves == highest:
            return [] if highest is None else [highest]
        return [leaves] if highest is None else [highest, leaves]

    def all_told(self, voice: Voice, parent: int | None) -> bool:
        """Whether a voice speaks of every indicator below a parent."""
        below = self.children.get(parent, ())
        return all(one.index in voice.present and self.all_told(voice, one.index) for one in below)


def voice_of(mention: Mention) -> str:
    """The telling that a mention belongs to: its table, all group tables together, or its kind of prose."""
    if mention.place == "group" or mention.table is None:
        return mention.place
    return mention.table


def understood(grid: TableGrid | None, read: Sequence[IndicatorRow], voice: Voice) -> bool:
    """Whether no row of `grid` prints a number in a column of marks without having been read as one.

    read: the rows that were, of all tables.
    """
    if grid is None or len(grid.fragments) > 1:
        return False
    spans = [mention.span for stated in voice.marks.values() for mention in stated.values()]
    columns = {span.cell.column for span in spans if span.cell is not None}
    rows = {row.row for row in read if row.table_id == grid.table_id}
    for cell in grid.cells:
        unread = cell.column in columns and cell.row >= grid.header_rows and cell.row not in rows
        if unread and parse(cell.text) is not None:
            return False
    return True
