"""Cells merged downwards (纵向合并): blank cells below a level's name belong to it."""

from collections.abc import Callable

from extractors.remembered import Remembered
from extractors.segment.tables.columns import ColumnView
from extractors.segment.tables.draft import Draft, DraftCell
from extractors.vocabulary import LEVEL1, LEVEL2, plain

# Level-2 names of the standard framework and the level-1 name that they stand below (财预〔2020〕10号).
_FAMILY = {
    "产出": ("数量", "质量", "时效", "成本"),
    "效益": ("经济效益", "社会效益", "生态效益", "可持续影响", "可持续"),
    "决策": ("项目立项", "绩效目标", "资金投入"),
    "过程": ("资金管理", "组织实施", "业务管理", "财务管理"),
}
_LONGEST = 40  # characters of a name that is remembered
_NAMES = ("level1", "level2", "level3", "indicator")
_ONLY_LEVEL2 = frozenset(plain(name) for name in LEVEL2 if name not in LEVEL1)


def merge_down(draft: Draft, columns: ColumnView, body: range) -> None:
    """Let each name of a level, and the numbers printed beside it, span the blank cells below.

    Only columns left of the innermost name column are merged, only where nothing to their left begins anew, and
    never from a level-1 name over the standard level-2 names of another.
    """
    names = [
        c
        for c in range(columns.deepest)
        if not columns.is_number(c) and columns.roles[c] in ("level1", "level2", "level3", "indicator")
    ]
    owners: dict[int, tuple[DraftCell, int]] = {}
    for index in body:
        row = draft.rows[index]
        if index in draft.repeated:
            continue
        texts = row.texts
        total = row.is_total
        subtotal = total and row.is_subtotal
        if (total and not subtotal) or not any(texts) or _ends_nameless(draft, index, body, columns):
            owners.clear()
            continue
        stop = min(columns.deepest, len(row.cells))
        if subtotal:
            stop = next(column for column, text in enumerate(texts) if text)
            owners = {column: owner for column, owner in owners.items() if column < stop}
        for column in range(stop):
            cell = row.cells[column]
            if cell is None:
                continue
            text = texts[column]
            if cell.declared and not text and index - 1 in draft.repeated and column in owners:
                _extend(draft, owners[column], index + cell.row_span - 1, column)
            elif text or cell.declared:
                owners = {c: owner for c, owner in owners.items() if c < column or column not in names}
                owners[column] = (cell, index)
            elif column in owners and _may_span(owners[column][0], texts, columns, column):
                _extend(draft, owners[column], index, column)
            else:
                owners.pop(column, None)


def _ends_nameless(draft: Draft, index: int, body: range, columns: ColumnView) -> bool:
    """Whether the row ends the table or its page without naming anything: a total whose label is missing."""
    last = index + 1 == body.stop or index + 1 in draft.repeated
    return last and draft.method == "flattened" and not any(draft.rows[index].texts[: columns.deepest + 1])


def _extend(draft: Draft, owner: tuple[DraftCell, int], index: int, column: int) -> None:
    """Let the owner reach down to the row at `index`, repeated headers in between included."""
    cell, top = owner
    cell.row_span = index - top + 1
    for row in range(top + 1, index + 1):
        if row not in draft.repeated:
            draft.rows[row].cells[column] = None


def _may_span(owner: DraftCell, texts: list[str], columns: ColumnView, column: int) -> bool:
    """Whether the names to the right may stand below the owner."""
    if columns.is_number(column):
        return not any(texts[c] for c in range(column) if columns.roles[c] in _NAMES)
    above = plain(owner.text)
    if columns.roles[column] == "level1" and above in _ONLY_LEVEL2:
        return False
    beside = next((plain(text) for text in texts[column + 1 :] if text), "")
    return not (beside.endswith("指标") and belongs_elsewhere(above, beside))


def belongs_elsewhere(level1: str, level2: str) -> bool:
    """Whether a level-2 name stands below another level-1 name in the standard framework. Both as `plain` has them."""
    return level2.startswith(_elsewhere(level1))


def _names_elsewhere(level1: str) -> tuple[str, ...]:
    families = _families(level1)
    if not families:
        return ()
    return tuple(name for family, names in _FAMILY.items() if family not in families for name in names)


_elsewhere: Callable[[str], tuple[str, ...]] = Remembered(_names_elsewhere, _LONGEST, 1024).__getitem__
"""The level-2 names that stand below other level-1 names than this one; none where it is no standard one."""


def belongs_below(level1: str, level2: str) -> bool:
    """Whether a level-2 name stands below this level-1 name in the standard framework. Both as `plain` has them."""
    return level2.startswith(tuple(name for family in _families(level1) for name in (*_FAMILY[family], family)))


def _families(level1: str) -> list[str]:
    """The standard level-1 names that a level-1 name begins with."""
    return [family for family in _FAMILY if level1.startswith((family, f"项目{family}"))]
