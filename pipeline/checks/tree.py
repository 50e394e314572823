"""The scored tree as its tellings state it (指标树): which voice states what, and what adds up to a parent."""

from dataclasses import dataclass, field

from normalizers.records import EvaluationReport, Indicator, Mention
from pipeline.checks.prints import MARKS

Parts = tuple[tuple[int, Mention], ...]


@dataclass(slots=True)
class Voice:
    """One telling of the tree (一处完整陈述): a table, all group tables together, the prose.

    marks: field -> index of indicator -> its first mention in this voice. mixed: (field, index) that this voice
    states with different values. present: indicators of which, or of one below which, it states anything, marks or not.
    """

    name: str
    present: set[int] = field(default_factory=set)
    marks: dict[str, dict[int, Mention]] = field(default_factory=dict)
    mixed: set[tuple[str, int]] = field(default_factory=set)

    def add(self, index: int, mention: Mention) -> None:
        """Take up a numeric mention."""
        known = self.marks.setdefault(mention.field, {}).setdefault(index, mention)
        if known.number and mention.number and known.number.value != mention.number.value:
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
        self._below: dict[tuple[str, int | None], list[int]] = {}
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
        self.voices: tuple[Voice, ...] = tuple(voice for voice in voices.values() if voice.marks)
        self.leaves: tuple[Indicator, ...] = tuple(one for one in self.indicators if one.index not in self.children)

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
        for child in self._told(voice, parent):
            leaf = not self._told(voice, child)
            if child in stated and (leaf or not lowest):
                found.append((child, stated[child]))
                continue
            below = None if leaf else self.cover(voice, mark, child, lowest=lowest)
            if below is None:
                return None
            found.extend(below)
        return tuple(found) or None

    def _told(self, voice: Voice, parent: int | None) -> list[int]:
        """The indicators below a parent that a voice speaks of."""
        asked = (voice.name, parent)
        known = self._below.get(asked)
        if known is None:
            below = self.children.get(parent, ())
            known = self._below[asked] = [one.index for one in below if one.index in voice.present]
        return known

    def covers(self, voice: Voice, mark: str, parent: int | None) -> list[Parts]:
        """What adds up to `parent` in this voice, by the highest marks it states and by the leaves, equal ones once."""
        highest = self.cover(voice, mark, parent)
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
