"""Tables printed one cell below the other that weigh every level, or number their rows (逐格竖排、各级均列权重).

A row is `决策 15 项目立项 5 立项依据充分性 2 充分 充分 2 备注`, outer levels left out where merged.
Nothing parts the rows, so the cells must fit the head from the first to the total; else nothing is read.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import MAX_BLANK, FlatHead, head_row, read_head
from extractors.segment.tables.flat_levelled import levelled_row
from extractors.segment.tables.nested import nested_levels
from extractors.vocabulary import LEVEL1, TOTAL_LABELS, plain

_LEVELS = ("level1", "level2", "level3", "indicator")
_MOST_CELLS = 4000
_LEAST_ROWS = 3
_MOST_NAME = 24
_FIRST = frozenset(map(plain, LEVEL1))
_SOME_KNOWN = 2  # standard names of the first level, by which a table is known to use them
_WEIGHT = re.compile(r"[（(][^（()）]{1,10}[)）]$")
_MOST_DIGITS = 3  # of a serial number


@frozen
class _Row:
    """A row that fits the head (一行): its cells by column, where it starts and ends among the cells."""

    cells: tuple[tuple[int, Piece], ...]
    start: int
    end: int
    total: bool = False


def read_weighed(lines: Sequence[Line], head: FlatHead, limit: int) -> Draft | None:
    """The table below `head`, or None where its cells do not fit. limit: index behind its last possible line."""
    pieces, places = _cells(lines, head, limit)
    rows = _nested(pieces, head) or _fitting(pieces, head)
    if len(rows) < _LEAST_ROWS:
        return None
    draft = Draft("flattened", [head_row(head, lines)], head.start, places[rows[-1].end - 1] + 1)
    draft.header_rows = 1
    for row in rows:
        cells: list[DraftCell | None] = [DraftCell() for _ in head.columns]
        for column, piece in row.cells:
            cells[column] = DraftCell(cell_flow([piece]))
        draft.rows.append(DraftRow(cells, pieces[row.start][1], pieces[row.end - 1][1]))
    return draft


def _cells(lines: Sequence[Line], head: FlatHead, limit: int) -> tuple[list[Piece], list[int]]:
    """The cells below the head with the indices of their lines; heads repeated on later pages are left out."""
    pieces: list[Piece] = []
    places: list[int] = []
    index, blank = head.end, 0
    while index < limit and blank <= MAX_BLANK and len(pieces) < _MOST_CELLS:
        text = lines[index].text.strip()
        again = read_head(lines, index) if text else None
        if again is not None:
            if again.key != head.key:
                break
            index = again.end
            continue
        blank = 0 if text else blank + 1
        if text and not is_page_mark(text):
            pieces.append((text, lines[index]))
            places.append(index)
        index += 1
    return pieces, places


def _nested(pieces: Sequence[Piece], head: FlatHead) -> list[_Row]:
    """Rows of a table that prints name, weight and score of each level alike; its weights tell whose level is whose.

    [] where the head is another, or the weights leave it open.
    """
    size = next((at for at, role in enumerate(head.roles) if at and role in _LEVELS), 0)
    blocks = [head.roles[at : at + size] for at in range(0, len(head.roles), size)] if size > 1 else []
    alike = len(blocks) > 1 and all(block[0] in _LEVELS and block[1:] == blocks[0][1:] for block in blocks)
    if not alike or blocks[0][1] != "weight":
        return []
    words = [text for text, _ in pieces]
    stop = next((at for at, word in enumerate(words) if plain(word).rstrip("：:") in TOTAL_LABELS), len(words))
    starts = range(0, stop, size)
    kinds = [[kind_of(word) for word in words[at : at + size]] for at in starts]
    if stop % size or any(kind[0] != "text" or set(kind[1:]) != {"number"} for kind in kinds):
        return []
    whole = words[stop + 1] if words[stop + 1 : stop + 2] and kind_of(words[stop + 1]) == "number" else "100"
    levels = nested_levels([_points(words[at + 1]) for at in starts], _points(whole))
    if not levels or max(levels) != len(blocks):
        return []
    rows: list[_Row] = []
    for at, level in zip(starts, levels, strict=True):
        cells = tuple(enumerate(pieces[at : at + size], start=(level - 1) * size))
        if level > 1 and rows[-1].cells[-1][0] == (level - 1) * size - 1:  # goes on right of the level above
            rows[-1] = _Row((*rows[-1].cells, *cells), rows[-1].start, at + size)
        else:
            rows.append(_Row(cells, at, at + size))
    behind = next((at for at in range(stop + 1, len(words)) if kind_of(words[at]) != "number"), len(words))
    if stop < len(words):
        rows.append(_Row(tuple(enumerate(pieces[stop : min(behind, stop + size)])), stop, behind, total=True))
    return rows


def _points(word: str) -> Decimal:
    """The number that a cell of weights prints."""
    return Decimal(word.strip().rstrip("分").strip().replace(",", "").replace("，", ""))


def _fitting(pieces: Sequence[Piece], head: FlatHead) -> list[_Row]:
    """Rows from the first cell on, without a cell left over, up to the total; [] where there is no such reading.

    Of several readings the one with fuller rows counts. Read from the end, so that each cell is looked at a few times.
    """
    words = [text for text, _ in pieces]
    known = len({plain(_WEIGHT.sub("", word)) for word in words} & _FIRST) >= _SOME_KNOWN
    best: dict[int, _Row] = {}
    for start in range(len(words) - 1, -1, -1):
        for row in _candidates(words, start, pieces, head, known=known):
            if row.total or row.end in best:
                best[start] = row
                break
    rows: list[_Row] = []
    at = 0
    while at in best and (not rows or not rows[-1].total):
        rows.append(best[at])
        at = best[at].end
    return rows


def _candidates(
    words: Sequence[str], start: int, pieces: Sequence[Piece], head: FlatHead, *, known: bool
) -> Iterator[_Row]:
    """The rows that may begin at a cell, the fullest first; the last text of a row may be missing.

    known: the table names its first level as is usual; then nothing else stands there.
    """
    if head.roles[0] == "serial":
        yield from _numbered(words, start, pieces, head, known=known)
        return
    if plain(words[start]).rstrip("：:") in TOTAL_LABELS:
        total = _total(words, start, pieces, head)
        if total is not None:
            yield total
            return
        lengths = [(count, 0) for count in range(len(head.roles), 1, -1)]
    else:
        openings = [column for column, role in enumerate(head.roles) if role in _LEVELS]
        full = [len(head.roles) - column for column in openings]
        remarked = head.roles[-1] == "comment"
        lengths = [(count - lacking, lacking) for count in full for lacking in ((0, 1) if remarked else (0,))]
    for count, lacking in lengths:
        own = [*words[start : start + count], *[""] * lacking]
        if len(own) != count + lacking or not own:
            continue
        found = levelled_row(own, head)
        if found is not None and all(len(name) <= _MOST_NAME for name in found[0]):
            row = _placed(found, start, count, pieces, head)
            if row.total or not known or _opens_well(row, head):
                yield row


def _opens_well(row: _Row, head: FlatHead) -> bool:
    """Whether a name of the first level, if the row has one, is a standard one (决策, 产出)."""
    first = next((text for column, (text, _) in row.cells if head.roles[column] == "level1"), None)
    return first is None or plain(_WEIGHT.sub("", first)) in _FIRST


def _total(words: Sequence[str], start: int, pieces: Sequence[Piece], head: FlatHead) -> _Row | None:
    """The total that repeats the weight of several levels (合计 100 100 88.42): the score is the last number.

    None where it prints one weight only, or the head does not end in weight and score.
    """
    behind = next((at for at in range(start + 1, len(words)) if kind_of(words[at]) != "number"), len(words))
    weights = [column for column, role in enumerate(head.roles) if role == "weight"]
    scores = [column for column, role in enumerate(head.roles) if role == "score"]
    told = words[start + 1 : behind - 1]
    if not scores or not 1 < len(told) <= len(weights) or scores[-1] < weights[-1]:
        return None
    if len({_points(word) for word in told}) > 1:
        return None
    columns = [0, *weights[: len(told) - 1], weights[-1], scores[-1]]
    return _Row(tuple(zip(columns, pieces[start:behind], strict=True)), start, behind, total=True)


def _numbered(
    words: Sequence[str], start: int, pieces: Sequence[Piece], head: FlatHead, *, known: bool
) -> Iterator[_Row]:
    """The rows that a serial number opens, and the total, which has none."""
    inner = FlatHead(head.columns[1:], head.roles[1:], head.start, head.end)
    opened = words[start].isdigit() and len(words[start]) <= _MOST_DIGITS
    total = plain(words[start]).rstrip("：:") in TOTAL_LABELS
    if not (opened or total) or start + opened >= len(words):
        return
    for row in _candidates(words, start + opened, pieces, inner, known=known):
        cells = [(column + 1, piece) for column, piece in row.cells]
        if row.total == total:
            yield _Row(((0, pieces[start]), *cells) if opened else tuple(cells), start, row.end, total)


def _placed(
    found: tuple[tuple[str, ...], tuple[tuple[int, str], ...]],
    start: int,
    count: int,
    pieces: Sequence[Piece],
    head: FlatHead,
) -> _Row:
    """The row with each cell in its column; a total's label stands in the first."""
    names, cells = found
    levels = [column for column, role in enumerate(head.roles) if role in _LEVELS]
    total = len(names) == 1 and plain(names[0]).rstrip("：:") in TOTAL_LABELS
    columns = sorted([*(levels[:1] if total else levels[len(levels) - len(names) :]), *(column for column, _ in cells)])
    own = pieces[start : start + count]
    return _Row(tuple(zip(columns, own, strict=False)), start, start + count, total)


def is_stacked(lines: Sequence[Line], head: FlatHead) -> bool:
    """Whether the head itself is printed one cell below the other, as its rows then are, serial numbers first."""
    printed = [line for line in lines[head.start : head.end] if line.text.strip()]
    return len(printed) == len(head.columns) and all(kind_of(line.text.strip()) == "text" for line in printed)
