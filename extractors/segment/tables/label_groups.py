"""Which rows a name stands for (名称所辖的行): names are printed at the middle of their rows, or at their top."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from extractors.frozen import frozen

_WITHOUT = 2.0  # points that speak against rows which go on with the name of the page before
_FOREIGN = 40.0  # points that speak against a name of the framework below another than its own
_NEVER = 1000.0  # a table's first row has a name
_LEVEL = 1.5  # points; what stands no further off each other stands level
_FAR = 3.0  # points; what stands as far off is not level, half a row being more
_MOST_ROWS = 90
_NO_WAY = float("inf")


@frozen
class Extent:
    """From where to where something is printed (上下范围), in points from the top."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between."""
        return (self.top + self.bottom) / 2


@frozen
class Within:
    """What is known of the names within (内层名称). starts: rows at which a group of them begins.

    foreign: (label, row) where a name begins that stands below another label in the standard framework; label -1 is
    the name of the page before.
    """

    starts: frozenset[int]
    foreign: frozenset[tuple[int, int]] = frozenset()

    def against(self, label: int, rows: range) -> float:
        """What speaks against a label standing for these rows."""
        return _FOREIGN * sum((label, row) in self.foreign for row in rows) if self.foreign else 0.0


def groups_of(
    labels: Sequence[Extent], rows: Sequence[Extent], begins: bool, ends: bool, within: Within | None = None
) -> list[int]:
    """The first row (0-based) that each label stands for; each group reaches to the next one.

    begins, ends: whether the table begins and ends with these rows, and not on the page before or after. Rows before
    the first group go on with the name of the page before; the last name of a page stands at the top of its rows,
    if these go on. within: of the names right of the labels, whose groups the labels' groups do not cut.
    """
    if not labels or not rows:
        return []
    tops = [_nearest([abs(row.top - label.top) for row in rows]) for label in labels]
    if len(rows) > _MOST_ROWS or len(labels) > len(rows):
        return tops
    off_top = sum(abs(rows[row].top - label.top) for row, label in zip(tops, labels, strict=True))
    off_middle, firsts = _centred(labels, rows, begins, ends, within)
    if off_middle >= _NEVER and within is not None:
        within = None
        off_middle, firsts = _centred(labels, rows, begins, ends, None)
    whole = len(set(tops)) == len(tops) and (tops[0] == 0 or not begins)
    if within is not None:
        whole = whole and within.starts.issuperset(tops)
        edges = (0, *tops, len(rows))
        off_top += sum(within.against(at - 1, range(*rows_of)) for at, rows_of in enumerate(pairwise(edges)))
    return tops if whole and off_top < off_middle else firsts


def _nearest(distances: Sequence[float]) -> int:
    """The index of the least distance, the first of equal ones."""
    return distances.index(min(distances))


def could_be_centred(labels: Sequence[Extent], rows: Sequence[Extent], begins: bool, ends: bool) -> bool:
    """Whether there is a way to part the rows in which each label stands at the very middle of its own."""
    if len(rows) > _MOST_ROWS or len(labels) > len(rows):
        return False
    off, firsts = _centred(labels, rows, begins, ends, None)
    if off >= _LEVEL * len(labels):
        return False
    own = [rows[first:stop] for first, stop in pairwise((*firsts, len(rows)))]
    apart = [abs(label.middle - (part[0].top + part[-1].bottom) / 2) for label, part in zip(labels, own, strict=True)]
    return max(apart if ends else apart[:-1], default=0.0) <= _FAR


def _centred(
    labels: Sequence[Extent],
    rows: Sequence[Extent],
    begins: bool,
    ends: bool,
    within: Within | None,
) -> tuple[float, list[int]]:
    """The way to part the rows in which the labels stand nearest to the middle of theirs; and how far off they are."""
    costs, stops = _partings(labels, rows, ends, within)
    ways = []
    for start in range(len(rows) - len(labels) + 1):
        without = (_NEVER if begins else _WITHOUT) if start else 0.0
        without += within.against(-1, range(start)) if within is not None else 0.0
        ways.append((costs[start] + without, start))
    cost, start = min(ways)
    return cost, list(accumulate(stops[:-1], lambda at, own: own[at], initial=start)) if costs[start] < _NO_WAY else []


def _partings(
    labels: Sequence[Extent], rows: Sequence[Extent], ends: bool, within: Within | None
) -> tuple[list[float], list[list[int]]]:
    """The best ways to part the rows from each one on among the labels: how far off they are; and for each label the
    row behind its own, by their first."""
    n_rows, n_labels = len(rows), len(labels)
    tops, bottoms = [row.top for row in rows], [row.bottom for row in rows]
    costs = [*[_NO_WAY] * n_rows, 0.0]  # of the labels below, by the row at which theirs begin
    stops: list[list[int]] = []
    for label in range(n_labels - 1, -1, -1):
        middle, last = labels[label].middle, label == n_labels - 1
        foreign = _counted(label, n_rows, within) if within is not None and within.foreign else None
        below, costs, stop = costs, [_NO_WAY] * (n_rows + 1), [n_rows] * (n_rows + 1)
        for start in range(label, n_rows - n_labels + label + 1):
            if within is not None and start not in within.starts:
                continue
            top, best = tops[start], _NO_WAY
            for end in range(n_rows if last else start + 1, n_rows - n_labels + label + 2):
                off = abs(middle - (top + bottoms[end - 1]) / 2)
                if last and not ends:
                    off = min(off, abs(labels[label].top - top))
                if foreign is not None:
                    off += _FOREIGN * (foreign[end] - foreign[start])
                if below[end] + off < best:
                    best, stop[start] = below[end] + off, end
            costs[start] = best
        stops.insert(0, stop)
    return costs, stops


def _counted(label: int, n_rows: int, within: Within) -> list[int]:
    """How many names that are foreign to a label begin above each row, and above the end."""
    return list(accumulate(((label, row) in within.foreign for row in range(n_rows)), initial=0))
