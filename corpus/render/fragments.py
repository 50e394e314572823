"""Cuts set lines into what one font writes at a time (字串), and puts it in the order of the style."""

from dataclasses import dataclass
from itertools import groupby

from corpus.render.measure import advance, is_latin
from corpus.render.sheet import PlacedText
from corpus.render.style import Runs

MAIN, FALLBACK, LATIN = "F0", "F1", "F2"
# What the fallback font sets: punctuation and every fifth Chinese character, as word processors do where a font
# lacks some glyphs.
_FALLBACK_MARKS = frozenset("，。；：、")
_BASELINE_SHIFT = {"baseline-2": 2.0, "baseline-5": 5.0}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters that follow each other in one font (字串). x: left edge; end: where the pen stands behind it."""

    font: str
    text: str
    x: float
    end: float
    baseline: float
    size: float
    stretch: float


def font_of(character: str, runs: Runs) -> str:
    """The font that sets this character."""
    if is_latin(character):
        return LATIN
    if runs != "plain" and (character in _FALLBACK_MARKS or ord(character) % 5 == 0):
        return FALLBACK
    return MAIN


def cut(line: PlacedText, runs: Runs) -> list[Fragment]:
    """The fragments of a line from left to right; blanks at fragment ends move the pen only."""
    fragments = []
    x = line.x
    for font, characters in groupby(line.text, key=lambda character: font_of(character, runs)):
        text = "".join(characters)
        end = x + sum(advance(character, line.size) + line.stretch for character in text)
        shift = _BASELINE_SHIFT.get(runs, 0.0) if font == FALLBACK else 0.0
        fragments.append(Fragment(font, text, x, end, line.baseline - shift, line.size, line.stretch))
        x = end
    return fragments


def in_emission_order(lines: list[PlacedText], runs: Runs) -> list[list[Fragment]]:
    """Groups of fragments, each group written with one position; the order is that of the content stream."""
    groups: list[list[Fragment]] = []
    late: list[list[Fragment]] = []
    for line in lines:
        fragments = cut(line, runs)
        if runs == "plain":
            groups.extend([fragment] for fragment in fragments)
            continue
        for font in (FALLBACK, MAIN, LATIN):
            mine = [fragment for fragment in fragments if fragment.font == font]
            if runs in ("positioned", "page-end"):
                target = late if runs == "page-end" and font == FALLBACK else groups
                target.extend([fragment] for fragment in mine)
            elif mine:
                groups.append(mine)
    return groups + late
