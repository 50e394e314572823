"""From the runs of a line to its text (成文): copies for bold taken once, blanks put back by gap, marks raised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from extractors.pages import Frame, Line
from extractors.provenance import Box
from extractors.readers.digits import narrow
from extractors.readers.pdf.packed import PackedChars, Stretch
from extractors.readers.pdf.plane import PRINTED_GAP, Plane, Run
from extractors.readers.pdf.symbols import raised

_ASCENT, _DESCENT = 0.8, 0.2  # of the size
_COPY = 0.35  # of the width; how far aside the copy of a character stands that makes it bold
_WIDE_GAP, _LETTER_GAP, _DIGIT_GAP = 0.5, 0.25, 0.5  # of the size
_QUOTE_GAP = 1.1  # of the size; quotation marks are narrow in some fonts, but move the pen by a full character
_QUOTES = "“”‘’"
_COLUMN_GAP = 2.0  # of the size; two blanks say that something else begins
_RAISED_SIZE, _RAISED_BY = 0.8, 0.15  # of the line's size

# x0, x1, text, blank before, size, baseline, confidence (1 where nothing was recognised)
Part = tuple[float, float, str, bool, float, float, float]


def line_of(runs: Sequence[Run], plane: Plane, page: int, framed: tuple[Frame, int] | None) -> Line:
    """The line that these runs make, ordered by x. `page`: 1-based."""
    if len(runs) == 1 and runs[0].even:
        return _line_of_one(runs[0], plane, page, framed)
    if _is_plain(runs):
        return _plain_line(runs, plane, page, framed)
    size = max(runs, key=lambda run: len(run.glyphs)).size
    baseline = max(run.baseline for run in runs if run.size >= _RAISED_SIZE * size)
    text: list[str] = []
    boxes: list[Box] = []
    sizes: list[float] = []
    sure: list[float] = []
    last: Part | None = None
    gap, small, high = PRINTED_GAP * size, _RAISED_SIZE * size, baseline - _RAISED_BY * size
    for part in _parts(runs):
        x0, x1, character, _, part_size, part_baseline, confidence = part
        top, bottom = part_baseline - _ASCENT * part_size, part_baseline + _DESCENT * part_size
        if last is not None:
            if character == last[2] and x0 - last[0] < _COPY * (x1 - x0):
                continue
            if x0 - last[1] >= gap and (blanks := _blanks_between(last, part, size)):
                text.append(" " * blanks)
                boxes.extend([(last[1], top, x0, bottom)] * blanks)
                sizes.extend([size] * blanks)
                sure.extend([1.0] * blanks)
        last = part
        if part_size < small and part_baseline < high:
            character = raised(character)
        text.append(character)
        for _ in character:
            boxes.append((x0, top, x1, bottom))
            sizes.append(part_size)
            sure.append(confidence)
    if plane.turn:
        boxes = [plane.on_page(box) for box in boxes]
    printed = "".join(text)
    joined = narrow(printed) if plane.wide_digits else printed
    read = any(run.confidences is not None for run in runs)
    return Line(
        text=joined,
        page=page,
        box=around(boxes),
        origin="ocr" if read else "text",
        confidence=min(sure) if read else None,
        raw=_raw(runs) if joined == printed else printed,
        chars=PackedChars(joined, boxes, sizes, sure if read else None),
        framed=framed,
        turn=plane.turn,
        lean=plane.lean,
    )


def _is_plain(runs: Sequence[Run]) -> bool:
    """Whether the runs were printed, in one size, one behind the other, with nothing odd inside any of them."""
    size, before = runs[0].size, None
    for run in runs:
        if not run.even or run.size != size:
            return False
        if before is not None and (before.x1 > run.x0 or before.glyphs[-1][2] == run.glyphs[0][2]):
            return False
        before = run
    return True


def _plain_line(runs: Sequence[Run], plane: Plane, page: int, framed: tuple[Frame, int] | None) -> Line:
    """The line of plain runs: only between them can there be blanks."""
    size = runs[0].size
    gap, ascent, descent = PRINTED_GAP * size, _ASCENT * size, _DESCENT * size
    text: list[str] = []
    stretches: list[Stretch] = []
    before, end = runs[0], inf
    for run in runs:
        glyphs, top, bottom = run.glyphs, run.baseline - ascent, run.baseline + descent
        if run.x0 - end >= gap and (blanks := _blanks_before(run, before, size)):
            text.append(" " * blanks)
            stretches.append(([(end, run.x0, " ", False)] * blanks, top, bottom))
        text += [glyph[2] for glyph in glyphs]
        stretches.append((glyphs, top, bottom))
        before, end = run, run.x1
    baselines = [run.baseline for run in runs]
    box = plane.on_page((runs[0].x0, min(baselines) - ascent, end, max(baselines) + descent))
    printed = "".join(text)
    joined = narrow(printed) if plane.wide_digits else printed
    chars = PackedChars.stretched(joined, stretches, size, plane)
    raw = None if joined == printed else printed
    return Line(joined, page=page, box=box, raw=raw, chars=chars, framed=framed, turn=plane.turn, lean=plane.lean)


def _line_of_one(run: Run, plane: Plane, page: int, framed: tuple[Frame, int] | None) -> Line:
    """The line of a single even run, as most are: `_plain_line` with nothing between runs."""
    size, glyphs = run.size, run.glyphs
    top, bottom = run.baseline - _ASCENT * size, run.baseline + _DESCENT * size
    printed = "".join([glyph[2] for glyph in glyphs])
    joined = narrow(printed) if plane.wide_digits else printed
    chars = PackedChars.stretched(joined, [(glyphs, top, bottom)], size, plane)
    box = (run.x0, top, run.x1, bottom)
    return Line(
        joined, None, page, plane.on_page(box) if plane.turn else box, None if joined == printed else printed, "text",
        None, chars, framed, plane.turn, plane.lean,
    )  # fmt: skip


def _raw(runs: Sequence[Run]) -> str | None:
    """What the recogniser read, only where we took some of it for something else."""
    if all(run.raw is None for run in runs):
        return None
    return "".join("".join(glyph[2] for glyph in run.glyphs) if run.raw is None else run.raw for run in runs)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all boxes; there is at least one."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def _parts(runs: Sequence[Run]) -> Iterator[Part]:
    """The characters from left to right; runs that overlap are interleaved."""
    if len(runs) == 1 and runs[0].confidences is None:
        run = runs[0]
        size, baseline = run.size, run.baseline
        return iter([(x0, x1, text, blank, size, baseline, 1.0) for x0, x1, text, blank in run.glyphs])
    apart = all(before.x1 <= behind.x0 for before, behind in pairwise(runs))
    parts = (
        (x0, x1, text, blank, run.size, run.baseline, 1.0 if run.confidences is None else run.confidences[index])
        for run in runs
        for index, (x0, x1, text, blank) in enumerate(run.glyphs)
    )
    return parts if apart else iter(sorted(parts, key=lambda part: part[0]))


def _blanks_before(run: Run, before: Run, size: float) -> int:
    """How many blanks the gap between two runs means."""
    gap = (run.x0 - before.x1) / size
    return _blanks_in(gap, before.glyphs[-1][2], run.glyphs[0][2], after_blank=run.glyphs[0][3])


def _blanks_between(before: Part, after: Part, size: float) -> int:
    """How many blanks the gap between two characters means."""
    return _blanks_in((after[0] - before[1]) / size, before[2][-1], after[2][0], after_blank=after[3])


def _blanks_in(gap: float, left: str, right: str, *, after_blank: bool) -> int:
    """How many blanks a gap that can be seen means: none, one, or two where another column begins. gap: in sizes."""
    if left < "\x7f" and right < "\x7f":
        digits = left in "0123456789.,%" and right in "0123456789.,%"
        limit = PRINTED_GAP if after_blank else _DIGIT_GAP if digits else _LETTER_GAP
    else:
        limit = _QUOTE_GAP if left in _QUOTES or right in _QUOTES else _WIDE_GAP
    if gap <= limit:
        return 0
    return 2 if gap >= _COLUMN_GAP else 1
