"""Heads that lack a cell as a merged one was printed once (少一格的表头): their columns are put over their rows."""

from itertools import pairwise

from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.heads import is_form_label, is_head
from extractors.segment.tables.roles import head_role

_LEAST = 3  # heads in such a row
_MEASURES = ("weight", "score", "score_rate", "deduction")
_NUMBERS = ("number", "rate", "dash", "blank")


def widen_heads(draft: Draft) -> None:
    """Put a blank cell behind the label of a form's head row whose rows have one cell more.

    `项目资金 | 年初预算数 | …` above `(blank) | 年度资金总额 | 620.00 | …`: the label spans the rows' first two cells.
    """
    _widen_names(draft)
    loose = [all(cell is not None and not cell.declared for cell in row.cells) for row in draft.rows]
    for at, (head, row) in enumerate(pairwise(draft.rows)):
        if not loose[at] or not loose[at + 1]:
            continue
        texts = head.texts[: _length(head)]
        if len(texts) <= _LEAST or not all(texts) or not is_form_label(texts[0]) or not all(map(is_head, texts[1:])):
            continue
        if _length(row) == len(texts) + 1 and _begins_beside(row):
            head.cells.insert(1, DraftCell())


def _widen_names(draft: Draft) -> None:
    """Put blank cells behind a first head 绩效指标 whose rows have one or two names more than it has cells."""
    head = draft.rows[0] if len(draft.rows) > _LEAST else None
    if head is None or any(cell is None or cell.declared for row in draft.rows for cell in row.cells):
        return
    texts = head.texts[: _length(head)]
    measures = [head_role(text) for text in texts[1:]]
    rows = [row for row in draft.rows[1:] if not row.is_total]
    lacking = {_length(row) - len(texts) for row in rows}
    if len(lacking) != 1 or not 1 <= min(lacking) <= 2 or not texts or head_role(texts[0]) != "indicator":
        return
    first = 1 + min(lacking)
    if all(role in _MEASURES for role in measures) and all(_numbers_from(row, first) for row in rows):
        head.cells[1:1] = [DraftCell() for _ in range(min(lacking))]


def _numbers_from(row: DraftRow, column: int) -> bool:
    """Whether a row holds numbers from a column on, a name right before it, and no number further left."""
    kinds = [kind_of(text) for text in row.texts[: _length(row)]]
    return kinds[column - 1] == "text" and all(k in _NUMBERS for k in kinds[column:]) and "number" not in kinds[:column]


def _length(row: DraftRow) -> int:
    """How many cells a row has up to its last filled one."""
    return max((index + 1 for index, text in enumerate(row.texts) if text), default=0)


def _begins_beside(row: DraftRow) -> bool:
    """Whether a row's name stands in its second cell and only numbers behind it."""
    kinds = [kind_of(text) for text in row.texts]
    return kinds[1] == "text" and kinds[0] in ("text", "blank") and all(kind in _NUMBERS for kind in kinds[2:])
