"""How a report is printed (版式): every style that the PDF reader must cope with, by name."""

from dataclasses import dataclass
from typing import Literal

Runs = Literal[
    "plain",  # one font for Chinese, each line in one go
    "positioned",  # two fonts, each fragment with a position of its own
    "kerned",  # two fonts, each in one array with kerning jumps over the other's characters
    "ideographic-blanks",  # as kerned, the holes filled with U+3000
    "baseline-2",  # as kerned, the fallback font's baseline 2 points off
    "baseline-5",  # as kerned, 5 points off
    "page-end",  # the fallback font's fragments after everything else of the page
]
Rules = Literal["lines", "rectangles", "dashed", "double", "open", "none", "grounds"]
Program = Literal["", "word", "wps"]  # whose way of writing text and borders is taken; '' for the printer's own


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan (扫描). dpi: of the image. skew: degrees clockwise. noise: standard deviation of grey, 0..255.

    quality: JPEG, 1..100. seal: a red round seal over text. turned: the sheet lay sideways (0, 90, 180, 270).
    """

    dpi: int
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 75
    seal: bool = False
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """One way to print a report (版式).

    landscape_tables: wide tables on landscape pages of their own. turned_tables: such tables turned by 90° on an
    upright page instead. page_rotation: /Rotate of every page, its content turned against it. torn_rows: a row
    may break over a page. leading: of the lines of a cell, in points. program: the word processor that exported the
    file; its way takes the place of `runs` and `rules`. scanned_pages: `none`, `all`, or `odd` for a mixed file.
    """

    runs: Runs = "plain"
    rules: Rules = "lines"
    landscape_tables: bool = False
    turned_tables: bool = False
    page_rotation: int = 0
    repeat_header: bool = True
    torn_rows: bool = False
    running_head: bool = True
    watermark: bool = False
    bold_by_overprint: bool = False
    invisible_copy: bool = False
    annotated: bool = False
    leading: float = 14.0
    embedded_font: bool = False
    justified: bool = False
    program: Program = ""
    scanned_pages: Literal["none", "all", "odd"] = "none"
    scan: Scan | None = None


BORN_DIGITAL: dict[str, Style] = {
    "ruled": Style(bold_by_overprint=True, watermark=True),
    "ruled-rectangles": Style(rules="rectangles", torn_rows=True, justified=True),
    "ruled-dashed": Style(rules="dashed", repeat_header=False),
    "ruled-double": Style(rules="double", embedded_font=True),
    "ruled-open": Style(rules="open", torn_rows=True, repeat_header=False),
    "borderless": Style(rules="none"),
    "borderless-spaced": Style(rules="none", leading=21.0),
    "shaded": Style(rules="grounds"),
    "landscape": Style(landscape_tables=True),
    "interleaved-positioned": Style(runs="positioned"),
    "interleaved-kerned": Style(runs="kerned", rules="rectangles"),
    "interleaved-ideographic-blanks": Style(runs="ideographic-blanks"),
    "interleaved-baseline-2": Style(runs="baseline-2"),
    "interleaved-baseline-5": Style(runs="baseline-5"),
    "interleaved-page-end": Style(runs="page-end", landscape_tables=True),
    "rotated-page": Style(page_rotation=90),
    "rotated-table": Style(turned_tables=True),
    "word": Style(program="word", embedded_font=True, torn_rows=True, justified=True),
    "wps": Style(program="wps", embedded_font=True),
    "annotated": Style(annotated=True, invisible_copy=True, watermark=True),
}
SCANNED: dict[str, Style] = {
    "scanned-200": Style(scanned_pages="all", scan=Scan(200, skew=0.7, noise=6.0, seal=True)),
    "scanned-150": Style(scanned_pages="all", scan=Scan(150, skew=-0.5, noise=4.0, quality=60)),
    "scanned-turned": Style(scanned_pages="all", scan=Scan(200, turned=90)),
}
MIXED: dict[str, Style] = {
    "mixed": Style(landscape_tables=True, scanned_pages="odd", scan=Scan(200, skew=0.4, noise=4.0)),
}
STYLES: dict[str, Style] = BORN_DIGITAL | SCANNED | MIXED
