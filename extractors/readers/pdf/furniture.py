"""Running heads and feet, page numbers (页眉页脚页码): found by their place and by coming again on other pages."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.frozen import frozen
from extractors.pages import Line, Page
from extractors.provenance import Box
from extractors.readers.pdf.body import BodySizes, size_in
from extractors.vocabulary import column_role

_EDGE = 0.085  # of the height: what stands nearer to the edge lies outside the type area
_NEAR = 0.14  # of the height: so far in, other signs are needed
_LARGEST = 1.5  # of the size of running text; heads of whole pages are larger
_APART = 1.5  # of its size, by which a running head keeps away from the type area
_SAME_HEIGHT = 6.0  # points by which a running head may move from page to page
_DIGITS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百〇]+(?=\s*页)")
_PAGE_NUMBER = re.compile(
    r"[-—–－─·~～\s]*(?:第\s*)?[0-9０-９]{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–－─·~～\s]*"
    r"|第\s*[一二三四五六七八九十百〇]+\s*页(?:\s*[/／,，]?\s*共\s*[一二三四五六七八九十百〇]+\s*页)?|[-—\s]*[ivxlIVXL]{1,6}[-—\s]*"
)


@frozen
class _Candidate:
    """A line near the upper or lower edge. page, line: 0-based. upper: which edge. distance: from it, in points."""

    page: int
    line: int
    upper: bool
    distance: float
    size: float
    text: str


def find_furniture(pages: Sequence[Page], sizes: BodySizes) -> dict[int, set[int]]:
    """The lines of each page that are running heads, feet and page numbers; all 0-based, pages without any left out.

    sizes: of the characters of these pages.
    """
    body = 0.0  # asked for only where words come again
    groups: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for number, page in enumerate(pages):
        for candidate in _candidates(page, number):
            groups[candidate.upper, _DIGITS.sub("#", "".join(candidate.text.split()))].append(candidate)
    found: dict[int, set[int]] = defaultdict(set)
    for (_, pattern), group in groups.items():
        for candidate in group:
            page = pages[candidate.page]
            height = page.height or 0.0
            if candidate.distance < _EDGE * height and _PAGE_NUMBER.fullmatch(candidate.text):
                found[candidate.page].add(candidate.line)
            elif _comes_again(candidate, group, len(pages)) and not _is_table_head(candidate.text):
                body = body or sizes.usual()
                if len(pattern) <= 80 and _is_small_print(page, candidate, body):
                    found[candidate.page].add(candidate.line)
    for number, lines in found.items():
        lines.difference_update(_within_text(pages[number], lines))
    return found


def _is_small_print(page: Page, candidate: _Candidate, body: float) -> bool:
    """Whether words that come again are set as running heads are: close to the edge, no larger than running text.

    What stands apart from all else may lie further in, and be larger: a sheet that was made to fit the page is
    printed smaller, its running head is not.
    """
    if candidate.size <= 1.05 * body and candidate.distance < _EDGE * (page.height or 0.0):
        return True
    box = page.lines[candidate.line].box
    if candidate.size < 0.95 * body and _has_rule(page, box):
        return True
    return candidate.size <= _LARGEST * body and _stands_apart(page, candidate)


def _within_text(page: Page, found: set[int]) -> set[int]:
    """Those of the lines found on a page beyond which, nearer to the edge, stands a line that is none."""
    doubted = [index for index in found if not _PAGE_NUMBER.fullmatch(page.lines[index].text.strip())]
    if not doubted:  # as on most pages
        return set()
    height = page.height or 0.0
    own = [
        line.box
        for index, line in enumerate(page.lines)
        if line.box is not None and not line.turn and index not in found
    ]
    upper = min([box[3] for box in own], default=height)
    lower = max([box[1] for box in own], default=0.0)
    within = set()
    for index in doubted:
        line = page.lines[index]
        if line.box is not None and not line.turn:
            _, top, _, bottom = line.box
            if upper <= top < height / 2 or lower >= bottom > height / 2:
                within.add(index)
    return within


def _candidates(page: Page, number: int) -> list[_Candidate]:
    """The lines outside frames near the upper and lower edge of the page as a viewer shows it.

    On a page whose text is turned, its running head may stand at a side: there the line's own upright view counts.
    """
    width, height = page.width, page.height
    if not width or not height:
        return []
    candidates = []
    for index, line in enumerate(page.lines):
        if line.framed is not None or line.box is None:
            continue
        for upper, distance in _distances(line, width, height):
            if distance < _NEAR * height:
                size = size_in(line, 0) if line.chars else 0.0
                candidates.append(_Candidate(number, index, upper, distance, size, line.text.strip()))
                break
    return candidates


def _distances(line: Line, width: float, height: float) -> list[tuple[bool, float]]:
    """(upper, distance to the far side of the line) for both edges that the line runs along."""
    assert line.box is not None  # noqa: S101 - asked for lines with a place only
    x0, top, x1, bottom = line.box
    if line.turn in (0, 180):
        return [(True, bottom), (False, height - top)]
    return [(True, x1), (False, width - x0)]


def _comes_again(candidate: _Candidate, group: Sequence[_Candidate], n_pages: int) -> bool:
    """Whether the same words stand in the same place on other pages: on a third of them, at least on two."""
    places = {other.page for other in group if abs(other.distance - candidate.distance) <= _SAME_HEIGHT}
    return len(places) >= max(2, min(n_pages / 3, 6))


def _is_table_head(text: str) -> bool:
    """Whether the line names columns: a table's header repeated on top of each page is content."""
    return sum(column_role(piece) is not None for piece in text.split()) >= 2


def _stands_apart(page: Page, candidate: _Candidate) -> bool:
    """Whether nothing stands between a line and the edge, and nothing near it on its other side."""
    line = page.lines[candidate.line]
    if line.box is None or line.turn or not candidate.size:
        return False
    _, top, _, bottom = line.box
    apart = _APART * candidate.size
    boxes = [other.box for other in page.lines if other is not line and other.framed is None and other.box is not None]
    boxes += [frame.box for frame in page.frames]
    if candidate.upper:
        return all(box[1] >= bottom + apart for box in boxes)
    return all(box[3] <= top - apart for box in boxes)


def _has_rule(page: Page, box: Box | None) -> bool:
    """Whether a rule runs closely below or above the line over half of the page."""
    if box is None or not page.width:
        return False
    return any(
        ruling.box[2] - ruling.box[0] > 0.5 * page.width and -10 < ruling.box[1] - box[3] < 10
        for ruling in page.rulings
    )
