"""Names of merged cells in a page's layout (合并单元格的名称): printed at the middle of the rows they stand for."""

import re
from collections.abc import Sequence

from extractors.frozen import frozen
from extractors.pages import Line
from extractors.segment.flow import Piece

_WEIGHT = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*[分%％]?\s*[）)]")


@frozen
class Label:
    """A name between rows. at: row index it stands at, with .5 for the gap before the row of the next whole number."""

    column: int
    at: float
    text: str
    line: Line


def settle(rows: list[list[list[Piece]]], labels: Sequence[Label], columns: Sequence[int]) -> None:
    """Bring each name of a level column to the first row it stands for.

    A column whose names stand at the middles of their rows is told by arithmetic: groups that begin at the first row
    and lie even around each name fill the table exactly. Otherwise names stand at the tops of their groups.
    """
    for column in columns:
        _join_weights(rows, column)
        own = _joined([label for label in labels if label.column == column], rows, column)
        on_rows = all(label.column != column for label in labels) and bool(own) and own[0][0] == 0
        groups = None if on_rows else _centred([at for at, _ in own], len(rows))
        if groups is None:
            _to_next_row(rows, [label for label in labels if label.column == column])
            continue
        for row in rows:
            row[column] = []
        for first, (_, pieces) in zip(groups, own, strict=True):
            rows[first][column] = pieces


def _join_weights(rows: list[list[list[Piece]]], column: int) -> None:
    """A cell that is only a bracketed weight, `（15分）`, goes on with the name above it."""
    name: list[Piece] | None = None
    for row in rows:
        text = "".join(piece for piece, _ in row[column])
        if name is not None and _WEIGHT.fullmatch(text.strip()):
            name.extend(row[column])
            row[column] = []
        elif text:
            name = row[column]


def _joined(labels: Sequence[Label], rows: list[list[list[Piece]]], column: int) -> list[tuple[float, list[Piece]]]:
    """All names of a column with their places, those on rows included; a name broken over lines joined."""
    placed = [(float(index), list(row[column])) for index, row in enumerate(rows) if row[column]]
    placed += [(label.at, [(label.text, label.line)]) for label in labels]
    return sorted(placed, key=lambda item: item[0])


def _centred(places: Sequence[float], count: int) -> list[int] | None:
    """First rows of the groups, if `count` rows part into groups whose middles are these places; else None."""
    first, groups = 0, []
    for place in places:
        last = 2 * place - first
        if last < first or last != int(last) or last >= count:
            return None
        groups.append(first)
        first = int(last) + 1
    return groups if first == count and places else None


def _to_next_row(rows: list[list[list[Piece]]], labels: Sequence[Label]) -> None:
    """A name on a line of its own belongs to the row below it, behind what stands there already."""
    for label in labels:
        index = int(label.at + 0.5)
        if index < len(rows):
            rows[index][label.column].insert(0, (label.text, label.line))
