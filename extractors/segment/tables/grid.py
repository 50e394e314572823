"""From a draft to the finished grid (成表): cells with their places, fragments with their reasons."""

from extractors.segment.model import Cell, Fragment, TableGrid
from extractors.segment.tables.draft import Draft


def finish(draft: Draft, table_id: str) -> TableGrid:
    """The grid of a finished draft."""
    width = draft.width
    cells = [
        Cell(cell.flow, row, column, cell.row_span, cell.column_span)
        for row, drafted in enumerate(draft.rows)
        for column, cell in enumerate(drafted.cells)
        if cell is not None
    ]
    return TableGrid(
        table_id=table_id,
        method=draft.method,
        caption=draft.caption,
        unit=draft.unit,
        header_rows=draft.header_rows,
        n_rows=len(draft.rows),
        n_columns=width,
        cells=tuple(cells),
        fragments=_fragments(draft),
        repeated_headers=tuple(sorted(draft.repeated)),
        notes=tuple(draft.notes),
    )


def _fragments(draft: Draft) -> tuple[Fragment, ...]:
    """The pieces, each with its first and last line and why it was joined."""
    starts = [(0, ""), *draft.breaks]
    ends = [start for start, _ in starts[1:]] + [len(draft.rows)]
    fragments = []
    for (start, reason), end in zip(starts, ends, strict=True):
        rows = draft.rows[start:end] or draft.rows[max(start - 1, 0) : start]
        fragments.append(Fragment(rows[0].first.span(), rows[-1].last.span(), (start, end), reason))
    return tuple(fragments)
