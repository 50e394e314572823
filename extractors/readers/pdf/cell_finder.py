"""Which cell of a frame a point lies in (格子定位)."""

from bisect import bisect_left
from collections.abc import Sequence

from extractors.pages import Frame


class CellFinder:
    """Which cell of a frame a point lies in (格子定位); upright coordinates."""

    def __init__(self, frame: Frame) -> None:
        """`frame`: its boxes in the same coordinates as the points to be asked for."""
        self.box, self._cells = frame.box, frame.cells
        owners = [[0] * frame.n_columns for _ in range(frame.n_rows)]
        rows: dict[float, int] = {}
        columns: dict[float, int] = {}
        for index, cell in enumerate(frame.cells):
            row, column, width = cell.row, cell.column, cell.column_span
            x0, top, _, _ = cell.box
            rows[top], columns[x0] = row, column
            for at in range(row, row + cell.row_span):
                owners[at][column : column + width] = [index] * width
        self._xs, self._ys = sorted(columns), sorted(rows)
        self.edges: Sequence[float] = frame.edges
        places = [columns[x] for x in self._xs]
        self._owners = [[owners[rows[y]][at] for at in places] for y in self._ys]

    def covers(self, x: float, y: float) -> bool:
        """Whether the point lies inside the frame."""
        x0, top, x1, bottom = self.box
        return top <= y <= bottom and x0 <= x <= x1

    def cells(self, xs: Sequence[float], y: float) -> list[int]:
        """Indices of the cells at points of one height inside the frame."""
        owners, edges = self._owners[max(bisect_left(self._ys, y) - 1, 0)], self._xs
        return [owners[max(bisect_left(edges, x) - 1, 0)] for x in xs]

    def sides(self, cell: int) -> tuple[float, float]:
        """The left and the right edge of a cell."""
        x0, _, x1, _ = self._cells[cell].box
        return x0, x1

    def across(self, x: float, y: float, near: float) -> int | None:
        """The cell beyond the rule between two rows that is nearer than `near` to a point; None for no such rule."""
        ys, at = self._ys, bisect_left(self._ys, y)
        if at < len(ys) and ys[at] - y < near:
            row = at
        elif at > 1 and y - ys[at - 1] < near:
            row = at - 2
        else:  # as nearly always
            return None
        return self._owners[row][max(bisect_left(self._xs, x) - 1, 0)]

    def ends(self, first: float, last: float, y: float) -> tuple[int, int]:
        """Indices of the cells at two points of one height: as `cells`, in half the time where both are one."""
        owners, edges = self._owners[max(bisect_left(self._ys, y) - 1, 0)], self._xs
        at = bisect_left(edges, first)
        near = last >= first and (at == len(edges) or last <= edges[at])
        behind = at if near else bisect_left(edges, last)
        return owners[at - 1 if at else 0], owners[behind - 1 if behind else 0]
