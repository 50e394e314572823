"""From drawing operations to runs of characters (取字): the invisible, the outside, the watermark are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import nan
from typing import Any, cast

from extractors.pages import Turn
from extractors.readers.pdf.limits import MAX_GLYPHS
from extractors.readers.pdf.plane import PRINTED_GAP, Glyph, Plane, Run
from extractors.readers.pdf.symbols import USUAL, has_ink, is_wide_digit, normal

_CLIP = 64  # flag of characters that cut out what is drawn over them
_FAINT = 12  # opacity of 255; invisible text has none
_SMALLEST = 1.5  # points
_STRAIGHT = 0.9986  # cosine of 3°
_SNUG = -0.01  # of the size; an overlap that nobody sees
_LEVEL = (1.0, 0.0)  # as nearly all text is written
_TURNS: dict[tuple[int, int], Turn] = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}

Span = Mapping[str, Any]  # characters that stand behind each other in one font
TextLine = Mapping[str, Any]  # spans in one direction
Char = Mapping[str, Any]  # "c", one character; "origin", x and baseline; "bbox": points of the page as written


@dataclass(slots=True)
class PageGlyphs:
    """The characters of a page by direction (一页的字符). dropped: why characters were left out, and how many.

    hidden: the invisible ones, which over a scan are somebody's OCR.
    """

    planes: list[Plane]
    dropped: Counter[str] = field(default_factory=Counter)
    hidden: list[Plane] = field(default_factory=list)

    @property
    def hidden_text(self) -> str:
        """The invisible characters in order of writing."""
        return "".join(glyph[2] for plane in self.hidden for run in plane.runs for glyph in run.glyphs)

    @property
    def count(self) -> int:
        """How many visible characters there are."""
        return sum(plane.glyph_count for plane in self.planes)


class GlyphCollector:
    """Sorts the characters of one page into planes (取字器)."""

    def __init__(self, width: float, height: float, rotation: int) -> None:
        """`width`, `height`: of the page as written, before /Rotate; `rotation`: its /Rotate."""
        self.width, self.height, self.rotation = width, height, rotation
        self.planes: dict[Turn, Plane] = {}
        self.hidden: dict[Turn, Plane] = {}
        self.dropped: Counter[str] = Counter()
        self._blank = False  # whether a blank was written since the last character

    def collect(self, lines: Iterable[TextLine]) -> PageGlyphs:
        """All characters of the page as written. lines: as PyMuPDF's get_text("rawdict") gives them."""
        budget = MAX_GLYPHS
        alike: list[Span] = []  # spans one behind the other in one plane and size
        size, plane = 0.0, None
        for line in lines:
            direction = line["dir"]
            turn = 0 if direction == _LEVEL else _turn(direction)
            for span in line["spans"]:
                chars = span["chars"]
                budget -= len(chars)
                if budget < 0:
                    self.dropped["too-many"] += len(chars)
                    continue
                if turn is None:
                    self.dropped["slanted"] += len(chars)
                    continue
                if span["size"] < _SMALLEST:
                    self.dropped["tiny"] += len(chars)
                    continue
                if not chars or span["char_flags"] & _CLIP:  # those that are filled too come a second time
                    continue
                if span["alpha"] <= _FAINT:
                    self.dropped["invisible"] += sum(1 for char in chars if has_ink(ord(char["c"])))
                    own = self._plane(self.hidden, turn)
                else:
                    own = self.planes.get(turn) or self._plane(self.planes, turn)
                if alike and (own is not plane or span["size"] != size):
                    self._add(alike, size, plane or own)
                    alike = []
                size, plane = span["size"], own
                alike.append(span)
        if plane is not None:
            self._add(alike, size, plane)
        return PageGlyphs(_filled(self.planes), self.dropped, _filled(self.hidden))

    def _plane(self, planes: dict[Turn, Plane], drawn: Turn) -> Plane:
        """The plane of this direction, made when first asked for."""
        if drawn not in planes:
            size = (self.width, self.height) if drawn % 180 == 0 else (self.height, self.width)
            planes[drawn] = Plane(cast(Turn, (drawn + self.rotation) % 360), drawn, *size, wide_digits=False)
        return planes[drawn]

    def _add(self, spans: Sequence[Span], size: float, plane: Plane) -> None:
        """Cut spans of one size into runs: a new one where the baseline changes, the pen jumps back or far ahead."""
        jump, back, off = 0.3 * size, -0.4 * size, 0.1 * size
        snug, near = _SNUG * size, PRINTED_GAP * size
        right, low = plane.width + 1, plane.height + 1 + size
        runs, blank, usual = plane.runs, self._blank, USUAL
        idle = run = Run(0.0, 0.0, nan, size, [])  # the last one, while characters go on being added
        glyphs: list[Glyph] = []
        end, level, even, odd = 0.0, nan, True, False  # of the character before, if that stands on the page
        for span in spans:
            chars = _upright(span["chars"], plane.drawn, self.width, self.height) if plane.drawn else span["chars"]
            first = chars[0]
            if run is not idle:
                same = even and not odd and first["origin"][1] == level and 0 <= first["bbox"][0] - end < near
                if not same or first["c"] == glyphs[-1][2] or not usual.get(first["c"]):
                    run.x1, run.even, run = end, even and not odd, idle
            elif runs and first["origin"][1] == runs[-1].baseline and _goes_on(runs[-1], size, first, near):
                run = runs[-1]
                glyphs, end, level, even = run.glyphs, run.x1, run.baseline, True
            if run is idle:
                glyphs, end, level, even = [], 0.0, nan, True
            odd = False
            for char in chars:
                try:
                    text = usual[char["c"]]
                except KeyError:
                    text = _looked_at(ord(char["c"]), span["font"], plane)
                    odd = odd or len(text) > 1
                _, baseline = char["origin"]
                x0, _, x1, _ = char["bbox"]
                if not text:
                    blank = blank or char["c"] in usual
                    continue
                gap = x0 - end
                if not (gap < near and gap >= snug and baseline == level and x1 >= -1.0 and x0 <= right):  # as seldom
                    if x1 < -1 or x0 > right or (baseline != level and (baseline < -1 or baseline > low)):
                        self.dropped["outside"] += 1
                        continue
                    if not (back <= gap <= jump and -off <= baseline - level <= off):
                        run.x1, run.even = end, even and not odd
                        glyphs, level, even = [], baseline, True
                        run = Run(x0, x1, baseline, size, glyphs)
                        runs.append(run)
                    else:
                        even = even and snug <= gap < near
                glyphs.append((x0, x1, text, blank))
                end = x1
                blank = False
        run.x1, run.even = end, even and not odd
        self._blank = blank


