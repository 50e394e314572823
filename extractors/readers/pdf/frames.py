"""From rulings to grids (表框): rows, columns and merged cells, outer rules missing or not."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages import Frame, FrameCell
from extractors.readers.pdf.rulings import Segment

_TOUCH = 3.5  # points by which a rule may miss the one it meets
_COVERED = 0.7  # share of a cell's side that a rule must cover to part it from its neighbour
_OVERHANG = 8.0  # points; rules that reach so far beyond the last crossing one mean an open edge
_MAX_CELLS = 20_000


@dataclass(slots=True)
class _Mesh:
    """Rules that touch each other (相连的框线)."""

    horizontal: list[Segment]
    vertical: list[Segment]


def find_frames(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> list[Frame]:
    """All grids of two cells or more, from the rules of a page seen upright; from top to bottom.

    Their cells' boxes are in the coordinates of the rules.
    """
    frames = [frame for mesh in _meshes(horizontal, vertical) if (frame := _frame(mesh)) is not None]
    return sorted(frames, key=lambda frame: (frame.box[1], frame.box[0]))


def _meshes(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> list[_Mesh]:
    """The rules grouped by touching; a rule that touches none is an underline and left out."""
    group = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    touched = [False] * len(group)
    places = [segment[0] for segment in horizontal]  # ascending
    for offset, (x, top, bottom) in enumerate(vertical):
        index = own = len(horizontal) + offset
        for row in range(bisect_left(places, top - _TOUCH), len(places)):
            y, left, right = horizontal[row]
            if y > bottom + _TOUCH:
                break
            if left - _TOUCH <= x <= right + _TOUCH:
                touched[row] = touched[index] = True
                if group[row] != own:
                    group[own] = own = root(row)
    meshes: dict[int, _Mesh] = {}
    for index in range(len(group)):
        if touched[index]:
            mesh = meshes.setdefault(root(index), _Mesh([], []))
            if index < len(horizontal):
                mesh.horizontal.append(horizontal[index])
            else:
                mesh.vertical.append(vertical[index - len(horizontal)])
    found = list(meshes.values())
    if not all(touched[len(horizontal) :]):
        _join_lonely(found, [rule for rule, met in zip(vertical, touched[len(horizontal) :], strict=True) if not met])
    return found


def _join_lonely(meshes: Sequence[_Mesh], lonely: Sequence[Segment]) -> None:
    """Give each upright rule that meets none to the mesh that has another from the same height to the same depth.

    So stand the sides of a cell merged over a whole page, where neither its upper nor its lower rule is drawn.
    """
    for rule in lonely:
        for mesh in meshes:
            if any(abs(rule[1] - own[1]) <= _TOUCH and abs(rule[2] - own[2]) <= _TOUCH for own in mesh.vertical):
                mesh.vertical.append(rule)
                break


def _frame(mesh: _Mesh) -> Frame | None:
    """The grid of touching rules, or None for a box and for what is no grid."""
    xs = _with_open_edges(_places(mesh.vertical), mesh.horizontal)
    ys = _with_open_edges(_places(mesh.horizontal), mesh.vertical)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_CELLS:
        return None
    right_walls = _walls(xs, ys, mesh.vertical)
    lower_walls = _walls(ys, xs, mesh.horizontal)
    xs, right_walls, lower_walls = _without_idle(xs, right_walls, lower_walls)
    ys, lower_walls, right_walls = _without_idle(ys, lower_walls, right_walls)
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    if n_rows < 1 or n_columns < 1:
        return None
    spans = _cells(n_rows, n_columns, right_walls, lower_walls)
    if len(spans) < 2:
        return None
    cells = tuple(
        FrameCell(row, column, rows, columns, (xs[column], ys[row], xs[column + columns], ys[row + rows]))
        for row, column, rows, columns in spans
    )
    above, below = _open_columns(xs, ys[0], mesh.horizontal), _open_columns(xs, ys[-1], mesh.horizontal)
    box = xs[0], ys[0], xs[-1], ys[-1]
    return Frame(box, n_rows, n_columns, cells, edges=tuple(xs), open_above=above, open_below=below)


def _open_columns(xs: Sequence[float], y: float, rules: Sequence[Segment]) -> tuple[int, ...]:
    """The columns at whose end at this height no rule is drawn; none where all are open or closed."""
    own = [(start, end) for place, start, end in rules if -_TOUCH <= place - y <= _TOUCH]
    if any(start <= xs[0] + _TOUCH and end >= xs[-1] - _TOUCH for start, end in own):  # as nearly always
        return ()
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    is_open = [at for at, x in enumerate(middles) if not any(start <= x <= end for start, end in own)]
    return tuple(is_open) if len(is_open) < len(middles) else ()


def _places(rules: Sequence[Segment]) -> list[float]:
    """Where the rules stand, ascending, nearly equal places taken as one."""
    places: list[float] = []
    for place in sorted(rule[0] for rule in rules):
        if not places or place - places[-1] > _TOUCH:
            places.append(place)
    return places


def _with_open_edges(places: list[float], crossing: Sequence[Segment]) -> list[float]:
    """The places, and the ends of the crossing rules where two or more reach far beyond the outermost place."""
    if not places:
        return places
    starts = sorted(start for _, start, _ in crossing if start < places[0] - _OVERHANG)
    ends = sorted(end for _, _, end in crossing if end > places[-1] + _OVERHANG)
    before = [starts[0]] if len(starts) >= 2 else []
    behind = [ends[-1]] if len(ends) >= 2 else []
    return before + places + behind


def _walls(across: Sequence[float], along: Sequence[float], rules: Sequence[Segment]) -> list[list[bool]]:
    """walls[i][k]: whether a rule at across[i] parts what lies between along[k] and along[k + 1]."""
    covered = [[0.0] * (len(along) - 1) for _ in across]
    for place, start, end in rules:
        i = bisect_left(across, place)
        if i == len(across) or (i and place - across[i - 1] <= across[i] - place):
            i -= 1  # nearer
        first = max(bisect_left(along, start) - 1, 0)
        row = covered[i]
        for k in range(first, len(along) - 1):
            begin, stop = along[k], along[k + 1]
            if begin >= end:
                break
            if start < stop:
                row[k] += (end if end < stop else stop) - (start if start > begin else begin)
    enough = [_COVERED * (stop - begin) for begin, stop in pairwise(along)]
    outer = [True] * len(enough)
    inner = ([share >= least for share, least in zip(row, enough, strict=True)] for row in covered[1:-1])
    return [outer, *inner, outer]


def _without_idle(
    places: list[float], own: list[list[bool]], other: list[list[bool]]
) -> tuple[list[float], list[list[bool]], list[list[bool]]]:
    """Take out inner places whose rules part nothing: an underline that happens to touch."""
    kept = [i for i in range(len(places)) if i in (0, len(places) - 1) or any(own[i])]
    if len(kept) == len(places):
        return places, own, other
    merged = [[any(row[start:end]) for start, end in pairwise(kept)] for row in other]
    return [places[i] for i in kept], [own[i] for i in kept], merged


def _cells(
    n_rows: int, n_columns: int, right_walls: list[list[bool]], lower_walls: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """(row, column, row span, column span) of all cells, sorted; positions without a wall between are merged.

    Merged positions that form no rectangle are taken row by row: there a rule is missing.
    """
    seen = [[False] * n_columns for _ in range(n_rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if seen[row][column]:
                continue
            beside = right_walls[column][row] and right_walls[column + 1][row]
            if beside and lower_walls[row][column] and lower_walls[row + 1][column]:
                cells.append((row, column, 1, 1))
            else:
                cells.extend(_rectangles(_open_region(row, column, seen, right_walls, lower_walls)))
    return sorted(cells)


def _open_region(
    row: int, column: int, seen: list[list[bool]], right_walls: list[list[bool]], lower_walls: list[list[bool]]
) -> list[tuple[int, int]]:
    """All positions reached from one without crossing a wall; marks them seen."""
    seen[row][column] = True
    region = [(row, column)]
    for r, c in region:
        steps = (
            (r, c + 1, right_walls[c + 1][r]),
            (r, c - 1, right_walls[c][r]),
            (r + 1, c, lower_walls[r + 1][c]),
            (r - 1, c, lower_walls[r][c]),
        )
        for next_row, next_column, wall in steps:
            if not wall and not seen[next_row][next_column]:
                seen[next_row][next_column] = True
                region.append((next_row, next_column))
    return region


def _rectangles(region: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The region as one cell, or as one cell for each stretch of a row where it is no rectangle."""
    if len(region) == 1:
        return [(*region[0], 1, 1)]
    rows = [row for row, _ in region]
    columns = [column for _, column in region]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width == len(region):
        return [(min(rows), min(columns), height, width)]
    cells: list[tuple[int, int, int, int]] = []
    for row, column in sorted(region):
        if cells and cells[-1][0] == row and cells[-1][1] + cells[-1][3] == column:
            cells[-1] = (row, cells[-1][1], 1, cells[-1][3] + 1)
        else:
            cells.append((row, column, 1, 1))
    return cells
