"""Text of one direction (文字方向): its own upright coordinates, and the way back to the page a viewer shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.pages import Lean, Turn
from extractors.provenance import Box

PRINTED_GAP = 0.12  # of the size; the narrowest gap that can be a printed blank


@dataclass(slots=True)
class Run:
    """Characters that one font wrote side by side on one baseline (字串), in upright coordinates.

    glyphs: (x0, x1, text, blank before) in order of writing; blanks themselves are left out.
    confidences: 0..1 for each glyph that was recognised in an image, else None. even: the glyphs were printed one
    behind the other, one character each, without a gap or an overlap that can be seen.
    raw: what a recogniser read, only where we took it for something else.
    """

    x0: float
    x1: float
    baseline: float
    size: float
    glyphs: list[Glyph]
    confidences: list[float] | None = None
    even: bool = False
    raw: str | None = None


Glyph = tuple[float, float, str, bool]


@dataclass(slots=True)
class Plane:
    """All text of a page that runs in one direction (同向文字).

    turn: degrees clockwise against the page as a viewer shows it. drawn: the same against the page as it is written,
    before /Rotate. width, height: of the page seen upright in this direction, in points.
    lean: how a scanned page leans; the plane's coordinates are those of the page put straight.
    wide_digits: whether full-width digits may be among its characters.
    """

    turn: Turn
    drawn: Turn
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    lean: Lean | None = None
    wide_digits: bool = True

    @property
    def glyph_count(self) -> int:
        """How many characters the plane has."""
        return sum(len(run.glyphs) for run in self.runs)

    def upright(self, box: Box) -> Box:
        """A box of the page as written, in the plane's upright coordinates."""
        return turned_back(box, self.drawn, self.width, self.height)

    def on_page(self, box: Box) -> Box:
        """An upright box of this plane, as it lies on the page that a viewer shows."""
        x0, top, x1, bottom = box
        if self.turn == 0:
            return box
        if self.turn == 90:
            return (self.height - bottom, x0, self.height - top, x1)
        if self.turn == 180:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return (top, self.width - x1, bottom, self.width - x0)


def turned_back(box: Box, turn: Turn, width: float, height: float) -> Box:
    """A box turned back by `turn` degrees; width, height: of the page in upright view."""
    x0, top, x1, bottom = box
    if turn == 0:
        return box
    if turn == 90:
        return (top, height - x1, bottom, height - x0)
    if turn == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    return (width - bottom, x0, width - top, x1)