def _goes_on(run: Run, size: float, char: Char, near: float) -> bool:
    """Whether a span on a run's baseline goes on with it: in its size, right behind it and no copy of its end.

    Reports change their font between Chinese and digits; what stands behind takes a run as a whole.
    """
    if not run.even or run.size != size or not 0 <= char["bbox"][0] - run.x1 < near:
        return False
    return char["c"] != run.glyphs[-1][2] and bool(USUAL.get(char["c"]))


def _looked_at(code: int, font: str, plane: Plane) -> str:
    """What a character prints that is none of the usual ones; '' for nothing."""
    plane.wide_digits = plane.wide_digits or is_wide_digit(code)
    return normal(code, font) if has_ink(code) else ""


def _upright(chars: Sequence[Char], turn: Turn, width: float, height: float) -> list[Char]:
    """Characters in upright coordinates; of origin and box only what is asked for."""
    upright: list[Char] = []
    for char in chars:
        (x, y), (x0, top, x1, bottom) = char["origin"], char["bbox"]
        if turn == 90:
            origin, box = (0, width - x), (top, 0, bottom, 0)
        elif turn == 180:
            origin, box = (0, height - y), (width - x1, 0, width - x0, 0)
        else:
            origin, box = (0, x), (height - bottom, 0, height - top, 0)
        upright.append({"c": char["c"], "origin": origin, "bbox": box})
    return upright


@lru_cache(maxsize=64)
def _turn(direction: tuple[float, float]) -> Turn | None:
    """The quarter turn of a writing direction, or None for slanted text, which is a watermark."""
    x, y = direction
    if abs(x) < _STRAIGHT and abs(y) < _STRAIGHT:
        return None
    return _TURNS[round(x), round(y)]


def _filled(planes: Mapping[Turn, Plane]) -> list[Plane]:
    """The planes that have characters, the fullest first."""
    filled = [plane for plane in planes.values() if plane.runs]
    return filled if len(filled) < 2 else sorted(filled, key=lambda plane: (-plane.glyph_count, plane.drawn))
