"""Writes sheets as a PDF (制版): content streams of our own, so that every way of writing runs can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from corpus.render.fragments import FALLBACK, LATIN, MAIN, Fragment, in_emission_order
from corpus.render.programs import STATES, Word, Wps, program_of
from corpus.render.sheet import PlacedRule, PlacedText, Sheet
from corpus.render.style import Style

if TYPE_CHECKING:
    import pymupdf

WATERMARK = "内部资料请勿外传"
HIDDEN = "校对用隐藏文字 999.99"
_RULE_WIDTH = 0.5
_DASH, _GAP = 3.0, 2.0
_IDEOGRAPHIC_BLANK = "\u3000"


class Printer:
    """Prints sheets into one PDF (制版器)."""

    def __init__(self, style: Style) -> None:
        """Begin an empty PDF."""
        import pymupdf

        self.style = style
        self.pdf: pymupdf.Document = pymupdf.open()
        self._embedded = pymupdf.Font("cjk") if style.embedded_font else None
        self._fallback_xref = 0
        self._program: Word | Wps | None = None  # of the page being printed

    def print(self, sheets: list[Sheet]) -> pymupdf.Document:
        """Print all sheets; returns the PDF, still open."""
        for sheet in sheets:
            paper_width, paper_height = sheet.paper
            page = self.pdf.new_page(width=paper_width, height=paper_height)
            self._load_fonts(page)
            self._program = program_of(self.style.program, paper_width, paper_height)
            xref = self.pdf.get_new_xref()
            self.pdf.update_object(xref, "<<>>")
            self.pdf.update_stream(xref, "\n".join(self._content(sheet)).encode("ascii"))
            page.set_contents(xref)
            if self.style.page_rotation:
                page.set_rotation(360 - self.style.page_rotation)
        if self._embedded is not None:
            self.pdf.subset_fonts()
        return self.pdf

    def _load_fonts(self, page: pymupdf.Page) -> None:
        """Make the three fonts known to the page; the fallback is a second font of the same characters."""
        if self._embedded is not None:
            main = page.insert_font(fontname=MAIN, fontbuffer=self._embedded.buffer)
        else:
            main = page.insert_font(fontname="china-s")
        latin = page.insert_font(fontname="tiro")
        if not self._fallback_xref:
            self._fallback_xref = self.pdf.get_new_xref()
            self.pdf.update_object(self._fallback_xref, self.pdf.xref_object(main).replace("/Heiti", "/Song"))
        fonts = f"<</{MAIN} {main} 0 R/{FALLBACK} {self._fallback_xref} 0 R/{LATIN} {latin} 0 R>>"
        self.pdf.xref_set_key(page.xref, "Resources", f"<</Font {fonts}/ExtGState {STATES}>>")

    def _content(self, sheet: Sheet) -> Iterator[str]:
        """The content stream of one sheet; y runs upwards from the lower edge of the layout."""
        turned_all = bool(self.style.page_rotation)
        paper_height = sheet.paper[1]
        if self.style.watermark:
            yield from self._watermark(sheet.paper)
        if not turned_all:
            yield from self._texts(sheet.furniture, paper_height)
        if sheet.turn:
            yield f"q 0 -1 1 0 0 {sheet.width:g} cm"
        if turned_all:
            yield from self._texts(sheet.furniture, sheet.height)
        if self.style.invisible_copy:
            yield f"BT 3 Tr /{MAIN} 9 Tf 1 0 0 1 90 400 Tm {self._encoded(MAIN, HIDDEN)} Tj 0 Tr ET"
        rules = [line for rule in dict.fromkeys(sheet.rules) for line in self._rule(rule, sheet.height)]
        yield from rules if self.style.rules == "grounds" else ()
        yield from self._texts(sheet.texts, sheet.height)
        yield from rules if self.style.rules != "grounds" else ()
        if sheet.turn:
            yield "Q"

    def _watermark(self, paper: tuple[float, float]) -> Iterator[str]:
        """Large grey text across the page."""
        text = self._encoded(MAIN, WATERMARK)
        matrix = f"0.7071 0.7071 -0.7071 0.7071 {paper[0] / 5:g} {paper[1] / 4:g}"
        yield f"q 0.85 g BT /{MAIN} 60 Tf {matrix} Tm {text} Tj ET Q"

    def _texts(self, texts: list[PlacedText], height: float) -> Iterator[str]:
        """Text in the order of the style; headings once more a little aside, where bold is made by overprinting."""
        for group in in_emission_order(texts, self.style.runs):
            yield self._shown(group, height, 0.0)
        if self.style.bold_by_overprint:
            for group in in_emission_order([text for text in texts if text.bold], self.style.runs):
                yield self._shown(group, height, 0.35)

    def _shown(self, group: list[Fragment], height: float, aside: float) -> str:
        """One text object: a position and the fragments with jumps between them."""
        first = group[0]
        if self._program is not None:
            glyphs = [self._code(first.font, character) for character in first.text]
            return self._program.shown(first, first.x + aside, height - first.baseline, glyphs)
        stretch = f"{first.stretch:.3f} Tc " if first.stretch else ""
        array = self._encoded(first.font, first.text)
        pen = first.end
        for fragment in group[1:]:
            gap = fragment.x - pen
            if self.style.runs == "ideographic-blanks" and fragment.font != LATIN:
                blanks = int(gap / fragment.size)
                array += self._encoded(fragment.font, _IDEOGRAPHIC_BLANK * blanks)
                gap -= blanks * fragment.size
            array += f" {-gap / fragment.size * 1000:.1f} {self._encoded(fragment.font, fragment.text)}"
            pen = fragment.end
        x, y = first.x + aside, height - first.baseline
        return f"BT {stretch}/{first.font} {first.size:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm [{array}] TJ ET"

    def _encoded(self, font: str, text: str) -> str:
        """The text as a hexadecimal string in the encoding of the font."""
        return f"<{''.join([self._code(font, character) for character in text])}>"

    def _code(self, font: str, character: str) -> str:
        """One character in the encoding of the font, in hexadecimal."""
        if font == LATIN:
            return character.encode("cp1252").hex()
        if self._embedded is not None:
            return f"{self._embedded.has_glyph(ord(character)):04x}"
        return character.encode("utf-16-be").hex()

    def _rule(self, rule: PlacedRule, height: float) -> Iterator[str]:
        """One rule in the way of the style."""
        x0, y0, x1, y1 = rule.x0, height - rule.y0, rule.x1, height - rule.y1
        if self._program is not None:
            yield from self._program.rule(x0, y0, x1, y1)
        elif self.style.rules == "rectangles":
            half = _RULE_WIDTH / 2
            yield f"{x0 - half:.2f} {y1 - half:.2f} {x1 - x0 + 2 * half:.2f} {y0 - y1 + 2 * half:.2f} re f"
        elif self.style.rules == "grounds":
            yield f"q 0.9 g {x0:.2f} {y1:.2f} {x1 - x0:.2f} {y0 - y1:.2f} re f Q"
        elif self.style.rules == "dashed":
            yield from _dashes(x0, y0, x1, y1)
        elif self.style.rules == "double":
            for off in (-0.8, 0.8):
                dx, dy = (off, 0.0) if x0 == x1 else (0.0, off)
                yield _stroke(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
        else:
            yield _stroke(x0, y0, x1, y1)


def _stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{_RULE_WIDTH} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S"


def _dashes(x0: float, y0: float, x1: float, y1: float) -> Iterator[str]:
    """A dashed line, each dash drawn by itself, as word processors print it."""
    length = abs(x1 - x0) + abs(y1 - y0)
    place: Callable[[float], tuple[float, float]] = (
        (lambda along: (x0 + along, y0)) if y0 == y1 else (lambda along: (x0, y0 - along))
    )
    for step in range(int(length / (_DASH + _GAP)) + 1):
        start = step * (_DASH + _GAP)
        yield _stroke(*place(start), *place(min(start + _DASH, length)))
