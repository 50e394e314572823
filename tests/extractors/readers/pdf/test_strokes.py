"""Pieces of rules taken path by path, and boxes of packed characters made one at a time."""

from typing import Any

from extractors.pages import Frame, FrameCell
from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.packed import PackedChars
from extractors.readers.pdf.plane import Plane
from extractors.readers.pdf.rulings import Strokes

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
THIN = [("re", (10.0, 20.0, 110.0, 21.0), 1)]


def _path(kind: str, items: list[Any], color: tuple[float, float, float] = BLACK) -> dict[str, Any]:
    return {"type": kind, "items": items, "color" if kind == "s" else "fill": color, "rect": (10.0, 20.0, 110.0, 21.0)}


def _taken(*paths: dict[str, Any]) -> Strokes:
    strokes = Strokes()
    for path in paths:
        strokes.take(path)
    strokes.end()
    return strokes


def test_a_filled_shape_and_its_stroke_are_one_path() -> None:
    """A shape painted twice, filled and then stroked, gives its rule once and counts once."""
    strokes = _taken(_path("f", THIN), _path("s", THIN))
    assert strokes.horizontal == [(20.5, 10.0, 110.0)]
    assert strokes.count == 1


def test_a_fill_at_the_end_is_not_lost() -> None:
    """The last path waits for a stroke that never comes, and counts all the same."""
    strokes = _taken(_path("s", [("l", (5.0, 0.0), (5.0, 40.0))]), _path("f", THIN))
    assert (strokes.vertical, strokes.horizontal) == ([(5.0, 0.0, 40.0)], [(20.5, 10.0, 110.0)])
    assert strokes.count == 2


def test_a_slanted_stroke_is_no_rule() -> None:
    """The slash of a divided head parts its cell for the eye only; half a point of lean is none."""
    slash = _taken(_path("s", [("l", (10.0, 20.0), (110.0, 60.0))]), _path("s", [("l", (10.0, 60.0), (30.0, 20.0))]))
    assert not slash.horizontal
    assert not slash.vertical
    nearly = _taken(_path("s", [("l", (110.0, 20.5), (10.0, 20.0))]), _path("s", [("l", (5.0, 40.0), (5.5, 0.0))]))
    assert (nearly.horizontal, nearly.vertical) == ([(20.25, 10.0, 110.0)], [(5.25, 0.0, 40.0)])


def test_white_paths_draw_no_rule() -> None:
    """What prints in the colour of the paper is no rule."""
    strokes = _taken(_path("f", THIN, WHITE))
    assert not strokes.horizontal
    assert strokes.count == 1


def test_a_box_made_alone_is_the_box_made_with_all() -> None:
    """Whichever way a character is asked for, its box is the same, from either end and on a turned page."""
    stretches = [
        ([(0.0, 5.0, "甲", False), (5.0, 10.0, "乙", False)], 1.0, 6.0),
        ([(12.0, 17.0, "丙", False)], 2.0, 7.0),
    ]
    for turn in (0, 90, 180, 270):
        plane = Plane(turn, 0, 100.0, 200.0)
        alone, whole = (PackedChars.stretched("甲乙丙", stretches, 5.0, plane) for _ in range(2))
        boxes = [char.box for char in whole]
        assert [alone.box_at(index) for index in (0, 1, 2)] == boxes
        assert alone.box_at(-1) == boxes[-1]
        for packed in (alone, PackedChars.stretched("甲乙", stretches[:1], 5.0, plane)):
            size = len(packed)
            reached = {(at, end): packed.reach(at, end) for at in range(size) for end in range(at + 1, size + 1)}
            assert reached == {(at, end): (boxes[at], boxes[end - 1]) for at, end in reached}


def test_the_cells_at_both_ends_of_a_run_are_those_at_its_points() -> None:
    """Asked for together or apart, also for points that stand on an edge, beyond the frame, or from right to left."""
    cells = tuple(FrameCell(0, column, 1, 1, (10.0 * column, 0.0, 10.0 * column + 10.0, 5.0)) for column in range(3))
    finder = CellFinder(Frame((0.0, 0.0, 30.0, 5.0), 1, 3, cells, edges=(0.0, 10.0, 20.0, 30.0)))
    points = [-1.0, 0.0, 4.0, 10.0, 10.1, 15.0, 20.0, 29.0, 30.0, 40.0]
    for first in points:
        for last in points:
            assert finder.ends(first, last, 2.0) == tuple(finder.cells((first, last), 2.0))


def test_dots_in_a_row_are_a_rule_in_their_direction() -> None:
    """Dots across give one horizontal rule and dots down one vertical; a single dot gives none."""
    across = [[("re", (x, 50.0, x + 0.75, 50.75), 1)] for x in range(10, 40, 2)]
    down = [[("re", (100.0, y, 100.75, y + 0.75), 1)] for y in range(10, 40, 2)]
    strokes = _taken(*(_path("f", items) for items in (*across, *down, [("re", (300.0, 300.0, 301.0, 301.0), 1)])))
    assert strokes.horizontal == [(50.375, 10, 38.75)]
    assert strokes.vertical == [(100.375, 10, 38.75)]
