"""How word processors write a page (文字处理软件的写法): the content streams of most reports that offices publish.

Facts taken from files that Word and WPS exported: which operators stand around each run of text and each border.
"""

from collections.abc import Iterator

from corpus.render.fragments import Fragment
from corpus.render.measure import advance
from corpus.render.style import Program

STATES = "<</G0 <</Type/ExtGState/BM/Normal/ca 1>>/G1 <</Type/ExtGState/BM/Normal/CA 1>>>>"
"""Graphics states that both name before each text; to stand in the page's resources."""

_BORDER = 0.48  # points, as both draw a single border
_TWIPS = 20  # WPS sets text in twentieths of a point


class Word:
    """As Word exports (Word 导出): marked, clipped and positioned anew for every run; borders as thin rectangles."""

    def __init__(self, width: float, height: float) -> None:
        """Size of the page in points."""
        self._clip = f"q 0.000008871 0 {width:.2f} {height:.2f} re W* n"
        self._marked = 0

    def shown(self, fragment: Fragment, x: float, y: float, glyphs: list[str]) -> str:
        """A run at its place; y runs upwards. glyphs: in hexadecimal, one for each character."""
        self._marked += 1
        stretch = f"{fragment.stretch:.3f} Tc" if fragment.stretch else ""
        return (
            f"/P <</MCID {self._marked}>> BDC {self._clip}\nBT\n/{fragment.font} {fragment.size:g} Tf\n"
            f"1 0 0 1 {x:.2f} {y:.2f} Tm\n/G0 gs\n0 g\n/G1 gs\n0 G\n{stretch}[<{''.join(glyphs)}>] TJ\nET\nQ\n EMC"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Iterator[str]:
        """A border and the corner where it begins, each a rectangle of its own."""
        yield f"{x0:.2f} {y0 - _BORDER:.2f} {_BORDER} {_BORDER} re f*"
        if y0 == y1:
            yield f"{x0 + _BORDER:.2f} {y0 - _BORDER:.2f} {x1 - x0 - _BORDER:.2f} {_BORDER} re f*"
        else:
            yield f"{x0:.2f} {y1:.2f} {_BORDER} {y0 - y1 - _BORDER:.2f} re f*"


class Wps:
    """As WPS exports (WPS 导出): every character shown by itself, in a text object of its own for every run."""

    def __init__(self, width: float, height: float) -> None:
        """Size of the page in points."""
        self._clip = f"q 0 0 {width:.2f} {height:.2f} re W* n 0.05 w 2 M 2 J 2 j 0 0 0 RG"

    def shown(self, fragment: Fragment, x: float, y: float, glyphs: list[str]) -> str:
        """A run at its place; y runs upwards. glyphs: in hexadecimal, one for each character."""
        steps = [(advance(character, fragment.size) + fragment.stretch) * _TWIPS for character in fragment.text[:-1]]
        moves = "".join(f"{step:.3f} 0 TD<{glyph}>Tj " for step, glyph in zip(steps, glyphs[1:], strict=True))
        return (
            f"{self._clip}\nq\nBT\n0 0 0 rg\n/{fragment.font} {fragment.size * _TWIPS:g} Tf\n/G0 gs\n"
            f"{1 / _TWIPS} 0 0 {1 / _TWIPS} {x:.2f} {y:.2f} Tm\n<{glyphs[0]}>Tj {moves}\nET\nQ\nQ"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Iterator[str]:
        """A border as a rectangle, in a state of its own."""
        wide, high = (x1 - x0, _BORDER) if y0 == y1 else (_BORDER, y0 - y1)
        yield f"q\n0 0 0 rg\n/G0 gs\n{x0:.2f} {y1:.2f} {wide:.2f} {high:.2f} re\nf*\nQ"


def program_of(name: Program, width: float, height: float) -> Word | Wps | None:
    """The program of this name for a page of this size, in points; None where the printer writes in its own way."""
    if not name:
        return None
    return Word(width, height) if name == "word" else Wps(width, height)
