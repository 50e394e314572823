"""Makes a garbled text layer out of clean lines (乱序模拟), with the mechanics measured on a real one.

A line is cut at barriers into stretches and these into blocks. Inside a block the fallback characters come out
first, then one or two runs of the others, each from left to right; a blank is printed wherever the next character
does not stand right behind the last, and mostly between Chinese and numbers. Nothing is added, dropped or altered.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.repair.fallback import WIDE_MARKS
from extractors.repair.stretches import RawLine, Stretch, take_apart
from extractors.repair.symbols import is_han


@dataclass(frozen=True, slots=True)
class Mechanics:
    """How text is garbled (乱序机理).

    runs: most runs of a block: 2, the fallback run and another, or 3. violations: share of characters that the
    printer sets in the other class. kinds: share of the document's different characters that fall back.
    garbled: share of lines. block, block_at_mark: chance that a block begins at a character, at a fallback mark.
    split: chance that a block has a third run. switch: chance that the next character is in the other of the two.
    spaced: chance of a blank between Chinese and a number.
    """

    runs: int = 3
    violations: float = 0.0
    kinds: float = 0.07
    garbled: float = 0.9
    block: float = 0.045
    block_at_mark: float = 0.7
    split: float = 0.9
    switch: float = 0.3
    spaced: float = 0.85


class Garbler:
    """One document's printer: its fallback class is drawn once. seed: the same seed gives the same document."""

    def __init__(self, text: str, mechanics: Mechanics, seed: int) -> None:
        self._mechanics = mechanics
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        letters = sorted({character for character in text if is_han(character)})
        self._chance.shuffle(letters)
        self.fallback = frozenset(letters[: int(len(letters) * mechanics.kinds)]) | WIDE_MARKS

    def lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Each line as it would be printed."""
        for line in lines:
            yield self.line(line) if self._chance.random() < self._mechanics.garbled else line

    def line(self, line: str) -> str:
        """One garbled line."""
        taken = take_apart(line)
        order: list[int] = []
        for stretch in _cells(taken):
            order += range(len(order), stretch.start)
            order += (stretch.start + place for place in self._stretch(stretch.symbols))
        order += range(len(order), len(taken.tokens))
        return self._print(taken, order)

    def _stretch(self, symbols: str) -> list[int]:
        """Places of a stretch in the order in which they are printed."""
        chance, mechanics = self._chance, self._mechanics
        fallback = [(symbol in self.fallback) != (chance.random() < mechanics.violations) for symbol in symbols]
        starts = [0]
        for place in range(1, len(symbols)):
            at_mark = fallback[place] and not fallback[place - 1] and symbols[place] in WIDE_MARKS
            if chance.random() < (mechanics.block_at_mark if at_mark else mechanics.block):
                starts.append(place)
        order: list[int] = []
        for first, last in zip(starts, [*starts[1:], len(symbols)], strict=True):
            order += [place for place in range(first, last) if fallback[place]]
            for run in self._runs([place for place in range(first, last) if not fallback[place]]):
                order += run
        return order

    def _runs(self, places: list[int]) -> list[list[int]]:
        """The characters that do not fall back, in one run or two."""
        if self._mechanics.runs < 3 or self._chance.random() >= self._mechanics.split:
            return [places]
        runs: list[list[int]] = [[], []]
        current = self._chance.randrange(2)
        for place in places:
            if self._chance.random() < self._mechanics.switch:
                current = 1 - current
            runs[current].append(place)
        return runs

    def _print(self, line: RawLine, order: list[int]) -> str:
        """The characters in `order` with the blanks that an extractor of text puts between them."""
        printed: list[str] = []
        last = -1
        for index in order:
            token = line.tokens[index]
            if index > last + 1 and printed:
                printed.append(" ")
            elif index == last + 1 and printed:
                printed.append(self._blank(line, index))
            printed.append(token.text)
            last = index
        return "".join(printed)

    def _blank(self, line: RawLine, index: int) -> str:
        """What stands between true neighbours."""
        left, right = line.tokens[index - 1], line.tokens[index]
        beside_number = left.text[-1:].isdigit() != right.text.isdigit()
        if beside_number and (is_han(left.text) or is_han(right.text)):
            return " " if self._chance.random() < self._mechanics.spaced else ""
        return right.blank


def _cells(line: RawLine) -> Iterator[Stretch]:
    """The stretches, cut at real blanks: cells are printed one after the other."""
    for stretch in line.stretches:
        cuts = [place for place, mark in enumerate(stretch.marks) if mark and place]
        for first, last in zip([0, *cuts], [*cuts, len(stretch.symbols)], strict=True):
            yield Stretch(stretch.start + first, stretch.symbols[first:last], stretch.marks[first:last], None)


def wrap(paragraphs: Iterable[str], width: int) -> Iterator[str]:
    """Paragraphs as set in lines of `width` Chinese characters; closing marks hang, numbers are not broken."""
    for paragraph in paragraphs:
        rest = " ".join(paragraph.split())
        while rest:
            end = _line_end(rest, width)
            yield rest[:end].strip()
            rest = rest[end:].lstrip()


def _line_end(text: str, width: int) -> int:
    """Where the first line of `text` ends."""
    room, end = 0.0, 0
    while end < len(text) and room < width:
        room += 0.5 if ord(text[end]) < 128 else 1.0
        end += 1
    while end < len(text) and (text[end] in "，。；：、）》！？”%" or (_joined(text[end - 1]) and _joined(text[end]))):
        end += 1
    return end


def _joined(character: str) -> bool:
    """Whether a line is never broken between two such characters."""
    return character.isascii() and not character.isspace()
