"""Text and rules from going through a page once: the boxes of its vectors tell what its paths do, or nothing."""

import pymupdf
import pytest

from extractors.readers.pdf import pages
from extractors.readers.pdf.glyphs import GlyphCollector, PageGlyphs
from extractors.readers.pdf.pages import text_and_vectors
from extractors.readers.pdf.rulings import Segment, Strokes, Vector, joined

TOLD = {
    "level line": "10 10 m 100 10 l S",
    "upright line, to and fro": "10 100 m 10 10 l S",
    "thin pen": "0.2 w 10 10 m 100 10 l S",
    "thinnest pen": "0 w 10 10 m 100 10 l S",
    "lines of one path": "10 10 m 100 10 l 10 30 m 100 30 l 10 10 m 10 30 l S",
    "line of two parts": "10 10 m 50 10 l 100 10 l S",
    "dashed by the pen": "[3 2] 0 d 10 10 m 100 10 l S",
    "dashes drawn one by one": " ".join(f"{x} 10 m {x + 3} 10 l S" for x in range(10, 60, 5)),
    "thin rectangle": "10 10 80 0.5 re f",
    "thin rectangles of one path": "10 10 80 0.5 re 10 60 0.5 80 re f",
    "thin polygon": "10 10 m 100 10 l 100 10.5 l 10 10.5 l h f",
    "thin rectangle, painted twice": "0.2 w 10 10 80 0.5 re B",
    "dots": " ".join(f"{x} 10 1 1 re f" for x in range(10, 60, 3)),
    "ground of a cell": "0.9 g 10 10 80 40 re f",
    "white ground and white rule": "1 g 10 10 80 40 re f 10 60 80 1 re f 1 G 10 90 m 80 90 l S",
    "ground too light for a rule": "0.97 g 10 10 80 40 re f 10 60 80 1 re f",
}
NOT_TOLD = {
    "frame": "10 10 80 40 re S",
    "thick line": "4 w 10 10 m 100 10 l S",
    "lines around a corner": "10 10 m 100 10 l 100 60 l S",
    "slash of a divided head": "10 10 m 100 60 l S",
    "line that leans a little": "10 10 m 100 10.4 l S",
    "curve": "10 10 m 20 50 60 50 100 10 c f",
    "polygon": "10 10 m 100 10 l 100 20 l 20 20 l 20 60 l 10 60 l h f",
}


def _page(content: str) -> pymupdf.Page:
    """A page with this content stream, and Helvetica by the name of helv."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=300)
    page.insert_text((0, -20), "x")
    pdf.update_stream(page.get_contents()[0], content.encode())
    return pymupdf.open(stream=pdf.tobytes())[0]


def _vectors(page: pymupdf.Page) -> list[Vector]:
    vectors = text_and_vectors(page)[1]
    assert vectors is not None
    return vectors


def _by_paths(page: pymupdf.Page) -> Strokes:
    strokes = Strokes()
    page.get_cdrawings(callback=strokes.take)
    strokes.end()
    return strokes


def _rules(pieces: list[Segment]) -> list[Segment]:
    """Whole rules, to the hundredth of a point."""
    return [(round(place, 2), round(start, 2), round(end, 2)) for place, start, end in joined(pieces)]


@pytest.mark.parametrize("content", TOLD.values(), ids=TOLD)
def test_vectors_tell_what_paths_tell(content: str) -> None:
    """Rules and grounds are the same, to the hundredth of a point, whichever way they are taken."""
    page = _page(content)
    expected = _by_paths(page)
    strokes = Strokes.of_vectors(_vectors(page))
    assert strokes is not None
    strokes.end()
    assert _rules(strokes.horizontal) == _rules(expected.horizontal)
    assert _rules(strokes.vertical) == _rules(expected.vertical)
    assert strokes.shades == expected.shades


@pytest.mark.parametrize("content", NOT_TOLD.values(), ids=NOT_TOLD)
def test_paths_are_looked_at_where_boxes_do_not_tell(content: str) -> None:
    """Of what is no level or upright line and no rectangle a box says too little."""
    assert Strokes.of_vectors(_vectors(_page(f"10 200 m 100 200 l S {content}"))) is None


def test_very_many_vectors_are_not_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A map of a million lines is gone through line by line, and its text is read all the same."""
    monkeypatch.setattr(pages, "MAX_GATHERED_BYTES", 100_000)
    lines, vectors = text_and_vectors(_page("BT /helv 12 Tf 10 100 Td (17) Tj ET " + "10 10 m 100 10 l S " * 3000))
    assert vectors is None
    assert [char["c"] for line in lines for span in line["spans"] for char in span["chars"]] == ["1", "7"]


def _collected(content: str) -> PageGlyphs:
    return GlyphCollector(300, 300, 0).collect(text_and_vectors(_page(content))[0])


def _text(glyphs: PageGlyphs) -> str:
    return "".join(glyph[2] for plane in glyphs.planes for run in plane.runs for glyph in run.glyphs)


@pytest.mark.parametrize(
    ("mode", "shown", "hidden"),
    [(0, "17", ""), (1, "17", ""), (2, "17", ""), (3, "", "17"), (4, "17", ""), (7, "", "")],
)
def test_only_what_is_painted_is_read(mode: int, shown: str, hidden: str) -> None:
    """Painted text once, however it is painted; invisible text apart; text that only cuts out something not at all."""
    glyphs = _collected(f"BT {mode} Tr /helv 12 Tf 10 100 Td (17) Tj ET")
    assert (_text(glyphs), glyphs.hidden_text) == (shown, hidden)
    assert glyphs.dropped["invisible"] == len(hidden)


def test_what_stands_outside_the_page_is_counted() -> None:
    """Nothing is left out in silence."""
    glyphs = _collected("BT /helv 12 Tf 10 100 Td (17) Tj ET BT /helv 12 Tf -100 100 Td (abc) Tj ET")
    assert _text(glyphs) == "17"
    assert glyphs.dropped["outside"] == 3


def test_what_is_clipped_away_is_not_read() -> None:
    """A spreadsheet writes a cell over two pages on both, and each shows its part; what is seen in half is read."""
    text = "BT /helv 12 Tf 10 100 Td (17) Tj ET BT /helv 12 Tf 10 146 Td (3) Tj ET BT /helv 12 Tf 10 200 Td (abc) Tj ET"
    assert _text(_collected(f"q 0 0 300 150 re W n {text} Q")) == "173"


def test_text_stays_in_the_order_of_writing_without_blanks_of_its_own() -> None:
    """A gap is told by the places of characters: no blank is put into it, and what is written later comes later."""
    glyphs = _collected("BT /helv 12 Tf 100 100 Td (94) Tj ET BT /helv 12 Tf 10 100 Td (17) Tj ET")
    assert _text(glyphs) == "9417"
    assert not any(blank for plane in glyphs.planes for run in plane.runs for *_, blank in run.glyphs)
